package io.forwardpass.layers.recurrent;

import io.forwardpass.layers.Blocks;
import io.forwardpass.math.Activation;
import io.forwardpass.math.Kernels;
import io.forwardpass.math.Matrix;

/** One step of a SimpleRNN: {@code h = activation(bias + x · kernel + h · recurrentKernel)}. */
final class SimpleRnnCell extends RecurrentCell {
  private static final long serialVersionUID = 1L;

  private final Matrix kernel;
  private final Matrix recurrentKernel;
  private final Activation activation;

  SimpleRnnCell(int features, int units, float[] kernel, float[] recurrentKernel, float[] bias, Activation activation) {
    super(features, units);
    this.kernel = Matrix.of(kernel, bias, features, units);
    this.recurrentKernel = Matrix.of(recurrentKernel, null, units, units);
    this.activation = activation;
  }

  @Override
  int stateAt() {
    return units;
  }

  @Override
  boolean hasCarry() {
    return false;
  }

  @Override
  int projectedWidth() {
    return units;
  }

  @Override
  void project(float[] x, int xOffset, float[] projected, int offset, int capacity, int lanes) {
    Kernels.best().dense(x, xOffset, kernel, projected, offset, capacity, lanes);
  }

  @Override
  void step(float[] x, int xOffset, boolean fromZeros, float[] scratch, int capacity, int lanes) {
    project(x, xOffset, scratch, 0, capacity, lanes);
    stepProjected(scratch, 0, capacity, fromZeros, scratch, capacity, lanes);
  }

  @Override
  void stepProjected(float[] projected, int offset, int projectedCapacity, boolean fromZeros, float[] scratch, int capacity, int lanes) {
    int h = units * capacity;
    Kernels.best().denseFrom(projected, offset, projectedCapacity, scratch, h, recurrentKernel, scratch, 0, capacity, lanes);
    activation.apply(scratch, 0, units, capacity, lanes);
    Blocks.copy(scratch, 0, scratch, h, units, capacity, lanes);
  }
}
