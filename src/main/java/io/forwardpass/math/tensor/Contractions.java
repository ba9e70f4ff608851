package io.forwardpass.math.tensor;

import io.forwardpass.math.Kernels;

/**
 * Products of two values of each row, such as queries with keys: for every pair of a row of {@code a} and a row of {@code b}
 * {@code y = 0; for k ascending: y = fma(a[k], b[k], y)}, each lane by itself. Every implementation does the same operations in the
 * same order, so all give the same bits.
 */
public interface Contractions {
  /** So many lanes lie side by side: a number of 16 rows of the batch. */
  int LANES = 16;

  /** The implementation for this JVM. */
  static Contractions best() {
    return Holder.BEST;
  }

  /**
   * {@code y[i, j] = sum over k of a[i, k] * b[j, k]} for 16 lanes.
   *
   * @param aRow how far a row of a lies from the one before it, in numbers; {@code aStep}: how far {@code k} from {@code k - 1}
   * @param yRow how far {@code y[i, j]} lies from {@code y[i - 1, j]}; {@code yColumn}: from {@code y[i, j - 1]}
   */
  void contract(float[] a, int aAt, int aRow, int aStep, int rows, float[] b, int bAt, int bRow, int bStep, int columns, int inner,
      float[] y, int yAt, int yRow, int yColumn);

  /**
   * Copies so many groups of 16 lanes.
   *
   * @param step how far a group lies from the one before it in x, in numbers; {@code toStep}: in y
   */
  void copy(float[] x, int from, int step, int count, float[] y, int to, int toStep);

  /**
   * Makes 0 of numbers that are not negative and too small to have all their digits: processors take a hundred times as long over a
   * product with one of those. A multiple of 16 numbers.
   */
  void dropSubnormal(float[] x, int from, int count);

  /** Picks once; VectorContractions is linked only where its module is there. */
  final class Holder {
    private static final Contractions BEST = Kernels.onVectors() ? new VectorContractions() : new ScalarContractions();

    private Holder() {}
  }
}
