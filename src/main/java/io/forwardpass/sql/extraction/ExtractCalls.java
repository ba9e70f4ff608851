package io.forwardpass.sql.extraction;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Subquery;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.internal.SQLConf;

/**
 * Has calls in projections, filters, sorts, aggregates and windows made by one columnar operator below them. It runs once, after
 * Spark's own rules have moved filters and pruned columns and before what is left of both reaches the sources.
 */
public final class ExtractCalls extends Rule<LogicalPlan> {
  /** False leaves every call to be evaluated row by row: same results, slower. */
  public static final String SWITCH = "spark.forwardpass.operator";

  private final SparkSession session;

  public ExtractCalls(SparkSession session) {
    this.session = session;
  }

  @Override
  public String ruleName() {
    return getClass().getName();
  }

  /** A correlated subquery becomes part of another plan only later, and its columns may be that plan's. */
  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    boolean wanted = Boolean.parseBoolean(SQLConf.get().getConfString(SWITCH, "true"));
    return !wanted || (plan instanceof Subquery subquery && subquery.correlated()) ? plan
        : new Extraction(((org.apache.spark.sql.classic.SparkSession) session).sparkContext()).exact(plan);
  }
}
