package io.forwardpass.cli;

import io.forwardpass.config.JobConfig;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** Starts Spark as spark-submit was told to, on all cores of this machine where it was told nothing. */
final class SparkStart {
  private SparkStart() {}

  /** As Spark's own will be: the cluster's files and what spark-submit was given as spark.hadoop.*. */
  static Configuration hadoop(SparkConf conf) {
    Configuration hadoop = new Configuration();
    for (Tuple2<String, String> entry : conf.getAllWithPrefix("spark.hadoop.")) {
      hadoop.set(entry._1(), entry._2());
    }
    return hadoop;
  }

  /** With Hive's catalog only where a job names a table, as loading it takes time. */
  static SparkSession session(SparkConf conf, JobConfig job, String jobFile) {
    conf.setIfMissing("spark.master", "local[*]");
    if (conf.get("spark.master").startsWith("local")) {
      // a web server at every start, gone before anyone could look at a short job; --conf spark.ui.enabled=true brings it back
      conf.setIfMissing("spark.ui.enabled", "false");
    }
    conf.setIfMissing("spark.app.name", "forwardpass score " + jobFile);
    SparkSession.Builder builder = SparkSession.builder().config(conf);
    boolean tables = job.input().table().isPresent() || job.output().table().isPresent();
    return (tables && hasHive() ? builder.enableHiveSupport() : builder).getOrCreate();
  }

  private static boolean hasHive() {
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      Class.forName("org.apache.spark.sql.hive.HiveSessionStateBuilder", false, loader);
      Class.forName("org.apache.hadoop.hive.conf.HiveConf", false, loader);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
