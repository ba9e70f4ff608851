/** The table that is read, the places that are written to, and how files are published whole or not at all. */
package io.forwardpass.spark.io;
