package io.forwardpass.testing;

import org.apache.spark.sql.SparkSession;

/** One Spark for all tests of a JVM. */
public final class Sessions {
  private Sessions() {}

  public static synchronized SparkSession shared() {
    SparkSession session = SparkSession.builder().master("local[2]").appName("tests").config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "3").config("spark.sql.warehouse.dir", "target/test-warehouse")
        .config("spark.driver.host", "localhost").config("spark.driver.bindAddress", "127.0.0.1").getOrCreate();
    session.sparkContext().setLogLevel("ERROR");
    return session;
  }
}
