package io.forwardpass.spark;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * What a run would do.
 *
 * @param plan Spark's physical plan
 * @param schema of the rows that would be written
 * @param rows the first few of them, scored
 * @param way how they would be written, and why so
 */
public record DryRun(String plan, StructType schema, List<Row> rows, String way) {}
