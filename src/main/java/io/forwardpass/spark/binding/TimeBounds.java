package io.forwardpass.spark.binding;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.WindowsConfig;
import io.forwardpass.refusal.FailureText;
import io.forwardpass.refusal.Problems;
import io.forwardpass.spark.interop.ScalaLists;
import io.forwardpass.spark.interop.SqlNames;
import io.forwardpass.spark.io.InputTable;
import io.forwardpass.spark.task.Partitioning;
import io.forwardpass.spark.task.TimeColumn;
import io.forwardpass.spark.task.Windowing;
import io.forwardpass.windows.WindowRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;

/** From when to when rows are scored, and which rows have to be read for that: those and their context. */
public final class TimeBounds {
  private final SparkSession session;
  private final JobConfig config;
  private final Problems problems;
  private final LogicalPlan table;

  public TimeBounds(SparkSession session, JobConfig config, Problems problems, LogicalPlan table) {
    this.session = session;
    this.config = config;
    this.problems = problems;
    this.table = table;
  }

  Partitioning partitioning(List<Attribute> series) {
    return problems.isEmpty() ? RangeDecision.of(session, config.windows().orElseThrow(), table, series) : new Partitioning(false, "");
  }

  /** A value of the time's type, or an SQL expression, as the time's whole number. */
  Optional<Long> evaluate(String text, String key, TimeColumn time) {
    Dataset<Row> one = session.range(1).toDF();
    try {
      InternalRow value = first(one.select(functions.lit(text).try_cast(time.type())));
      if (value.isNullAt(0)) {
        value = first(one.select(functions.expr(text).cast(time.type())));
      }
      if (!value.isNullAt(0)) {
        return Optional.of(time.reader(0).time(value));
      }
      problems.add(key + " \"" + text + "\" is null as " + time.type().simpleString()
          + ". Give a value of windows.order-by or an expression.");
    } catch (Exception e) {
      if (!InputTable.isForUsers(e)) {
        throw e;
      }
      problems.add(key + " \"" + text + "\" is neither a value of type " + time.type().simpleString() + ", as windows.order-by is, nor an"
          + " expression for one. Spark says: " + FailureText.sentence(e));
    }
    return Optional.empty();
  }

  private static InternalRow first(Dataset<Row> rows) {
    return rows.queryExecution().executedPlan().executeCollect()[0];
  }

  /** Only the rows that a job scores and those its windows need; folders of others are pruned. */
  public LogicalPlan read(Columns columns, Attribute column, Windowing windowing) {
    TimeColumn time = windowing.order().time();
    long start = windowing.rules().contextStart();
    long until = windowing.rules().until();
    WindowsConfig windows = config.windows().orElseThrow();
    Optional<Literal> first = start == WindowRules.ALWAYS ? Optional.empty() : literal(time, start);
    Optional<Literal> end = windows.range().until().isEmpty() ? Optional.empty() : literal(time, until);
    List<Expression> conditions = new ArrayList<>();
    first.ifPresent(literal -> conditions.add(new GreaterThanOrEqual(column, literal)));
    end.ifPresent(literal -> conditions.add(new LessThan(column, literal)));
    if (conditions.isEmpty()) {
      return table;
    }
    // rows without a time are invalid rows, not rows of another time
    Expression condition = new Or(new IsNull(column), conditions.stream().reduce(And::new).get());
    if (config.input().partitionTime().isPresent()) {
      Optional<Expression> folders = folders(config.input().partitionTime().get(), columns, column,
          first, end.isEmpty() ? Optional.empty() : literal(time, until - 1));
      condition = folders.isEmpty() ? condition : new And(folders.get(), condition);
    }
    return new Filter(condition, table);
  }

  private static Optional<Literal> literal(TimeColumn time, long ticks) {
    return time.internal(ticks).map(value -> new Literal(value, time.type()));
  }

  private Optional<Expression> folders(String rule, Columns columns, Attribute timeColumn, Optional<Literal> first,
      Optional<Literal> last) {
    int equals = rule.indexOf('=');
    if (equals < 1) {
      problems.add("input.partition-time \"" + rule + "\" is not understood. Write \"day = date(t)\": the partition column, and its"
          + " expression.");
      return Optional.empty();
    }
    Attribute folder = columns.find(SqlNames.unquoted(rule.substring(0, equals).strip()), "input.partition-time", problems);
    if (folder == null) {
      return Optional.empty();
    }
    List<Expression> conditions = new ArrayList<>();
    try {
      Column expression = functions.expr(rule.substring(equals + 1).strip()).cast(folder.dataType());
      String name = timeColumn.name();
      first.ifPresent(value -> conditions.add(new GreaterThanOrEqual(folder, value(value, name, expression, folder.dataType()))));
      last.ifPresent(value -> conditions.add(new LessThanOrEqual(folder, value(value, name, expression, folder.dataType()))));
    } catch (Exception e) {
      if (!InputTable.isForUsers(e)) {
        throw e;
      }
      problems.add("input.partition-time \"" + rule + "\" is no expression of " + timeColumn.name() + ". Spark says: "
          + FailureText.sentence(e) + " Write for instance \"" + folder.name() + " = date(" + timeColumn.name() + ")\".");
    }
    return conditions.stream().reduce(And::new);
  }

  private Literal value(Literal time, String name, Column expression, DataType type) {
    Alias named = new Alias(time, name, NamedExpression.newExprId(), ScalaLists.seq(List.<String>of()), scala.Option.empty(),
        ScalaLists.seq(List.<String>of()));
    LogicalPlan one = new Project(ScalaLists.seq(List.<NamedExpression>of(named)), new OneRowRelation());
    InternalRow row = first(org.apache.spark.sql.classic.Dataset.ofRows(session, one).select(expression));
    return new Literal(InternalRow.copyValue(row.get(0, type)), type);
  }
}
