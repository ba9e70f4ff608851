package io.forwardpass.bench;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobFile;
import io.forwardpass.graph.GraphBuilder;
import io.forwardpass.keras.ModelFiles;
import io.forwardpass.network.Network;
import io.forwardpass.spark.ScoreJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * How long appending predictions to a Parquet table takes, against Spark's plain copy of the same table and against rows,
 * warm and taking turns. Arguments: cores, workload (W1, W2, WIDE, BIG, TINY), rounds, a folder for the tables; and {@code alone} to leave
 * out the others, for a profiler. Several numbers of cores, {@code 1,2}, take turns at appending alone.
 */
public final class AppendBench {
  private AppendBench() {}

  public static void main(String[] arguments) throws Exception {
    String workload = arguments[1];
    int rounds = Integer.parseInt(arguments[2]);
    Path folder = Path.of(arguments[3]);
    String[] cores = arguments[0].split(",");
    SparkSession spark = session(cores[0]);
    Path table = folder.resolve(workload);
    if (!Files.exists(table)) {
      make(spark, workload).write().parquet(table.toString());
    }
    boolean wide = workload.equals("W2");
    Files.write(folder.resolve(workload + ".onnx"), (wide ? BenchModel.W2 : BenchModel.W1).onnx()); // for src/bench/python/one_process.py
    String model = wide ? "jobs/samples/relu33/keras2.h5" : "jobs/samples/mlp/model.keras";
    String features = wide ? names("f", 0, 33) : names("x", 1, 5);
    Network network = GraphBuilder.build(ModelFiles.read(model, Optional.empty(), Optional.empty(), 2, new Configuration())).compile();
    if (cores.length > 1) {
      spark.stop();
      for (int round = -2; round < rounds; round++) {
        for (String count : cores) {
          SparkSession session = session(count);
          long start = System.nanoTime();
          job(session, network, model, features, table, folder + "/appended", "append").run();
          System.out.printf(Locale.ROOT, "%s %s append, local[%s] %.3f s%n", workload, round < 0 ? "warming up:" : "round " + round + ":",
              count, (System.nanoTime() - start) / 1e9);
          session.stop();
        }
      }
      return;
    }
    double[][] seconds = new double[3][rounds];
    String way = "";
    for (int round = -2; round < rounds; round++) {
      boolean alone = arguments.length > 4;
      double copy =
          alone ? 0 : seconds(() -> spark.read().parquet(table.toString()).write().mode(SaveMode.Overwrite).parquet(folder + "/copy"));
      long start = System.nanoTime();
      way = job(spark, network, model, features, table, folder + "/appended", "append").run().way();
      double appended = (System.nanoTime() - start) / 1e9;
      start = System.nanoTime();
      if (!alone) {
        job(spark, network, model, features, table, folder + "/rows", "rows").run();
      }
      double rows = (System.nanoTime() - start) / 1e9;
      if (round >= 0) {
        seconds[0][round] = copy;
        seconds[1][round] = appended;
        seconds[2][round] = rows;
      }
    }
    double copy = median(seconds[0]);
    System.out.printf(Locale.ROOT, "%s local[%s] copy %.3f s, append %.3f s (%.3f x copy), rows %.3f s (%.3f x copy); %s%n", workload,
        arguments[0], copy, median(seconds[1]), median(seconds[1]) / copy, median(seconds[2]), median(seconds[2]) / copy, way);
    System.out.println("copy " + Arrays.toString(seconds[0]) + " append " + Arrays.toString(seconds[1]));
    spark.stop();
  }

  private static SparkSession session(String cores) {
    SparkSession spark = SparkSession.builder().master("local[" + cores + "]").config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "localhost").getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    return spark;
  }

  private static String names(String letter, int from, int to) {
    StringBuilder names = new StringBuilder();
    for (int i = from; i < to; i++) {
      names.append(i == from ? "" : ",").append(letter).append(i);
    }
    return names.toString();
  }

  private static ScoreJob job(SparkSession spark, Network network, String model, String features, Path table, String output, String write)
      throws IOException {
    Path file = Files.writeString(Files.createTempFile("bench", ".conf"), String.join("\n", "model.path = \"" + model + "\"",
        "input.path = \"" + table + "\"", "features.columns = [" + features + "]", "output.path = \"" + output + "\"",
        "output.mode = overwrite", "output.write = " + write));
    JobConfig config = JobFile.read(file.toString(), List.of(), new Configuration());
    return new ScoreJob(spark, config, network, model);
  }

  private static Dataset<Row> make(SparkSession spark, String workload) {
    String id = "id";
    String region = "concat('region-', id % 50) as region";
    return switch (workload) {
      case "W2" -> spark.range(0, 2_000_000, 1, 8).selectExpr(columns(List.of(id, region), "f", 0, 33));
      case "WIDE" -> spark.range(0, 1_000_000, 1, 8).selectExpr(wide(columns(List.of(id, region), "x", 1, 5)));
      case "BIG" -> spark.range(0, 106_000_000, 1, 1).selectExpr(columns(List.of(id, region), "x", 1, 5)).coalesce(1);
      case "TINY" -> spark.range(0, 5_000_000, 1, 5_000).selectExpr(columns(List.of(id, region), "x", 1, 5));
      default -> spark.range(0, 8_000_000, 1, 8).selectExpr(columns(List.of(id, region), "x", 1, 5));
    };
  }

  private static String[] columns(List<String> before, String letter, int from, int to) {
    List<String> columns = new java.util.ArrayList<>(before);
    for (int i = from; i < to; i++) {
      columns.add("cast(randn(" + i + ") as float) as " + letter + i);
    }
    return columns.toArray(String[]::new);
  }

  private static String[] wide(String[] before) {
    List<String> columns = new java.util.ArrayList<>(List.of(before));
    for (int i = 0; i < 20; i++) {
      columns.add("concat('s', cast(rand(" + i + ") * 100000 as int)) as s" + i);
      columns.add("cast(rand(" + (i + 100) + ") * 100000 as decimal(12,2)) as d" + i);
      columns.add("timestamp_seconds(cast(1.6e9 + rand(" + (i + 200) + ") * 1e8 as bigint)) as t" + i);
    }
    return columns.toArray(String[]::new);
  }

  private static double seconds(Runnable action) {
    long start = System.nanoTime();
    action.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
