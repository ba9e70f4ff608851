package io.forwardpass.sql.extraction;

import io.forwardpass.spark.interop.ScalaLists;
import io.forwardpass.sql.call.BoundCall;
import io.forwardpass.sql.call.ForwardpassCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Cast$;
import org.apache.spark.sql.catalyst.expressions.ConditionalExpression;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedLambdaVariable;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.expressions.TryEval;
import org.apache.spark.sql.catalyst.expressions.Unevaluable;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;

/**
 * Finds the calls in expressions that may be made for every row of the input instead of where they stand. A call's own failures wait
 * ({@link BoundCall#value}); its features must be there for every row, and computing them must not fail for a row that would not have
 * been asked.
 */
final class CallSites {
  private final Set<ExprId> input;
  private final Map<Expression, ForwardpassCall> found = new LinkedHashMap<>();

  private CallSites(Set<ExprId> input) {
    this.input = input;
  }

  /** Equal calls once; of nested ones the inner. */
  static List<ForwardpassCall> in(List<Expression> expressions, Set<ExprId> input) {
    CallSites sites = new CallSites(input);
    expressions.forEach(expression -> sites.collect(expression, false));
    return List.copyOf(sites.found.values());
  }

  static boolean hasCall(Expression expression) {
    return expression instanceof ForwardpassCall || ScalaLists.list(expression.children()).stream().anyMatch(CallSites::hasCall);
  }

  static Set<ExprId> references(Expression expression) {
    Set<ExprId> ids = new HashSet<>();
    ScalaLists.list(expression.references().toSeq()).forEach(attribute -> ids.add(attribute.exprId()));
    return ids;
  }

  /** @param asked whether some rows do not get here */
  private void collect(Expression expression, boolean asked) {
    if (expression instanceof ForwardpassCall call && mayMove(call, asked)) {
      found.putIfAbsent(call.canonicalized(), call);
      return;
    }
    List<Expression> always = new ArrayList<>(ScalaLists.list(expression.children()));
    if (expression instanceof ConditionalExpression conditional) {
      always = ScalaLists.list(conditional.alwaysEvaluatedInputs());
    } else if (expression instanceof And || expression instanceof Or) {
      always = always.subList(0, 1);
    } else if (expression instanceof LambdaFunction || expression instanceof TryEval
        || (expression instanceof AggregateExpression aggregate && aggregate.filter().isDefined())) {
      always = List.of();
    }
    for (Expression child : ScalaLists.list(expression.children())) {
      List<Expression> unasked = always;
      collect(child, asked || unasked.stream().noneMatch(each -> each == child));
    }
  }

  private boolean mayMove(ForwardpassCall call, boolean asked) {
    return call.deterministic() && input.containsAll(references(call))
        && ScalaLists.list(call.children()).stream().allMatch(feature -> stands(feature) && (!asked || cannotFail(feature)));
  }

  /** Whether a feature is what it is for a row, wherever that row is. */
  private static boolean stands(Expression feature) {
    return !(feature instanceof ForwardpassCall || feature instanceof NamedLambdaVariable || feature instanceof PlanExpression<?>
        || feature instanceof OuterReference || (feature instanceof Unevaluable && !(feature instanceof Attribute)))
        && ScalaLists.list(feature.children()).stream().allMatch(CallSites::stands);
  }

  private static boolean cannotFail(Expression feature) {
    return feature instanceof Attribute || feature instanceof Literal
        || (feature instanceof GetStructField field && cannotFail(field.child()))
        || (feature instanceof Cast cast && Cast$.MODULE$.canUpCast(cast.child().dataType(), cast.dataType()) && cannotFail(cast.child()));
  }
}
