package io.forwardpass.math;

import static io.forwardpass.math.DenseTiles.STEP;
import static io.forwardpass.math.VectorMath.FLOATS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** On the Vector API, whose module has to be there: {@link KernelProvider} looks. */
final class VectorKernels implements Kernels {
  /** So many inputs at a time: their rows and weights stay in the first-level cache and its address table. */
  private static final int INPUTS_AT_ONCE = 128;

  private static final float NONE = Float.NEGATIVE_INFINITY;

  /** 16 sums, 2 vectors of x and a weight need the 32 registers of AVX-512; elsewhere there are 16. */
  private static final boolean MANY_REGISTERS = STEP == 16;

  @Override
  public void dense(float[] x, int xOffset, Matrix w, float[] y, int yOffset, int capacity, int lanes) {
    chains(w.starts(), 0, Matrix.LANES, 0, x, xOffset, w, y, yOffset, capacity, lanes, NONE);
  }

  @Override
  public void dense(float[] x, int xOffset, Matrix w, Activation activation, float[] y, int yOffset, int capacity, int lanes) {
    boolean relu = activation instanceof Elementwise elementwise && elementwise.function == UnaryFunction.RELU;
    chains(w.starts(), 0, Matrix.LANES, 0, x, xOffset, w, y, yOffset, capacity, lanes, relu ? 0f : NONE);
    if (!relu) {
      activation.apply(y, yOffset, w.outputs(), capacity, lanes);
    }
  }

  @Override
  public void denseFrom(float[] start, int startOffset, int startCapacity, float[] x, int xOffset, Matrix w, float[] y, int yOffset,
      int capacity, int lanes) {
    chains(start, startOffset, startCapacity, 1, x, xOffset, w, y, yOffset, capacity, lanes, NONE);
  }

  /** @param perLane how far the starts of neighbouring rows lie apart: 1, or 0 where all rows start from one bias */
  private static void chains(float[] start, int startOffset, int perOutput, int perLane, float[] x, int xOffset, Matrix w, float[] y,
      int yOffset, int capacity, int lanes, float floor) {
    int first = Math.min(INPUTS_AT_ONCE, w.inputs());
    inputs(start, startOffset, perOutput, perLane, x, xOffset, 0, first, w, y, yOffset, capacity, lanes,
        first == w.inputs() ? floor : NONE);
    for (int k = first; k < w.inputs(); k += INPUTS_AT_ONCE) {
      int count = Math.min(INPUTS_AT_ONCE, w.inputs() - k);
      inputs(y, yOffset, capacity, 1, x, xOffset, k, count, w, y, yOffset, capacity, lanes, k + count == w.inputs() ? floor : NONE);
    }
  }

  /** Carries the sums on over so many inputs from k on. */
  private static void inputs(float[] start, int startOffset, int perOutput, int perLane, float[] x, int xOffset, int k, int count, Matrix w,
      float[] y, int yOffset, int capacity, int lanes, float floor) {
    int xAt = xOffset + k * capacity;
    float[] panels = w.panels();
    int outputs = w.outputs();
    int j = 0;
    for (; MANY_REGISTERS && j + 8 <= outputs; j += 8) {
      eight(start, startOffset + j * perOutput, perOutput, perLane, x, xAt, count, panels, w.at(j, k), y, yOffset + j * capacity, capacity,
          lanes, floor);
    }
    for (; j + 4 <= outputs; j += 4) {
      four(start, startOffset + j * perOutput, perOutput, perLane, x, xAt, count, panels, w.at(j, k), y, yOffset + j * capacity, capacity,
          lanes, floor);
    }
    for (; j < outputs; j++) {
      one(start, startOffset + j * perOutput, perOutput, perLane, x, xAt, count, panels, w.at(j, k), y, yOffset + j * capacity, capacity,
          lanes, floor);
    }
  }

  private static void eight(float[] start, int at, int perOutput, int perLane, float[] x, int xAt, int inputs, float[] w, int wAt,
      float[] y, int yAt, int capacity, int lanes, float floor) {
    int perRow = perLane * STEP;
    int r = 0;
    for (; r + 2 * STEP <= lanes; r += 2 * STEP) {
      DenseTiles.tile8x2(x, xAt + r, inputs, w, wAt, start, at + r * perLane, perOutput, perRow, y, yAt + r, capacity, floor);
    }
    if (r < lanes) {
      DenseTiles.tile8x1(x, xAt + r, inputs, w, wAt, start, at + r * perLane, perOutput, perRow, y, yAt + r, capacity, floor);
    }
  }

