package io.forwardpass.network;

/**
 * An operation over the steps of a sequence that begins with a computation over each step by itself: where windows share
 * rows, that part is done once per row, and the same bits come out.
 */
public interface RowOperation extends Operation {
  /** How many numbers a projected row has. */
  int projectedWidth();

  /** Projects rows that lie one behind another. */
  void project(float[] x, int xOffset, float[] projected, int offset, int capacity, int lanes);

  /** As {@link Operation#forward}, from windows over projected rows. */
  void forward(RowWindows windows, Block[] outputs, float[] scratch, int lanes);
}
