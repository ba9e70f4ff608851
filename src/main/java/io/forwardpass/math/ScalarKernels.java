package io.forwardpass.math;

import java.util.Arrays;

/** Plain Java. */
final class ScalarKernels implements Kernels {
  @Override
  public void dense(float[] x, int xOffset, int inputs, float[] w, float[] bias, float[] y, int yOffset, int outputs, int capacity, int lanes) {
    for (int j = 0; j < outputs; j++) {
      Arrays.fill(y, yOffset + j * capacity, yOffset + j * capacity + lanes, bias == null ? 0f : bias[j]);
    }
    denseOnto(x, xOffset, inputs, w, y, yOffset, outputs, capacity, lanes);
  }

  @Override
  public void denseOnto(float[] x, int xOffset, int inputs, float[] w, float[] y, int yOffset, int outputs, int capacity, int lanes) {
    for (int j = 0; j < outputs; j++) {
      int to = yOffset + j * capacity;
      for (int k = 0; k < inputs; k++) {
        float weight = w[k * outputs + j];
        int from = xOffset + k * capacity;
        for (int r = 0; r < lanes; r++) {
          y[to + r] = Math.fma(weight, x[from + r], y[to + r]);
        }
      }
    }
  }
}
