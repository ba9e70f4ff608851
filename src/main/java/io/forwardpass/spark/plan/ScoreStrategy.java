package io.forwardpass.spark.plan;

import io.forwardpass.spark.interop.ScalaLists;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import scala.collection.immutable.Seq;

/** Plans {@link ScoreExec} for {@link ScoreNode}. */
public final class ScoreStrategy extends SparkStrategy {
  private static final long serialVersionUID = 1L;

  @Override
  public Seq<SparkPlan> apply(LogicalPlan plan) {
    if (plan instanceof ScoreNode node) {
      return ScalaLists.seq(List.<SparkPlan>of(node.operator(planLater(node.child()))));
    }
    return ScalaLists.seq(List.of());
  }

  /** Makes a session know it; once is enough. */
  public static void addTo(SparkSession session) {
    List<SparkStrategy> strategies = new ArrayList<>(ScalaLists.list(session.experimental().extraStrategies()));
    if (strategies.stream().noneMatch(ScoreStrategy.class::isInstance)) {
      strategies.add(new ScoreStrategy());
      session.experimental().extraStrategies_$eq(ScalaLists.seq(strategies));
    }
  }
}
