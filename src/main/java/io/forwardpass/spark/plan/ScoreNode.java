package io.forwardpass.spark.plan;

import io.forwardpass.network.Network;
import io.forwardpass.spark.interop.ScalaLists;
import io.forwardpass.spark.task.Counts;
import io.forwardpass.spark.task.Scoring;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/** A table with predictions, in Catalyst's logical plan: all columns of its child, then those that scoring adds. */
public final class ScoreNode extends LogicalPlan {
  private static final long serialVersionUID = 1L;

  private final LogicalPlan child;
  private final Seq<Attribute> needed;
  private final Seq<Attribute> added;
  private final Scoring scoring;
  private final Broadcast<Network> network;
  private final Counts counts;

  /** Public and with every field, as Catalyst copies nodes by reflection. */
  public ScoreNode(LogicalPlan child, Seq<Attribute> needed, Seq<Attribute> added, Scoring scoring, Broadcast<Network> network,
      Counts counts) {
    this.child = child;
    this.needed = needed;
    this.added = added;
    this.scoring = scoring;
    this.network = network;
    this.counts = counts;
  }

  /** The operator that does it. */
  ScoreExec operator(org.apache.spark.sql.execution.SparkPlan plannedChild) {
    return new ScoreExec(plannedChild, needed, added, scoring, network, counts);
  }

  LogicalPlan child() {
    return child;
  }

  @Override
  public String nodeName() {
    return ScoreExec.name(scoring);
  }

  @Override
  public scala.collection.Iterator<Object> stringArgs() {
    return ScoreExec.arguments(scoring);
  }

  @Override
  public Seq<LogicalPlan> children() {
    return ScalaLists.seq(List.of(child));
  }

  @Override
  public Seq<Attribute> output() {
    List<Attribute> all = new ArrayList<>(ScalaLists.list(child.output()));
    all.addAll(ScalaLists.list(added));
    return ScalaLists.seq(all);
  }

  @Override
  public LogicalPlan withNewChildrenInternal(IndexedSeq<LogicalPlan> children) {
    return new ScoreNode(children.apply(0), needed, added, scoring, network, counts);
  }

  @Override
  public AttributeSet producedAttributes() {
    return ScoreExec.set(added);
  }

  /** What it reads itself: the optimizer drops every other column that nothing above it needs. */
  @Override
  public AttributeSet references() {
    return ScoreExec.set(needed);
  }

  @Override
  public Object productElement(int index) {
    return switch (index) {
      case 0 -> child;
      case 1 -> needed;
      case 2 -> added;
      case 3 -> scoring;
      case 4 -> network;
      case 5 -> counts;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }

  @Override
  public int productArity() {
    return 6;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof ScoreNode;
  }

  /** Whatever counts what they do: equal nodes give equal rows. */
  @Override
  public boolean equals(Object object) {
    return this == object || (object instanceof ScoreNode other && child.equals(other.child) && needed.equals(other.needed)
        && added.equals(other.added)
        && network.equals(other.network) && scoring.equals(other.scoring));
  }

  @Override
  public int hashCode() {
    return (child.hashCode() * 31 + needed.hashCode()) * 31 + added.hashCode();
  }
}
