/**
 * Scoring in Catalyst: the logical node, the strategy that plans it, the physical operator, and the functions that it hands to tasks.
 */
package io.forwardpass.spark.plan;
