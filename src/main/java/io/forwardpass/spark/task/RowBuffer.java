package io.forwardpass.spark.task;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.Platform;

/** Holds a batch of rows, whatever their columns, until they are scored: their bytes one after another, no object per row. */
public final class RowBuffer {
  private final StructType schema;
  private UnsafeProjection toUnsafe; // made when a row needs it: most come as Spark wants them
  private final UnsafeRow view;
  private final int[] ends;
  private byte[] bytes = new byte[1 << 14];
  private int rows;

  RowBuffer(StructType schema, int capacity) {
    this.schema = schema;
    view = new UnsafeRow(schema.length());
    ends = new int[capacity + 1];
  }

  public void add(InternalRow row) {
    UnsafeRow unsafe = row instanceof UnsafeRow already ? already : unsafe(row);
    int start = ends[rows];
    int end = Math.addExact(start, unsafe.getSizeInBytes());
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(end, bytes.length * 2L)));
    }
    unsafe.writeToMemory(bytes, Platform.BYTE_ARRAY_OFFSET + start);
    ends[++rows] = end;
  }

  private UnsafeRow unsafe(InternalRow row) {
    if (toUnsafe == null) {
      toUnsafe = UnsafeProjection.create(schema);
    }
    return toUnsafe.apply(row);
  }

  public int rows() {
    return rows;
  }

  /** A row, until the next call. */
  UnsafeRow row(int row) {
    view.pointTo(bytes, Platform.BYTE_ARRAY_OFFSET + ends[row], ends[row + 1] - ends[row]);
    return view;
  }

  void clear() {
    rows = 0;
  }
}
