package io.forwardpass.spark.task;

import io.forwardpass.spark.interop.ScalaLists;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;

/** What a run counts; made once on the driver, so that every copy of a plan's node and every task adds to the same numbers. */
public final class Counts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SQLMetric rows;
  private final SQLMetric windows;
  private final SQLMetric withoutWindow;
  private final SQLMetric cut;
  private final SQLMetric context;
  private final SQLMetric duplicates;
  private final SQLMetric invalid;
  private final SQLMetric nanoseconds;
  private final ReasonCounts reasons;

  public Counts(SparkContext spark, boolean windowed) {
    rows = SQLMetrics.createMetric(spark, "number of input rows");
    windows = windowed ? SQLMetrics.createMetric(spark, "number of windows") : null;
    withoutWindow = windowed ? SQLMetrics.createMetric(spark, "rows with too little history") : null;
    cut = windowed ? SQLMetrics.createMetric(spark, "rows whose history may begin before the context") : null;
    context = windowed ? SQLMetrics.createMetric(spark, "rows read as context only") : null;
    duplicates = windowed ? SQLMetrics.createMetric(spark, "duplicate rows left out") : null;
    invalid = SQLMetrics.createMetric(spark, "invalid rows");
    nanoseconds = SQLMetrics.createNanoTimingMetric(spark, "time in network", -1L);
    reasons = new ReasonCounts();
    spark.register(reasons, "reasons of invalid rows");
  }

  public scala.collection.immutable.Map<String, SQLMetric> asMap() {
    Map<String, SQLMetric> all = new LinkedHashMap<>();
    all.put("rows", rows);
    if (windows != null) {
      all.put("windows", windows);
      all.put("withoutWindow", withoutWindow);
      all.put("cut", cut);
      all.put("context", context);
      all.put("duplicates", duplicates);
    }
    all.put("invalid", invalid);
    all.put("networkTime", nanoseconds);
    return ScalaLists.map(all);
  }

  public SQLMetric rows() {
    return rows;
  }

  /** Null where each row is scored by itself. */
  public SQLMetric windows() {
    return windows;
  }

  public SQLMetric withoutWindow() {
    return withoutWindow;
  }

  /** Of them, those whose history may begin before the context. */
  public SQLMetric cut() {
    return cut;
  }

  public SQLMetric context() {
    return context;
  }

  public SQLMetric duplicates() {
    return duplicates;
  }

  public SQLMetric invalid() {
    return invalid;
  }

  public SQLMetric nanoseconds() {
    return nanoseconds;
  }

  public ReasonCounts reasons() {
    return reasons;
  }
}
