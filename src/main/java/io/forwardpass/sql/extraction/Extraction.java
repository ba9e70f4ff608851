package io.forwardpass.sql.extraction;

import io.forwardpass.spark.interop.Rewriting;
import io.forwardpass.spark.interop.ScalaLists;
import io.forwardpass.spark.plan.ScoreNode;
import io.forwardpass.sql.call.ForwardpassCall;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionOperation;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.Tail;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/**
 * One plan's calls given to the operator. From the root down goes what is needed: the columns, and the calls that somebody above makes
 * too, so that what a filter has scored is not scored again; from the leaves up come the nodes that give it.
 */
final class Extraction {
  /** A plan with the columns that were asked for, and the columns of calls it has made, by the call. */
  private record Made(LogicalPlan plan, Map<Expression, List<Attribute>> calls) {
    Made(LogicalPlan plan) {
      this(plan, Map.of());
    }
  }

  private final SparkContext spark;
  private final IdentityHashMap<LogicalPlan, Boolean> callers = new IdentityHashMap<>();

  Extraction(SparkContext spark) {
    this.spark = spark;
  }

  /** The plan with the same columns in the same order. */
  LogicalPlan exact(LogicalPlan node) {
    if (!hasCalls(node)) {
      return node;
    }
    List<Attribute> output = ScalaLists.list(node.output());
    LogicalPlan made = made(node, ids(output), Set.of()).plan;
    return idList(ScalaLists.list(made.output())).equals(idList(output)) ? made : project(output, made);
  }

  private Made made(LogicalPlan node, Set<ExprId> required, Set<Expression> wanted) {
    if (!hasCalls(node)) {
      return new Made(node);
    }
    if (node instanceof Project || node instanceof Aggregate) {
      return computed(node, wanted);
    }
    if (node instanceof Filter filter) {
      return filtered(filter, required, wanted);
    }
    if (node instanceof Join join) {
      return joined(join, required, wanted);
    }
    if (handsOnRows(node)) {
      return handedOn(node, required, wanted);
    }
    return new Made(Rewriting.children(node, ScalaLists.list(node.children()).stream().map(this::exact).toList()));
  }

  /** Nodes whose output is their child's, or begins with it. */
  private static boolean handsOnRows(LogicalPlan node) {
    return node instanceof Sort || node instanceof Window || node instanceof GlobalLimit || node instanceof LocalLimit
        || node instanceof Offset || node instanceof Tail || node instanceof Sample || node instanceof RepartitionOperation;
  }

  private Made computed(LogicalPlan node, Set<Expression> wanted) {
    LogicalPlan child = child(node);
    Set<ExprId> passed = new HashSet<>();
    if (node instanceof Project project) {
      ScalaLists.list(project.projectList()).stream().filter(Attribute.class::isInstance).forEach(column -> passed.add(column.exprId()));
    }
    Set<Expression> asked = within(wanted, passed);
    Made below = made(child, references(node), union(asked, CallSites.in(MovableParts.of(node), ids(child))));
    Map<Expression, List<Attribute>> calls = new LinkedHashMap<>(below.calls);
    LogicalPlan made = extracted(node, below.plan, calls, columnsOf(calls, asked));
    calls.keySet().retainAll(asked);
    if (!calls.isEmpty()) {
      List<NamedExpression> columns = new ArrayList<>(ScalaLists.list(((Project) made).projectList()));
      calls.values().forEach(call -> call.forEach(column -> columns.add((NamedExpression) column)));
      made = new Project(ScalaLists.seq(columns), child(made));
    }
    return new Made(made, calls);
  }

  /** Conditions that need no network come first, and may then reach the source. */
  private Made filtered(Filter filter, Set<ExprId> required, Set<Expression> wanted) {
    List<Expression> plain = new ArrayList<>();
    List<Expression> rest = new ArrayList<>();
    split(filter.condition(), plain, rest);
    if (plain.isEmpty() || CallSites.in(rest, ids(filter.child())).isEmpty()) {
      return handedOn(filter, required, wanted);
    }
    return handedOn(new Filter(and(rest), new Filter(and(plain), filter.child())), required, wanted);
  }

