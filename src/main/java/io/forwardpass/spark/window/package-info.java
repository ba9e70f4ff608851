/**
 * Look-back windows in a task: {@link io.forwardpass.spark.window.WindowScorer} takes rows sorted by series and time, {@link
 * io.forwardpass.spark.window.WindowNetwork} shares between windows what can be computed once per row.
 */
package io.forwardpass.spark.window;
