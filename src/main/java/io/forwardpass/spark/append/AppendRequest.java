package io.forwardpass.spark.append;

import io.forwardpass.config.JobConfig;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A job whose predictions may be appended; driver side only.
 *
 * @param model what the job calls the model
 * @param needed the columns that scoring reads
 * @param kept the input's columns that go to the output
 * @param added the columns that scoring adds
 */
public record AppendRequest(SparkSession session, JobConfig config, String model, LogicalPlan input, List<Attribute> needed,
    List<Attribute> kept, StructType added) {}
