package io.forwardpass.math;

/** Plain Java. */
final class ScalarActivations implements ActivationKernels {
  @Override
  public void elementwise(UnaryFunction function, float a, float b, float c, float[] data, int from, int to) {
    function.apply(data, from, to, a, b, c);
  }

  @Override
  public void softmax(float[] data, int offset, int elements, int capacity, int lanes) {
    int end = elements * capacity;
    for (int row = offset; row < offset + lanes; row++) {
      float most = maximum(data, row, row + end, capacity);
      float sum = 0f;
      for (int i = row; i < row + end; i += capacity) {
        float e = FloatMath.expOfMinusMagnitude(data[i] - most);
        data[i] = e;
        sum += e;
      }
      for (int i = row; i < row + end; i += capacity) {
        data[i] /= sum;
      }
    }
  }

  @Override
  public void logSoftmax(float[] data, int offset, int elements, int capacity, int lanes) {
    int end = elements * capacity;
    for (int row = offset; row < offset + lanes; row++) {
      float most = maximum(data, row, row + end, capacity);
      float sum = 0f;
      for (int i = row; i < row + end; i += capacity) {
        sum += FloatMath.expOfMinusMagnitude(data[i] - most);
      }
      float log = FloatMath.log(sum);
      for (int i = row; i < row + end; i += capacity) {
        data[i] = data[i] - most - log;
      }
    }
  }

  private static float maximum(float[] data, int from, int end, int stride) {
    float most = Float.NEGATIVE_INFINITY;
    for (int i = from; i < end; i += stride) {
      most = Math.max(most, data[i]);
    }
    return most;
  }
}
