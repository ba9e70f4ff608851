/**
 * What runs in a task, and what it is told. {@link io.forwardpass.spark.task.Scoring} holds everything but the network, resolved on the
 * driver; {@link io.forwardpass.spark.task.BatchScorer} and {@link io.forwardpass.spark.task.RowScorer} score column batches and rows.
 */
package io.forwardpass.spark.task;
