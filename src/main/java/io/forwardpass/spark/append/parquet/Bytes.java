package io.forwardpass.spark.append.parquet;

import java.io.IOException;

/** A file's bytes by position. */
interface Bytes {
  byte[] read(long from, int count) throws IOException;

  long length();
}
