package io.forwardpass.spark.task;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.GenerateUnsafeRowJoiner;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowJoiner;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Puts predictions beside a row, by code that Spark generates. Generating it takes a millisecond, which a small task would
 * feel: what one task is done with, the next one of its kind takes over.
 */
final class RowJoin {
  private static final int KINDS = 64;
  private static final Map<Kind, Deque<RowJoin>> FREE = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Kind, Deque<RowJoin>> eldest) {
      return size() > KINDS;
    }
  };

  private record Kind(StructType child, StructType predictions) {}

  private final UnsafeProjection toUnsafe;
  private final UnsafeRowJoiner joiner;

  private RowJoin(Kind kind) {
    toUnsafe = UnsafeProjection.create(kind.predictions);
    joiner = GenerateUnsafeRowJoiner.create(kind.child, kind.predictions);
  }

  /** One that nobody else uses until the task at hand has ended. */
  static RowJoin take(StructType child, StructType predictions) {
    Kind kind = new Kind(child, predictions);
    RowJoin free = poll(kind);
    RowJoin join = free == null ? new RowJoin(kind) : free;
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.addTaskCompletionListener((TaskCompletionListener) ended -> giveBack(kind, join));
    }
    return join;
  }

  private static RowJoin poll(Kind kind) {
    synchronized (FREE) {
      Deque<RowJoin> joins = FREE.get(kind);
      return joins == null ? null : joins.poll();
    }
  }

  private static void giveBack(Kind kind, RowJoin join) {
    synchronized (FREE) {
      FREE.computeIfAbsent(kind, any -> new ArrayDeque<>()).push(join);
    }
  }

  /** Both as one row, until the next call. */
  UnsafeRow join(UnsafeRow row, InternalRow predictions) {
    return joiner.join(row, toUnsafe.apply(predictions));
  }
}
