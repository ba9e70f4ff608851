/**
 * A job against its table and its model, on the driver: which column feeds which input, which columns come out, from when to when rows
 * are read. Everything that is wrong is a problem, and all of them are said at once. {@link
 * io.forwardpass.spark.binding.ScoringBinding} is the way in.
 */
package io.forwardpass.spark.binding;
