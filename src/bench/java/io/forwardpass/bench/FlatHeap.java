package io.forwardpass.bench;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobFile;
import io.forwardpass.spark.ScoreJob;
import io.forwardpass.spark.Summary;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Scores very many rows while it collects garbage now and then, and prints what is left of the heap each time. */
@Command(name = "FlatHeap", sortOptions = false, mixinStandardHelpOptions = true, showDefaultValues = true)
public final class FlatHeap implements Callable<Integer> {
  @Option(names = "--workload", defaultValue = "W1", description = "W1 or W2")
  private BenchModel model;

  @Option(names = "--rows", defaultValue = "100000000")
  private long rows;

  @Option(names = "--every", defaultValue = "10", description = "seconds between two looks at the heap")
  private int every;

  @Option(names = "--master", defaultValue = "local[2]")
  private String master;

  @Option(names = "--folder", defaultValue = "target/bench")
  private String folder;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new FlatHeap()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    try (SparkSession session = BenchSession.start(master)) {
      BenchSession.describe(session, List.of());
      long part = Math.min(rows, model.rows());
      BenchTable table = new BenchTable(model, part, folder);
      table.make(session);
      Dataset<Row> all = session.read().parquet(table.path());
      for (long more = part; more < rows; more += part) {
        all = all.unionAll(session.read().parquet(table.path()));
      }
      all.createOrReplaceTempView("many");
      List<Long> left = new ArrayList<>();
      Thread watch = new Thread(() -> watch(left));
      watch.setDaemon(true);
      watch.start();
      Summary summary = new ScoreJob(session, job(table), model.network(), model.name()).run();
      watch.interrupt();
      watch.join();
      System.out.printf(Locale.ROOT, "%d rows scored in %.0f s with a heap of %d MiB; left after each collection, MiB: %s%n",
          summary.rows().scored(),
          summary.seconds(), Runtime.getRuntime().maxMemory() >> 20, left);
    }
    return 0;
  }

  private void watch(List<Long> left) {
    try {
      while (true) {
        Thread.sleep(every * 1000L);
        System.gc();
        left.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
        System.out.println("left " + left.get(left.size() - 1) + " MiB");
      }
    } catch (InterruptedException done) {
      Thread.currentThread().interrupt();
    }
  }

  private JobConfig job(BenchTable table) throws java.io.IOException {
    Path file = Path.of(folder, "many.conf");
    Files.writeString(file, "model.path = many\ninput.table = many\nfeatures.columns = [" + String.join(", ", table.features())
        + "]\noutput { path = \"" + folder + "/many-written\", mode = overwrite, columns = [id] }\n");
    return JobFile.read(file.toUri().toString(), List.of(), new Configuration());
  }
}
