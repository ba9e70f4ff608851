package io.forwardpass.spark.binding;

import io.forwardpass.config.JobConfig;

/** The column that says which time a prediction is for, and the SQL expression it comes from. */
public record LabelTime(String column, String expression) {
  public static String column(JobConfig config) {
    return config.output().predictions().name() + "_time";
  }
}
