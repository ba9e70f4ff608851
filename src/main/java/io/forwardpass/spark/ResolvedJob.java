package io.forwardpass.spark;

import io.forwardpass.config.JobConfig;
import io.forwardpass.network.Network;
import io.forwardpass.spark.append.AppendRequest;
import io.forwardpass.spark.append.FeatureScan;
import io.forwardpass.spark.binding.LabelTime;
import io.forwardpass.spark.interop.ScalaLists;
import io.forwardpass.spark.plan.BatchTask;
import io.forwardpass.spark.plan.ScoreNode;
import io.forwardpass.spark.plan.ScoreStrategy;
import io.forwardpass.spark.task.Counts;
import io.forwardpass.spark.task.Scoring;
import io.forwardpass.spark.task.TaskPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructField;
import scala.collection.immutable.Seq;

/** A job that was found to be right: its input, how it is scored, and which columns come out. */
final class ResolvedJob {
  /** Rows with predictions, and the counts that go up as they are computed. */
  record Scored(Dataset<Row> rows, Counts counts) {}

  private final LogicalPlan input;
  private final Scoring scoring;
  private final List<Attribute> needed;
  private final List<Attribute> kept;
  private final Optional<LabelTime> labelTime;

  ResolvedJob(LogicalPlan input, Scoring scoring, List<Attribute> needed, List<Attribute> kept, Optional<LabelTime> labelTime) {
    this.input = input;
    this.scoring = scoring;
    this.needed = needed;
    this.kept = kept;
    this.labelTime = labelTime;
  }

  Scoring scoring() {
    return scoring;
  }

  AppendRequest appendRequest(SparkSession session, JobConfig config, String model) {
    return new AppendRequest(session, config, model, input, needed, kept, scoring.predictions().schema(), scoring.windows() != null, scoring.drops());
  }

  /** What scores the batches of an appended table. */
  BatchTask batches(SparkSession session, Network network, Counts counts, FeatureScan features) {
    TaskPlan plan = new TaskPlan(scoring, features.ordinals(), features.rows());
    return new BatchTask(broadcast(session, network), plan.broadcast(session.sparkContext()), counts);
  }

  Counts counts(SparkSession session) {
    return new Counts(session.sparkContext(), scoring.windows() != null);
  }

  private static Broadcast<Network> broadcast(SparkSession session, Network network) {
    return JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(network);
  }

  Scored dataset(SparkSession session, Network network) {
    ScoreStrategy.addTo(session);
    Broadcast<Network> broadcast = broadcast(session, network);
    Counts counts = counts(session);
    List<Attribute> added = new ArrayList<>();
    for (StructField field : scoring.predictions().schema().fields()) {
      added.add(new AttributeReference(field.name(), field.dataType(), field.nullable(), field.metadata(), NamedExpression.newExprId(),
          (Seq<String>) ScalaLists.seq(List.<String>of())));
    }
    LogicalPlan plan = new ScoreNode(input, ScalaLists.seq(needed), ScalaLists.seq(added), scoring, broadcast, counts);
    List<NamedExpression> columns = new ArrayList<>();
    kept.forEach(column -> columns.add((NamedExpression) column));
    if (scoring.predictions().withKept()) {
      plan = new Filter(added.remove(added.size() - 1), plan);
    }
    added.forEach(column -> columns.add((NamedExpression) column));
    labelTime.ifPresent(time -> columns.add(column(session, time)));
    plan = new Project(ScalaLists.seq(columns), plan);
    return new Scored(org.apache.spark.sql.classic.Dataset.ofRows(session, plan), counts);
  }

  private static NamedExpression column(SparkSession session, LabelTime time) {
    Seq<String> none = (Seq<String>) ScalaLists.seq(List.<String>of());
    try {
      return new Alias(session.sessionState().sqlParser().parseExpression(time.expression()), time.column(), NamedExpression.newExprId(), none,
          scala.Option.empty(), none);
    } catch (ParseException e) {
      throw new IllegalStateException("an expression of our own making", e);
    }
  }
}
