package io.forwardpass.spark.interop;

import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.QueryPlan;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.Function1;
import scala.runtime.AbstractPartialFunction;

/** Catalyst's ways to change expressions, which want Scala's partial functions. */
public final class Rewriting {
  private static final class Changes<T> extends AbstractPartialFunction<T, T> {
    private final UnaryOperator<T> change;

    Changes(UnaryOperator<T> change) {
      this.change = change;
    }

    @Override
    public boolean isDefinedAt(T node) {
      return change.apply(node) != null;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <A extends T, B> B applyOrElse(A node, Function1<A, B> otherwise) {
      T changed = change.apply(node);
      return changed == null ? otherwise.apply(node) : (B) changed;
    }
  }

  private Rewriting() {}

  /** A node's own expressions changed, from their roots down. {@code change} gives null for what stays. */
  public static LogicalPlan expressions(LogicalPlan node, UnaryOperator<Expression> change) {
    return (LogicalPlan) ((QueryPlan<?>) node).transformExpressions(new Changes<>(change));
  }

  /** An expression changed from its root down. */
  public static Expression expression(Expression root, UnaryOperator<Expression> change) {
    return root.transformDown(new Changes<>(change));
  }

  public static LogicalPlan children(LogicalPlan node, List<LogicalPlan> children) {
    return node.withNewChildren(ScalaLists.seq(children));
  }
}
