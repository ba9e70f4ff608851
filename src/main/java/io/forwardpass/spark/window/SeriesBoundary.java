package io.forwardpass.spark.window;

import io.forwardpass.spark.interop.ScalaLists;
import io.forwardpass.spark.interop.SortOrders;
import io.forwardpass.spark.task.TaskPlan;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BaseOrdering;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.GenerateOrdering;
import org.apache.spark.sql.types.StructField;


/** Tells where, in sorted rows, a new series begins; equal is what the sort takes for equal, nulls included. */
final class SeriesBoundary {
  private final UnsafeProjection series;
  private final BaseOrdering ordering;
  private UnsafeRow last;

  SeriesBoundary(TaskPlan plan, int[] columns) {
    StructField[] fields = plan.rows().fields();
    List<Expression> keys = new ArrayList<>();
    List<SortOrder> orders = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      int ordinal = plan.ordinals()[columns[i]];
      StructField field = fields[ordinal];
      keys.add(new BoundReference(ordinal, field.dataType(), field.nullable()));
      orders.add(SortOrders.ascending(new BoundReference(i, field.dataType(), field.nullable())));
    }
    series = UnsafeProjection.create(ScalaLists.seq(keys));
    ordering = (BaseOrdering) GenerateOrdering.generate(ScalaLists.seq(orders));
  }

  /** Whether this row and the one before belong to two series; true for the first. */
  boolean isCrossedBy(InternalRow row) {
    UnsafeRow key = series.apply(row);
    if (last == null) {
      last = key.copy();
      return true;
    }
    if (key.equals(last) || ordering.compare(last, key) == 0) {
      return false;
    }
    last.copyFrom(key);
    return true;
  }
}
