package io.forwardpass.spark.task;

import io.forwardpass.spark.prediction.PredictionWriter;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Rows taken in a batch at a time, scored, and handed on one by one with their predictions. */
public abstract class BufferedScorer implements Iterator<InternalRow> {
  protected final RowBuffer buffer;
  protected final PredictionWriter writer;
  private final ColumnarBatch predictions;
  private final RowJoin join;
  private int next;

  public BufferedScorer(TaskPlan plan, int capacity) {
    buffer = new RowBuffer(plan.rows(), capacity);
    writer = new PredictionWriter(plan.scoring().predictions(), capacity);
    predictions = new ColumnarBatch((ColumnVector[]) writer.vectors(), capacity);
    join = RowJoin.take(plan.rows(), plan.scoring().predictions().schema());
  }

  /** Fills buffer and writer with the next batch; leaves the buffer empty where there is none. */
  public abstract void score();

  @Override
  public boolean hasNext() {
    if (next == buffer.rows()) {
      buffer.clear();
      next = 0;
      score();
    }
    return next < buffer.rows();
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    InternalRow joined = join.join(buffer.row(next), predictions.getRow(next));
    next++;
    return joined;
  }
}
