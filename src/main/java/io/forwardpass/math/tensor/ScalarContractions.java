package io.forwardpass.math.tensor;

import java.util.Arrays;

/** Plain Java. */
final class ScalarContractions implements Contractions {
  @Override
  public void contract(float[] a, int aAt, int aRow, int aStep, int rows, float[] b, int bAt, int bRow, int bStep, int columns, int inner,
      float[] y, int yAt, int yRow, int yColumn) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int to = yAt + i * yRow + j * yColumn;
        Arrays.fill(y, to, to + LANES, 0f);
        int x = aAt + i * aRow;
        int w = bAt + j * bRow;
        for (int k = 0; k < inner; k++) {
          for (int r = 0; r < LANES; r++) {
            y[to + r] = Math.fma(a[x + r], b[w + r], y[to + r]);
          }
          x += aStep;
          w += bStep;
        }
      }
    }
  }

  @Override
  public void copy(float[] x, int from, int step, int count, float[] y, int to, int toStep) {
    for (int i = 0; i < count; i++) {
      System.arraycopy(x, from + i * step, y, to + i * toStep, LANES);
    }
  }

  @Override
  public void dropSubnormal(float[] x, int from, int count) {
    for (int i = from; i < from + count; i++) {
      x[i] = x[i] < Float.MIN_NORMAL ? 0f : x[i];
    }
  }
}
