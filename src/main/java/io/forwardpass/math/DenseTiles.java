package io.forwardpass.math;

import static io.forwardpass.math.Matrix.PANEL;
import static io.forwardpass.math.VectorMath.FLOATS;

import jdk.incubator.vector.FloatVector;

/**
 * The register tiles of dense layers: some outputs times some vectors of rows, whose sums stay in registers over all
 * inputs x and then all states h, of which there may be none. The sums start from the bias, or from what stands in y
 * where bias is null; relu clears negative ones in the end. Written out one by one, as the compiler keeps vectors in
 * registers only where each is a variable of its own, and without helpers, which it stops inlining in methods so large.
 */
final class DenseTiles {
  static final int STEP = FLOATS.length();
  private static final FloatVector ZERO = FloatVector.zero(FLOATS);

  private DenseTiles() {}

  /** 8 outputs of 3 vectors of rows. */
  static void tile8x3(float[] x, int xAt, int inputs, float[] w, int wAt, float[] h, int hAt, int states, float[] u, int uAt,
      float[] bias, int j, float[] y, int yAt, int capacity, boolean relu) {
    FloatVector a0;
    FloatVector b0;
    FloatVector c0;
    FloatVector a1;
    FloatVector b1;
    FloatVector c1;
    FloatVector a2;
    FloatVector b2;
    FloatVector c2;
    FloatVector a3;
    FloatVector b3;
    FloatVector c3;
    FloatVector a4;
    FloatVector b4;
    FloatVector c4;
    FloatVector a5;
    FloatVector b5;
    FloatVector c5;
    FloatVector a6;
    FloatVector b6;
    FloatVector c6;
    FloatVector a7;
    FloatVector b7;
    FloatVector c7;
    if (bias == null) {
      a0 = FloatVector.fromArray(FLOATS, y, yAt);
      b0 = FloatVector.fromArray(FLOATS, y, yAt + STEP);
      c0 = FloatVector.fromArray(FLOATS, y, yAt + 2 * STEP);
      a1 = FloatVector.fromArray(FLOATS, y, yAt + capacity);
      b1 = FloatVector.fromArray(FLOATS, y, yAt + capacity + STEP);
      c1 = FloatVector.fromArray(FLOATS, y, yAt + capacity + 2 * STEP);
      a2 = FloatVector.fromArray(FLOATS, y, yAt + 2 * capacity);
      b2 = FloatVector.fromArray(FLOATS, y, yAt + 2 * capacity + STEP);
      c2 = FloatVector.fromArray(FLOATS, y, yAt + 2 * capacity + 2 * STEP);
      a3 = FloatVector.fromArray(FLOATS, y, yAt + 3 * capacity);
      b3 = FloatVector.fromArray(FLOATS, y, yAt + 3 * capacity + STEP);
      c3 = FloatVector.fromArray(FLOATS, y, yAt + 3 * capacity + 2 * STEP);
      a4 = FloatVector.fromArray(FLOATS, y, yAt + 4 * capacity);
      b4 = FloatVector.fromArray(FLOATS, y, yAt + 4 * capacity + STEP);
      c4 = FloatVector.fromArray(FLOATS, y, yAt + 4 * capacity + 2 * STEP);
      a5 = FloatVector.fromArray(FLOATS, y, yAt + 5 * capacity);
      b5 = FloatVector.fromArray(FLOATS, y, yAt + 5 * capacity + STEP);
      c5 = FloatVector.fromArray(FLOATS, y, yAt + 5 * capacity + 2 * STEP);
      a6 = FloatVector.fromArray(FLOATS, y, yAt + 6 * capacity);
      b6 = FloatVector.fromArray(FLOATS, y, yAt + 6 * capacity + STEP);
      c6 = FloatVector.fromArray(FLOATS, y, yAt + 6 * capacity + 2 * STEP);
      a7 = FloatVector.fromArray(FLOATS, y, yAt + 7 * capacity);
      b7 = FloatVector.fromArray(FLOATS, y, yAt + 7 * capacity + STEP);
      c7 = FloatVector.fromArray(FLOATS, y, yAt + 7 * capacity + 2 * STEP);
    } else {
      a0 = FloatVector.broadcast(FLOATS, bias[j]);
      b0 = a0;
      c0 = a0;
      a1 = FloatVector.broadcast(FLOATS, bias[j + 1]);
      b1 = a1;
      c1 = a1;
      a2 = FloatVector.broadcast(FLOATS, bias[j + 2]);
      b2 = a2;
      c2 = a2;
      a3 = FloatVector.broadcast(FLOATS, bias[j + 3]);
      b3 = a3;
      c3 = a3;
      a4 = FloatVector.broadcast(FLOATS, bias[j + 4]);
      b4 = a4;
      c4 = a4;
      a5 = FloatVector.broadcast(FLOATS, bias[j + 5]);
      b5 = a5;
      c5 = a5;
      a6 = FloatVector.broadcast(FLOATS, bias[j + 6]);
      b6 = a6;
      c6 = a6;
      a7 = FloatVector.broadcast(FLOATS, bias[j + 7]);
      b7 = a7;
      c7 = a7;
    }
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
    FloatVector a0;
    FloatVector b0;
    FloatVector a1;
    FloatVector b1;
    FloatVector a2;
    FloatVector b2;
    FloatVector a3;
    FloatVector b3;
    FloatVector a4;
    FloatVector b4;
    FloatVector a5;
    FloatVector b5;
    FloatVector a6;
    FloatVector b6;
    FloatVector a7;
    FloatVector b7;
    if (bias == null) {
      a0 = FloatVector.fromArray(FLOATS, y, yAt);
      b0 = FloatVector.fromArray(FLOATS, y, yAt + STEP);
      a1 = FloatVector.fromArray(FLOATS, y, yAt + capacity);
      b1 = FloatVector.fromArray(FLOATS, y, yAt + capacity + STEP);
      a2 = FloatVector.fromArray(FLOATS, y, yAt + 2 * capacity);
      b2 = FloatVector.fromArray(FLOATS, y, yAt + 2 * capacity + STEP);
      a3 = FloatVector.fromArray(FLOATS, y, yAt + 3 * capacity);
      b3 = FloatVector.fromArray(FLOATS, y, yAt + 3 * capacity + STEP);
      a4 = FloatVector.fromArray(FLOATS, y, yAt + 4 * capacity);
      b4 = FloatVector.fromArray(FLOATS, y, yAt + 4 * capacity + STEP);
      a5 = FloatVector.fromArray(FLOATS, y, yAt + 5 * capacity);
      b5 = FloatVector.fromArray(FLOATS, y, yAt + 5 * capacity + STEP);
      a6 = FloatVector.fromArray(FLOATS, y, yAt + 6 * capacity);
      b6 = FloatVector.fromArray(FLOATS, y, yAt + 6 * capacity + STEP);
      a7 = FloatVector.fromArray(FLOATS, y, yAt + 7 * capacity);
      b7 = FloatVector.fromArray(FLOATS, y, yAt + 7 * capacity + STEP);
    } else {
      a0 = FloatVector.broadcast(FLOATS, bias[j]);
      b0 = a0;
      a1 = FloatVector.broadcast(FLOATS, bias[j + 1]);
      b1 = a1;
      a2 = FloatVector.broadcast(FLOATS, bias[j + 2]);
      b2 = a2;
      a3 = FloatVector.broadcast(FLOATS, bias[j + 3]);
      b3 = a3;
      a4 = FloatVector.broadcast(FLOATS, bias[j + 4]);
      b4 = a4;
      a5 = FloatVector.broadcast(FLOATS, bias[j + 5]);
      b5 = a5;
      a6 = FloatVector.broadcast(FLOATS, bias[j + 6]);
      b6 = a6;
      a7 = FloatVector.broadcast(FLOATS, bias[j + 7]);
      b7 = a7;
    }
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
    FloatVector a0;
    FloatVector a1;
    FloatVector a2;
    FloatVector a3;
    FloatVector a4;
    FloatVector a5;
    FloatVector a6;
    FloatVector a7;
    if (bias == null) {
      a0 = FloatVector.fromArray(FLOATS, y, yAt);
      a1 = FloatVector.fromArray(FLOATS, y, yAt + capacity);
      a2 = FloatVector.fromArray(FLOATS, y, yAt + 2 * capacity);
      a3 = FloatVector.fromArray(FLOATS, y, yAt + 3 * capacity);
      a4 = FloatVector.fromArray(FLOATS, y, yAt + 4 * capacity);
      a5 = FloatVector.fromArray(FLOATS, y, yAt + 5 * capacity);
      a6 = FloatVector.fromArray(FLOATS, y, yAt + 6 * capacity);
      a7 = FloatVector.fromArray(FLOATS, y, yAt + 7 * capacity);
    } else {
      a0 = FloatVector.broadcast(FLOATS, bias[j]);
      a1 = FloatVector.broadcast(FLOATS, bias[j + 1]);
      a2 = FloatVector.broadcast(FLOATS, bias[j + 2]);
      a3 = FloatVector.broadcast(FLOATS, bias[j + 3]);
      a4 = FloatVector.broadcast(FLOATS, bias[j + 4]);
      a5 = FloatVector.broadcast(FLOATS, bias[j + 5]);
      a6 = FloatVector.broadcast(FLOATS, bias[j + 6]);
      a7 = FloatVector.broadcast(FLOATS, bias[j + 7]);
    }
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
    FloatVector a0;
    FloatVector b0;
    FloatVector c0;
    FloatVector a1;
    FloatVector b1;
    FloatVector c1;
    FloatVector a2;
    FloatVector b2;
    FloatVector c2;
    FloatVector a3;
    FloatVector b3;
    FloatVector c3;
    if (bias == null) {
      a0 = FloatVector.fromArray(FLOATS, y, yAt);
      b0 = FloatVector.fromArray(FLOATS, y, yAt + STEP);
      c0 = FloatVector.fromArray(FLOATS, y, yAt + 2 * STEP);
      a1 = FloatVector.fromArray(FLOATS, y, yAt + capacity);
      b1 = FloatVector.fromArray(FLOATS, y, yAt + capacity + STEP);
      c1 = FloatVector.fromArray(FLOATS, y, yAt + capacity + 2 * STEP);
      a2 = FloatVector.fromArray(FLOATS, y, yAt + 2 * capacity);
      b2 = FloatVector.fromArray(FLOATS, y, yAt + 2 * capacity + STEP);
      c2 = FloatVector.fromArray(FLOATS, y, yAt + 2 * capacity + 2 * STEP);
      a3 = FloatVector.fromArray(FLOATS, y, yAt + 3 * capacity);
      b3 = FloatVector.fromArray(FLOATS, y, yAt + 3 * capacity + STEP);
      c3 = FloatVector.fromArray(FLOATS, y, yAt + 3 * capacity + 2 * STEP);
    } else {
      a0 = FloatVector.broadcast(FLOATS, bias[j]);
      b0 = a0;
      c0 = a0;
      a1 = FloatVector.broadcast(FLOATS, bias[j + 1]);
      b1 = a1;
      c1 = a1;
      a2 = FloatVector.broadcast(FLOATS, bias[j + 2]);
      b2 = a2;
      c2 = a2;
      a3 = FloatVector.broadcast(FLOATS, bias[j + 3]);
      b3 = a3;
      c3 = a3;
    }
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
    FloatVector a0;
    FloatVector b0;
    FloatVector a1;
    FloatVector b1;
    FloatVector a2;
    FloatVector b2;
    FloatVector a3;
    FloatVector b3;
    if (bias == null) {
      a0 = FloatVector.fromArray(FLOATS, y, yAt);
      b0 = FloatVector.fromArray(FLOATS, y, yAt + STEP);
      a1 = FloatVector.fromArray(FLOATS, y, yAt + capacity);
      b1 = FloatVector.fromArray(FLOATS, y, yAt + capacity + STEP);
      a2 = FloatVector.fromArray(FLOATS, y, yAt + 2 * capacity);
      b2 = FloatVector.fromArray(FLOATS, y, yAt + 2 * capacity + STEP);
      a3 = FloatVector.fromArray(FLOATS, y, yAt + 3 * capacity);
      b3 = FloatVector.fromArray(FLOATS, y, yAt + 3 * capacity + STEP);
    } else {
      a0 = FloatVector.broadcast(FLOATS, bias[j]);
      b0 = a0;
      a1 = FloatVector.broadcast(FLOATS, bias[j + 1]);
      b1 = a1;
      a2 = FloatVector.broadcast(FLOATS, bias[j + 2]);
      b2 = a2;
      a3 = FloatVector.broadcast(FLOATS, bias[j + 3]);
      b3 = a3;
    }
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
    FloatVector a0;
    FloatVector a1;
    FloatVector a2;
    FloatVector a3;
    if (bias == null) {
      a0 = FloatVector.fromArray(FLOATS, y, yAt);
      a1 = FloatVector.fromArray(FLOATS, y, yAt + capacity);
      a2 = FloatVector.fromArray(FLOATS, y, yAt + 2 * capacity);
      a3 = FloatVector.fromArray(FLOATS, y, yAt + 3 * capacity);
    } else {
      a0 = FloatVector.broadcast(FLOATS, bias[j]);
      a1 = FloatVector.broadcast(FLOATS, bias[j + 1]);
      a2 = FloatVector.broadcast(FLOATS, bias[j + 2]);
      a3 = FloatVector.broadcast(FLOATS, bias[j + 3]);
    }
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
    FloatVector a0;
    FloatVector b0;
    FloatVector c0;
    FloatVector d0;
    if (bias == null) {
      a0 = FloatVector.fromArray(FLOATS, y, yAt);
      b0 = FloatVector.fromArray(FLOATS, y, yAt + STEP);
      c0 = FloatVector.fromArray(FLOATS, y, yAt + 2 * STEP);
      d0 = FloatVector.fromArray(FLOATS, y, yAt + 3 * STEP);
    } else {
      a0 = FloatVector.broadcast(FLOATS, bias[j]);
      b0 = a0;
      c0 = a0;
      d0 = a0;
    }
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
    FloatVector a0;
    if (bias == null) {
      a0 = FloatVector.fromArray(FLOATS, y, yAt);
    } else {
      a0 = FloatVector.broadcast(FLOATS, bias[j]);
    }
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
