package io.forwardpass.bench;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobFile;
import io.forwardpass.spark.ScoreJob;
import io.forwardpass.spark.Summary;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Scores windows end to end, in turns with Spark sorting and copying the same table: read, exchange by series, sort, write.
 *
 * <p>Arguments: a model (W3 or W4), rows, series (0 for one without a key; 10000/90 for 10,000 of which one holds 90 in 100 of all
 * rows), cores, rounds, further settings of the job as key=value. It needs the same module options as Spark itself.
 */
public final class WindowsBench {
  private final SparkSession session;
  private final BenchModel model;
  private final int features;
  private final long rows;
  private final long series;
  private final int inOne; // of 100 rows
  private final List<String> settings;
  private final Path folder;

  private WindowsBench(SparkSession session, BenchModel model, long rows, long series, int inOne, List<String> settings, Path folder) {
    this.session = session;
    this.model = model;
    this.rows = rows;
    this.series = series;
    this.inOne = inOne;
    this.settings = settings;
    this.folder = folder;
    features = model.network().inputShape(0).last();
  }

  public static void main(String[] arguments) throws IOException {
    BenchModel model = BenchModel.valueOf(arguments[0]);
    int rounds = Integer.parseInt(arguments[4]);
    SparkSession session = SparkSession.builder().master("local[" + arguments[3] + "]").config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "8").config("spark.driver.host", "localhost").getOrCreate();
    session.sparkContext().setLogLevel("ERROR");
    Path folder = Files.createTempDirectory("windows-bench");
    String[] series = arguments[2].split("/");
    new WindowsBench(session, model, Long.parseLong(arguments[1]), Long.parseLong(series[0]),
        series.length > 1 ? Integer.parseInt(series[1]) : 0, List.of(arguments).subList(5, arguments.length), folder).run(rounds);
    session.stop();
  }

  private void run(int rounds) throws IOException {
    String key = series == 0 ? "0L" : "if(pmod(hash(id, 1), 100) < " + inOne + ", 0, pmod(hash(id), " + series + "))";
    String[] columns = IntStream.range(0, features + 2).mapToObj(c -> c == 0 ? key + " as series"
        : c == 1 ? "id as t" : "cast(sin(id * " + c + ") as float) as x" + (c - 1)).toArray(String[]::new);
    // in no order: neither series nor time
    session.range(0, rows, 1, 8).selectExpr(columns).withColumn("mixed", functions.hash(functions.col("t"))).sortWithinPartitions("mixed")
        .drop("mixed").write().parquet(folder.resolve("table").toString());
    JobConfig job = job();
    double best = Double.MAX_VALUE;
    double bestCopy = Double.MAX_VALUE;
    for (int round = 0; round < rounds; round++) {
      double before = processorSeconds();
      double copy = copy();
      double between = processorSeconds();
      Summary summary = new ScoreJob(session, job, model.network(), model.name()).run();
      double after = processorSeconds();
      System.out.printf(Locale.ROOT,
          "%s: sorted copy %.2f s, windows %.2f s, ratio %.2f; processor time %.2f s, %.2f s, ratio %.2f; %,d scored, "
              + "partitioned %s%n",
          model, copy, summary.seconds(), summary.seconds() / copy, between - before, after - between,
          (after - between) / (between - before), summary.rows().scored(), summary.windows().partitioning());
      best = Math.min(best, summary.seconds());
      bestCopy = Math.min(bestCopy, copy);
    }
    System.out.printf(Locale.ROOT, "%s, the fastest of %d: sorted copy %.2f s, windows %.2f s, ratio %.2f%n", model, rounds, bestCopy, best,
        best / bestCopy);
  }

  /** Of this process alone: on a shared machine it says more than the clock. */
  private static double processorSeconds() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
  }

  private double copy() {
    long start = System.nanoTime();
    var table = session.read().parquet(folder.resolve("table").toString());
    (series == 0 ? table.orderBy("t") : table.repartition(table.col("series")).sortWithinPartitions("series", "t")).write()
        .mode("overwrite").parquet(folder.resolve("copy").toString());
    return (System.nanoTime() - start) / 1e9;
  }

  private JobConfig job() throws IOException {
    String names = IntStream.rangeClosed(1, features).mapToObj(f -> "x" + f).collect(Collectors.joining(", "));
    Path file = folder.resolve("job.conf");
    Files.writeString(file, "model.path = none\ninput.path = \"" + folder.resolve("table") + "\"\nfeatures.columns = [" + names + "]\n"
        + "windows { series = [" + (series == 0 ? "" : "series") + "], order-by = [t] }\noutput { mode = overwrite, path = \""
        + folder.resolve("scored") + "\" }\n");
    return JobFile.read(file.toString(), settings, new Configuration(false));
  }
}
