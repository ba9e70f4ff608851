package io.forwardpass.spark.binding;

import io.forwardpass.config.JobConfig.WindowPartitioning;
import io.forwardpass.config.JobConfig;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.ColumnStat;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;

/**
 * Whether tasks get whole series or ranges of series and time.
 *
 * @param text for people, with the reason where the job left it open
 */
public record RangeDecision(boolean isRange, String text) {
  static RangeDecision of(SparkSession session, JobConfig.Windows windows, LogicalPlan table, List<Attribute> series) {
    if (windows.partitioning() != WindowPartitioning.AUTO) {
      boolean isRange = windows.partitioning() == WindowPartitioning.RANGE;
      return new RangeDecision(isRange, isRange ? "by series and time" : "by series");
    }
    if (windows.stride() > 1 && windows.step().isEmpty()) {
      return new RangeDecision(false, "by series (auto: stride counts from each series' first window)");
    }
    if (series.isEmpty()) {
      return new RangeDecision(true, "by time (auto: there is one series)");
    }
    int cores = session.sparkContext().defaultParallelism();
    double known = seriesKnown(session, table, series);
    if (known == Double.MAX_VALUE) {
      return new RangeDecision(false, "by series (auto: how many series there are is not known)");
    }
    String why = "(auto: " + (long) known + " series for " + cores + " cores)";
    return known < cores ? new RangeDecision(true, "by series and time " + why) : new RangeDecision(false, "by series " + why);
  }

  /** How many there can be at most, as far as the catalog's statistics tell. */
  private static double seriesKnown(SparkSession session, LogicalPlan table, List<Attribute> series) {
    var statistics = Dataset.ofRows(session, table).queryExecution().optimizedPlan().stats().attributeStats();
    double product = 1;
    for (Attribute column : series) {
      scala.Option<ColumnStat> known = statistics.get(column);
      if (known.isEmpty() || known.get().distinctCount().isEmpty()) {
        return Double.MAX_VALUE;
      }
      boolean hasNoNull = known.get().nullCount().exists(count -> count.signum() == 0);
      product *= known.get().distinctCount().get().doubleValue() + (hasNoNull ? 0 : 1);
    }
    return product;
  }
}
