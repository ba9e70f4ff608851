package io.forwardpass.spark.binding;

/** The column that says which time a prediction is for, and the SQL expression it comes from. */
public record LabelTime(String column, String expression) {}
