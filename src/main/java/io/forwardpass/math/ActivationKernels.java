package io.forwardpass.math;

/** How activations are computed: in plain Java or on the Vector API, with the same bits. */
interface ActivationKernels {
  /**
   * Replaces {@code data[from]} up to before {@code data[to]}, a multiple of 16 numbers, each by its function value.
   *
   * @param a the function's first parameter, as {@link UnaryFunction} says; any number where it has none, and so b and c
   */
  void elementwise(UnaryFunction function, float a, float b, float c, float[] data, int from, int to);

  /** Each row in its own lane: its maximum, the sum of {@code e^(x - maximum)} in ascending order, the quotients. */
  void softmax(float[] data, int offset, int elements, int capacity, int lanes);

  /** {@code (x - maximum) - log(sum)}. */
  void logSoftmax(float[] data, int offset, int elements, int capacity, int lanes);
}
