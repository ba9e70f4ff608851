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
    int gate = units * capacity;
    for (int u = 0; u < units; u++) {
      int row = zOffset + u * capacity;
      added(z, row, row + 2 * gate, lanes);
      carried(z, row + gate, row, c, cOffset + u * capacity, lanes);
      output(z, row + 3 * gate, c, cOffset + u * capacity, h, hOffset + u * capacity, lanes);
    }
  }

  // Three loops, as all five activations in one would exceed what the compiler inlines.

  private static void added(float[] z, int i, int g, int lanes) {
    for (int r = 0; r < lanes; r += STEP) {
      FloatVector input = VectorMath.sigmoid(FloatVector.fromArray(FLOATS, z, i + r));
      input.mul(VectorMath.tanh(FloatVector.fromArray(FLOATS, z, g + r))).intoArray(z, i + r);
    }
  }

  private static void carried(float[] z, int f, int added, float[] c, int carry, int lanes) {
    for (int r = 0; r < lanes; r += STEP) {
      FloatVector kept = VectorMath.sigmoid(FloatVector.fromArray(FLOATS, z, f + r));
      kept.fma(FloatVector.fromArray(FLOATS, c, carry + r), FloatVector.fromArray(FLOATS, z, added + r)).intoArray(c, carry + r);
    }
  }

  private static void output(float[] z, int o, float[] c, int carry, float[] h, int out, int lanes) {
    for (int r = 0; r < lanes; r += STEP) {
      FloatVector open = VectorMath.sigmoid(FloatVector.fromArray(FLOATS, z, o + r));
      open.mul(VectorMath.tanh(FloatVector.fromArray(FLOATS, c, carry + r))).intoArray(h, out + r);
    }
  }
}
