package io.forwardpass.spark.binding;

import io.forwardpass.config.WindowsConfig;
import io.forwardpass.config.WindowsConfig.WindowPartitioning;
import io.forwardpass.spark.task.Partitioning;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.ColumnStat;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;

/** Decides whether tasks get whole series or ranges of series and time. */
final class RangeDecision {
  private RangeDecision() {}

  static Partitioning of(SparkSession session, WindowsConfig windows, LogicalPlan table, List<Attribute> series) {
    if (windows.partitioning() != WindowPartitioning.AUTO) {
      boolean isRange = windows.partitioning() == WindowPartitioning.RANGE;
      return new Partitioning(isRange, isRange ? "by series and time" : "by series");
    }
    if (windows.form().stride() > 1 && windows.spacing().step().isEmpty()) {
      return new Partitioning(false, "by series (auto: stride counts from each series' first window)");
    }
    if (series.isEmpty()) {
      return new Partitioning(true, "by time (auto: there is one series)");
    }
    int cores = session.sparkContext().defaultParallelism();
    OptionalDouble number = seriesAtMost(session, table, series);
    if (number.isEmpty()) {
      return new Partitioning(false, "by series (auto: how many series there are is not known)");
    }
    String why = "(auto: " + (long) number.getAsDouble() + " series for " + cores + " cores)";
    return number.getAsDouble() < cores ? new Partitioning(true, "by series and time " + why) : new Partitioning(false, "by series " + why);
  }

  /** How many there can be at most, as far as the catalog's statistics tell. */
  private static OptionalDouble seriesAtMost(SparkSession session, LogicalPlan table, List<Attribute> series) {
    var statistics = Dataset.ofRows(session, table).queryExecution().optimizedPlan().stats().attributeStats();
    double product = 1;
    for (Attribute column : series) {
      scala.Option<ColumnStat> known = statistics.get(column);
      if (known.isEmpty() || known.get().distinctCount().isEmpty()) {
        return OptionalDouble.empty();
      }
      boolean hasNoNull = known.get().nullCount().exists(count -> count.signum() == 0);
      product *= known.get().distinctCount().get().doubleValue() + (hasNoNull ? 0 : 1);
    }
    return OptionalDouble.of(product);
  }
}
