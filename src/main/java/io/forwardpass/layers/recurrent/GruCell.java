package io.forwardpass.layers.recurrent;

import io.forwardpass.math.Activation;
import io.forwardpass.math.Activations;
import io.forwardpass.math.Kernels;
import io.forwardpass.math.Matrix;
import java.util.Arrays;

/**
 * One step of a GRU, gates in Keras' order, update z, reset r, candidate g: {@code h = z * h + (1 - z) * g}. The reset gate
 * applies to the state's part of the candidate's sum ({@code reset_after}, the default since TensorFlow 2, with a bias of
 * its own) or to the state before the product.
 */
final class GruCell extends RecurrentCell {
  private static final long serialVersionUID = 1L;

  private final boolean resetAfter;
  private final Matrix kernel; // (features, 3 * units), with the input bias; for z and r with the recurrent bias too
  private final Matrix gateKernel; // (units, 2 * units): of the state, to z and r
  private final Matrix candidateKernel; // (units, units): of the state, to g, with the recurrent bias
  private final Activation activation;
  private final Activation recurrentActivation;
  private final boolean usual; // tanh, sigmoid, and the reset after the product, which have a kernel of their own

  /** @param bias of {@code 3 * units} numbers, {@code 2 * 3 * units} where the reset comes after, or null */
  GruCell(int features, int units, float[] kernel, float[] recurrentKernel, float[] bias, boolean resetAfter, Activation activation,
      Activation recurrentActivation) {
    super(features, units);
    this.resetAfter = resetAfter;
    float[] inputBias = bias == null ? null : Arrays.copyOf(bias, 3 * units);
    float[] candidateBias = null;
    if (bias != null && resetAfter) {
      for (int g = 0; g < 2 * units; g++) {
        inputBias[g] += bias[3 * units + g];
      }
      candidateBias = Arrays.copyOfRange(bias, 5 * units, 6 * units);
    }
    this.kernel = Matrix.of(kernel, inputBias, features, 3 * units);
    gateKernel = Matrix.of(columns(recurrentKernel, units, 0, 2 * units), null, units, 2 * units);
    candidateKernel = Matrix.of(columns(recurrentKernel, units, 2 * units, 3 * units), candidateBias, units, units);
    this.activation = activation;
    this.recurrentActivation = recurrentActivation;
    usual = resetAfter && Activations.isTanh(activation) && Activations.isSigmoid(recurrentActivation);
  }

  private static float[] columns(float[] rowMajor, int units, int from, int to) {
    float[] part = new float[units * (to - from)];
    for (int k = 0; k < units; k++) {
      System.arraycopy(rowMajor, k * 3 * units + from, part, k * (to - from), to - from);
    }
    return part;
  }

  /** Behind the gates, the state's part of the candidate, the candidate, and a row's projection. */
  @Override
  int stateAt() {
    return 7 * units;
  }

  @Override
  boolean hasCarry() {
    return false;
  }

  @Override
  int projectedWidth() {
    return 3 * units;
  }

  @Override
  void project(float[] x, int xOffset, float[] projected, int offset, int capacity, int lanes) {
    Kernels.best().dense(x, xOffset, kernel, projected, offset, capacity, lanes);
  }

  @Override
  void step(float[] x, int xOffset, boolean fromZeros, float[] scratch, int capacity, int lanes) {
    int projected = 4 * units * capacity;
    project(x, xOffset, scratch, projected, capacity, lanes);
    stepProjected(scratch, projected, capacity, fromZeros, scratch, capacity, lanes);
  }

  @Override
  void stepProjected(float[] projected, int offset, int projectedCapacity, boolean fromZeros, float[] scratch, int capacity, int lanes) {
    int gate = units * capacity;
    int inner = 2 * gate;
    int h = stateAt() * capacity;
    int candidateFrom = offset + 2 * units * projectedCapacity;
    Kernels.best().denseFrom(projected, offset, projectedCapacity, scratch, h, gateKernel, scratch, 0, capacity, lanes);
    if (resetAfter) {
      Kernels.best().dense(scratch, h, candidateKernel, scratch, inner, capacity, lanes);
    }
    if (usual) {
      Kernels.best().gruCell(scratch, 0, projected, candidateFrom, projectedCapacity, scratch, h, units, capacity, lanes);
    } else {
      advance(projected, candidateFrom, projectedCapacity, scratch, capacity, lanes);
    }
  }

  /** With any activations: {@code z} and {@code r} lie first, then the state's part of the candidate's sum, then room for the candidate. */
  private void advance(float[] projected, int offset, int projectedCapacity, float[] scratch, int capacity, int lanes) {
    int gate = units * capacity;
    int reset = gate;
    int inner = 2 * gate;
    int candidate = 3 * gate;
    int h = stateAt() * capacity;
    recurrentActivation.apply(scratch, 0, units, capacity, lanes);
    recurrentActivation.apply(scratch, reset, units, capacity, lanes);
    if (resetAfter) {
      for (int u = 0; u < units; u++) {
        int at = u * capacity;
        int from = offset + u * projectedCapacity;
        for (int r = 0; r < lanes; r++) {
          scratch[candidate + at + r] = Math.fma(scratch[reset + at + r], scratch[inner + at + r], projected[from + r]);
        }
      }
    } else {
      for (int u = 0; u < gate; u += capacity) {
        for (int r = u; r < u + lanes; r++) {
          scratch[inner + r] = scratch[reset + r] * scratch[h + r];
        }
      }
      Kernels.best().denseFrom(projected, offset, projectedCapacity, scratch, inner, candidateKernel, scratch, candidate, capacity, lanes);
    }
    activation.apply(scratch, candidate, units, capacity, lanes);
    for (int u = 0; u < gate; u += capacity) {
      for (int r = u; r < u + lanes; r++) {
        scratch[h + r] = Math.fma(scratch[r], scratch[h + r], (1 - scratch[r]) * scratch[candidate + r]);
      }
    }
  }
}
