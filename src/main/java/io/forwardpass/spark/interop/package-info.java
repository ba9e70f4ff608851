/** What Spark's Scala asks of Java, and what differs between Spark's releases, in one place each. */
package io.forwardpass.spark.interop;
