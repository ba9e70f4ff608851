package io.forwardpass.spark;

/** The column that says which time a prediction is for, and the SQL expression it comes from. */
record LabelTime(String column, String expression) {}
