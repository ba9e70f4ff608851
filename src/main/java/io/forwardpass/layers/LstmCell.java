package io.forwardpass.layers;

import io.forwardpass.math.Activation;
import io.forwardpass.math.Kernels;
import io.forwardpass.math.Matrix;
import java.io.Serializable;
import java.util.Arrays;

/**
 * One step of an LSTM over a block of rows. Gates lie in Keras' order, input, forget, candidate, output; each is one
 * chain of additions: bias, input kernel, recurrent kernel.
 */
final class LstmCell implements Serializable {
  private static final long serialVersionUID = 1L;

  final int features;
  final int units;
  private final Matrix weights; // (features + units, 4 * units): of x and then of the state before it, with the bias
  private final Matrix kernel; // the part of x, with the bias
  private final Matrix recurrentKernel; // the part of the state
  private final Activation activation;
  private final Activation recurrentActivation;
  private final boolean usual; // tanh and sigmoid, which have a kernel of their own
  private final boolean finite; // the recurrent kernel holds no NaN or infinity: then a state of zeros adds nothing

  LstmCell(int features, int units, float[] kernel, float[] recurrentKernel, float[] bias, Activation activation,
      Activation recurrentActivation) {
    this.features = features;
    this.units = units;
    float[] both = Arrays.copyOf(kernel, kernel.length + recurrentKernel.length);
    System.arraycopy(recurrentKernel, 0, both, kernel.length, recurrentKernel.length);
    weights = Matrix.of(both, bias, features + units, 4 * units);
    this.kernel = weights.part(0, features);
    this.recurrentKernel = weights.part(features, features + units);
    this.activation = activation;
    this.recurrentActivation = recurrentActivation;
    usual = activation.name().equals("tanh") && recurrentActivation.name().equals("sigmoid");
    boolean finite = true;
    for (float weight : recurrentKernel) {
      finite &= Float.isFinite(weight);
    }
    this.finite = finite;
  }

  /** The gates' sums from a row and the state before it, which lie one behind the other: {@code z = bias + [x, h] · weights}. */
  void sum(float[] xh, int xOffset, float[] z, int zOffset, int capacity, int lanes) {
    Kernels.best().dense(xh, xOffset, weights, z, zOffset, capacity, lanes);
  }

  /**
   * The part of the sums that no earlier step has a hand in: {@code z = bias + x · kernel}. It depends on the row alone, so
   * windows that share a row can share its projection.
   */
  void project(float[] x, int xOffset, float[] z, int zOffset, int capacity, int lanes) {
    Kernels.best().dense(x, xOffset, kernel, z, zOffset, capacity, lanes);
  }

  /** The rest of the sums, from rows' projections, which may be z itself: {@code z = projected + h · recurrentKernel}. */
  void recur(float[] projected, int offset, int projectedCapacity, float[] h, int hOffset, float[] z, int zOffset, int capacity, int lanes) {
    Kernels.best().denseFrom(projected, offset, projectedCapacity, h, hOffset, recurrentKernel, z, zOffset, capacity, lanes);
  }

  /** Whether a state of zeros adds nothing, so that the first step needs {@link #project} alone. */
  boolean startsFree() {
    return finite;
  }

  /** The state after a step from its gates, which are overwritten: {@code c = f * c + i * g}, {@code h = o * activation(c)}. */
  void advance(float[] z, int zOffset, float[] c, int cOffset, float[] h, int hOffset, int capacity, int lanes) {
    if (usual) {
      Kernels.best().lstmCell(z, zOffset, c, cOffset, h, hOffset, units, capacity, lanes);
      return;
    }
    int gate = units * capacity;
    int input = zOffset;
    int forget = input + gate;
    int candidate = forget + gate;
    int output = candidate + gate;
    recurrentActivation.apply(z, input, units, capacity, lanes);
    recurrentActivation.apply(z, forget, units, capacity, lanes);
    activation.apply(z, candidate, units, capacity, lanes);
    recurrentActivation.apply(z, output, units, capacity, lanes);
    for (int u = 0; u < gate; u += capacity) {
      for (int r = u; r < u + lanes; r++) {
        float carried = Math.fma(z[forget + r], c[cOffset + r], z[input + r] * z[candidate + r]);
        c[cOffset + r] = carried;
        h[hOffset + r] = carried;
      }
    }
    activation.apply(h, hOffset, units, capacity, lanes);
    for (int u = 0; u < gate; u += capacity) {
      for (int r = u; r < u + lanes; r++) {
        h[hOffset + r] *= z[output + r];
      }
    }
  }
}
