/** Predictions beside the input's own Parquet column chunks, which are carried over as they are. */
package io.forwardpass.spark.append;
