package io.forwardpass.math;

import java.util.Arrays;

/** Plain Java. */
final class ScalarKernels implements Kernels {
  @Override
  public void dense(float[] x, int xOffset, Matrix w, float[] bias, float[] y, int yOffset, int capacity, int lanes) {
    for (int j = 0; j < w.outputs(); j++) {
      Arrays.fill(y, yOffset + j * capacity, yOffset + j * capacity + lanes, bias == null ? 0f : bias[j]);
    }
    denseOnto(x, xOffset, w, y, yOffset, capacity, lanes);
  }

  @Override
  public void denseOnto(float[] x, int xOffset, Matrix w, float[] y, int yOffset, int capacity, int lanes) {
    float[] panels = w.panels();
    for (int j = 0; j < w.outputs(); j++) {
      int to = yOffset + j * capacity;
      for (int k = 0; k < w.inputs(); k++) {
        float weight = panels[w.at(j, k)];
        int from = xOffset + k * capacity;
        for (int r = 0; r < lanes; r++) {
          y[to + r] = Math.fma(weight, x[from + r], y[to + r]);
        }
      }
    }
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
}
