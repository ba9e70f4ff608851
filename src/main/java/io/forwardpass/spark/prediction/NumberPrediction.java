package io.forwardpass.spark.prediction;

import io.forwardpass.config.Scaling;
import io.forwardpass.network.Block;
import io.forwardpass.network.Workspace;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataTypes;

/** One number of a model output as a float column. */
public final class NumberPrediction extends Prediction {
  private static final long serialVersionUID = 1L;

  private final int output;
  private final int element;
  private final Scaling inverse;

  /** @param inverse null for none */
  public NumberPrediction(String name, int output, int element, Scaling inverse) {
    super(name, DataTypes.FloatType);
    this.output = output;
    this.element = element;
    this.inverse = inverse;
  }

  @Override
  void write(Workspace workspace, int from, int count, WritableColumnVector column, int to) {
    Block block = workspace.output(output);
    int at = at(block, element, from);
    if (inverse == null) {
      column.putFloats(to, count, block.data(), at);
      return;
    }
    for (int r = 0; r < count; r++) {
      column.putFloat(to + r, (float) inverse.invert(block.data()[at + r]));
    }
  }
}
