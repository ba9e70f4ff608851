package io.forwardpass.spark.window;

import io.forwardpass.spark.interop.ScalaLists;
import io.forwardpass.spark.interop.SortOrders;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BaseOrdering;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.GenerateOrdering;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The last rows of a partition by series and time, in order, for the windows at the beginning of the next: of several rows of
 * one time the one that is kept, and none without a time. The partition need not be sorted.
 */
public final class LastRows implements FlatMapFunction<Iterator<InternalRow>, UnsafeRow[]> {
  private static final long serialVersionUID = 1L;

  private final int count;
  private final int[] place; // ordinals of series and time
  private final int[] ties; // of what decides between rows of one time
  private final boolean lastOfTies;
  private final StructType schema;

  public LastRows(int count, int[] place, int[] ties, boolean lastOfTies, StructType schema) {
    this.count = count;
    this.place = place;
    this.ties = ties;
    this.lastOfTies = lastOfTies;
    this.schema = schema;
  }

  @Override
  public Iterator<UnsafeRow[]> call(Iterator<InternalRow> rows) {
    BaseOrdering byPlace = ordering(place, true);
    BaseOrdering byTies = ordering(ties, !lastOfTies);
    UnsafeProjection toUnsafe = UnsafeProjection.create(schema);
    TreeMap<UnsafeRow, UnsafeRow> last = new TreeMap<>(byPlace);
    int time = place[place.length - 1];
    while (rows.hasNext() && count > 0) {
      InternalRow row = rows.next();
      if (row.isNullAt(time) || (last.size() == count && byPlace.compare(row, last.firstKey()) < 0)) {
        continue;
      }
      UnsafeRow unsafe = row instanceof UnsafeRow already ? already : toUnsafe.apply(row);
      UnsafeRow same = last.get(unsafe);
      if (same == null || byTies.compare(unsafe, same) < 0) {
        last.remove(unsafe);
        UnsafeRow copy = unsafe.copy();
        last.put(copy, copy);
      }
      if (last.size() > count) {
        last.pollFirstEntry();
      }
    }
    return Collections.singletonList(last.values().toArray(UnsafeRow[]::new)).iterator();
  }

  private BaseOrdering ordering(int[] columns, boolean up) {
    StructField[] fields = schema.fields();
    List<SortOrder> orders = new ArrayList<>();
    for (int column : columns) {
      BoundReference value = new BoundReference(column, fields[column].dataType(), fields[column].nullable());
      orders.add(up ? SortOrders.ascending(value) : SortOrders.descending(value));
    }
    return (BaseOrdering) GenerateOrdering.generate(ScalaLists.seq(orders));
  }

  /** By partition: the rows before its first, from the one partition before it or from several. */
  public static List<UnsafeRow[]> before(List<UnsafeRow[]> lastRows, int count) {
    List<UnsafeRow[]> before = new ArrayList<>();
    List<UnsafeRow> carried = new ArrayList<>();
    for (UnsafeRow[] last : lastRows) {
      before.add(carried.toArray(UnsafeRow[]::new));
      carried.addAll(List.of(last));
      carried = new ArrayList<>(carried.subList(Math.max(0, carried.size() - count), carried.size()));
    }
    return before;
  }
}
