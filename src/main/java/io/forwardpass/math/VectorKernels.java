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
    dense(x, xOffset, w, bias, false, y, yOffset, capacity, lanes);
  }

  @Override
  public void dense(float[] x, int xOffset, Matrix w, float[] bias, Activation activation, float[] y, int yOffset, int capacity, int lanes) {
    boolean relu = w.inputs() > 0 && activation instanceof Pointwise && ((Pointwise) activation).formula == Formula.RELU;
    dense(x, xOffset, w, bias, relu, y, yOffset, capacity, lanes);
    if (!relu) {
      activation.apply(y, yOffset, w.outputs(), capacity, lanes);
    }
  }

  private static void dense(float[] x, int xOffset, Matrix w, float[] bias, boolean relu, float[] y, int yOffset, int capacity, int lanes) {
    if (bias == null || w.inputs() == 0) {
      for (int j = 0; j < w.outputs(); j++) {
        Arrays.fill(y, yOffset + j * capacity, yOffset + j * capacity + lanes, bias == null ? 0f : bias[j]);
      }
      inputs(x, xOffset, w, null, y, yOffset, capacity, lanes, relu);
      return;
    }
    inputs(x, xOffset, w, bias, y, yOffset, capacity, lanes, relu);
  }

  @Override
  public void denseOnto(float[] x, int xOffset, Matrix w, float[] y, int yOffset, int capacity, int lanes) {
    inputs(x, xOffset, w, null, y, yOffset, capacity, lanes, false);
  }

  @Override
  public void denseOfTwo(float[] x, int xOffset, Matrix w, float[] h, int hOffset, Matrix u, float[] bias, float[] y, int yOffset, int capacity,
      int lanes) {
    if (bias == null || w.inputs() + u.inputs() > INPUTS_AT_ONCE) {
      dense(x, xOffset, w, bias, false, y, yOffset, capacity, lanes);
      denseOnto(h, hOffset, u, y, yOffset, capacity, lanes);
      return;
    }
    for (int j = 0; j < w.outputs(); j += Matrix.PANEL) {
      outputs(x, xOffset, w.inputs(), w, w.at(j, 0), h, hOffset, u.inputs(), u, bias, j, y, yOffset + j * capacity, capacity, lanes, false);
    }
  }

  private static void inputs(float[] x, int xOffset, Matrix w, float[] bias, float[] y, int yOffset, int capacity, int lanes, boolean relu) {
    for (int k = 0; k < w.inputs(); k += INPUTS_AT_ONCE) {
      int count = Math.min(INPUTS_AT_ONCE, w.inputs() - k);
      float[] start = k == 0 ? bias : null;
      boolean clear = relu && k + count == w.inputs();
      for (int j = 0; j < w.outputs(); j += Matrix.PANEL) {
        outputs(x, xOffset + k * capacity, count, w, w.at(j, k), x, 0, 0, w, start, j, y, yOffset + j * capacity, capacity, lanes, clear);
      }
    }
  }

  /** The outputs of one panel: all 8 of them, or 4 and then one by one at the end. */
  private static void outputs(float[] x, int xAt, int inputs, Matrix xMatrix, int wAt, float[] h, int hAt, int states, Matrix hMatrix,
      float[] bias, int j, float[] y, int yAt, int capacity, int lanes, boolean relu) {
    float[] w = xMatrix.panels();
    float[] u = hMatrix.panels();
    int uAt = hMatrix.at(j, 0);
    int count = Math.min(Matrix.PANEL, xMatrix.outputs() - j);
    int done = 0;
    if (count == 8 && MANY_REGISTERS) {
      eight(x, xAt, inputs, w, wAt, h, hAt, states, u, uAt, bias, j, y, yAt, capacity, lanes, relu);
      return;
    }
    for (; done + 4 <= count; done += 4) {
      four(x, xAt, inputs, w, wAt + done, h, hAt, states, u, uAt + done, bias, j + done, y, yAt + done * capacity, capacity, lanes, relu);
    }
    for (; done < count; done++) {
      one(x, xAt, inputs, w, wAt + done, h, hAt, states, u, uAt + done, bias, j + done, y, yAt + done * capacity, capacity, lanes, relu);
    }
  }

  private static void eight(float[] x, int xAt, int inputs, float[] w, int wAt, float[] h, int hAt, int states, float[] u, int uAt,
      float[] bias, int j, float[] y, int yAt, int capacity, int lanes, boolean relu) {
    int r = 0;
    for (; r + 3 * STEP <= lanes && r + 4 * STEP != lanes; r += 3 * STEP) {
      DenseTiles.tile8x3(x, xAt + r, inputs, w, wAt, h, hAt + r, states, u, uAt, bias, j, y, yAt + r, capacity, relu);
    }
    for (; r + 2 * STEP <= lanes; r += 2 * STEP) {
      DenseTiles.tile8x2(x, xAt + r, inputs, w, wAt, h, hAt + r, states, u, uAt, bias, j, y, yAt + r, capacity, relu);
    }
    if (r < lanes) {
      DenseTiles.tile8x1(x, xAt + r, inputs, w, wAt, h, hAt + r, states, u, uAt, bias, j, y, yAt + r, capacity, relu);
    }
  }

  private static void four(float[] x, int xAt, int inputs, float[] w, int wAt, float[] h, int hAt, int states, float[] u, int uAt,
      float[] bias, int j, float[] y, int yAt, int capacity, int lanes, boolean relu) {
    int r = 0;
    for (; r + 3 * STEP <= lanes && r + 4 * STEP != lanes; r += 3 * STEP) {
      DenseTiles.tile4x3(x, xAt + r, inputs, w, wAt, h, hAt + r, states, u, uAt, bias, j, y, yAt + r, capacity, relu);
    }
    for (; r + 2 * STEP <= lanes; r += 2 * STEP) {
      DenseTiles.tile4x2(x, xAt + r, inputs, w, wAt, h, hAt + r, states, u, uAt, bias, j, y, yAt + r, capacity, relu);
    }
    if (r < lanes) {
      DenseTiles.tile4x1(x, xAt + r, inputs, w, wAt, h, hAt + r, states, u, uAt, bias, j, y, yAt + r, capacity, relu);
    }
  }

  private static void one(float[] x, int xAt, int inputs, float[] w, int wAt, float[] h, int hAt, int states, float[] u, int uAt,
      float[] bias, int j, float[] y, int yAt, int capacity, int lanes, boolean relu) {
    int r = 0;
    for (; r + 4 * STEP <= lanes; r += 4 * STEP) {
      DenseTiles.tile1x4(x, xAt + r, inputs, w, wAt, h, hAt + r, states, u, uAt, bias, j, y, yAt + r, capacity, relu);
    }
    for (; r < lanes; r += STEP) {
      DenseTiles.tile1x1(x, xAt + r, inputs, w, wAt, h, hAt + r, states, u, uAt, bias, j, y, yAt + r, capacity, relu);
    }
  }

  @Override
  public void lstmCell(float[] z, int zOffset, float[] c, int cOffset, float[] h, int hOffset, int units, int capacity, int lanes) {
    int gate = units * capacity;
    if (lanes == capacity) {
      lstmRows(z, zOffset, gate, c, cOffset, h, hOffset, gate);
      return;
    }
    for (int row = 0; row < gate; row += capacity) {
      lstmRows(z, zOffset + row, gate, c, cOffset + row, h, hOffset + row, lanes);
    }
  }

  private static void lstmRows(float[] z, int i, int gate, float[] c, int cAt, float[] h, int hAt, int length) {
    gated(z, i, z, i + 2 * gate, z, i, length);
    carried(z, i + gate, c, cAt, z, i, length);
    gated(z, i + 3 * gate, c, cAt, h, hAt, length);
  }

  private static void gated(float[] gate, int gateAt, float[] x, int xAt, float[] y, int yAt, int length) {
    for (int r = 0; r < length; r += STEP) {
      FloatVector open = FloatVector.fromArray(FLOATS, gate, gateAt + r);
      VectorMath.sigmoidTimesTanh(open, FloatVector.fromArray(FLOATS, x, xAt + r)).intoArray(y, yAt + r);
    }
  }

  private static void carried(float[] forget, int forgetAt, float[] c, int cAt, float[] added, int addedAt, int length) {
    for (int r = 0; r < length; r += STEP) {
      FloatVector kept = VectorMath.sigmoid(FloatVector.fromArray(FLOATS, forget, forgetAt + r));
      kept.fma(FloatVector.fromArray(FLOATS, c, cAt + r), FloatVector.fromArray(FLOATS, added, addedAt + r)).intoArray(c, cAt + r);
    }
  }
}
