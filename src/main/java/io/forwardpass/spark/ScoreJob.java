package io.forwardpass.spark;

import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.config.JobConfig;
import io.forwardpass.network.Network;
import io.forwardpass.refusal.Problems;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.spark.io.Output;
import io.forwardpass.spark.task.Counts;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/** Scores a table with a model as a job file says; driver side. */
public final class ScoreJob {
  private static final int DRY_RUN_ROWS = 5;

  private final SparkSession session;
  private final JobConfig config;
  private final Network network;
  private final String model;
  private ResolvedJob table; // once checked
  private WriteDecision way;

  /** @param model what messages, plan and summary call the model */
  public ScoreJob(org.apache.spark.sql.SparkSession session, JobConfig config, Network network, String model) {
    this.session = (SparkSession) session;
    this.config = config;
    this.network = network;
    this.model = model;
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
    Dataset<Row> rows = table.dataset(session, network).rows();
    try {
      return new DryRun(rows.queryExecution().executedPlan().toString(), rows.schema(), rows.takeAsList(DRY_RUN_ROWS),
          way.toString());
    } catch (Exception e) {
      throw Failures.forUsers(e);
    }
  }

  /** The table with its predictions, not yet computed. */
  public Dataset<Row> scored() throws IOException {
    check();
    return table.dataset(session, network).rows();
  }

  /** Scores the table and writes the predictions; a run that fails leaves what was there. */
  public Summary run() throws IOException {
    check();
    long start = System.nanoTime();
    ResolvedJob.Scored scored = way.appends() ? new ResolvedJob.Scored(null, table.counts(session)) : table.dataset(session, network);
    session.sparkContext().setJobDescription("Forwardpass: score " + input() + " with " + model);
    String output;
    try {
      Output writer = new Output(session, config.output());
      output = way.appends() ? writer.writeFiles(folder -> way.append(session, network, table, scored.counts(), folder)) : writer.write(scored.rows());
    } catch (Exception e) {
      throw Failures.forUsers(e);
    } finally {
      session.sparkContext().setJobDescription(null);
    }
    return summary(scored.counts(), (System.nanoTime() - start) / 1e9, output);
  }

  private Summary summary(Counts counts, double seconds, String output) {
    long rows = counts.rows().value();
    long invalid = counts.invalid().value();
    long withoutWindow = counts.withoutWindow() == null ? 0 : counts.withoutWindow().value();
    long cut = counts.cut() == null ? 0 : counts.cut().value();
    long context = counts.context() == null ? 0 : counts.context().value();
    long duplicates = counts.duplicates() == null ? 0 : counts.duplicates().value();
    Map<String, Long> reasons = new TreeMap<>();
    counts.reasons().value().forEach((reason, count) -> reasons.merge(table.scoring().describeCategory(reason), count, Long::sum));
    long dropped = (config.invalidRows().policy() == InvalidPolicy.SKIP ? invalid : 0)
        + (table.scoring().windows() != null && table.scoring().windows().dropsShort() ? withoutWindow : 0);
    return new Summary(model, rows, rows - invalid - withoutWindow - context - duplicates, withoutWindow, cut, context,
        duplicates, invalid, reasons, dropped, seconds, output,
        table.scoring().windows() == null ? "" : table.scoring().windows().partitioning().toString(), way.toString());
  }
}
