package io.forwardpass.spark.task;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * How tasks score the rows that an operator's child hands them: broadcast, so that a task reads a number instead of all this,
 * which takes longer than scoring a small one.
 */
public final class TaskPlan implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Scoring scoring;
  private final int[] ordinals;
  private final StructType rows;

  public TaskPlan(Scoring scoring, int[] ordinals, StructType rows) {
    this.scoring = scoring;
    this.ordinals = ordinals;
    this.rows = rows;
  }

  /** Needed columns are found by identity, not by name: a plan may hold two columns of one name. */
  public TaskPlan(Scoring scoring, List<Attribute> needed, List<Attribute> child) {
    this(scoring, needed.stream().mapToInt(attribute -> ordinal(attribute, child)).toArray(),
        new StructType(child.stream().map(attribute -> new StructField(attribute.name(), attribute.dataType(), attribute.nullable(),
            attribute.metadata())).toArray(StructField[]::new)));
  }

  private static int ordinal(Attribute attribute, List<Attribute> child) {
    for (int i = 0; i < child.size(); i++) {
      if (child.get(i).exprId().equals(attribute.exprId())) {
        return i;
      }
    }
    throw new IllegalStateException("the plan lost column " + attribute.name());
  }

  public Broadcast<TaskPlan> broadcast(SparkContext spark) {
    return JavaSparkContext.fromSparkContext(spark).broadcast(this);
  }

  /** The type of a needed column. */
  DataType type(int column) {
    return rows.fields()[ordinals[column]].dataType();
  }

  public Scoring scoring() {
    return scoring;
  }

  /** By needed column: its place in the child's rows. */
  public int[] ordinals() {
    return ordinals;
  }

  /** The child's. */
  public StructType rows() {
    return rows;
  }
}
