package io.forwardpass.layers.recurrent;

import io.forwardpass.layers.Blocks;
import io.forwardpass.math.Activation;
import io.forwardpass.math.Activations;
import io.forwardpass.math.Kernels;
import io.forwardpass.math.Matrix;
import java.util.Arrays;

/**
 * One step of an LSTM: gates in Keras' order, input, forget, candidate, output, each one chain of additions: bias, input
 * kernel, recurrent kernel.
 */
final class LstmCell extends RecurrentCell {
  private static final long serialVersionUID = 1L;

  private final Matrix weights; // (features + units, 4 * units): of x and then of the state before it, with the bias
  private final Matrix kernel; // the part of x, with the bias
  private final Matrix recurrentKernel; // the part of the state
  private final Activation activation;
  private final Activation recurrentActivation;
  private final boolean usual; // tanh and sigmoid, which have a kernel of their own
  private final boolean startsFree; // the recurrent kernel holds no NaN or infinity: then a state of zeros adds nothing

  LstmCell(int features, int units, float[] kernel, float[] recurrentKernel, float[] bias, Activation activation,
      Activation recurrentActivation) {
    super(features, units);
    float[] both = Arrays.copyOf(kernel, kernel.length + recurrentKernel.length);
    System.arraycopy(recurrentKernel, 0, both, kernel.length, recurrentKernel.length);
    weights = Matrix.of(both, bias, features + units, 4 * units);
    this.kernel = weights.part(0, features);
    this.recurrentKernel = weights.part(features, features + units);
    this.activation = activation;
    this.recurrentActivation = recurrentActivation;
    usual = Activations.isTanh(activation) && Activations.isSigmoid(recurrentActivation);
    boolean finite = true;
    for (float weight : recurrentKernel) {
      finite &= Float.isFinite(weight);
    }
    startsFree = finite;
  }

  /** Behind the gates and a row, so that row and state are one input. */
  @Override
  int stateAt() {
    return 4 * units + features;
  }

  @Override
  boolean hasCarry() {
    return true;
  }

  @Override
  int projectedWidth() {
    return 4 * units;
  }

  @Override
  void project(float[] x, int xOffset, float[] projected, int offset, int capacity, int lanes) {
    Kernels.best().dense(x, xOffset, kernel, projected, offset, capacity, lanes);
  }

  @Override
  void step(float[] x, int xOffset, boolean fromZeros, float[] scratch, int capacity, int lanes) {
    if (fromZeros && startsFree) {
      project(x, xOffset, scratch, 0, capacity, lanes);
    } else {
      int rowAt = 4 * units * capacity;
      Blocks.copy(x, xOffset, scratch, rowAt, features, capacity, lanes);
      Kernels.best().dense(scratch, rowAt, weights, scratch, 0, capacity, lanes);
    }
    advance(scratch, capacity, lanes);
  }

  @Override
  void stepProjected(float[] projected, int offset, int projectedCapacity, boolean fromZeros, float[] scratch, int capacity, int lanes) {
    if (fromZeros && startsFree) {
      Blocks.copy(projected, offset, projectedCapacity, scratch, 0, capacity, 4 * units, lanes);
    } else {
      Kernels.best().denseFrom(projected, offset, projectedCapacity, scratch, stateAt() * capacity, recurrentKernel, scratch, 0, capacity,
          lanes);
    }
    advance(scratch, capacity, lanes);
  }

  /** The state after a step from its gates' sums, which are overwritten: {@code c = f * c + i * g}, {@code h = o * activation(c)}. */
  private void advance(float[] scratch, int capacity, int lanes) {
    int h = stateAt() * capacity;
    int c = h + units * capacity;
    if (usual) {
      Kernels.best().lstmCell(scratch, 0, scratch, c, scratch, h, units, capacity, lanes);
      return;
    }
    int gate = units * capacity;
    int forget = gate;
    int candidate = 2 * gate;
    int output = 3 * gate;
    recurrentActivation.apply(scratch, 0, units, capacity, lanes);
    recurrentActivation.apply(scratch, forget, units, capacity, lanes);
    activation.apply(scratch, candidate, units, capacity, lanes);
    recurrentActivation.apply(scratch, output, units, capacity, lanes);
    for (int u = 0; u < gate; u += capacity) {
      for (int r = u; r < u + lanes; r++) {
        float carried = Math.fma(scratch[forget + r], scratch[c + r], scratch[r] * scratch[candidate + r]);
        scratch[c + r] = carried;
        scratch[h + r] = carried;
      }
    }
    activation.apply(scratch, h, units, capacity, lanes);
    for (int u = 0; u < gate; u += capacity) {
      for (int r = u; r < u + lanes; r++) {
        scratch[h + r] *= scratch[output + r];
      }
    }
  }
}
