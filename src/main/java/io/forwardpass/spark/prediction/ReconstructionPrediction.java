package io.forwardpass.spark.prediction;

import io.forwardpass.config.JobConfig.ReconstructionError;
import io.forwardpass.network.Block;
import io.forwardpass.network.Workspace;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataTypes;

/** How far what an autoencoder gives back is from what it was given: one number a row, over all steps and features. */
public final class ReconstructionPrediction extends Prediction {
  private static final long serialVersionUID = 1L;
  static final String NAME = "reconstruction_error";

  private final ReconstructionError error;
  private final int elements;

  public ReconstructionPrediction(ReconstructionError error, int elements) {
    super(NAME, DataTypes.FloatType);
    this.error = error;
    this.elements = elements;
  }

  @Override
  void write(Workspace workspace, int from, int count, WritableColumnVector column, int to) {
    Block given = workspace.input(0);
    Block made = workspace.output(0);
    for (int r = 0; r < count; r++) {
      double sum = 0;
      for (int e = 0; e < elements; e++) {
        double distance = (double) given.data()[at(given, e, from + r)] - made.data()[at(made, e, from + r)];
        sum += error == ReconstructionError.MAE ? Math.abs(distance) : distance * distance;
      }
      double mean = sum / elements;
      column.putFloat(to + r, (float) (error == ReconstructionError.RMSE ? Math.sqrt(mean) : mean));
    }
  }

  @Override
  boolean readsInputs() {
    return true;
  }
}
