package io.forwardpass.layers;

import io.forwardpass.math.Activation;
import io.forwardpass.math.Kernels;
import io.forwardpass.math.Matrix;
import java.io.Serializable;

/**
 * One step of an LSTM over a block of rows. Gates lie in Keras' order, input, forget, candidate, output; each is one
 * chain of additions: bias, input kernel, recurrent kernel.
 */
final class LstmCell implements Serializable {
  private static final long serialVersionUID = 1L;

  final int features;
  final int units;
  private final Matrix kernel; // (features, 4 * units)
  private final Matrix recurrentKernel; // (units, 4 * units)
  private final float[] bias; // (4 * units), or null
  private final Activation activation;
  private final Activation recurrentActivation;
  private final boolean usual; // tanh and sigmoid, which have a kernel of their own
  private final boolean finite; // the recurrent kernel holds no NaN or infinity: then a state of zeros adds nothing

  LstmCell(int features, int units, float[] kernel, float[] recurrentKernel, float[] bias, Activation activation,
      Activation recurrentActivation) {
    this.features = features;
    this.units = units;
    this.kernel = Matrix.of(kernel, features, 4 * units);
    this.recurrentKernel = Matrix.of(recurrentKernel, units, 4 * units);
    this.bias = bias;
    this.activation = activation;
    this.recurrentActivation = recurrentActivation;
    usual = activation.name().equals("tanh") && recurrentActivation.name().equals("sigmoid");
    boolean finite = true;
    for (float weight : recurrentKernel) {
      finite &= Float.isFinite(weight);
    }
    this.finite = finite;
  }

  /**
   * The part of the gates that no earlier step has a hand in: {@code z = bias + x · kernel}, for so many steps that lie
   * one behind the other. It depends on the rows of x alone, so windows that share a row can share its projection.
   */
  void project(float[] x, int xOffset, float[] z, int zOffset, int steps, int capacity, int lanes) {
    for (int t = 0; t < steps; t++) {
      Kernels.best().dense(x, xOffset + t * features * capacity, kernel, bias, z, zOffset + t * 4 * units * capacity, capacity, lanes);
    }
  }

  /** {@link #project} for one step and {@link #recur} in one. */
  void sum(float[] x, int xOffset, float[] h, int hOffset, float[] z, int zOffset, int capacity, int lanes) {
    Kernels.best().denseOfTwo(x, xOffset, kernel, h, hOffset, recurrentKernel, bias, z, zOffset, capacity, lanes);
  }

  /** Whether the first step from a state of zeros needs no {@link #recur}. */
  boolean startsFree() {
    return finite;
  }

  /** Carries the chains of one step on with the state before it: {@code z += h · recurrentKernel}. */
  void recur(float[] h, int hOffset, float[] z, int zOffset, int capacity, int lanes) {
    Kernels.best().denseOnto(h, hOffset, recurrentKernel, z, zOffset, capacity, lanes);
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
