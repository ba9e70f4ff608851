package io.forwardpass.spark;

import io.forwardpass.config.JobConfig;
import io.forwardpass.network.Network;
import io.forwardpass.spark.append.AppendRequest;
import io.forwardpass.spark.append.FeatureScan;
import io.forwardpass.spark.binding.LabelTime;
import io.forwardpass.spark.interop.ScalaLists;
import io.forwardpass.spark.plan.BatchTask;
import io.forwardpass.spark.plan.NetworkBroadcasts;
import io.forwardpass.spark.plan.ScoreNode;
import io.forwardpass.spark.plan.ScoreStrategy;
import io.forwardpass.spark.task.Counts;
import io.forwardpass.spark.task.Scoring;
import io.forwardpass.spark.task.TaskPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructField;
import scala.collection.immutable.Seq;

/** A job that has passed its checks: its input, how it is scored, and which columns come out. */
final class ResolvedJob {
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
    return new AppendRequest(session, config, model, input, needed, kept, scoring.predictions().schema());
  }

  /** What scores the batches of an appended table. */
  BatchTask batches(SparkSession session, Network network, Counts counts, FeatureScan features) {
    TaskPlan plan = new TaskPlan(scoring, features.ordinals(), features.rows());
    return new BatchTask(NetworkBroadcasts.of(session.sparkContext(), network), plan.broadcast(session.sparkContext()), counts);
  }

  /** What one run over it counts. */
  Counts counts(SparkSession session) {
    return new Counts(session.sparkContext(), scoring.windows() != null);
  }

  /** The rows with their predictions; the counts go up as they are computed. */
  Dataset<Row> dataset(SparkSession session, Network network, Counts counts) {
    ScoreStrategy.addTo(session);
    return org.apache.spark.sql.classic.Dataset.ofRows(session, plan(session, network, counts, false));
  }

  /** @param aliased whether new columns get identities that Spark can tell apart where a plan holds this one twice, as a self-join does */
  LogicalPlan plan(SparkSession session, Network network, Counts counts, boolean aliased) {
    List<Attribute> added = new ArrayList<>();
    for (StructField field : scoring.predictions().schema().fields()) {
      added.add(new AttributeReference(field.name(), field.dataType(), field.nullable(), field.metadata(), NamedExpression.newExprId(),
          ScalaLists.seq(List.<String>of())));
    }
    LogicalPlan plan = new ScoreNode(input, ScalaLists.seq(needed), ScalaLists.seq(added), scoring,
        NetworkBroadcasts.of(session.sparkContext(), network), counts);
    List<NamedExpression> columns = new ArrayList<>();
    kept.forEach(column -> columns.add((NamedExpression) column));
    if (scoring.predictions().withKept()) {
      plan = new Filter(added.remove(added.size() - 1), plan);
    }
    added.forEach(column -> columns.add(aliased ? alias(column, column.name()) : (NamedExpression) column));
    labelTime.ifPresent(time -> columns.add(column(session, time)));
    return new Project(ScalaLists.seq(columns), plan);
  }

  private static NamedExpression alias(Expression expression, String name) {
    Seq<String> none = ScalaLists.seq(List.<String>of());
    return new Alias(expression, name, NamedExpression.newExprId(), none, scala.Option.empty(), none);
  }

  private static NamedExpression column(SparkSession session, LabelTime time) {
    try {
      return alias(session.sessionState().sqlParser().parseExpression(time.expression()), time.column());
    } catch (ParseException e) {
      throw new IllegalStateException("an expression of our own making", e);
    }
  }
}
