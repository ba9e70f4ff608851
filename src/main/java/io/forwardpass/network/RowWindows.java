package io.forwardpass.network;

/**
 * Windows over rows that lie one behind another, as the network's first operation reads them where windows share rows:
 * number {@code e} of row {@code r} is {@code rows[e * capacity + r]}. For one thread.
 */
public final class RowWindows {
  /** From so many neighbouring windows on, a copy is faster than a loop. */
  private static final int LONG_RUN = 12;

  private final float[] rows; // (width, capacity)
  private final int capacity;
  private final int[] lastRows; // the row at which each window ends
  private final int[] runs; // where runs of windows that end at neighbouring rows begin, and the end of the last
  private int runCount;
  private int windows;

  /** @param lastRows by window: whoever forms the windows goes on writing it */
  public RowWindows(float[] rows, int capacity, int[] lastRows) {
    this.rows = rows;
    this.capacity = capacity;
    this.lastRows = lastRows;
    runs = new int[lastRows.length + 1];
  }

  /** New windows stand in {@code lastRows}. */
  public void take(int count) {
    windows = count;
    runCount = 0;
    for (int w = 0; w < count; w++) {
      if (w == 0 || lastRows[w] != lastRows[w - 1] + 1) {
        runs[runCount++] = w;
      }
    }
    runs[runCount] = count;
  }

  /**
   * Whether so many windows from the first on, a multiple of a vector's lanes, end at neighbouring rows: what stands behind
   * the last one may be anything.
   */
  public boolean areNeighbours(int lanes) {
    return runCount == 1 && lastRows[0] + lanes <= capacity;
  }

  /** Number {@code e} of row {@code r} at {@code e * capacity() + r}. */
  public float[] rows() {
    return rows;
  }

  public int capacity() {
    return capacity;
  }

  /** The row so many before the first window's last. */
  public int first(int before) {
    return lastRows[0] - before;
  }

  /** Writes the row so many before each window's last: number {@code e} of window {@code w} at {@code e * blockCapacity + w}. */
  public void gather(int before, int width, float[] block, int offset, int blockCapacity) {
    boolean copies = windows >= LONG_RUN * runCount;
    for (int e = 0; e < width; e++) {
      int from = e * capacity - before;
      int to = offset + e * blockCapacity;
      if (copies) {
        for (int run = 0; run < runCount; run++) {
          int w = runs[run];
          System.arraycopy(rows, from + lastRows[w], block, to + w, runs[run + 1] - w);
        }
      } else {
        for (int w = 0; w < windows; w++) {
          block[to + w] = rows[from + lastRows[w]];
        }
      }
    }
  }
}
