package io.forwardpass.math;

import static io.forwardpass.math.VectorMath.FLOATS;

import jdk.incubator.vector.FloatVector;

/**
 * The register tiles of dense layers: some outputs times some vectors of rows, whose sums stay in registers over all
 * inputs. The sums start from the bias, or from what stands in y where bias is null.
 */
final class DenseTiles {
  static final int STEP = FLOATS.length();

  private DenseTiles() {}

  private static FloatVector start(float[] bias, int j, float[] y, int at) {
    return bias == null ? FloatVector.fromArray(FLOATS, y, at) : FloatVector.broadcast(FLOATS, bias[j]);
  }

  /** 8 outputs of 2 vectors of rows. */
  static void tile8x2(float[] x, int xAt, int inputs, float[] w, int wAt, float[] bias, int j, float[] y, int yAt, int outputs, int capacity) {
    FloatVector a0 = start(bias, j, y, yAt);
    FloatVector b0 = start(bias, j, y, yAt + STEP);
    FloatVector a1 = start(bias, j + 1, y, yAt + capacity);
    FloatVector b1 = start(bias, j + 1, y, yAt + capacity + STEP);
    FloatVector a2 = start(bias, j + 2, y, yAt + 2 * capacity);
    FloatVector b2 = start(bias, j + 2, y, yAt + 2 * capacity + STEP);
    FloatVector a3 = start(bias, j + 3, y, yAt + 3 * capacity);
    FloatVector b3 = start(bias, j + 3, y, yAt + 3 * capacity + STEP);
    FloatVector a4 = start(bias, j + 4, y, yAt + 4 * capacity);
    FloatVector b4 = start(bias, j + 4, y, yAt + 4 * capacity + STEP);
    FloatVector a5 = start(bias, j + 5, y, yAt + 5 * capacity);
    FloatVector b5 = start(bias, j + 5, y, yAt + 5 * capacity + STEP);
    FloatVector a6 = start(bias, j + 6, y, yAt + 6 * capacity);
    FloatVector b6 = start(bias, j + 6, y, yAt + 6 * capacity + STEP);
    FloatVector a7 = start(bias, j + 7, y, yAt + 7 * capacity);
    FloatVector b7 = start(bias, j + 7, y, yAt + 7 * capacity + STEP);
    for (int k = 0; k < inputs; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, x, xAt);
      FloatVector q = FloatVector.fromArray(FLOATS, x, xAt + STEP);
      FloatVector c = FloatVector.broadcast(FLOATS, w[wAt]);
      a0 = p.fma(c, a0);
      b0 = q.fma(c, b0);
      c = FloatVector.broadcast(FLOATS, w[wAt + 1]);
      a1 = p.fma(c, a1);
      b1 = q.fma(c, b1);
      c = FloatVector.broadcast(FLOATS, w[wAt + 2]);
      a2 = p.fma(c, a2);
      b2 = q.fma(c, b2);
      c = FloatVector.broadcast(FLOATS, w[wAt + 3]);
      a3 = p.fma(c, a3);
      b3 = q.fma(c, b3);
      c = FloatVector.broadcast(FLOATS, w[wAt + 4]);
      a4 = p.fma(c, a4);
      b4 = q.fma(c, b4);
      c = FloatVector.broadcast(FLOATS, w[wAt + 5]);
      a5 = p.fma(c, a5);
      b5 = q.fma(c, b5);
      c = FloatVector.broadcast(FLOATS, w[wAt + 6]);
      a6 = p.fma(c, a6);
      b6 = q.fma(c, b6);
      c = FloatVector.broadcast(FLOATS, w[wAt + 7]);
      a7 = p.fma(c, a7);
      b7 = q.fma(c, b7);
      xAt += capacity;
      wAt += outputs;
    }
    a0.intoArray(y, yAt);
    b0.intoArray(y, yAt + STEP);
    a1.intoArray(y, yAt + capacity);
    b1.intoArray(y, yAt + capacity + STEP);
    a2.intoArray(y, yAt + 2 * capacity);
    b2.intoArray(y, yAt + 2 * capacity + STEP);
    a3.intoArray(y, yAt + 3 * capacity);
    b3.intoArray(y, yAt + 3 * capacity + STEP);
    a4.intoArray(y, yAt + 4 * capacity);
    b4.intoArray(y, yAt + 4 * capacity + STEP);
    a5.intoArray(y, yAt + 5 * capacity);
    b5.intoArray(y, yAt + 5 * capacity + STEP);
    a6.intoArray(y, yAt + 6 * capacity);
    b6.intoArray(y, yAt + 6 * capacity + STEP);
    a7.intoArray(y, yAt + 7 * capacity);
    b7.intoArray(y, yAt + 7 * capacity + STEP);
  }

  /** 4 outputs of 2 vectors of rows. */
  static void tile4x2(float[] x, int xAt, int inputs, float[] w, int wAt, float[] bias, int j, float[] y, int yAt, int outputs, int capacity) {
    FloatVector a0 = start(bias, j, y, yAt);
    FloatVector b0 = start(bias, j, y, yAt + STEP);
    FloatVector a1 = start(bias, j + 1, y, yAt + capacity);
    FloatVector b1 = start(bias, j + 1, y, yAt + capacity + STEP);
    FloatVector a2 = start(bias, j + 2, y, yAt + 2 * capacity);
    FloatVector b2 = start(bias, j + 2, y, yAt + 2 * capacity + STEP);
    FloatVector a3 = start(bias, j + 3, y, yAt + 3 * capacity);
    FloatVector b3 = start(bias, j + 3, y, yAt + 3 * capacity + STEP);
    for (int k = 0; k < inputs; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, x, xAt);
      FloatVector q = FloatVector.fromArray(FLOATS, x, xAt + STEP);
      FloatVector c = FloatVector.broadcast(FLOATS, w[wAt]);
      a0 = p.fma(c, a0);
      b0 = q.fma(c, b0);
      c = FloatVector.broadcast(FLOATS, w[wAt + 1]);
      a1 = p.fma(c, a1);
      b1 = q.fma(c, b1);
      c = FloatVector.broadcast(FLOATS, w[wAt + 2]);
      a2 = p.fma(c, a2);
      b2 = q.fma(c, b2);
      c = FloatVector.broadcast(FLOATS, w[wAt + 3]);
      a3 = p.fma(c, a3);
      b3 = q.fma(c, b3);
      xAt += capacity;
      wAt += outputs;
    }
    a0.intoArray(y, yAt);
    b0.intoArray(y, yAt + STEP);
    a1.intoArray(y, yAt + capacity);
    b1.intoArray(y, yAt + capacity + STEP);
    a2.intoArray(y, yAt + 2 * capacity);
    b2.intoArray(y, yAt + 2 * capacity + STEP);
    a3.intoArray(y, yAt + 3 * capacity);
    b3.intoArray(y, yAt + 3 * capacity + STEP);
  }

  /** 1 output of 2 vectors of rows. */
  static void tile1x2(float[] x, int xAt, int inputs, float[] w, int wAt, float[] bias, int j, float[] y, int yAt, int outputs, int capacity) {
    FloatVector a0 = start(bias, j, y, yAt);
    FloatVector b0 = start(bias, j, y, yAt + STEP);
    for (int k = 0; k < inputs; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, x, xAt);
      FloatVector q = FloatVector.fromArray(FLOATS, x, xAt + STEP);
      FloatVector c = FloatVector.broadcast(FLOATS, w[wAt]);
      a0 = p.fma(c, a0);
      b0 = q.fma(c, b0);
      xAt += capacity;
      wAt += outputs;
    }
    a0.intoArray(y, yAt);
    b0.intoArray(y, yAt + STEP);
  }

  /** 4 outputs of 1 vector of rows. */
  static void tile4x1(float[] x, int xAt, int inputs, float[] w, int wAt, float[] bias, int j, float[] y, int yAt, int outputs, int capacity) {
    FloatVector a0 = start(bias, j, y, yAt);
    FloatVector a1 = start(bias, j + 1, y, yAt + capacity);
    FloatVector a2 = start(bias, j + 2, y, yAt + 2 * capacity);
    FloatVector a3 = start(bias, j + 3, y, yAt + 3 * capacity);
    for (int k = 0; k < inputs; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, x, xAt);
      FloatVector c = FloatVector.broadcast(FLOATS, w[wAt]);
      a0 = p.fma(c, a0);
      c = FloatVector.broadcast(FLOATS, w[wAt + 1]);
      a1 = p.fma(c, a1);
      c = FloatVector.broadcast(FLOATS, w[wAt + 2]);
      a2 = p.fma(c, a2);
      c = FloatVector.broadcast(FLOATS, w[wAt + 3]);
      a3 = p.fma(c, a3);
      xAt += capacity;
      wAt += outputs;
    }
    a0.intoArray(y, yAt);
    a1.intoArray(y, yAt + capacity);
    a2.intoArray(y, yAt + 2 * capacity);
    a3.intoArray(y, yAt + 3 * capacity);
  }

  /** 1 output of 1 vector of rows. */
  static void tile1x1(float[] x, int xAt, int inputs, float[] w, int wAt, float[] bias, int j, float[] y, int yAt, int outputs, int capacity) {
    FloatVector a0 = start(bias, j, y, yAt);
    for (int k = 0; k < inputs; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, x, xAt);
      FloatVector c = FloatVector.broadcast(FLOATS, w[wAt]);
      a0 = p.fma(c, a0);
      xAt += capacity;
      wAt += outputs;
    }
    a0.intoArray(y, yAt);
  }
}
