package io.forwardpass.spark;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.network.Network;
import io.forwardpass.refusal.Problems;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.spark.Summary.RowCounts;
import io.forwardpass.spark.Summary.WindowCounts;
import io.forwardpass.spark.interop.SqlNames;
import io.forwardpass.spark.io.Output;
import io.forwardpass.spark.io.RunTasks;
import io.forwardpass.spark.task.Counts;
import io.forwardpass.spark.task.Windowing;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/** Scores a table with a model as a job file says; driver side. */
public final class ScoreJob {
  private static final int DRY_RUN_ROWS = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(1); // with the tasks of a failed run: more than one batch takes

  private final SparkSession session;
  private final JobConfig config;
  private final Network network;
  private final String model;
  private final Duration patience;
  private ResolvedJob table; // once checked
  private WriteDecision way;

  /** @param model what messages, plan and summary call the model */
  public ScoreJob(org.apache.spark.sql.SparkSession session, JobConfig config, Network network, String model) {
    this(session, config, network, model, PATIENCE);
  }

  /** @param patience how long to wait for tasks of a failed run that do not stop at once */
  ScoreJob(org.apache.spark.sql.SparkSession session, JobConfig config, Network network, String model, Duration patience) {
    this.session = (SparkSession) session;
    this.config = config;
    this.network = network;
    this.model = model;
    this.patience = patience;
  }

  /** Checks everything that can be known before a row is read; throws one refusal that names every problem. */
  public void check() throws IOException {
    if (table == null) {
      Problems problems = new Problems();
      ResolvedJob checked = new TableCheck(session, config, network, model, problems).check();
      problems.throwIfAny(Refusal.Kind.TABLE, "score " + input());
      way = WriteDecision.choose(session, config, model, checked, problems);
      problems.throwIfAny(Refusal.Kind.TABLE, "score " + input());
      table = checked;
    }
  }

  private String input() {
    return config.input().table().or(() -> config.input().path()).orElseThrow();
  }

  /** Checks everything and scores the first rows; writes nothing. */
  public DryRun dryRun() throws IOException {
    check();
    Dataset<Row> rows = table.dataset(session, network, table.counts(session));
    String plan = rows.queryExecution().executedPlan().toString();
    try {
      return new DryRun(plan, rows.schema(), rows.takeAsList(DRY_RUN_ROWS), "", way.toString());
    } catch (Exception e) {
      return predictionsAlone(rows, plan, e);
    }
  }

  /** Columns that are carried over as they lie may be ones that Spark does not read. */
  private DryRun predictionsAlone(Dataset<Row> rows, String plan, Exception unread) throws IOException {
    if (!way.appends()) {
      throw Failures.forUsers(unread);
    }
    try {
      Dataset<Row> added = rows.select(Arrays.stream(table.scoring().predictions().schema().fieldNames())
          .map(name -> rows.col(SqlNames.quoted(name))).toArray(Column[]::new));
      return new DryRun(plan, added.schema(), added.takeAsList(DRY_RUN_ROWS), Failures.reason(unread), way.toString());
    } catch (Exception again) {
      throw Failures.forUsers(unread);
    }
  }

  /** The table with its predictions, not yet computed. */
  public Dataset<Row> scored() throws IOException {
    check();
    return table.dataset(session, network, table.counts(session));
  }

  /** Scores the table and writes the predictions; a run that fails leaves what was there. */
  public Summary run() throws IOException {
    check();
    long start = System.nanoTime();
    Counts counts = table.counts(session);
    session.sparkContext().setJobDescription("Forwardpass: score " + input() + " with " + model);
    String output;
    try (RunTasks tasks = new RunTasks(session.sparkContext(), patience)) {
      Output writer = new Output(session, config.output(), tasks);
      try {
        output = way.appends() ? writer.writeFiles(folder -> way.append(session, network, table, counts, folder))
            : writer.write(table.dataset(session, network, counts));
      } catch (Exception e) {
        throw Failures.forUsers(e, writer.left());
      }
    } finally {
      session.sparkContext().setJobDescription(null);
    }
    return summary(counts, (System.nanoTime() - start) / 1e9, output);
  }

  private Summary summary(Counts counts, double seconds, String output) {
    Windowing windowing = table.scoring().windows();
    WindowCounts windows = windowing == null ? new WindowCounts(0, 0, 0, 0, "")
        : new WindowCounts(counts.withoutWindow().value(), counts.cut().value(), counts.context().value(), counts.duplicates().value(),
            windowing.partitioning().toString());
    long read = counts.rows().value();
    long invalid = counts.invalid().value();
    Map<String, Long> reasons = new TreeMap<>();
    counts.reasons().value().forEach((reason, count) -> reasons.merge(table.scoring().describeCategory(reason), count, Long::sum));
    long dropped = (config.invalidRows().policy() == InvalidPolicy.SKIP ? invalid : 0)
        + (windowing != null && windowing.dropsShort() ? windows.without() : 0);
    RowCounts rows = new RowCounts(read, read - invalid - windows.without() - windows.context() - windows.duplicates(), invalid, reasons,
        dropped);
    return new Summary(model, rows, windows, seconds, output, way.toString());
  }
}
