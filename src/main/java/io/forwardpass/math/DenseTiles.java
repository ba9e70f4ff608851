package io.forwardpass.math;

import static io.forwardpass.math.Matrix.PANEL;
import static io.forwardpass.math.VectorMath.FLOATS;

import jdk.incubator.vector.FloatVector;

/**
 * The register tiles of dense layers: some outputs times some vectors of rows, whose sums stay in registers over all
 * inputs x and then all states h, of which there may be none. The sums start from the bias, or from what stands in y where bias is null; relu clears negative ones in the end. Written out one by one, as the
 * compiler keeps vectors in registers only where each is a variable of its own.
 */
final class DenseTiles {
  static final int STEP = FLOATS.length();
  private static final FloatVector ZERO = FloatVector.zero(FLOATS);

  private DenseTiles() {}

  private static FloatVector start(float[] bias, int j, float[] y, int at) {
    return bias == null ? FloatVector.fromArray(FLOATS, y, at) : FloatVector.broadcast(FLOATS, bias[j]);
  }

  /** 8 outputs of 3 vectors of rows. */
  static void tile8x3(float[] x, int xAt, int inputs, float[] w, int wAt, float[] h, int hAt, int states, float[] u, int uAt,
      float[] bias, int j, float[] y, int yAt, int capacity, boolean relu) {
    FloatVector a0 = start(bias, j, y, yAt);
    FloatVector b0 = start(bias, j, y, yAt + STEP);
    FloatVector c0 = start(bias, j, y, yAt + 2 * STEP);
    FloatVector a1 = start(bias, j + 1, y, yAt + capacity);
    FloatVector b1 = start(bias, j + 1, y, yAt + capacity + STEP);
    FloatVector c1 = start(bias, j + 1, y, yAt + capacity + 2 * STEP);
    FloatVector a2 = start(bias, j + 2, y, yAt + 2 * capacity);
    FloatVector b2 = start(bias, j + 2, y, yAt + 2 * capacity + STEP);
    FloatVector c2 = start(bias, j + 2, y, yAt + 2 * capacity + 2 * STEP);
    FloatVector a3 = start(bias, j + 3, y, yAt + 3 * capacity);
    FloatVector b3 = start(bias, j + 3, y, yAt + 3 * capacity + STEP);
    FloatVector c3 = start(bias, j + 3, y, yAt + 3 * capacity + 2 * STEP);
    FloatVector a4 = start(bias, j + 4, y, yAt + 4 * capacity);
    FloatVector b4 = start(bias, j + 4, y, yAt + 4 * capacity + STEP);
    FloatVector c4 = start(bias, j + 4, y, yAt + 4 * capacity + 2 * STEP);
    FloatVector a5 = start(bias, j + 5, y, yAt + 5 * capacity);
    FloatVector b5 = start(bias, j + 5, y, yAt + 5 * capacity + STEP);
    FloatVector c5 = start(bias, j + 5, y, yAt + 5 * capacity + 2 * STEP);
    FloatVector a6 = start(bias, j + 6, y, yAt + 6 * capacity);
    FloatVector b6 = start(bias, j + 6, y, yAt + 6 * capacity + STEP);
    FloatVector c6 = start(bias, j + 6, y, yAt + 6 * capacity + 2 * STEP);
    FloatVector a7 = start(bias, j + 7, y, yAt + 7 * capacity);
    FloatVector b7 = start(bias, j + 7, y, yAt + 7 * capacity + STEP);
    FloatVector c7 = start(bias, j + 7, y, yAt + 7 * capacity + 2 * STEP);
    for (int k = 0; k < inputs; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, x, xAt);
      FloatVector q = FloatVector.fromArray(FLOATS, x, xAt + STEP);
      FloatVector s = FloatVector.fromArray(FLOATS, x, xAt + 2 * STEP);
      FloatVector c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL]);
      a0 = p.fma(c, a0);
      b0 = q.fma(c, b0);
      c0 = s.fma(c, c0);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 1]);
      a1 = p.fma(c, a1);
      b1 = q.fma(c, b1);
      c1 = s.fma(c, c1);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 2]);
      a2 = p.fma(c, a2);
      b2 = q.fma(c, b2);
      c2 = s.fma(c, c2);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 3]);
      a3 = p.fma(c, a3);
      b3 = q.fma(c, b3);
      c3 = s.fma(c, c3);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 4]);
      a4 = p.fma(c, a4);
      b4 = q.fma(c, b4);
      c4 = s.fma(c, c4);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 5]);
      a5 = p.fma(c, a5);
      b5 = q.fma(c, b5);
      c5 = s.fma(c, c5);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 6]);
      a6 = p.fma(c, a6);
      b6 = q.fma(c, b6);
      c6 = s.fma(c, c6);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 7]);
      a7 = p.fma(c, a7);
      b7 = q.fma(c, b7);
      c7 = s.fma(c, c7);
      xAt += capacity;
    }
    for (int k = 0; k < states; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, h, hAt);
      FloatVector q = FloatVector.fromArray(FLOATS, h, hAt + STEP);
      FloatVector s = FloatVector.fromArray(FLOATS, h, hAt + 2 * STEP);
      FloatVector c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL]);
      a0 = p.fma(c, a0);
      b0 = q.fma(c, b0);
      c0 = s.fma(c, c0);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 1]);
      a1 = p.fma(c, a1);
      b1 = q.fma(c, b1);
      c1 = s.fma(c, c1);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 2]);
      a2 = p.fma(c, a2);
      b2 = q.fma(c, b2);
      c2 = s.fma(c, c2);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 3]);
      a3 = p.fma(c, a3);
      b3 = q.fma(c, b3);
      c3 = s.fma(c, c3);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 4]);
      a4 = p.fma(c, a4);
      b4 = q.fma(c, b4);
      c4 = s.fma(c, c4);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 5]);
      a5 = p.fma(c, a5);
      b5 = q.fma(c, b5);
      c5 = s.fma(c, c5);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 6]);
      a6 = p.fma(c, a6);
      b6 = q.fma(c, b6);
      c6 = s.fma(c, c6);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 7]);
      a7 = p.fma(c, a7);
      b7 = q.fma(c, b7);
      c7 = s.fma(c, c7);
      hAt += capacity;
    }
    if (relu) {
      a0 = a0.max(ZERO);
      b0 = b0.max(ZERO);
      c0 = c0.max(ZERO);
      a1 = a1.max(ZERO);
      b1 = b1.max(ZERO);
      c1 = c1.max(ZERO);
      a2 = a2.max(ZERO);
      b2 = b2.max(ZERO);
      c2 = c2.max(ZERO);
      a3 = a3.max(ZERO);
      b3 = b3.max(ZERO);
      c3 = c3.max(ZERO);
      a4 = a4.max(ZERO);
      b4 = b4.max(ZERO);
      c4 = c4.max(ZERO);
      a5 = a5.max(ZERO);
      b5 = b5.max(ZERO);
      c5 = c5.max(ZERO);
      a6 = a6.max(ZERO);
      b6 = b6.max(ZERO);
      c6 = c6.max(ZERO);
      a7 = a7.max(ZERO);
      b7 = b7.max(ZERO);
      c7 = c7.max(ZERO);
    }
    a0.intoArray(y, yAt);
    b0.intoArray(y, yAt + STEP);
    c0.intoArray(y, yAt + 2 * STEP);
    a1.intoArray(y, yAt + capacity);
    b1.intoArray(y, yAt + capacity + STEP);
    c1.intoArray(y, yAt + capacity + 2 * STEP);
    a2.intoArray(y, yAt + 2 * capacity);
    b2.intoArray(y, yAt + 2 * capacity + STEP);
    c2.intoArray(y, yAt + 2 * capacity + 2 * STEP);
    a3.intoArray(y, yAt + 3 * capacity);
    b3.intoArray(y, yAt + 3 * capacity + STEP);
    c3.intoArray(y, yAt + 3 * capacity + 2 * STEP);
    a4.intoArray(y, yAt + 4 * capacity);
    b4.intoArray(y, yAt + 4 * capacity + STEP);
    c4.intoArray(y, yAt + 4 * capacity + 2 * STEP);
    a5.intoArray(y, yAt + 5 * capacity);
    b5.intoArray(y, yAt + 5 * capacity + STEP);
    c5.intoArray(y, yAt + 5 * capacity + 2 * STEP);
    a6.intoArray(y, yAt + 6 * capacity);
    b6.intoArray(y, yAt + 6 * capacity + STEP);
    c6.intoArray(y, yAt + 6 * capacity + 2 * STEP);
    a7.intoArray(y, yAt + 7 * capacity);
    b7.intoArray(y, yAt + 7 * capacity + STEP);
    c7.intoArray(y, yAt + 7 * capacity + 2 * STEP);
  }

  /** 8 outputs of 2 vectors of rows. */
  static void tile8x2(float[] x, int xAt, int inputs, float[] w, int wAt, float[] h, int hAt, int states, float[] u, int uAt,
      float[] bias, int j, float[] y, int yAt, int capacity, boolean relu) {
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
      FloatVector c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL]);
      a0 = p.fma(c, a0);
      b0 = q.fma(c, b0);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 1]);
      a1 = p.fma(c, a1);
      b1 = q.fma(c, b1);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 2]);
      a2 = p.fma(c, a2);
      b2 = q.fma(c, b2);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 3]);
      a3 = p.fma(c, a3);
      b3 = q.fma(c, b3);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 4]);
      a4 = p.fma(c, a4);
      b4 = q.fma(c, b4);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 5]);
      a5 = p.fma(c, a5);
      b5 = q.fma(c, b5);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 6]);
      a6 = p.fma(c, a6);
      b6 = q.fma(c, b6);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 7]);
      a7 = p.fma(c, a7);
      b7 = q.fma(c, b7);
      xAt += capacity;
    }
    for (int k = 0; k < states; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, h, hAt);
      FloatVector q = FloatVector.fromArray(FLOATS, h, hAt + STEP);
      FloatVector c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL]);
      a0 = p.fma(c, a0);
      b0 = q.fma(c, b0);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 1]);
      a1 = p.fma(c, a1);
      b1 = q.fma(c, b1);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 2]);
      a2 = p.fma(c, a2);
      b2 = q.fma(c, b2);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 3]);
      a3 = p.fma(c, a3);
      b3 = q.fma(c, b3);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 4]);
      a4 = p.fma(c, a4);
      b4 = q.fma(c, b4);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 5]);
      a5 = p.fma(c, a5);
      b5 = q.fma(c, b5);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 6]);
      a6 = p.fma(c, a6);
      b6 = q.fma(c, b6);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 7]);
      a7 = p.fma(c, a7);
      b7 = q.fma(c, b7);
      hAt += capacity;
    }
    if (relu) {
      a0 = a0.max(ZERO);
      b0 = b0.max(ZERO);
      a1 = a1.max(ZERO);
      b1 = b1.max(ZERO);
      a2 = a2.max(ZERO);
      b2 = b2.max(ZERO);
      a3 = a3.max(ZERO);
      b3 = b3.max(ZERO);
      a4 = a4.max(ZERO);
      b4 = b4.max(ZERO);
      a5 = a5.max(ZERO);
      b5 = b5.max(ZERO);
      a6 = a6.max(ZERO);
      b6 = b6.max(ZERO);
      a7 = a7.max(ZERO);
      b7 = b7.max(ZERO);
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

  /** 8 outputs of 1 vector of rows. */
  static void tile8x1(float[] x, int xAt, int inputs, float[] w, int wAt, float[] h, int hAt, int states, float[] u, int uAt,
      float[] bias, int j, float[] y, int yAt, int capacity, boolean relu) {
    FloatVector a0 = start(bias, j, y, yAt);
    FloatVector a1 = start(bias, j + 1, y, yAt + capacity);
    FloatVector a2 = start(bias, j + 2, y, yAt + 2 * capacity);
    FloatVector a3 = start(bias, j + 3, y, yAt + 3 * capacity);
    FloatVector a4 = start(bias, j + 4, y, yAt + 4 * capacity);
    FloatVector a5 = start(bias, j + 5, y, yAt + 5 * capacity);
    FloatVector a6 = start(bias, j + 6, y, yAt + 6 * capacity);
    FloatVector a7 = start(bias, j + 7, y, yAt + 7 * capacity);
    for (int k = 0; k < inputs; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, x, xAt);
      FloatVector c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL]);
      a0 = p.fma(c, a0);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 1]);
      a1 = p.fma(c, a1);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 2]);
      a2 = p.fma(c, a2);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 3]);
      a3 = p.fma(c, a3);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 4]);
      a4 = p.fma(c, a4);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 5]);
      a5 = p.fma(c, a5);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 6]);
      a6 = p.fma(c, a6);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 7]);
      a7 = p.fma(c, a7);
      xAt += capacity;
    }
    for (int k = 0; k < states; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, h, hAt);
      FloatVector c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL]);
      a0 = p.fma(c, a0);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 1]);
      a1 = p.fma(c, a1);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 2]);
      a2 = p.fma(c, a2);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 3]);
      a3 = p.fma(c, a3);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 4]);
      a4 = p.fma(c, a4);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 5]);
      a5 = p.fma(c, a5);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 6]);
      a6 = p.fma(c, a6);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 7]);
      a7 = p.fma(c, a7);
      hAt += capacity;
    }
    if (relu) {
      a0 = a0.max(ZERO);
      a1 = a1.max(ZERO);
      a2 = a2.max(ZERO);
      a3 = a3.max(ZERO);
      a4 = a4.max(ZERO);
      a5 = a5.max(ZERO);
      a6 = a6.max(ZERO);
      a7 = a7.max(ZERO);
    }
    a0.intoArray(y, yAt);
    a1.intoArray(y, yAt + capacity);
    a2.intoArray(y, yAt + 2 * capacity);
    a3.intoArray(y, yAt + 3 * capacity);
    a4.intoArray(y, yAt + 4 * capacity);
    a5.intoArray(y, yAt + 5 * capacity);
    a6.intoArray(y, yAt + 6 * capacity);
    a7.intoArray(y, yAt + 7 * capacity);
  }

  /** 4 outputs of 3 vectors of rows. */
  static void tile4x3(float[] x, int xAt, int inputs, float[] w, int wAt, float[] h, int hAt, int states, float[] u, int uAt,
      float[] bias, int j, float[] y, int yAt, int capacity, boolean relu) {
    FloatVector a0 = start(bias, j, y, yAt);
    FloatVector b0 = start(bias, j, y, yAt + STEP);
    FloatVector c0 = start(bias, j, y, yAt + 2 * STEP);
    FloatVector a1 = start(bias, j + 1, y, yAt + capacity);
    FloatVector b1 = start(bias, j + 1, y, yAt + capacity + STEP);
    FloatVector c1 = start(bias, j + 1, y, yAt + capacity + 2 * STEP);
    FloatVector a2 = start(bias, j + 2, y, yAt + 2 * capacity);
    FloatVector b2 = start(bias, j + 2, y, yAt + 2 * capacity + STEP);
    FloatVector c2 = start(bias, j + 2, y, yAt + 2 * capacity + 2 * STEP);
    FloatVector a3 = start(bias, j + 3, y, yAt + 3 * capacity);
    FloatVector b3 = start(bias, j + 3, y, yAt + 3 * capacity + STEP);
    FloatVector c3 = start(bias, j + 3, y, yAt + 3 * capacity + 2 * STEP);
    for (int k = 0; k < inputs; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, x, xAt);
      FloatVector q = FloatVector.fromArray(FLOATS, x, xAt + STEP);
      FloatVector s = FloatVector.fromArray(FLOATS, x, xAt + 2 * STEP);
      FloatVector c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL]);
      a0 = p.fma(c, a0);
      b0 = q.fma(c, b0);
      c0 = s.fma(c, c0);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 1]);
      a1 = p.fma(c, a1);
      b1 = q.fma(c, b1);
      c1 = s.fma(c, c1);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 2]);
      a2 = p.fma(c, a2);
      b2 = q.fma(c, b2);
      c2 = s.fma(c, c2);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 3]);
      a3 = p.fma(c, a3);
      b3 = q.fma(c, b3);
      c3 = s.fma(c, c3);
      xAt += capacity;
    }
    for (int k = 0; k < states; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, h, hAt);
      FloatVector q = FloatVector.fromArray(FLOATS, h, hAt + STEP);
      FloatVector s = FloatVector.fromArray(FLOATS, h, hAt + 2 * STEP);
      FloatVector c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL]);
      a0 = p.fma(c, a0);
      b0 = q.fma(c, b0);
      c0 = s.fma(c, c0);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 1]);
      a1 = p.fma(c, a1);
      b1 = q.fma(c, b1);
      c1 = s.fma(c, c1);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 2]);
      a2 = p.fma(c, a2);
      b2 = q.fma(c, b2);
      c2 = s.fma(c, c2);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 3]);
      a3 = p.fma(c, a3);
      b3 = q.fma(c, b3);
      c3 = s.fma(c, c3);
      hAt += capacity;
    }
    if (relu) {
      a0 = a0.max(ZERO);
      b0 = b0.max(ZERO);
      c0 = c0.max(ZERO);
      a1 = a1.max(ZERO);
      b1 = b1.max(ZERO);
      c1 = c1.max(ZERO);
      a2 = a2.max(ZERO);
      b2 = b2.max(ZERO);
      c2 = c2.max(ZERO);
      a3 = a3.max(ZERO);
      b3 = b3.max(ZERO);
      c3 = c3.max(ZERO);
    }
    a0.intoArray(y, yAt);
    b0.intoArray(y, yAt + STEP);
    c0.intoArray(y, yAt + 2 * STEP);
    a1.intoArray(y, yAt + capacity);
    b1.intoArray(y, yAt + capacity + STEP);
    c1.intoArray(y, yAt + capacity + 2 * STEP);
    a2.intoArray(y, yAt + 2 * capacity);
    b2.intoArray(y, yAt + 2 * capacity + STEP);
    c2.intoArray(y, yAt + 2 * capacity + 2 * STEP);
    a3.intoArray(y, yAt + 3 * capacity);
    b3.intoArray(y, yAt + 3 * capacity + STEP);
    c3.intoArray(y, yAt + 3 * capacity + 2 * STEP);
  }

  /** 4 outputs of 2 vectors of rows. */
  static void tile4x2(float[] x, int xAt, int inputs, float[] w, int wAt, float[] h, int hAt, int states, float[] u, int uAt,
      float[] bias, int j, float[] y, int yAt, int capacity, boolean relu) {
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
      FloatVector c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL]);
      a0 = p.fma(c, a0);
      b0 = q.fma(c, b0);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 1]);
      a1 = p.fma(c, a1);
      b1 = q.fma(c, b1);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 2]);
      a2 = p.fma(c, a2);
      b2 = q.fma(c, b2);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 3]);
      a3 = p.fma(c, a3);
      b3 = q.fma(c, b3);
      xAt += capacity;
    }
    for (int k = 0; k < states; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, h, hAt);
      FloatVector q = FloatVector.fromArray(FLOATS, h, hAt + STEP);
      FloatVector c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL]);
      a0 = p.fma(c, a0);
      b0 = q.fma(c, b0);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 1]);
      a1 = p.fma(c, a1);
      b1 = q.fma(c, b1);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 2]);
      a2 = p.fma(c, a2);
      b2 = q.fma(c, b2);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 3]);
      a3 = p.fma(c, a3);
      b3 = q.fma(c, b3);
      hAt += capacity;
    }
    if (relu) {
      a0 = a0.max(ZERO);
      b0 = b0.max(ZERO);
      a1 = a1.max(ZERO);
      b1 = b1.max(ZERO);
      a2 = a2.max(ZERO);
      b2 = b2.max(ZERO);
      a3 = a3.max(ZERO);
      b3 = b3.max(ZERO);
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

  /** 4 outputs of 1 vector of rows. */
  static void tile4x1(float[] x, int xAt, int inputs, float[] w, int wAt, float[] h, int hAt, int states, float[] u, int uAt,
      float[] bias, int j, float[] y, int yAt, int capacity, boolean relu) {
    FloatVector a0 = start(bias, j, y, yAt);
    FloatVector a1 = start(bias, j + 1, y, yAt + capacity);
    FloatVector a2 = start(bias, j + 2, y, yAt + 2 * capacity);
    FloatVector a3 = start(bias, j + 3, y, yAt + 3 * capacity);
    for (int k = 0; k < inputs; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, x, xAt);
      FloatVector c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL]);
      a0 = p.fma(c, a0);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 1]);
      a1 = p.fma(c, a1);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 2]);
      a2 = p.fma(c, a2);
      c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 3]);
      a3 = p.fma(c, a3);
      xAt += capacity;
    }
    for (int k = 0; k < states; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, h, hAt);
      FloatVector c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL]);
      a0 = p.fma(c, a0);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 1]);
      a1 = p.fma(c, a1);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 2]);
      a2 = p.fma(c, a2);
      c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL + 3]);
      a3 = p.fma(c, a3);
      hAt += capacity;
    }
    if (relu) {
      a0 = a0.max(ZERO);
      a1 = a1.max(ZERO);
      a2 = a2.max(ZERO);
      a3 = a3.max(ZERO);
    }
    a0.intoArray(y, yAt);
    a1.intoArray(y, yAt + capacity);
    a2.intoArray(y, yAt + 2 * capacity);
    a3.intoArray(y, yAt + 3 * capacity);
  }

  /** 1 output of 4 vectors of rows. */
  static void tile1x4(float[] x, int xAt, int inputs, float[] w, int wAt, float[] h, int hAt, int states, float[] u, int uAt,
      float[] bias, int j, float[] y, int yAt, int capacity, boolean relu) {
    FloatVector a0 = start(bias, j, y, yAt);
    FloatVector b0 = start(bias, j, y, yAt + STEP);
    FloatVector c0 = start(bias, j, y, yAt + 2 * STEP);
    FloatVector d0 = start(bias, j, y, yAt + 3 * STEP);
    for (int k = 0; k < inputs; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, x, xAt);
      FloatVector q = FloatVector.fromArray(FLOATS, x, xAt + STEP);
      FloatVector s = FloatVector.fromArray(FLOATS, x, xAt + 2 * STEP);
      FloatVector t = FloatVector.fromArray(FLOATS, x, xAt + 3 * STEP);
      FloatVector c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL]);
      a0 = p.fma(c, a0);
      b0 = q.fma(c, b0);
      c0 = s.fma(c, c0);
      d0 = t.fma(c, d0);
      xAt += capacity;
    }
    for (int k = 0; k < states; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, h, hAt);
      FloatVector q = FloatVector.fromArray(FLOATS, h, hAt + STEP);
      FloatVector s = FloatVector.fromArray(FLOATS, h, hAt + 2 * STEP);
      FloatVector t = FloatVector.fromArray(FLOATS, h, hAt + 3 * STEP);
      FloatVector c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL]);
      a0 = p.fma(c, a0);
      b0 = q.fma(c, b0);
      c0 = s.fma(c, c0);
      d0 = t.fma(c, d0);
      hAt += capacity;
    }
    if (relu) {
      a0 = a0.max(ZERO);
      b0 = b0.max(ZERO);
      c0 = c0.max(ZERO);
      d0 = d0.max(ZERO);
    }
    a0.intoArray(y, yAt);
    b0.intoArray(y, yAt + STEP);
    c0.intoArray(y, yAt + 2 * STEP);
    d0.intoArray(y, yAt + 3 * STEP);
  }

  /** 1 output of 1 vector of rows. */
  static void tile1x1(float[] x, int xAt, int inputs, float[] w, int wAt, float[] h, int hAt, int states, float[] u, int uAt,
      float[] bias, int j, float[] y, int yAt, int capacity, boolean relu) {
    FloatVector a0 = start(bias, j, y, yAt);
    for (int k = 0; k < inputs; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, x, xAt);
      FloatVector c = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL]);
      a0 = p.fma(c, a0);
      xAt += capacity;
    }
    for (int k = 0; k < states; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, h, hAt);
      FloatVector c = FloatVector.broadcast(FLOATS, u[uAt + k * PANEL]);
      a0 = p.fma(c, a0);
      hAt += capacity;
    }
    if (relu) {
      a0 = a0.max(ZERO);
    }
    a0.intoArray(y, yAt);
  }
}
