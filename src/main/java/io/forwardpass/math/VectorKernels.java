package io.forwardpass.math;

import static io.forwardpass.math.DenseTiles.STEP;
import static io.forwardpass.math.VectorMath.FLOATS;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** On the Vector API, whose module has to be there: {@link KernelProvider} looks. */
final class VectorKernels implements Kernels {
  /** So many inputs at a time: their rows and weights stay in the first-level cache and its address table. */
  private static final int INPUTS_AT_ONCE = 256;

  /** 24 sums, 3 vectors of x and a weight need the 32 registers of AVX-512; elsewhere there are 16. */
  private static final boolean MANY_REGISTERS = STEP == 16;

  @Override
  public void dense(float[] x, int xOffset, Matrix w, float[] bias, float[] y, int yOffset, int capacity, int lanes) {
    if (bias == null || w.inputs() == 0) {
      for (int j = 0; j < w.outputs(); j++) {
        Arrays.fill(y, yOffset + j * capacity, yOffset + j * capacity + lanes, bias == null ? 0f : bias[j]);
      }
      denseOnto(x, xOffset, w, y, yOffset, capacity, lanes);
      return;
    }
    inputs(x, xOffset, w, bias, y, yOffset, capacity, lanes);
  }

  @Override
  public void denseOnto(float[] x, int xOffset, Matrix w, float[] y, int yOffset, int capacity, int lanes) {
    inputs(x, xOffset, w, null, y, yOffset, capacity, lanes);
  }

  private static void inputs(float[] x, int xOffset, Matrix w, float[] bias, float[] y, int yOffset, int capacity, int lanes) {
    for (int k = 0; k < w.inputs(); k += INPUTS_AT_ONCE) {
      int count = Math.min(INPUTS_AT_ONCE, w.inputs() - k);
      float[] start = k == 0 ? bias : null;
      for (int j = 0; j < w.outputs(); j += Matrix.PANEL) {
        outputs(x, xOffset + k * capacity, count, w, w.at(j, k), start, j, y, yOffset + j * capacity, capacity, lanes);
      }
    }
  }

  /** The outputs of one panel: all 8 of them, or 4 and then one by one at the end. */
  private static void outputs(float[] x, int xAt, int inputs, Matrix matrix, int wAt, float[] bias, int j, float[] y, int yAt, int capacity,
      int lanes) {
    float[] w = matrix.panels();
    int count = Math.min(Matrix.PANEL, matrix.outputs() - j);
    int done = 0;
    if (count == 8 && MANY_REGISTERS) {
      eight(x, xAt, inputs, w, wAt, bias, j, y, yAt, capacity, lanes);
      return;
    }
    for (; done + 4 <= count; done += 4) {
      four(x, xAt, inputs, w, wAt + done, bias, j + done, y, yAt + done * capacity, capacity, lanes);
    }
    for (; done < count; done++) {
      one(x, xAt, inputs, w, wAt + done, bias, j + done, y, yAt + done * capacity, capacity, lanes);
    }
  }

  private static void eight(float[] x, int xAt, int inputs, float[] w, int wAt, float[] bias, int j, float[] y, int yAt, int capacity, int lanes) {
    int r = 0;
    for (; r + 3 * STEP <= lanes && r + 4 * STEP != lanes; r += 3 * STEP) {
      DenseTiles.tile8x3(x, xAt + r, inputs, w, wAt, bias, j, y, yAt + r, capacity);
    }
    for (; r + 2 * STEP <= lanes; r += 2 * STEP) {
      DenseTiles.tile8x2(x, xAt + r, inputs, w, wAt, bias, j, y, yAt + r, capacity);
    }
    if (r < lanes) {
      DenseTiles.tile8x1(x, xAt + r, inputs, w, wAt, bias, j, y, yAt + r, capacity);
    }
  }

  private static void four(float[] x, int xAt, int inputs, float[] w, int wAt, float[] bias, int j, float[] y, int yAt, int capacity, int lanes) {
    int r = 0;
    for (; r + 3 * STEP <= lanes && r + 4 * STEP != lanes; r += 3 * STEP) {
      DenseTiles.tile4x3(x, xAt + r, inputs, w, wAt, bias, j, y, yAt + r, capacity);
    }
    for (; r + 2 * STEP <= lanes; r += 2 * STEP) {
      DenseTiles.tile4x2(x, xAt + r, inputs, w, wAt, bias, j, y, yAt + r, capacity);
    }
    if (r < lanes) {
      DenseTiles.tile4x1(x, xAt + r, inputs, w, wAt, bias, j, y, yAt + r, capacity);
    }
  }

  private static void one(float[] x, int xAt, int inputs, float[] w, int wAt, float[] bias, int j, float[] y, int yAt, int capacity, int lanes) {
    int r = 0;
    for (; r + 4 * STEP <= lanes; r += 4 * STEP) {
      DenseTiles.tile1x4(x, xAt + r, inputs, w, wAt, bias, j, y, yAt + r, capacity);
    }
    for (; r < lanes; r += STEP) {
      DenseTiles.tile1x1(x, xAt + r, inputs, w, wAt, bias, j, y, yAt + r, capacity);
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
