/**
 * A job over a table, from the checks to the summary. {@link io.forwardpass.spark.ScoreJob} is the way in; it has {@code TableCheck}
 * resolve the job against the table, decides how to write, and writes.
 *
 * <p>Below it, arrows go one way: {@code binding} (driver: names to columns) to {@code task} (what runs in a task, and what it is told),
 * {@code feature} and {@code prediction}; {@code plan} (nodes and operators) to {@code window} and {@code task}; {@code io} and
 * {@code append} write. Nothing here knows what a layer is.
 */
package io.forwardpass.spark;
