package io.forwardpass.spark.append.parquet;

import java.util.concurrent.Callable;
import org.apache.spark.sql.execution.datasources.v2.FileDataSourceV2;

/** Names the file that could not be read, as Spark's own scans do. */
public final class ReadFailures {
  private ReadFailures() {}

  public static <T> T named(String path, Callable<T> read) {
    try {
      return read.call();
    } catch (Exception e) {
      FileDataSourceV2.attachFilePath(() -> path, e); // always throws
      throw new IllegalStateException(e);
    }
  }
}
