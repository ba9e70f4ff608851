/**
 * How the numbers of a model's outputs become columns: a {@link io.forwardpass.spark.prediction.Prediction} for each kind.
 */
package io.forwardpass.spark.prediction;
