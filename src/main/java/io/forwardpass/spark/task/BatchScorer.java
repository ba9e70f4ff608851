package io.forwardpass.spark.task;

import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.network.Network;
import io.forwardpass.network.Workspace;
import io.forwardpass.spark.feature.InvalidRows;
import io.forwardpass.spark.prediction.PredictionWriter;
import java.util.Iterator;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Scores a task's column batches: each goes on as it is, with the prediction columns beside its own. */
public final class BatchScorer implements Iterator<ColumnarBatch> {
  private final Iterator<ColumnarBatch> batches;
  private final Network network;
  private final Scoring scoring;
  private final Counts counts;
  private final FeatureReader[] readers;
  private final Workspace workspace;
  private final InvalidRows invalid;
  private final RowNames names;
  private final PredictionWriter writer;
  private ColumnarBatch lastInput;
  private ColumnarBatch output;

  public BatchScorer(Iterator<ColumnarBatch> batches, Network network, TaskPlan plan, Counts counts) {
    this.batches = batches;
    this.network = network;
    scoring = plan.scoring();
    this.counts = counts;
    readers = FeatureReader.all(plan);
    workspace = network.workspace(scoring.blockRows());
    invalid = new InvalidRows(scoring.blockRows(), scoring.nanIsInvalid());
    names = new RowNames(plan, scoring.key());
    writer = new PredictionWriter(scoring.predictions(), scoring.blockRows());
  }

  @Override
  public boolean hasNext() {
    return batches.hasNext();
  }

  @Override
  public ColumnarBatch next() {
    ColumnarBatch batch = batches.next();
    int rows = batch.numRows();
    writer.begin(rows);
    for (int from = 0; from < rows; from += scoring.blockRows()) {
      score(batch, from, Math.min(scoring.blockRows(), rows - from));
    }
    counts.rows().add(rows);
    return withPredictions(batch);
  }

  private void score(ColumnarBatch batch, int from, int count) {
    invalid.clear();
    for (int i = 0; i < readers.length; i++) {
      readers[i].read(batch, from, count, workspace.input(i).data(), scoring.blockRows(), invalid);
    }
    long start = System.nanoTime();
    network.forward(workspace, count);
    counts.nanoseconds().add(System.nanoTime() - start);
    writer.write(workspace, 0, count, from);
    if (invalid.any()) {
      withdraw(batch, from, count);
    }
  }

  private void withdraw(ColumnarBatch batch, int from, int count) {
    for (int r = 0; r < count; r++) {
      long reason = invalid.reason(r);
      if (reason != 0) {
        if (scoring.policy() == InvalidPolicy.ERROR) {
          throw names.refusal(reason, batch.getRow(from + r));
        }
        counts.invalid().add(1);
        counts.reasons().add(reason);
        writer.writeNothing(from + r, scoring.describe(reason), scoring.policy() == InvalidPolicy.KEEP);
      }
    }
  }

  /** Most scans hand out one batch again and again, and so do we. */
  private ColumnarBatch withPredictions(ColumnarBatch batch) {
    if (batch != lastInput) {
      WritableColumnVector[] predictions = writer.vectors();
      ColumnVector[] columns = new ColumnVector[batch.numCols() + predictions.length];
      for (int i = 0; i < batch.numCols(); i++) {
        columns[i] = batch.column(i);
      }
      System.arraycopy(predictions, 0, columns, batch.numCols(), predictions.length);
      output = new ColumnarBatch(columns);
      lastInput = batch;
    }
    output.setNumRows(batch.numRows());
    return output;
  }
}
