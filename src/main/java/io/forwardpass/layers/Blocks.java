package io.forwardpass.layers;

/** Moves numbers between blocks of rows. */
public final class Blocks {
  private Blocks() {}

  /** Copies so many elements of the first {@code lanes} rows; nothing to do where both are the same place. */
  public static void copy(float[] from, int fromOffset, float[] to, int toOffset, int elements, int capacity, int lanes) {
    if (from == to && fromOffset == toOffset) {
      return;
    }
    if (lanes == capacity) {
      System.arraycopy(from, fromOffset, to, toOffset, elements * capacity);
      return;
    }
    copy(from, fromOffset, capacity, to, toOffset, capacity, elements, lanes);
  }

  /** The same between blocks of different capacities. */
  public static void copy(float[] from, int fromOffset, int fromCapacity, float[] to, int toOffset, int toCapacity, int elements,
      int lanes) {
    for (int e = 0; e < elements; e++) {
      System.arraycopy(from, fromOffset + e * fromCapacity, to, toOffset + e * toCapacity, lanes);
    }
  }
}
