package io.forwardpass.layers.contraction;

import io.forwardpass.keras.KerasVersion;
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
  private final float[] added; // by element of y: a bias that is another at each place; or null
  private final Activation activation;
  private final int last; // the last axis of y, over which the activation runs
  private final int elements; // of y

  private Projection(Equation equation, Matrix[] kernels, float[] added, Activation activation) {
    this.kernels = kernels;
    this.added = added;
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
   * @param biasAxes axes of the result
   */
  public static Projection of(Equation equation, float[] kernel, float[] bias, String biasAxes, Activation activation) {
    if (bias != null && biasAxes.chars().anyMatch(axis -> equation.rows().indexOf(axis) >= 0)) {
      int[] places = equation.offsets(equation.y(), biasAxes);
      float[] added = new float[places.length];
      for (int e = 0; e < added.length; e++) {
        added[e] = bias[places[e]];
      }
      return new Projection(equation, of(equation, kernel, null, "", activation).kernels, added, activation);
    }
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
    return new Projection(equation, kernels, null, activation);
  }

  /**
   * The axes along which Keras adds a bias that has so many of the result's last axes. Since 3.7, {@code add} of its TensorFlow backend
   * takes
   * what can be squeezed to a vector for a bias of the last axis, or of the first behind the batch, whichever has its size.
   */
  public static String biasAxes(Equation equation, String axes, KerasVersion version) {
    String squeezed = axes.chars().filter(axis -> equation.size((char) axis) > 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    String y = equation.y();
    if (!version.isAtLeast(3, 7) || squeezed.length() != 1 || y.isEmpty()) {
      return axes;
    }
    int size = equation.size(squeezed.charAt(0));
    if (size == equation.size(y.charAt(y.length() - 1))) {
      return y.substring(y.length() - 1);
    }
    return size == equation.size(y.charAt(0)) ? y.substring(0, 1) : axes;
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
        Kernels.best().dense(gathers ? scratch : x, gathers ? 0 : from, kernels[g], scatters ? scratch : y, scatters ? result : to,
            capacity, lanes);
        for (int j = 0; scatters && j < columnsInY.length; j++) {
          System.arraycopy(scratch, result + j * capacity, y, (sharedInY[g] + rowsInY[row] + columnsInY[j]) * capacity, lanes);
        }
      }
    }
    for (int e = 0; added != null && e < elements; e++) {
      for (int r = e * capacity; r < e * capacity + lanes; r++) {
        y[r] += added[e];
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
