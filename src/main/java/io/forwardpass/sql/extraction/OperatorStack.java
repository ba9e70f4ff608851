package io.forwardpass.sql.extraction;

import io.forwardpass.spark.interop.CatalystNames;
import io.forwardpass.spark.interop.ScalaLists;
import io.forwardpass.spark.plan.ScoreNode;
import io.forwardpass.spark.task.Counts;
import io.forwardpass.sql.call.BoundCall;
import io.forwardpass.sql.call.ForwardpassCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/** Operators that make calls, one upon another, over a projection to the columns that they and those above them read. */
final class OperatorStack {
  private final SparkContext spark;
  private final LogicalPlan input;
  private final Set<ExprId> kept;
  private final Map<Expression, Attribute> features = new LinkedHashMap<>(); // by canonical form
  private final List<Alias> computed = new ArrayList<>();

  /** @param kept the input's columns that are read above */
  OperatorStack(SparkContext spark, LogicalPlan input, Set<ExprId> kept) {
    this.spark = spark;
    this.input = input;
    this.kept = kept;
  }

  /** @param made gets the new columns by the calls they are of */
  LogicalPlan making(List<ForwardpassCall> calls, Map<Expression, List<Attribute>> made) {
    if (calls.isEmpty()) {
      return input;
    }
    calls.forEach(call -> ScalaLists.list(call.children()).forEach(this::addFeature));
    LogicalPlan plan = projected();
    for (ForwardpassCall call : calls) {
      BoundCall bound = call.bound();
      List<Attribute> needed = new ArrayList<>();
      for (int place : bound.places()) {
        needed.add(features.get(call.children().apply(place).canonicalized()));
      }
      List<Attribute> added = bound.columns();
      plan = new ScoreNode(plan, ScalaLists.seq(needed), ScalaLists.seq(added), bound.scoring(), call.spec().model().broadcast(spark),
          new Counts(spark, false));
      made.put(call.canonicalized(), added);
    }
    return plan;
  }

  private void addFeature(Expression feature) {
    features.computeIfAbsent(feature.canonicalized(), canonical -> {
      if (feature instanceof Attribute column) {
        return column;
      }
      Alias alias = CatalystNames.alias(feature, CatalystNames.pretty(feature));
      computed.add(alias);
      return alias.toAttribute();
    });
  }

  private LogicalPlan projected() {
    Set<ExprId> read = new HashSet<>(kept);
    features.values().forEach(column -> read.add(column.exprId()));
    List<Attribute> output = ScalaLists.list(input.output());
    List<NamedExpression> columns = new ArrayList<>();
    output.stream().filter(column -> read.contains(column.exprId())).forEach(column -> columns.add((NamedExpression) column));
    boolean all = columns.size() == output.size();
    columns.addAll(computed);
    return all && computed.isEmpty() ? input : new Project(ScalaLists.seq(columns), input);
  }
}
