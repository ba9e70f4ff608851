package io.forwardpass.spark.prediction;

import io.forwardpass.network.Workspace;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;

/** Turns a task's network outputs into column vectors, the same ones for every batch. */
public final class PredictionWriter {
  private final Predictions predictions;
  private final WritableColumnVector[] vectors;

  public PredictionWriter(Predictions predictions, int rows) {
    this.predictions = predictions;
    vectors = predictions.vectors(rows);
  }

  public WritableColumnVector[] vectors() {
    return vectors;
  }

  /** Starts a new batch: whoever read the last one is done with it. */
  public void begin(int rows) {
    for (WritableColumnVector vector : vectors) {
      vector.reset();
      vector.reserve(rows);
    }
    if (predictions.withError()) {
      vectors[predictions.errorColumn()].putNulls(0, rows);
    }
    if (predictions.withKept()) {
      vectors[predictions.keptColumn()].putBooleans(0, rows, true);
    }
  }

  /** Writes rows of the network's outputs as rows {@code to} and on of the batch. */
  public void write(Workspace workspace, int from, int count, int to) {
    Prediction[] columns = predictions.columns();
    for (int i = 0; i < columns.length; i++) {
      columns[i].write(workspace, from, count, vectors[i], to);
    }
  }

  /** A row without a prediction. */
  public void writeNothing(int row, String reason, boolean kept) {
    for (int i = 0; i < predictions.columns().length; i++) {
      vectors[i].putNull(row);
    }
    if (predictions.withError()) {
      WritableColumnVector errors = vectors[predictions.errorColumn()];
      errors.putNotNull(row);
      errors.putByteArray(row, reason.getBytes(StandardCharsets.UTF_8));
    }
    if (predictions.withKept()) {
      vectors[predictions.keptColumn()].putBoolean(row, kept);
    }
  }
}
