package io.forwardpass.math;

import static io.forwardpass.math.DenseTiles.STEP;
import static io.forwardpass.math.VectorMath.FLOATS;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** On the Vector API, whose module has to be there: {@link KernelProvider} looks. */
final class VectorKernels implements Kernels {
  @Override
  public void dense(float[] x, int xOffset, int inputs, float[] w, float[] bias, float[] y, int yOffset, int outputs, int capacity, int lanes) {
    if (bias == null) {
      for (int j = 0; j < outputs; j++) {
        Arrays.fill(y, yOffset + j * capacity, yOffset + j * capacity + lanes, 0f);
      }
    }
    tiles(x, xOffset, inputs, w, bias, y, yOffset, outputs, capacity, lanes);
  }

  @Override
  public void denseOnto(float[] x, int xOffset, int inputs, float[] w, float[] y, int yOffset, int outputs, int capacity, int lanes) {
    tiles(x, xOffset, inputs, w, null, y, yOffset, outputs, capacity, lanes);
  }

  private static void tiles(float[] x, int xOffset, int inputs, float[] w, float[] bias, float[] y, int yOffset, int outputs, int capacity,
      int lanes) {
    int r = 0;
    for (; r + 2 * STEP <= lanes; r += 2 * STEP) {
      int j = 0;
      for (; j + 8 <= outputs; j += 8) {
        DenseTiles.tile8x2(x, xOffset + r, inputs, w, j, bias, j, y, yOffset + j * capacity + r, outputs, capacity);
      }
      for (; j + 4 <= outputs; j += 4) {
        DenseTiles.tile4x2(x, xOffset + r, inputs, w, j, bias, j, y, yOffset + j * capacity + r, outputs, capacity);
      }
      for (; j < outputs; j++) {
        DenseTiles.tile1x2(x, xOffset + r, inputs, w, j, bias, j, y, yOffset + j * capacity + r, outputs, capacity);
      }
    }
    if (r < lanes) {
      int j = 0;
      for (; j + 4 <= outputs; j += 4) {
        DenseTiles.tile4x1(x, xOffset + r, inputs, w, j, bias, j, y, yOffset + j * capacity + r, outputs, capacity);
      }
      for (; j < outputs; j++) {
        DenseTiles.tile1x1(x, xOffset + r, inputs, w, j, bias, j, y, yOffset + j * capacity + r, outputs, capacity);
      }
    }
  }

  @Override
  public void lstmCell(float[] z, int zOffset, float[] c, int cOffset, float[] h, int hOffset, int units, int capacity, int lanes) {
    if (lanes == capacity) {
      lstmRows(z, zOffset, units * capacity, c, cOffset, h, hOffset, units * lanes);
      return;
    }
    for (int u = 0; u < units; u++) {
      int row = u * capacity;
      lstmRows(z, zOffset + row, units * capacity, c, cOffset + row, h, hOffset + row, lanes);
    }
  }

  /** One activation a loop: two in one would exceed what the compiler inlines. */
  private static void lstmRows(float[] z, int at, int gate, float[] c, int cAt, float[] h, int hAt, int length) {
    int f = at + gate;
    int g = f + gate;
    int o = g + gate;
    VectorActivations.sigmoid(z, at, at + length);
    VectorActivations.sigmoid(z, f, f + length);
    VectorActivations.tanh(z, g, g + length);
    VectorActivations.sigmoid(z, o, o + length);
    for (int r = 0; r < length; r += STEP) {
      FloatVector added = FloatVector.fromArray(FLOATS, z, at + r).mul(FloatVector.fromArray(FLOATS, z, g + r));
      FloatVector.fromArray(FLOATS, z, f + r).fma(FloatVector.fromArray(FLOATS, c, cAt + r), added).intoArray(c, cAt + r);
    }
    for (int r = 0; r < length; r += STEP) {
      FloatVector squashed = VectorMath.tanh(FloatVector.fromArray(FLOATS, c, cAt + r));
      squashed.mul(FloatVector.fromArray(FLOATS, z, o + r)).intoArray(h, hAt + r);
    }
  }
}
