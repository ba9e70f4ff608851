package io.forwardpass.spark;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobKeys;
import io.forwardpass.model.LoadedModel;
import io.forwardpass.refusal.Problems;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.spark.plan.ScoreStrategy;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;

/** A table at hand, scored as a job says and handed on: nothing is read or written here. Driver side. */
public final class TableScoring {
  private final SparkSession session;
  private final LoadedModel model;
  private final ResolvedJob table;

  /**
   * Checks everything that can be known before a row is read.
   *
   * @throws Refusal of kind TABLE that names every problem
   */
  public TableScoring(SparkSession session, LogicalPlan rows, JobConfig config, LoadedModel model) {
    this.session = session;
    this.model = model;
    Problems problems = new Problems();
    table = new TableCheck(session, config, model.network(), model.name(), problems).check(rows);
    problems.throwIfAny(Refusal.Kind.TABLE, "score " + JobKeys.TABLE_AT_HAND);
  }

  /** The table with its predictions. */
  public LogicalPlan plan() {
    ScoreStrategy.addTo(session);
    return table.plan(session, model.network(), table.counts(session), true);
  }

  public Dataset<Row> dataset() {
    return org.apache.spark.sql.classic.Dataset.ofRows(session, plan());
  }
}
