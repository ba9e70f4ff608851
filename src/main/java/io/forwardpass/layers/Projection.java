package io.forwardpass.layers;

import io.forwardpass.math.Activation;
import io.forwardpass.math.Kernels;
import io.forwardpass.math.Matrix;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;

/**
 * A value times weights as an {@link Equation} says, with a bias: a dense product at every place along the axes that are not summed
 * over, {@code y = activation(bias + sum over k of x[k] * w[k])}.
 */
public final class Projection implements Operation {
  private static final long serialVersionUID = 1L;

  private final Matrix[] kernels; // by place along the axes that all have
  private final int[] sharedInX; // the same places: how far the first element lies, in x and in y
  private final int[] sharedInY;
  private final int[] rowsInX; // places of x that the result has, too
  private final int[] rowsInY;
  private final int[] innerInX; // places that are summed over
  private final int[] columnsInY; // places of the weights
  private final boolean gathers;
  private final boolean scatters;
  private final Activation activation;
  private final int last; // the last axis of y, over which the activation runs
  private final int elements; // of y

  private Projection(Equation equation, Matrix[] kernels, Activation activation) {
    this.kernels = kernels;
    sharedInX = equation.offsets(equation.shared(), equation.a());
    sharedInY = equation.offsets(equation.shared(), equation.y());
    rowsInX = equation.offsets(equation.rows(), equation.a());
    rowsInY = equation.offsets(equation.rows(), equation.y());
    innerInX = equation.offsets(equation.inner(), equation.a());
    columnsInY = equation.offsets(equation.columns(), equation.y());
    gathers = !Equation.adjacent(innerInX);
    scatters = !Equation.adjacent(columnsInY);
    this.activation = activation;
    Shape output = equation.shape(equation.y());
    last = output.rank() == 0 ? 1 : output.last();
    elements = output.elements();
  }

  /**
   * @param equation with sizes: x, the weights, the result
   * @param kernel row-major
   * @param bias by axes of its own, or null
   * @param biasAxes axes of the weights
   */
  public static Projection of(Equation equation, float[] kernel, float[] bias, String biasAxes, Activation activation) {
    int[] shared = equation.offsets(equation.shared(), equation.b());
    int[] inner = equation.offsets(equation.inner(), equation.b());
    int[] columns = equation.offsets(equation.columns(), equation.b());
    int[] biasShared = equation.offsets(equation.shared(), biasAxes);
    int[] biasColumns = equation.offsets(equation.columns(), biasAxes);
    Matrix[] kernels = new Matrix[shared.length];
    for (int g = 0; g < kernels.length; g++) {
      float[] part = new float[inner.length * columns.length];
      float[] start = bias == null ? null : new float[columns.length];
      for (int j = 0; j < columns.length; j++) {
        for (int k = 0; k < inner.length; k++) {
          part[k * columns.length + j] = kernel[shared[g] + inner[k] + columns[j]];
        }
        if (bias != null) {
          start[j] = bias[biasShared[g] + biasColumns[j]];
        }
      }
      kernels[g] = Matrix.of(part, start, inner.length, columns.length);
    }
    return new Projection(equation, kernels, activation);
  }

  @Override
  public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
    int capacity = outputs[0].capacity();
    float[] x = inputs[0].data();
    float[] y = outputs[0].data();
    int result = innerInX.length * capacity; // in scratch, behind the gathered numbers
    for (int g = 0; g < kernels.length; g++) {
      for (int row = 0; row < rowsInX.length; row++) {
        int from = (sharedInX[g] + rowsInX[row] + innerInX[0]) * capacity;
        int to = (sharedInY[g] + rowsInY[row] + columnsInY[0]) * capacity;
        if (gathers) {
          for (int k = 0; k < innerInX.length; k++) {
            System.arraycopy(x, (sharedInX[g] + rowsInX[row] + innerInX[k]) * capacity, scratch, k * capacity, lanes);
          }
        }
        Kernels.best().dense(gathers ? scratch : x, gathers ? 0 : from, kernels[g], scatters ? scratch : y, scatters ? result : to, capacity, lanes);
        for (int j = 0; scatters && j < columnsInY.length; j++) {
          System.arraycopy(scratch, result + j * capacity, y, (sharedInY[g] + rowsInY[row] + columnsInY[j]) * capacity, lanes);
        }
      }
    }
    for (int e = 0; e < elements; e += last) {
      activation.apply(y, e * capacity, last, capacity, lanes);
    }
  }

  @Override
  public int scratch(int capacity) {
    return (innerInX.length + columnsInY.length) * capacity;
  }
}
