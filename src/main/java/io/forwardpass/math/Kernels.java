package io.forwardpass.math;

/**
 * The hot loops over blocks of rows. Every implementation does the same operations in the same order for each row, so
 * all give the same bits: {@code acc = bias; for k ascending: acc = fma(w[k], x[k], acc)}, each row in its own lane.
 *
 * <p>Blocks lie rows innermost: number {@code e} of row {@code r} at {@code offset + e * capacity + r}; {@code lanes}
 * rows are computed, a multiple of 16. Matrices are row-major as Keras keeps them: {@code (inputs, outputs)}.
 */
public interface Kernels {
  /** The implementation for this JVM: the Vector API where its module is there, otherwise plain Java. */
  static Kernels best() {
    return KernelProvider.BEST;
  }

  /** {@code y[j] = bias[j] + sum over k of w[k, j] * x[k]}; {@code bias} may be null for zeros. */
  void dense(float[] x, int xOffset, int inputs, float[] w, float[] bias, float[] y, int yOffset, int outputs, int capacity, int lanes);

  /** The same chain carried on: {@code y[j] += sum over k of w[k, j] * x[k]}, starting from what stands in {@code y}. */
  void denseOnto(float[] x, int xOffset, int inputs, float[] w, float[] y, int yOffset, int outputs, int capacity, int lanes);
}
