package io.forwardpass.sql.extraction;

import io.forwardpass.spark.interop.Rewriting;
import io.forwardpass.spark.interop.ScalaLists;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * The parts of a node's expressions that are evaluated on the rows of its child. Of an aggregate those are what it groups by and the
 * arguments of its functions: the rest of its result is made of groups, where a column of a row would be out of place.
 */
final class MovableParts {
  private MovableParts() {}

  static List<Expression> of(LogicalPlan node) {
    if (!(node instanceof Aggregate aggregate)) {
      return ScalaLists.list(node.expressions());
    }
    List<Expression> parts = new ArrayList<>(ScalaLists.list(aggregate.groupingExpressions()));
    ScalaLists.list(aggregate.aggregateExpressions()).forEach(result -> collect((Expression) result, aggregate, parts));
    return parts;
  }

  private static void collect(Expression result, Aggregate aggregate, List<Expression> parts) {
    if (isPart(result, aggregate)) {
      parts.add(result);
    } else {
      ScalaLists.list(result.children()).forEach(child -> collect(child, aggregate, parts));
    }
  }

  private static boolean isPart(Expression result, Aggregate aggregate) {
    return result instanceof AggregateExpression
        || ScalaLists.list(aggregate.groupingExpressions()).stream().anyMatch(grouping -> grouping.semanticEquals(result));
  }

  /** The node with its movable parts changed, from their roots down. {@code change} gives null for what stays. */
  static LogicalPlan changed(LogicalPlan node, UnaryOperator<Expression> change) {
    if (!(node instanceof Aggregate aggregate)) {
      return Rewriting.expressions(node, change);
    }
    List<Expression> groupings = ScalaLists.list(aggregate.groupingExpressions());
    List<Expression> results = new ArrayList<>();
    ScalaLists.list(aggregate.aggregateExpressions()).forEach(result -> results.add((Expression) result));
    return Rewriting.expressions(node, root -> groupings.stream().anyMatch(grouping -> grouping == root)
        ? Rewriting.expression(root, change)
        : results.stream().anyMatch(result -> result == root) ? changed(root, aggregate, change) : null);
  }

  private static Expression changed(Expression result, Aggregate aggregate, UnaryOperator<Expression> change) {
    if (isPart(result, aggregate)) {
      return Rewriting.expression(result, change);
    }
    List<Expression> children = ScalaLists.list(result.children());
    List<Expression> changed = children.stream().map(child -> changed(child, aggregate, change)).toList();
    return changed.equals(children) ? result : result.withNewChildren(ScalaLists.seq(changed));
  }
}
