package io.forwardpass.math;

/**
 * The hot loops over blocks of rows. Every implementation does the same operations in the same order for each row, so
 * all give the same bits: {@code acc = bias; for k ascending: acc = fma(w[k], x[k], acc)}, each row in its own lane.
 *
 * <p>Blocks lie rows innermost: number {@code e} of row {@code r} at {@code offset + e * capacity + r}; {@code lanes}
 * rows are computed, a multiple of 16.
 */
public interface Kernels {
  /** The implementation for this JVM: the Vector API where its module is there, otherwise plain Java. */
  static Kernels best() {
    return KernelProvider.BEST;
  }

  /** Whether kernels are on the Vector API in this JVM. */
  static boolean useVectors() {
    return !(KernelProvider.BEST instanceof ScalarKernels);
  }

  /**
   * {@code y[j] = bias[j] + sum over k of w[k, j] * x[k]}.
   *
   * @param x {@code w.inputs()} numbers a row from {@code xOffset} on
   * @param y {@code w.outputs()} numbers a row from {@code yOffset} on, apart from those of x
   * @param capacity how far the numbers of a row lie apart, in x and in y
   */
  void dense(float[] x, int xOffset, Matrix w, float[] y, int yOffset, int capacity, int lanes);

  /** {@link #dense} and then the activation over its outputs: the same bits as one after the other. */
  default void dense(float[] x, int xOffset, Matrix w, Activation activation, float[] y, int yOffset, int capacity, int lanes) {
    dense(x, xOffset, w, y, yOffset, capacity, lanes);
    activation.apply(y, yOffset, w.outputs(), capacity, lanes);
  }

  /**
   * The same chains carried on, whatever the bias: {@code y[j] = start[j] + sum over k of w[k, j] * x[k]}.
   *
   * @param start {@code w.outputs()} numbers a row from {@code startOffset} on: y itself, or elsewhere, with a capacity of their own
   */
  void denseFrom(float[] start, int startOffset, int startCapacity, float[] x, int xOffset, Matrix w, float[] y, int yOffset, int capacity,
      int lanes);

  /** Whether one of the numbers from {@code from} to before {@code from + count} is NaN. */
  boolean hasNaN(float[] x, int from, int count);

  /**
   * One step of an LSTM with Keras' usual activations, from its gates' sums to its new state: {@code c = fma(sigmoid(f),
   * c, sigmoid(i) * tanh(g)); h = sigmoid(o) * tanh(c)}, the products by {@link FloatMath#sigmoidTimesTanh}.
   *
   * @param z {@code 4 * units} numbers a row, the sums of the gates in Keras' order i, f, g, o; may be written to
   * @param c {@code units} numbers a row, the carry, replaced by the new one
   * @param h {@code units} numbers a row, the new output; need not hold anything before
   */
  void lstmCell(float[] z, int zOffset, float[] c, int cOffset, float[] h, int hOffset, int units, int capacity, int lanes);

  /**
   * One step of a GRU with Keras' usual activations whose reset gate comes after the product, from its gates' sums to its new
   * state: {@code g = tanh(fma(sigmoid(r), inner, x)); h = fma(sigmoid(z), h, (1 - sigmoid(z)) * g)}.
   *
   * @param z {@code 3 * units} numbers a row: the sums of the gates z and r, and behind them {@code inner}, the state's part of the
   *     candidate's sum; may be written to
   * @param x {@code units} numbers a row, the input's part of the candidate's sum, with a capacity of its own
   * @param h {@code units} numbers a row, the state, replaced by the new one
   */
  void gruCell(float[] z, int zOffset, float[] x, int xOffset, int xCapacity, float[] h, int hOffset, int units, int capacity, int lanes);
}
