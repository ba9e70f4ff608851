package io.forwardpass.spark;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * What a run would do.
 *
 * @param plan Spark's physical plan
 * @param schema of the rows
 * @param rows the first few of those that would be written, scored
 * @param unread why the columns kept are not among theirs; empty where they are
 * @param way how they would be written, and why so
 */
public record DryRun(String plan, StructType schema, List<Row> rows, String unread, String way) {}
