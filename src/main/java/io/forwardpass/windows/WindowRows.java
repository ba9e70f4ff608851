package io.forwardpass.windows;

/**
 * Sorted rows on their way into look-back windows: one batch of them and the history carried over from the batch before.
 *
 * <p>The caller writes the features of the coming row at {@link #next()}, tells its fate with {@link #add}, and once
 * {@link #isFull()} (or the rows end) fills the network's inputs with {@link #fill}, reads each row's {@link #outcome} and
 * calls {@link #advance}. Windows of a batch may come from any number of series. Features lie as in a block: number
 * {@code e} of row {@code r} at {@code e * capacity + r}.
 */
public final class WindowRows {
  /** The row has fewer rows before it in its series than a window holds. */
  public static final int SHORT = -1;
  /** The row's window holds an invalid row. */
  public static final int INVALID = -2;

  /** So many rows are taken in before the windows found are scored, where series are short: times the windows of a batch. */
  private static final int ROWS_PER_WINDOW = 4;

  private final int lookBack;
  private final int maxWindows;
  private final int capacity;
  private final int[] steps; // by input: rows of a window it sees, the last ones; 1 for an input that only sees the last
  private final int[] widths; // by input: numbers a row
  private final float[][] features; // by input: (widths, capacity)
  private final int[] lastRows; // (maxWindows): the row at which each window ends
  private final int[] outcomes; // (capacity): a window's number, SHORT or INVALID
  private final long[] reasons; // (capacity): why INVALID
  private int carried; // rows of history before the batch's own
  private int end;
  private int windows;
  private int seriesStart; // where the series at hand begins; negative once its first rows are gone
  private int invalidRow; // the last one that spoils windows, with its reason
  private long invalidReason;

  /**
   * @param steps by input: how many of a window's last rows it takes
   * @param widths by input: numbers a row
   * @param maxWindows how many windows are scored at a time
   */
  public WindowRows(int[] steps, int[] widths, int maxWindows) {
    this.steps = steps.clone();
    this.widths = widths.clone();
    this.maxWindows = maxWindows;
    int longest = 1;
    for (int s : steps) {
      longest = Math.max(longest, s);
    }
    lookBack = longest;
    capacity = lookBack - 1 + ROWS_PER_WINDOW * maxWindows;
    features = new float[steps.length][];
    for (int i = 0; i < features.length; i++) {
      features[i] = new float[Math.multiplyExact(widths[i], capacity)];
    }
    lastRows = new int[maxWindows];
    outcomes = new int[capacity];
    reasons = new long[capacity];
    invalidRow = -lookBack;
  }

  /** Rows a window holds. */
  public int lookBack() {
    return lookBack;
  }

  public int capacity() {
    return capacity;
  }

  /** Where the features of the coming row go. */
  public int next() {
    return end;
  }

  public float[] features(int input) {
    return features[input];
  }

  /**
   * Takes in the row whose features were just written.
   *
   * @param startsSeries whether the row before it, if any, belongs to another series
   * @param spoils why no window may hold this row; 0 where it is valid
   * @param spoilsOwn why no window may end at this row; 0 where it is valid
   * @return the number of the window that ends here, {@link #SHORT} or {@link #INVALID}
   */
  public int add(boolean startsSeries, long spoils, long spoilsOwn) {
    int row = end++;
    if (startsSeries) {
      seriesStart = row;
    }
    if (spoils != 0) {
      invalidRow = row;
      invalidReason = spoils;
    }
    int begin = row - lookBack + 1;
    if (begin < seriesStart) {
      outcomes[row] = SHORT;
    } else if (invalidRow >= begin) {
      outcomes[row] = INVALID;
      reasons[row] = invalidReason;
    } else if (spoilsOwn != 0) {
      outcomes[row] = INVALID;
      reasons[row] = spoilsOwn;
    } else {
      lastRows[windows] = row;
      outcomes[row] = windows++;
    }
    return outcomes[row];
  }

  /** Whether the batch has to be scored before the next row is taken in. */
  public boolean isFull() {
    return windows == maxWindows || end == capacity;
  }

  /** Rows taken in since the last {@link #advance}. */
  public int rows() {
    return end - carried;
  }

  public int windows() {
    return windows;
  }

  /** What became of the batch's so-manieth row: the number of its window, {@link #SHORT} or {@link #INVALID}. */
  public int outcome(int row) {
    return outcomes[carried + row];
  }

  public long reason(int row) {
    return reasons[carried + row];
  }

  /** Why the row just added is {@link #INVALID}. */
  public long lastReason() {
    return reasons[end - 1];
  }

  /** Writes the batch's windows into a network's input: window {@code w} as row {@code w}, element {@code t * width + f}. */
  public void fill(int input, float[] data, int blockCapacity) {
    float[] from = features[input];
    int width = widths[input];
    int before = steps[input] - 1;
    int next;
    for (int w = 0; w < windows; w = next) {
      next = runEnd(w);
      for (int t = 0; t <= before; t++) {
        int row = lastRows[w] - before + t;
        for (int f = 0; f < width; f++) {
          System.arraycopy(from, f * capacity + row, data, (t * width + f) * blockCapacity + w, next - w);
        }
      }
    }
  }

  /** Windows that end at neighbouring rows are copied in one go. */
  private int runEnd(int window) {
    int next = window + 1;
    while (next < windows && lastRows[next] == lastRows[next - 1] + 1) {
      next++;
    }
    return next;
  }

  /** Forgets the batch but for the rows that later windows may still hold. */
  public void advance() {
    int keep = Math.min(lookBack - 1, end);
    int shift = end - keep;
    for (int i = 0; i < features.length; i++) {
      for (int f = 0; f < widths[i]; f++) {
        System.arraycopy(features[i], f * capacity + shift, features[i], f * capacity, keep);
      }
    }
    seriesStart = Math.max(seriesStart - shift, -lookBack);
    invalidRow = Math.max(invalidRow - shift, -lookBack);
    carried = keep;
    end = keep;
    windows = 0;
  }
}
