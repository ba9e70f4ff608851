package io.forwardpass.spark.prediction;

import io.forwardpass.config.Scaling;
import io.forwardpass.network.Block;
import io.forwardpass.network.Workspace;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** A whole model output as one column: an array of floats, nested as the output's shape is. */
public final class ArrayPrediction extends Prediction {
  private static final long serialVersionUID = 1L;

  private final int output;
  private final int[] lengths; // by level of nesting, outermost first
  private final int elements;
  private final Scaling inverse;

  /** @param inverse null for none */
  public ArrayPrediction(String name, int output, int[] lengths, Scaling inverse) {
    super(name, nested(lengths.length));
    this.output = output;
    this.lengths = lengths.clone();
    this.inverse = inverse;
    int product = 1;
    for (int length : lengths) {
      product *= length;
    }
    elements = product;
  }

  private static DataType nested(int levels) {
    DataType type = DataTypes.FloatType;
    for (int level = 0; level < levels; level++) {
      type = DataTypes.createArrayType(type, false);
    }
    return type;
  }

  @Override
  void write(Workspace workspace, int from, int count, WritableColumnVector column, int to) {
    WritableColumnVector numbers = putArrays(column, to, count);
    Block block = workspace.output(output);
    float[] data = block.data();
    for (int e = 0; e < elements; e++) {
      int at = at(block, e, from);
      for (int r = 0; r < count; r++) {
        float value = data[at + r];
        numbers.putFloat((to + r) * elements + e, inverse == null ? value : (float) inverse.invert(value));
      }
    }
  }

  /** Lays the rows' arrays one after another, level by level; returns the innermost vector, that of the numbers. */
  private WritableColumnVector putArrays(WritableColumnVector column, int to, int count) {
    WritableColumnVector level = column;
    int first = to;
    int arrays = count;
    for (int length : lengths) {
      WritableColumnVector inner = level.arrayData();
      inner.reserve((first + arrays) * length);
      for (int a = first; a < first + arrays; a++) {
        level.putArray(a, a * length, length);
      }
      first *= length;
      arrays *= length;
      level = inner;
    }
    return level;
  }
}
