package io.forwardpass.sql;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobKeys;
import io.forwardpass.model.LoadedModel;
import io.forwardpass.refusal.Nearest;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.spark.TableScoring;
import io.forwardpass.spark.interop.ScalaLists;
import io.forwardpass.spark.prediction.Predictions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.FunctionTableSubqueryArgumentExpression;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import scala.collection.immutable.Seq;

/** The table function: a table with the predictions of a model over look-back windows, planned as a job's are. */
final class WindowsFunction {
  static final String NAME = "forwardpass_windows";
  private static final List<String> OF_WINDOWS = List.of("step", "on_gap", "fill_limit", "on_duplicate", "short_history", "stride",
      "label_offset", "look_back", "score_from", "score_until", "context", "partitioning");
  private static final List<String> OPTIONS = new ArrayList<>(List.of("model", "features", "prediction", "labels", "on_invalid"));

  private static final Map<String, String> POLICIES = Map.of("null", "keep", "report", "keep", "error", "error", "skip", "skip");

  static {
    OPTIONS.addAll(OF_WINDOWS);
  }

  private FunctionTableSubqueryArgumentExpression table;
  private Expression model;
  private final List<NamedArgumentExpression> options = new ArrayList<>();
  private String onInvalid = "null";

  private WindowsFunction() {}

  static LogicalPlan plan(Seq<Expression> arguments) {
    WindowsFunction function = new WindowsFunction();
    ScalaLists.list(arguments).forEach(function::add);
    return function.plan();
  }

  private static Refusal refusal(String why) {
    return Refusal.table("Cannot call " + NAME + ": " + why);
  }

  private void add(Expression argument) {
    Expression value = argument instanceof NamedArgumentExpression named ? named.value() : argument;
    if (value instanceof FunctionTableSubqueryArgumentExpression given) {
      if (table != null) {
        throw refusal("two tables are given. Give one, TABLE(t) PARTITION BY series ORDER BY time.");
      }
      table = given;
    } else if (argument instanceof NamedArgumentExpression named) {
      String name = named.key().toLowerCase(Locale.ROOT);
      if (!OPTIONS.contains(name)) {
        throw refusal("it has no argument " + named.key() + ". " + Nearest.to(name, OPTIONS).map(near -> "Did you mean " + near + "?")
            .orElse("It has " + String.join(", ", OPTIONS) + "."));
      }
      if (name.equals("model")) {
        model = value;
      } else {
        options.add(named);
      }
    } else if (model == null) {
      model = value;
    } else {
      throw refusal(argument.sql() + " is given without a name. Write for instance features => array('temperature', 'load').");
    }
  }

  private LogicalPlan plan() {
    if (table == null) {
      throw refusal("it has no table. Give TABLE(t) PARTITION BY series ORDER BY time.");
    }
    if (model == null) {
      throw refusal("it has no model. Give model => 'models/load.keras'.");
    }
    if (table.plan().isStreaming()) {
      throw refusal("the table is a stream, whose windows would end with each of its micro-batches. Keep the readings in a table, and score"
          + " that in foreachBatch, with score_from => the first new time.");
    }
    org.apache.spark.sql.classic.SparkSession session = (org.apache.spark.sql.classic.SparkSession) SparkSession.active();
    ModelArgument argument = ModelArgument.of(model, NAME, session);
    JobConfig job = keys(argument).job();
    LoadedModel loaded = argument.model(job.windows().map(windows -> windows.form().lookBack()).orElse(OptionalInt.empty()));
    LogicalPlan scored = new TableScoring(session, table.plan(), job, loaded).plan();
    return onInvalid.equals("null") ? withoutReason(scored) : scored;
  }

  /** As a job file would say it; of a job file, with what the call says over it. */
  private JobKeys keys(ModelArgument argument) {
    JobKeys keys = argument.keys();
    for (NamedArgumentExpression option : options) {
      keys = with(keys, option.key().toLowerCase(Locale.ROOT), option.value());
    }
    if (!POLICIES.containsKey(onInvalid)) {
      throw refusal("on_invalid should be 'null', 'error', 'report' or 'skip', not '" + onInvalid + "'.");
    }
    keys = keys.with("invalid-rows.policy", POLICIES.get(onInvalid));
    List<String> series = names(ScalaLists.list(table.partitionByExpressions()), "PARTITION BY");
    List<String> orderBy = names(ScalaLists.list(table.orderByExpressions()).stream().map(WindowsFunction::ascending).toList(), "ORDER BY");
    boolean alone = argument.jobFile().isEmpty();
    if (alone && orderBy.isEmpty()) {
      throw refusal("nothing tells the order of the rows. Give TABLE(t) PARTITION BY series ORDER BY time.");
    }
    keys = alone || !series.isEmpty() ? keys.with("windows.series", series) : keys;
    return orderBy.isEmpty() ? keys : keys.with("windows.order-by", orderBy);
  }

  private JobKeys with(JobKeys keys, String option, Expression value) {
    return switch (option) {
      case "features" -> keys.with("features.columns", Constants.texts(value, option, NAME));
      case "labels" -> keys.with("output.labels", Constants.texts(value, option, NAME));
      case "prediction" -> keys.with("output.prediction", Constants.text(value, option, NAME));
      case "on_invalid" -> {
        onInvalid = Constants.text(value, option, NAME);
        yield keys;
      }
      default -> keys.with("windows." + option.replace('_', '-'), String.valueOf(Constants.value(value, option, NAME)));
    };
  }

  private static Expression ascending(SortOrder order) {
    if (!order.isAscending()) {
      throw refusal("ORDER BY " + order.child().sql() + " DESC runs backwards. Order by time, ascending.");
    }
    return order.child();
  }

  private static List<String> names(List<Expression> columns, String clause) {
    List<String> names = new ArrayList<>();
    for (Expression column : columns) {
      if (column instanceof UnresolvedAttribute unresolved) {
        names.add(unresolved.nameParts().last());
      } else if (column instanceof NamedExpression named) {
        names.add(named.name());
      } else {
        throw refusal(clause + " should name columns, not " + column.sql() + ". Compute it within TABLE(SELECT ...).");
      }
    }
    return names;
  }

  private static LogicalPlan withoutReason(LogicalPlan scored) {
    List<NamedExpression> columns = new ArrayList<>();
    ScalaLists.list(scored.output()).stream().filter(column -> !column.name().equals(Predictions.ERROR))
        .forEach(column -> columns.add((NamedExpression) column));
    return new Project(ScalaLists.seq(columns), scored);
  }
}