  private static void four(float[] start, int at, int perOutput, int perLane, float[] x, int xAt, int inputs, float[] w, int wAt, float[] y,
      int yAt, int capacity, int lanes, float floor) {
    int perRow = perLane * STEP;
    int r = 0;
    for (; r + 2 * STEP <= lanes; r += 2 * STEP) {
      DenseTiles.tile4x2(x, xAt + r, inputs, w, wAt, start, at + r * perLane, perOutput, perRow, y, yAt + r, capacity, floor);
    }
    if (r < lanes) {
      DenseTiles.tile4x1(x, xAt + r, inputs, w, wAt, start, at + r * perLane, perOutput, perRow, y, yAt + r, capacity, floor);
    }
  }

  private static void one(float[] start, int at, int perOutput, int perLane, float[] x, int xAt, int inputs, float[] w, int wAt, float[] y,
      int yAt, int capacity, int lanes, float floor) {
    int perRow = perLane * STEP;
    int r = 0;
    for (; r + 2 * STEP <= lanes; r += 2 * STEP) {
      DenseTiles.tile1x2(x, xAt + r, inputs, w, wAt, start, at + r * perLane, perOutput, perRow, y, yAt + r, capacity, floor);
    }
    if (r < lanes) {
      DenseTiles.tile1x1(x, xAt + r, inputs, w, wAt, start, at + r * perLane, perOutput, perRow, y, yAt + r, capacity, floor);
    }
  }

  @SuppressWarnings("IdentityBinaryExpression") // the same comparison as the vectors' NE
  @Override
  public boolean hasNaN(float[] x, int from, int count) {
    int i = from;
    for (; i <= from + count - STEP; i += STEP) {
      FloatVector numbers = FloatVector.fromArray(FLOATS, x, i);
      if (numbers.compare(VectorOperators.NE, numbers).anyTrue()) {
        return true;
      }
    }
    for (; i < from + count; i++) {
      if (x[i] != x[i]) {
        return true;
      }
    }
    return false;
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

  @Override
  public void gruCell(float[] z, int zOffset, float[] x, int xOffset, int xCapacity, float[] h, int hOffset, int units, int capacity,
      int lanes) {
    int gate = units * capacity;
    for (int u = 0; u < units; u++) {
      int update = zOffset + u * capacity;
      reset(z, update + gate, x, xOffset + u * xCapacity, z, update + 2 * gate, lanes);
      tanh(z, update + 2 * gate, lanes);
      updated(z, update, z, update + 2 * gate, h, hOffset + u * capacity, lanes);
    }
  }

  private static void reset(float[] gate, int gateAt, float[] x, int xAt, float[] inner, int innerAt, int length) {
    for (int r = 0; r < length; r += STEP) {
      FloatVector open = VectorMath.sigmoid(FloatVector.fromArray(FLOATS, gate, gateAt + r));
      open.fma(FloatVector.fromArray(FLOATS, inner, innerAt + r), FloatVector.fromArray(FLOATS, x, xAt + r)).intoArray(inner, innerAt + r);
    }
  }

  private static void tanh(float[] x, int at, int length) {
    for (int r = at; r < at + length; r += STEP) {
      VectorMath.tanh(FloatVector.fromArray(FLOATS, x, r)).intoArray(x, r);
    }
  }

  private static void updated(float[] gate, int gateAt, float[] candidate, int candidateAt, float[] h, int hAt, int length) {
    for (int r = 0; r < length; r += STEP) {
      FloatVector kept = VectorMath.sigmoid(FloatVector.fromArray(FLOATS, gate, gateAt + r));
      FloatVector taken = FloatVector.broadcast(FLOATS, 1f).sub(kept).mul(FloatVector.fromArray(FLOATS, candidate, candidateAt + r));
      kept.fma(FloatVector.fromArray(FLOATS, h, hAt + r), taken).intoArray(h, hAt + r);
    }
  }
}
