package io.forwardpass.math;

import java.io.Serializable;

/** An activation function over whole blocks, applied in place; resolved once at load time. */
public interface Activation extends Serializable {
  /**
   * Applies it to the numbers of one last axis: elements {@code offset / capacity … + elements} of every row.
   *
   * @param data rows innermost: number {@code e} of row {@code r} at {@code offset + e * capacity + r}
   * @param elements the length of the last axis, over which softmax and its kin normalise
   * @param lanes how many rows, a multiple of 16
   */
  void apply(float[] data, int offset, int elements, int capacity, int lanes);

  /** Keras' name of it. */
  String name();
}
