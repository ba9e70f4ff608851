/**
 * Parquet files put together of old column chunks and new ones: footers, page indexes, notes, and the encoding of predictions.
 */
package io.forwardpass.spark.append.parquet;
