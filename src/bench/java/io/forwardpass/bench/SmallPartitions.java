package io.forwardpass.bench;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobFile;
import io.forwardpass.spark.ScoreJob;
import java.io.IOException;
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

/** What scoring adds to each task of a job of very many small ones, over a column computed by Spark; nothing is written. */
@Command(name = "SmallPartitions", sortOptions = false, mixinStandardHelpOptions = true, showDefaultValues = true)
public final class SmallPartitions implements Callable<Integer> {
  private static final int ROWS = 16; // a partition

  @Option(names = "--workloads", split = ",", defaultValue = "W1", description = "W1 or W2")
  private List<BenchModel> workloads;

  @Option(names = "--partitions", defaultValue = "10000")
  private int partitions;

  @Option(names = "--pairs", defaultValue = "1")
  private int pairs;

  @Option(names = "--master", defaultValue = "local[1]")
  private String master;

  @Option(names = "--folder", defaultValue = "target/bench")
  private String folder;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SmallPartitions()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Files.createDirectories(Path.of(folder));
    List<String> results = new ArrayList<>();
    try (SparkSession session = BenchSession.start(master)) {
      BenchSession.describe(session, List.of());
      TaskCpu cpu = TaskCpu.of(session);
      for (BenchModel model : workloads) {
        Dataset<Row> rows = rows(session, model);
        results.add(model + ", rows: " + measure(session, model, rows, cpu));
        Dataset<Row> cached = rows.cache();
        cached.count();
        results.add(model + ", column batches: " + measure(session, model, cached, cpu));
        cached.unpersist();
      }
    }
    System.out.println();
    System.out.printf("%d partitions of %d rows, %s, medians of %d, microseconds a task%n", partitions, ROWS, master, pairs);
    results.forEach(System.out::println);
    return 0;
  }

  private Dataset<Row> rows(SparkSession session, BenchModel model) {
    List<String> columns = new ArrayList<>(List.of("id"));
    new BenchTable(model, 0, folder).features()
        .forEach(feature -> columns.add("CAST(id % " + (columns.size() + 6) + " AS FLOAT) AS " + feature));
    return session.range(0, (long) partitions * ROWS, 1, partitions).selectExpr(columns.toArray(String[]::new));
  }

  private String measure(SparkSession session, BenchModel model, Dataset<Row> rows, TaskCpu cpu) throws Exception {
    BenchTable table = new BenchTable(model, 0, folder);
    rows.createOrReplaceTempView("small");
    double[] columns = new double[pairs];
    double[] scores = new double[pairs];
    for (int round = -1; round < pairs; round++) {
      double column = microseconds(session, rows.selectExpr("id", table.expression() + " AS prediction"), cpu);
      double score = microseconds(session, new ScoreJob(session, job(table), model.network(), model.name()).scored(), cpu);
      System.out.printf(Locale.ROOT, "%s %s column %.0f  score %.0f%n", model, round < 0 ? "(warm)" : "", column, score);
      if (round >= 0) {
        columns[round] = column;
        scores[round] = score;
      }
    }
    return String.format(Locale.ROOT, "processor time with a column %.0f, with scoring %.0f, so scoring adds %.0f",
        Spread.of(columns).median(), Spread.of(scores).median(), Spread.of(scores).median() - Spread.of(columns).median());
  }

  private JobConfig job(BenchTable table) throws IOException {
    Path file = Path.of(folder, "small.conf");
    Files.writeString(file, "model.path = small\ninput.table = small\nfeatures.columns = [" + String.join(", ", table.features())
        + "]\noutput { path = \"" + folder + "/never-written\", columns = [id] }\n");
    return JobFile.read(file.toUri().toString(), List.of(), new Configuration());
  }

  private double microseconds(SparkSession session, Dataset<Row> rows, TaskCpu cpu) throws Exception {
    double before = cpu.seconds();
    rows.write().format("noop").mode("overwrite").save();
    session.sparkContext().listenerBus().waitUntilEmpty();
    return (cpu.seconds() - before) * 1e6 / partitions;
  }
}
