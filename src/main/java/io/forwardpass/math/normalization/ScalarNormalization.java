package io.forwardpass.math.normalization;

/** Plain Java, a row after another. */
final class ScalarNormalization implements NormalizationKernels {
  static final NormalizationKernels INSTANCE = new ScalarNormalization();

  private ScalarNormalization() {}

  @Override
  public void center(float[] x, float[] y, int[] elements, int size, float[] gamma, float[] beta, float epsilon, int capacity, int lanes) {
    for (int from = 0; from < elements.length; from += size) {
      for (int row = 0; row < lanes; row++) {
        float mean = sum(x, elements, from, size, capacity, row) / size;
        float left = differences(x, elements, from, size, mean, capacity, row) / size;
        float squares = squares(x, elements, from, size, mean, capacity, row) / size;
        float inverse = 1f / (float) Math.sqrt(Math.max(Math.fma(-left, left, squares), 0f) + epsilon);
        for (int i = from; i < from + size; i++) {
          int at = elements[i] * capacity + row;
          y[at] = beta == null ? x[at] * (inverse * gamma[i]) : Math.fma(x[at] - mean - left, inverse * gamma[i], beta[i]);
        }
      }
    }
  }

  private static float sum(float[] x, int[] elements, int from, int size, int capacity, int row) {
    return differences(x, elements, from, size, 0f, capacity, row);
  }

  private static float differences(float[] x, int[] elements, int from, int size, float mean, int capacity, int row) {
    float a = 0f;
    float b = 0f;
    float c = 0f;
    float d = 0f;
    int i = from;
    for (; i + 4 <= from + size; i += 4) {
      a += x[elements[i] * capacity + row] - mean;
      b += x[elements[i + 1] * capacity + row] - mean;
      c += x[elements[i + 2] * capacity + row] - mean;
      d += x[elements[i + 3] * capacity + row] - mean;
    }
    for (; i < from + size; i++) {
      a += x[elements[i] * capacity + row] - mean;
    }
    return (a + b) + (c + d);
  }

  private static float squares(float[] x, int[] elements, int from, int size, float mean, int capacity, int row) {
    float a = 0f;
    float b = 0f;
    float c = 0f;
    float d = 0f;
    int i = from;
    for (; i + 4 <= from + size; i += 4) {
      a = square(x[elements[i] * capacity + row] - mean, a);
      b = square(x[elements[i + 1] * capacity + row] - mean, b);
      c = square(x[elements[i + 2] * capacity + row] - mean, c);
      d = square(x[elements[i + 3] * capacity + row] - mean, d);
    }
    for (; i < from + size; i++) {
      a = square(x[elements[i] * capacity + row] - mean, a);
    }
    return (a + b) + (c + d);
  }

  private static float square(float difference, float sum) {
    return Math.fma(difference, difference, sum);
  }

  @Override
  public void scale(float[] x, float[] y, int[] elements, int size, float[] gamma, float divisor, float epsilon, float least, float most,
      int capacity, int lanes) {
    for (int from = 0; from < elements.length; from += size) {
      for (int row = 0; row < lanes; row++) {
        float squares = squares(x, elements, from, size, 0f, capacity, row);
        float inverse = Math.min(1f / (float) Math.sqrt(Math.max(squares / divisor + epsilon, least)), most);
        for (int i = from; i < from + size; i++) {
          int at = elements[i] * capacity + row;
          y[at] = x[at] * inverse * gamma[i];
        }
      }
    }
  }
}
