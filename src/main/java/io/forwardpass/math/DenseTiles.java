package io.forwardpass.math;

import static io.forwardpass.math.Matrix.PANEL;
import static io.forwardpass.math.VectorMath.FLOATS;

import jdk.incubator.vector.FloatVector;

/**
 * The register tiles of dense layers: some outputs times some vectors of rows, whose sums stay in registers over all
 * inputs. The sums of output i start from {@code start[at + i * perOutput]} and the numbers behind it, those of the next
 * vector of rows {@code perRow} further on: a bias that lies there once a lane, or sums that are carried on. No output is less
 * than {@code floor}: 0 for relu, else negative infinity.
 *
 * <p>The compiler keeps vectors in registers only under conditions. Each is a variable of its own, so all is written out.
 * Methods are short, and without helpers: in larger ones it stops inlining. And no method is called on a sum that a loop
 * carries: the compiler knows such a variable's class only by what it has seen elsewhere, and once other code of the JVM
 * (a matrix product of Spark ML, say) has used vectors of another class, the call is not inlined and all sums become
 * objects, fifty times slower. So each sum is the argument of another vector's method, {@code max}, before it is stored.
 */
final class DenseTiles {
  static final int STEP = FLOATS.length();

  private DenseTiles() {}

  /** 8 outputs of 2 vectors of rows. */
  static void tile8x2(float[] x, int xAt, int inputs, float[] w, int wAt, float[] start, int at, int perOutput, int perRow, float[] y,
      int yAt, int capacity, float floor) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, start, at);
    FloatVector b0 = FloatVector.fromArray(FLOATS, start, at + perRow);
    FloatVector a1 = FloatVector.fromArray(FLOATS, start, at + perOutput);
    FloatVector b1 = FloatVector.fromArray(FLOATS, start, at + perOutput + perRow);
    FloatVector a2 = FloatVector.fromArray(FLOATS, start, at + 2 * perOutput);
    FloatVector b2 = FloatVector.fromArray(FLOATS, start, at + 2 * perOutput + perRow);
    FloatVector a3 = FloatVector.fromArray(FLOATS, start, at + 3 * perOutput);
    FloatVector b3 = FloatVector.fromArray(FLOATS, start, at + 3 * perOutput + perRow);
    FloatVector a4 = FloatVector.fromArray(FLOATS, start, at + 4 * perOutput);
    FloatVector b4 = FloatVector.fromArray(FLOATS, start, at + 4 * perOutput + perRow);
    FloatVector a5 = FloatVector.fromArray(FLOATS, start, at + 5 * perOutput);
    FloatVector b5 = FloatVector.fromArray(FLOATS, start, at + 5 * perOutput + perRow);
    FloatVector a6 = FloatVector.fromArray(FLOATS, start, at + 6 * perOutput);
    FloatVector b6 = FloatVector.fromArray(FLOATS, start, at + 6 * perOutput + perRow);
    FloatVector a7 = FloatVector.fromArray(FLOATS, start, at + 7 * perOutput);
    FloatVector b7 = FloatVector.fromArray(FLOATS, start, at + 7 * perOutput + perRow);
    for (int k = 0; k < inputs; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, x, xAt);
      FloatVector q = FloatVector.fromArray(FLOATS, x, xAt + STEP);
      FloatVector weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL]);
      a0 = p.fma(weight, a0);
      b0 = q.fma(weight, b0);
      weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 1]);
      a1 = p.fma(weight, a1);
      b1 = q.fma(weight, b1);
      weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 2]);
      a2 = p.fma(weight, a2);
      b2 = q.fma(weight, b2);
      weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 3]);
      a3 = p.fma(weight, a3);
      b3 = q.fma(weight, b3);
      weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 4]);
      a4 = p.fma(weight, a4);
      b4 = q.fma(weight, b4);
      weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 5]);
      a5 = p.fma(weight, a5);
      b5 = q.fma(weight, b5);
      weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 6]);
      a6 = p.fma(weight, a6);
      b6 = q.fma(weight, b6);
      weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 7]);
      a7 = p.fma(weight, a7);
      b7 = q.fma(weight, b7);
      xAt += capacity;
    }
    FloatVector least = FloatVector.broadcast(FLOATS, floor);
    least.max(a0).intoArray(y, yAt);
    least.max(b0).intoArray(y, yAt + STEP);
    least.max(a1).intoArray(y, yAt + capacity);
    least.max(b1).intoArray(y, yAt + capacity + STEP);
    least.max(a2).intoArray(y, yAt + 2 * capacity);
    least.max(b2).intoArray(y, yAt + 2 * capacity + STEP);
    least.max(a3).intoArray(y, yAt + 3 * capacity);
    least.max(b3).intoArray(y, yAt + 3 * capacity + STEP);
    least.max(a4).intoArray(y, yAt + 4 * capacity);
    least.max(b4).intoArray(y, yAt + 4 * capacity + STEP);
    least.max(a5).intoArray(y, yAt + 5 * capacity);
    least.max(b5).intoArray(y, yAt + 5 * capacity + STEP);
    least.max(a6).intoArray(y, yAt + 6 * capacity);
    least.max(b6).intoArray(y, yAt + 6 * capacity + STEP);
    least.max(a7).intoArray(y, yAt + 7 * capacity);
    least.max(b7).intoArray(y, yAt + 7 * capacity + STEP);
  }

  /** 8 outputs of 1 vector of rows. */
  static void tile8x1(float[] x, int xAt, int inputs, float[] w, int wAt, float[] start, int at, int perOutput, int perRow, float[] y,
      int yAt, int capacity, float floor) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, start, at);
    FloatVector a1 = FloatVector.fromArray(FLOATS, start, at + perOutput);
    FloatVector a2 = FloatVector.fromArray(FLOATS, start, at + 2 * perOutput);
    FloatVector a3 = FloatVector.fromArray(FLOATS, start, at + 3 * perOutput);
    FloatVector a4 = FloatVector.fromArray(FLOATS, start, at + 4 * perOutput);
    FloatVector a5 = FloatVector.fromArray(FLOATS, start, at + 5 * perOutput);
    FloatVector a6 = FloatVector.fromArray(FLOATS, start, at + 6 * perOutput);
    FloatVector a7 = FloatVector.fromArray(FLOATS, start, at + 7 * perOutput);
    for (int k = 0; k < inputs; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, x, xAt);
      FloatVector weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL]);
      a0 = p.fma(weight, a0);
      weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 1]);
      a1 = p.fma(weight, a1);
      weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 2]);
      a2 = p.fma(weight, a2);
      weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 3]);
      a3 = p.fma(weight, a3);
      weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 4]);
      a4 = p.fma(weight, a4);
      weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 5]);
      a5 = p.fma(weight, a5);
      weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 6]);
      a6 = p.fma(weight, a6);
      weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 7]);
      a7 = p.fma(weight, a7);
      xAt += capacity;
    }
    FloatVector least = FloatVector.broadcast(FLOATS, floor);
    least.max(a0).intoArray(y, yAt);
    least.max(a1).intoArray(y, yAt + capacity);
    least.max(a2).intoArray(y, yAt + 2 * capacity);
    least.max(a3).intoArray(y, yAt + 3 * capacity);
    least.max(a4).intoArray(y, yAt + 4 * capacity);
    least.max(a5).intoArray(y, yAt + 5 * capacity);
    least.max(a6).intoArray(y, yAt + 6 * capacity);
    least.max(a7).intoArray(y, yAt + 7 * capacity);
  }

  /** 4 outputs of 2 vectors of rows. */
  static void tile4x2(float[] x, int xAt, int inputs, float[] w, int wAt, float[] start, int at, int perOutput, int perRow, float[] y,
      int yAt, int capacity, float floor) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, start, at);
    FloatVector b0 = FloatVector.fromArray(FLOATS, start, at + perRow);
    FloatVector a1 = FloatVector.fromArray(FLOATS, start, at + perOutput);
    FloatVector b1 = FloatVector.fromArray(FLOATS, start, at + perOutput + perRow);
    FloatVector a2 = FloatVector.fromArray(FLOATS, start, at + 2 * perOutput);
    FloatVector b2 = FloatVector.fromArray(FLOATS, start, at + 2 * perOutput + perRow);
    FloatVector a3 = FloatVector.fromArray(FLOATS, start, at + 3 * perOutput);
    FloatVector b3 = FloatVector.fromArray(FLOATS, start, at + 3 * perOutput + perRow);
    for (int k = 0; k < inputs; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, x, xAt);
      FloatVector q = FloatVector.fromArray(FLOATS, x, xAt + STEP);
      FloatVector weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL]);
      a0 = p.fma(weight, a0);
      b0 = q.fma(weight, b0);
      weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 1]);
      a1 = p.fma(weight, a1);
      b1 = q.fma(weight, b1);
      weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 2]);
      a2 = p.fma(weight, a2);
      b2 = q.fma(weight, b2);
      weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 3]);
      a3 = p.fma(weight, a3);
      b3 = q.fma(weight, b3);
      xAt += capacity;
    }
    FloatVector least = FloatVector.broadcast(FLOATS, floor);
    least.max(a0).intoArray(y, yAt);
    least.max(b0).intoArray(y, yAt + STEP);
    least.max(a1).intoArray(y, yAt + capacity);
    least.max(b1).intoArray(y, yAt + capacity + STEP);
    least.max(a2).intoArray(y, yAt + 2 * capacity);
    least.max(b2).intoArray(y, yAt + 2 * capacity + STEP);
    least.max(a3).intoArray(y, yAt + 3 * capacity);
    least.max(b3).intoArray(y, yAt + 3 * capacity + STEP);
  }

  /** 4 outputs of 1 vector of rows. */
  static void tile4x1(float[] x, int xAt, int inputs, float[] w, int wAt, float[] start, int at, int perOutput, int perRow, float[] y,
      int yAt, int capacity, float floor) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, start, at);
    FloatVector a1 = FloatVector.fromArray(FLOATS, start, at + perOutput);
    FloatVector a2 = FloatVector.fromArray(FLOATS, start, at + 2 * perOutput);
    FloatVector a3 = FloatVector.fromArray(FLOATS, start, at + 3 * perOutput);
    for (int k = 0; k < inputs; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, x, xAt);
      FloatVector weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL]);
      a0 = p.fma(weight, a0);
      weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 1]);
      a1 = p.fma(weight, a1);
      weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 2]);
      a2 = p.fma(weight, a2);
      weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL + 3]);
      a3 = p.fma(weight, a3);
      xAt += capacity;
    }
    FloatVector least = FloatVector.broadcast(FLOATS, floor);
    least.max(a0).intoArray(y, yAt);
    least.max(a1).intoArray(y, yAt + capacity);
    least.max(a2).intoArray(y, yAt + 2 * capacity);
    least.max(a3).intoArray(y, yAt + 3 * capacity);
  }

  /** 1 output of 2 vectors of rows. */
  static void tile1x2(float[] x, int xAt, int inputs, float[] w, int wAt, float[] start, int at, int perOutput, int perRow, float[] y,
      int yAt, int capacity, float floor) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, start, at);
    FloatVector b0 = FloatVector.fromArray(FLOATS, start, at + perRow);
    for (int k = 0; k < inputs; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, x, xAt);
      FloatVector q = FloatVector.fromArray(FLOATS, x, xAt + STEP);
      FloatVector weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL]);
      a0 = p.fma(weight, a0);
      b0 = q.fma(weight, b0);
      xAt += capacity;
    }
    FloatVector least = FloatVector.broadcast(FLOATS, floor);
    least.max(a0).intoArray(y, yAt);
    least.max(b0).intoArray(y, yAt + STEP);
  }

  /** 1 output of 1 vector of rows. */
  static void tile1x1(float[] x, int xAt, int inputs, float[] w, int wAt, float[] start, int at, int perOutput, int perRow, float[] y,
      int yAt, int capacity, float floor) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, start, at);
    for (int k = 0; k < inputs; k++) {
      FloatVector p = FloatVector.fromArray(FLOATS, x, xAt);
      FloatVector weight = FloatVector.broadcast(FLOATS, w[wAt + k * PANEL]);
      a0 = p.fma(weight, a0);
      xAt += capacity;
    }
    FloatVector least = FloatVector.broadcast(FLOATS, floor);
    least.max(a0).intoArray(y, yAt);
  }
}
