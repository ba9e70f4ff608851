package io.forwardpass.math.normalization;

import io.forwardpass.math.Kernels;

/**
 * Normalises groups of a row's elements by what they are themselves: their mean and variance, or the sum of their squares. Every
 * implementation gives the same bits: four partial sums, of the elements 0, 4, 8, …; 1, 5, 9, …; and so on, what is left over added to
 * the first, brought together as {@code (a + b) + (c + d)}.
 *
 * <p>Blocks lie rows innermost: element {@code e} of row {@code r} at {@code e * capacity + r}. {@code y} may be {@code x}.
 */
public interface NormalizationKernels {
  /** The implementation for this JVM: the Vector API where its module is there, otherwise plain Java. */
  static NormalizationKernels best() {
    // the Vector API's class is linked in its branch only: without the module it cannot be
    return Kernels.onVectors() ? VectorNormalization.INSTANCE : ScalarNormalization.INSTANCE;
  }

  /**
   * {@code y = (x - mean) / sqrt(variance + epsilon) * gamma + beta}. The mean is rounded: what is left of the sum of all differences
   * from it is taken off the differences and off their squares.
   *
   * @param elements all elements, those of a group next to each other
   * @param size elements in a group
   * @param gamma in the order of {@code elements}
   * @param beta likewise; null where x stays as it is and is only divided by the deviation
   */
  void center(float[] x, float[] y, int[] elements, int size, float[] gamma, float[] beta, float epsilon, int capacity, int lanes);

  /**
   * {@code y = x * min(1 / sqrt(max(sum of x² / divisor + epsilon, least)), most) * gamma}.
   *
   * @param elements all elements, those of a group next to each other
   * @param size elements in a group
   * @param gamma in the order of {@code elements}
   */
  void scale(float[] x, float[] y, int[] elements, int size, float[] gamma, float divisor, float epsilon, float least, float most,
      int capacity,
      int lanes);
}
