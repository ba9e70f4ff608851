package io.forwardpass.spark.plan;

import io.forwardpass.spark.window.WindowScorer;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** What runs in a task over a range of series and time, with the rows before it that its first windows need. */
final class RangeTask implements FlatMapFunction2<Iterator<InternalRow>, Iterator<UnsafeRow[]>, InternalRow> {
  private static final long serialVersionUID = 1L;

  private final RowTask task;

  RangeTask(RowTask task) {
    this.task = task;
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> rows, Iterator<UnsafeRow[]> before) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    WindowScorer scorer = task.windows(rows);
    scorer.takeBefore(before.next());
    return scorer;
  }
}
