package io.forwardpass.math;

/**
 * {@code max(x - tau, 0)} as Keras computes it: from the numbers in descending order, as many as the published formula
 * takes, it adds up their cumulative sums, where that formula has the last of those sums. So a row's sum is not 1 in
 * general. Models trained with it expect it; the numbers are what Keras answers.
 */
final class Sparsemax implements Activation {
  private static final long serialVersionUID = 1L;

  @Override
  public void apply(float[] data, int offset, int elements, int capacity, int lanes) {
    int end = elements * capacity;
    for (int row = offset; row < offset + lanes; row++) {
      float tau = threshold(data, row, row + end, capacity);
      for (int i = row; i < row + end; i += capacity) {
        data[i] = Math.max(data[i] - tau, 0f);
      }
    }
  }

  /** Picks the next largest number again and again rather than sort, which would take scratch; few are needed. */
  private static float threshold(float[] data, int from, int end, int stride) {
    float cumulative = 0f;
    float total = 0f;
    int count = 0;
    float next = largest(data, from, end, stride);
    while (true) {
      float below = Float.NEGATIVE_INFINITY;
      for (int i = from; i < end; i += stride) {
        if (data[i] == next) {
          float longer = cumulative + next;
          if (!(next - (longer - 1f) / (count + 1) > 0f)) {
            return (total - 1f) / count;
          }
          cumulative = longer;
          total += cumulative;
          count++;
        } else if (data[i] < next) {
          below = Math.max(below, data[i]);
        }
      }
      if (!(below < next)) { // no more of them, or NaN
        return Float.isNaN(next) ? next : (total - 1f) / count;
      }
      next = below;
    }
  }

  private static float largest(float[] data, int from, int end, int stride) {
    float most = Float.NEGATIVE_INFINITY;
    for (int i = from; i < end; i += stride) {
      most = Math.max(most, data[i]);
    }
    return most;
  }

  @Override
  public String name() {
    return "sparsemax";
  }
}
