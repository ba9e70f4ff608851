package io.forwardpass.bench;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobFile;
import io.forwardpass.spark.ScoreJob;
import io.forwardpass.spark.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Three ways to write one table again: as it is, with one more column, and with predictions. */
final class Comparison {
  private final SparkSession session;
  private final BenchModel model;
  private final BenchTable table;
  private final boolean keepsAll;
  private final JobConfig job;
  private final String output;
  private final TaskCpu cpu;

  /** @param keepsAll whether all columns are written, or only what names a row */
  Comparison(SparkSession session, BenchModel model, BenchTable table, boolean keepsAll, String folder, List<String> settings)
      throws IOException {
    this.session = session;
    this.model = model;
    this.table = table;
    this.keepsAll = keepsAll;
    output = folder + "/written";
    cpu = TaskCpu.of(session);
    job = job(folder, settings);
  }

  String name() {
    return model + ", " + model.title() + ", " + table.rows() + " rows, " + (keepsAll ? "all columns kept" : "only the key kept");
  }

  private List<String> keys() {
    return table.isSeries() ? List.of("series", "t") : List.of("id");
  }

  private JobConfig job(String folder, List<String> settings) throws IOException {
    String text = "model.path = " + model + "\n"
        + "input { path = \"" + table.path() + "\", key = [" + String.join(", ", keys()) + "] }\n"
        + "features.columns = [" + String.join(", ", table.features()) + "]\n"
        + (table.isSeries() ? "windows { series = [series], order-by = [t] }\n" : "")
        + "output { path = \"" + output + "\", write = rows, columns = [" + (keepsAll ? "\"*\"" : String.join(", ", keys())) + "] }\n";
    Path file = Path.of(folder, "job.conf");
    Files.writeString(file, text);
    return JobFile.read(file.toUri().toString(), settings, new Configuration());
  }

  /** Spark writes the same columns. */
  Run copy() throws IOException {
    return write(read());
  }

  /** The same columns and a float expression over the features, after the shuffle and the sort that windows need. */
  Run copyAndColumn() throws IOException {
    Dataset<Row> rows = session.read().parquet(table.path());
    if (table.isSeries()) {
      rows = rows.repartition(rows.col("series")).sortWithinPartitions("series", "t");
    }
    List<String> columns = new ArrayList<>(keepsAll ? List.of("*") : keys());
    columns.add(table.expression() + " AS prediction");
    return write(rows.selectExpr(columns.toArray(String[]::new)));
  }

  private Dataset<Row> read() {
    Dataset<Row> rows = session.read().parquet(table.path());
    return keepsAll ? rows : rows.selectExpr(keys().toArray(String[]::new));
  }

  private Run write(Dataset<Row> rows) throws IOException {
    double before = clear();
    long start = System.nanoTime();
    rows.write().parquet(output);
    return ended(start, before);
  }

  /** A whole scoring job, its checks and the move of its output included. */
  Run score() throws IOException {
    double before = clear();
    long start = System.nanoTime();
    Summary summary = new ScoreJob(session, job, model.network(), model.name()).run();
    Run run = ended(start, before);
    if (summary.rows().read() != table.rows() || summary.rows().scored() + summary.windows().without() != table.rows()) {
      throw new IllegalStateException(table.rows() + " rows became " + summary);
    }
    return run;
  }

  private double clear() throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(output);
    path.getFileSystem(session.sparkContext().hadoopConfiguration()).delete(path, true);
    System.gc();
    return cpu.seconds();
  }

  private Run ended(long start, double before) {
    double seconds = (System.nanoTime() - start) / 1e9;
    try {
      session.sparkContext().listenerBus().waitUntilEmpty();
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
    return new Run(seconds, cpu.seconds() - before);
  }

  /** What the last run wrote. */
  Dataset<Row> written() {
    return session.read().parquet(output);
  }
}
