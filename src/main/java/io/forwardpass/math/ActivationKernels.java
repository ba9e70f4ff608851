package io.forwardpass.math;

/** How activations are computed: in plain Java or on the Vector API, with the same bits. */
interface ActivationKernels {
  /** A formula on the numbers from one index up to another, a multiple of 16 of them. */
  void pointwise(Formula formula, float a, float b, float c, float[] data, int from, int to);

  /** Each row in its own lane: its maximum, the sum of {@code e^(x - maximum)} in ascending order, the quotients. */
  void softmax(float[] data, int offset, int elements, int capacity, int lanes);

  /** {@code (x - maximum) - log(sum)}. */
  void logSoftmax(float[] data, int offset, int elements, int capacity, int lanes);
}
