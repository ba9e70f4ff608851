package io.forwardpass.network;

/**
 * One value of the graph for a batch of rows, rows innermost: element {@code e} of row {@code r} is
 * {@code data[e * capacity + r]}; in a sequence {@code e = t * features + f}.
 */
public final class Block {
  /** Capacities are multiples of this, and kernels always work on whole groups of so many rows. */
  public static final int LANES = 16;

  private final Shape shape;
  private final int capacity;
  private final float[] data; // (elements, capacity), may be longer: buffers are shared

  Block(Shape shape, int capacity, float[] data) {
    this.shape = shape;
    this.capacity = capacity;
    this.data = data;
  }

  public Shape shape() {
    return shape;
  }

  public int capacity() {
    return capacity;
  }

  public float[] data() {
    return data;
  }

  /** The rows a kernel has to touch to cover so many: the next multiple of {@link #LANES}. */
  public static int lanes(int rows) {
    return (rows + LANES - 1) & -LANES;
  }
}