  private Made handedOn(LogicalPlan node, Set<ExprId> required, Set<Expression> wanted) {
    LogicalPlan child = child(node);
    Set<ExprId> childs = ids(child);
    Set<ExprId> needed = new HashSet<>(required);
    needed.addAll(references(node));
    needed.retainAll(childs);
    Set<Expression> asked = within(wanted, childs);
    Set<Expression> all = union(asked, CallSites.in(MovableParts.of(node), childs));
    Made below = made(child, needed, all);
    if (!(node instanceof Filter)) {
      below = trimmed(below, needed, all);
    }
    Map<Expression, List<Attribute>> calls = new LinkedHashMap<>(below.calls);
    Set<ExprId> above = new HashSet<>(required);
    above.addAll(columnsOf(calls, asked));
    LogicalPlan made = extracted(node, below.plan, calls, above);
    calls.keySet().retainAll(asked);
    return new Made(made, calls);
  }

  /** A side whose every row comes out as it is can be asked for the calls that are made above. */
  private Made joined(Join join, Set<ExprId> required, Set<Expression> wanted) {
    Set<ExprId> needed = new HashSet<>(required);
    needed.addAll(references(join));
    String type = join.joinType().toString();
    boolean inner = type.equals("Inner") || type.equals("Cross");
    Made left = side(join.left(), needed, inner || type.startsWith("Left") ? wanted : Set.of());
    Made right = side(join.right(), needed, inner || type.startsWith("Right") ? wanted : Set.of());
    Map<Expression, List<Attribute>> calls = new LinkedHashMap<>(left.calls);
    calls.putAll(right.calls);
    return new Made(Rewriting.children(join, List.of(left.plan, right.plan)), calls);
  }

  private Made side(LogicalPlan side, Set<ExprId> required, Set<Expression> wanted) {
    Set<ExprId> own = ids(side);
    Set<ExprId> needed = new HashSet<>(required);
    needed.retainAll(own);
    Set<Expression> asked = within(wanted, own);
    return trimmed(made(side, needed, asked), needed, asked);
  }

  /** Without columns that nobody asked for, which a shuffle or a sort would carry. */
  private static Made trimmed(Made made, Set<ExprId> needed, Set<Expression> wanted) {
    Map<Expression, List<Attribute>> calls = new LinkedHashMap<>(made.calls);
    calls.keySet().retainAll(wanted);
    Set<ExprId> kept = new HashSet<>(needed);
    kept.addAll(columnsOf(calls, calls.keySet()));
    List<Attribute> output = ScalaLists.list(made.plan.output());
    List<Attribute> columns = output.stream().filter(column -> kept.contains(column.exprId())).toList();
    return columns.size() == output.size() || !scores(made.plan) ? made : new Made(project(columns, made.plan), calls);
  }

  /** Whether there is something to trim: plans without calls come as Spark has pruned them. */
  private static boolean scores(LogicalPlan plan) {
    return plan.exists(node -> node instanceof ScoreNode);
  }

  /** The node over operators that make its calls, of nested ones the inner first; whatever of them cannot move stays. */
  private LogicalPlan extracted(LogicalPlan node, LogicalPlan below, Map<Expression, List<Attribute>> calls, Set<ExprId> above) {
    LogicalPlan changed = Rewriting.children(node, List.of(below));
    for (List<ForwardpassCall> sites = sites(changed); !sites.isEmpty(); sites = sites(changed)) {
      Map<Expression, ForwardpassCall> here = new HashMap<>();
      sites.forEach(call -> here.put(call.canonicalized(), call));
      Set<ExprId> kept = new HashSet<>(above);
      expressions(changed).forEach(expression -> referencesBeside(expression, here, kept));
      kept.addAll(columnsOf(calls, calls.keySet()));
      OperatorStack operators = new OperatorStack(spark, child(changed), kept);
      LogicalPlan scored = operators.making(sites.stream().filter(call -> !calls.containsKey(call.canonicalized())).toList(), calls);
      changed = MovableParts.changed(Rewriting.children(changed, List.of(scored)), expression -> expression instanceof ForwardpassCall call
          && here.containsKey(call.canonicalized()) ? call.bound().value(calls.get(call.canonicalized())) : null);
    }
    return changed;
  }

