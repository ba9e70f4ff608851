package io.forwardpass.spark.interop;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Descending$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.NullsLast$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;

/** Sort orders as SQL has them by default: nulls count as the least. */
public final class SortOrders {
  private SortOrders() {}

  public static SortOrder ascending(Expression column) {
    return new SortOrder(column, Ascending$.MODULE$, NullsFirst$.MODULE$, ScalaLists.seq(List.of()));
  }

  public static SortOrder descending(Expression column) {
    return new SortOrder(column, Descending$.MODULE$, NullsLast$.MODULE$, ScalaLists.seq(List.of()));
  }
}
