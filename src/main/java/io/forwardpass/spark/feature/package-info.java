/**
 * How a column of each type becomes numbers of a model input: a {@link io.forwardpass.spark.feature.Feature} for each kind of column.
 * {@link io.forwardpass.spark.feature.InvalidRows} holds which rows cannot be scored, and why.
 *
 * <p>Enter here to change how a type is read, or to add one.
 */
package io.forwardpass.spark.feature;
