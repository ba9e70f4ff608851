package io.forwardpass.math;

import static io.forwardpass.math.Matrix.PANEL;

import java.util.Arrays;

/**
 * Plain Java. Rows are copied out first, so that every array of an inner loop is read and written at the same index:
 * only then does HotSpot 17 see that they do not overlap, and make vector instructions of the loop.
 */
final class ScalarKernels implements Kernels {
  private static final int ROWS_AT_ONCE = 256;
  private static final int INPUTS_AT_ONCE = 128;

  /** Copies of rows, made once a thread: dense layers may not allocate, and their callers need not know. */
  private static final ThreadLocal<float[][]> COPIES = ThreadLocal.withInitial(() -> new float[INPUTS_AT_ONCE + 1][ROWS_AT_ONCE]);

  @Override
  public void dense(float[] x, int xOffset, Matrix w, float[] y, int yOffset, int capacity, int lanes) {
    for (int j = 0; j < w.outputs(); j++) {
      Arrays.fill(y, yOffset + j * capacity, yOffset + j * capacity + lanes, w.bias(j));
    }
    carryOn(x, xOffset, w, y, yOffset, capacity, lanes);
  }

  @Override
  public void denseFrom(float[] start, int startOffset, int startCapacity, float[] x, int xOffset, Matrix w, float[] y, int yOffset,
      int capacity, int lanes) {
    if (start != y || startOffset != yOffset) {
      for (int j = 0; j < w.outputs(); j++) {
        System.arraycopy(start, startOffset + j * startCapacity, y, yOffset + j * capacity, lanes);
      }
    }
    carryOn(x, xOffset, w, y, yOffset, capacity, lanes);
  }

  private static void carryOn(float[] x, int xOffset, Matrix w, float[] y, int yOffset, int capacity, int lanes) {
    float[][] copies = COPIES.get();
    for (int r = 0; r < lanes; r += ROWS_AT_ONCE) {
      int rows = Math.min(ROWS_AT_ONCE, lanes - r);
      for (int k = 0; k < w.inputs(); k += INPUTS_AT_ONCE) {
        int inputs = Math.min(INPUTS_AT_ONCE, w.inputs() - k);
        for (int i = 0; i < inputs; i++) {
          System.arraycopy(x, xOffset + (k + i) * capacity + r, copies[i], 0, rows);
        }
        carryOn(copies, inputs, w, k, y, yOffset + r, capacity, rows);
      }
    }
  }

  private static void carryOn(float[][] x, int inputs, Matrix matrix, int from, float[] y, int yOffset, int capacity, int rows) {
    float[] sums = x[INPUTS_AT_ONCE];
    float[] w = matrix.panels();
    for (int j = 0; j < matrix.outputs(); j++) {
      System.arraycopy(y, yOffset + j * capacity, sums, 0, rows);
      int k = 0;
      for (; k + 4 <= inputs; k += 4) {
        int at = matrix.at(j, from + k);
        four(sums, x[k], x[k + 1], x[k + 2], x[k + 3], w[at], w[at + PANEL], w[at + 2 * PANEL], w[at + 3 * PANEL], rows);
      }
      for (; k < inputs; k++) {
        one(sums, x[k], w[matrix.at(j, from + k)], rows);
      }
      System.arraycopy(sums, 0, y, yOffset + j * capacity, rows);
    }
  }

  private static void four(float[] sums, float[] a, float[] b, float[] c, float[] d, float wa, float wb, float wc, float wd, int rows) {
    for (int r = 0; r < rows; r++) {
      sums[r] = Math.fma(wd, d[r], Math.fma(wc, c[r], Math.fma(wb, b[r], Math.fma(wa, a[r], sums[r]))));
    }
  }

  private static void one(float[] sums, float[] x, float w, int rows) {
    for (int r = 0; r < rows; r++) {
      sums[r] = Math.fma(w, x[r], sums[r]);
    }
  }

  @SuppressWarnings("IdentityBinaryExpression") // a NaN is what differs from itself: one comparison, as in the loop of VectorKernels
  @Override
  public boolean hasNaN(float[] x, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (x[i] != x[i]) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void lstmCell(float[] z, int zOffset, float[] c, int cOffset, float[] h, int hOffset, int units, int capacity, int lanes) {
    int gate = units * capacity;
    for (int u = 0; u < units; u++) {
      int i = zOffset + u * capacity;
      int carry = cOffset + u * capacity;
      int out = hOffset + u * capacity;
      for (int r = 0; r < lanes; r++) {
        float added = FloatMath.sigmoidTimesTanh(z[i + r], z[i + 2 * gate + r]);
        float carried = Math.fma(FloatMath.sigmoid(z[i + gate + r]), c[carry + r], added);
        c[carry + r] = carried;
        h[out + r] = FloatMath.sigmoidTimesTanh(z[i + 3 * gate + r], carried);
      }
    }
  }

  @Override
  public void gruCell(float[] z, int zOffset, float[] x, int xOffset, int xCapacity, float[] h, int hOffset, int units, int capacity,
      int lanes) {
    int gate = units * capacity;
    for (int u = 0; u < units; u++) {
      int update = zOffset + u * capacity;
      int from = xOffset + u * xCapacity;
      int state = hOffset + u * capacity;
      for (int r = 0; r < lanes; r++) {
        float candidate = FloatMath.tanh(Math.fma(FloatMath.sigmoid(z[update + gate + r]), z[update + 2 * gate + r], x[from + r]));
        float kept = FloatMath.sigmoid(z[update + r]);
        h[state + r] = Math.fma(kept, h[state + r], (1f - kept) * candidate);
      }
    }
  }
}
