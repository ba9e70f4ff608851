/**
 * Predictions beside the input's own Parquet column chunks, which are carried over as they lie. {@link
 * io.forwardpass.spark.append.AppendTable} decides on the driver whether and how, {@code AppendTask} does it.
 *
 * <p>It knows nothing of scoring but a function from batches to batches. The page {@code append.md} explains it.
 */
package io.forwardpass.spark.append;
