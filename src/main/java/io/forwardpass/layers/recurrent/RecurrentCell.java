package io.forwardpass.layers.recurrent;

import java.io.Serializable;

/**
 * One step of a recurrent layer over a block of rows. Between steps the state lies in scratch, rows innermost: the output at
 * {@link #stateAt}, and behind it, where a cell {@linkplain #hasCarry has one}, the carry, both of {@code units} numbers a row.
 */
abstract class RecurrentCell implements Serializable {
  private static final long serialVersionUID = 1L;

  final int features;
  final int units;

  RecurrentCell(int features, int units) {
    this.features = features;
    this.units = units;
  }

  /** Where the state begins in scratch, in numbers a row. What lies before it is the step's own. */
  abstract int stateAt();

  abstract boolean hasCarry();

  /** How many numbers a projected row has. */
  abstract int projectedWidth();

  /**
   * The part of a step that no earlier one has a hand in. It depends on the row alone, so windows that share a row can share
   * its projection.
   */
  abstract void project(float[] x, int xOffset, float[] projected, int offset, int capacity, int lanes);

  /** Takes the state over one row of x. */
  abstract void step(float[] x, int xOffset, boolean fromZeros, float[] scratch, int capacity, int lanes);

  /**
   * As {@link #step}, from rows' projections, which have a capacity of their own and stay as they are.
   *
   * @param fromZeros whether the state is all zeros
   */
  abstract void stepProjected(float[] projected, int offset, int projectedCapacity, boolean fromZeros, float[] scratch, int capacity,
      int lanes);

  /** Numbers a row of scratch: the step's own, and the state. */
  final int scratchWidth() {
    return stateAt() + stateWidth();
  }

  final int stateWidth() {
    return hasCarry() ? 2 * units : units;
  }
}