  private static List<ForwardpassCall> sites(LogicalPlan node) {
    return CallSites.in(MovableParts.of(node), ids(child(node)));
  }

  /** The columns that an expression reads itself once these calls are made elsewhere. */
  private static void referencesBeside(Expression expression, Map<Expression, ForwardpassCall> calls, Set<ExprId> references) {
    if (expression instanceof ForwardpassCall call && calls.containsKey(call.canonicalized())) {
      return;
    }
    if (expression.children().isEmpty()) {
      references.addAll(CallSites.references(expression));
    }
    ScalaLists.list(expression.children()).forEach(child -> referencesBeside(child, calls, references));
    if (expression instanceof PlanExpression<?>) {
      references.addAll(CallSites.references(expression));
    }
  }

  private boolean hasCalls(LogicalPlan node) {
    Boolean known = callers.get(node);
    if (known == null) {
      known = expressions(node).stream().anyMatch(CallSites::hasCall) || ScalaLists.list(node.children()).stream().anyMatch(this::hasCalls);
      callers.put(node, known);
    }
    return known;
  }

  private static void split(Expression condition, List<Expression> plain, List<Expression> rest) {
    if (condition instanceof And and) {
      split(and.left(), plain, rest);
      split(and.right(), plain, rest);
    } else {
      (CallSites.hasCall(condition) || !condition.deterministic() ? rest : plain).add(condition);
    }
  }

  private static Expression and(List<Expression> conditions) {
    return conditions.stream().reduce(And::new).orElseThrow();
  }

  private static LogicalPlan child(LogicalPlan node) {
    return node.children().apply(0);
  }

  private static List<Expression> expressions(LogicalPlan node) {
    return ScalaLists.list(node.expressions());
  }

  private static Set<ExprId> references(LogicalPlan node) {
    Set<ExprId> ids = new HashSet<>();
    expressions(node).forEach(expression -> ids.addAll(CallSites.references(expression)));
    return ids;
  }

  /** Calls that can be made of these columns. */
  private static Set<Expression> within(Set<Expression> calls, Set<ExprId> columns) {
    Set<Expression> within = new LinkedHashSet<>(calls);
    within.removeIf(call -> !columns.containsAll(CallSites.references(call)));
    return within;
  }

  private static Set<Expression> union(Set<Expression> calls, List<ForwardpassCall> more) {
    Set<Expression> union = new LinkedHashSet<>(calls);
    more.forEach(call -> union.add(call.canonicalized()));
    return union;
  }

  private static Set<ExprId> columnsOf(Map<Expression, List<Attribute>> calls, Collection<Expression> which) {
    Set<ExprId> ids = new HashSet<>();
    which.forEach(call -> calls.getOrDefault(call, List.of()).forEach(column -> ids.add(column.exprId())));
    return ids;
  }

  private static Set<ExprId> ids(LogicalPlan plan) {
    return ids(ScalaLists.list(plan.output()));
  }

  private static Set<ExprId> ids(List<Attribute> columns) {
    return new HashSet<>(idList(columns));
  }

  private static List<ExprId> idList(List<Attribute> columns) {
    return columns.stream().map(Attribute::exprId).toList();
  }

  private static LogicalPlan project(List<Attribute> columns, LogicalPlan child) {
    List<NamedExpression> named = new ArrayList<>();
    columns.forEach(column -> named.add((NamedExpression) column));
    return new Project(ScalaLists.seq(named), child);
  }
}
