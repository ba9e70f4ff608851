package io.forwardpass.windows;

import java.util.Arrays;

/**
 * Sorted rows on their way into look-back windows: one batch of them and the history carried over from the batch before.
 *
 * <p>The caller writes the features of the coming row at {@link #next()}, tells its fate with {@link #add}, and once
 * {@link #isFull()} (or the rows end) fills the network's inputs with {@link #fill}, reads each wanted row's
 * {@link #outcome} and calls {@link #advance}. Windows of a batch may come from any number of series. Features lie as in
 * a block: number {@code e} of row {@code r} at {@code e * capacity + r}.
 */
public final class WindowRows {
  /** The row has fewer rows before it in its series than a window holds. */
  public static final int SHORT = -1;
  /** The row's window holds an invalid row. */
  public static final int INVALID = -2;
  /** The row has fewer rows before it than a window holds, and there may be more that were not read. */
  public static final int CUT = -3;
  /** Nobody asked for the window that ends at the row. */
  public static final int UNWANTED = -4;

  /** So many rows are taken in before the windows found are scored, where series are short: times the windows of a batch. */
  private static final int ROWS_PER_WINDOW = 4;

  /** Kernels work on whole groups of rows: so many may be computed behind the last. */
  private static final int LANES = 16;

  private final int lookBack;
  private final int maxWindows;
  private final int mostInserted;
  private final int capacity;
  private final int[] steps; // by input: rows of a window it sees, the last ones; 1 for an input that only sees the last
  private final int[] widths; // by input: numbers a row
  private final float[][] features; // by input, then what is derived: (widths, capacity)
  private final int[] lastRows; // (maxWindows): the row at which each window ends
  private final int[] outcomes; // (capacity), by wanted row: a window's number, SHORT, INVALID or CUT
  private final long[] reasons; // (capacity): why INVALID
  private int carried; // rows of history before the batch's own
  private int end;
  private int wanted; // rows of the batch whose outcome is asked for
  private int windows;
  private int seriesStart; // where the series at hand begins; negative once its first rows are gone
  private boolean complete = true; // whether the series at hand really begins there
  private int toRepeat; // slots before the coming row that are to hold the same numbers
  private int invalidRow; // the last one that spoils windows, with its reason
  private long invalidReason;

  /**
   * @param steps by input: how many of a window's last rows it takes
   * @param widths by input: numbers a row
   * @param maxWindows how many windows are scored at a time
   * @param mostInserted how many rows may be put before a row by {@link #start} or {@link #repeat}
   */
  public WindowRows(int[] steps, int[] widths, int maxWindows, int mostInserted) {
    this(steps, widths, new int[0], maxWindows, mostInserted);
  }

  /** @param derived numbers a row for each array that the caller computes from the features; they are carried over as well */
  public WindowRows(int[] steps, int[] widths, int[] derived, int maxWindows, int mostInserted) {
    this.steps = steps.clone();
    this.widths = Arrays.copyOf(widths, widths.length + derived.length);
    System.arraycopy(derived, 0, this.widths, widths.length, derived.length);
    this.maxWindows = maxWindows;
    this.mostInserted = mostInserted;
    lookBack = Math.max(1, Arrays.stream(steps).max().orElse(1));
    capacity = lookBack - 1 + mostInserted + ROWS_PER_WINDOW * maxWindows + LANES;
    features = new float[this.widths.length][];
    for (int i = 0; i < features.length; i++) {
      features[i] = new float[Math.multiplyExact(this.widths[i], capacity)];
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
   * The coming row is the first of its series.
   *
   * @param values by input: what pads it, with {@link Padding#VALUE}
   * @param isComplete false where the series may have earlier rows that were not read
   */
  public void start(Padding padding, float[] values, boolean isComplete) {
    seriesStart = end;
    complete = isComplete;
    if (padding == Padding.VALUE) {
      for (int i = 0; i < steps.length; i++) {
        for (int f = 0; f < widths[i]; f++) {
          Arrays.fill(features[i], f * capacity + end, f * capacity + end + lookBack - 1, values[i]);
        }
      }
    }
    toRepeat = padding == Padding.REPEAT_FIRST ? lookBack - 1 : 0;
    end += padding == Padding.NONE ? 0 : lookBack - 1;
  }

  /** Takes in the row before the coming one so many times more; what is wrong with it is wrong with its copies. */
  public void repeat(int times) {
    copy(end - 1, end, times);
    if (invalidRow == end - 1) {
      invalidRow += times;
    }
    end += times;
  }

  private void copy(int row, int to, int times) {
    for (int i = 0; i < steps.length; i++) {
      for (int f = 0; f < widths[i]; f++) {
        int at = f * capacity;
        Arrays.fill(features[i], at + to, at + to + times, features[i][at + row]);
      }
    }
  }

  /**
   * Takes in the row whose features were just written.
   *
   * @param spoils why no window may hold this row; 0 where it is valid
   * @param spoilsOwn why no window may end at this row; 0 where it is valid
   * @param isWanted whether the window that ends here is asked for; otherwise the row is context
   * @return the number of the window that ends here, {@link #SHORT}, {@link #INVALID}, {@link #CUT} or {@link #UNWANTED}
   */
  public int add(long spoils, long spoilsOwn, boolean isWanted) {
    int row = end++;
    if (toRepeat > 0) {
      copy(row, row - toRepeat, toRepeat);
      toRepeat = 0;
    }
    if (spoils != 0) {
      invalidRow = row;
      invalidReason = spoils;
    }
    if (!isWanted) {
      return UNWANTED;
    }
    int begin = row - lookBack + 1;
    if (begin < seriesStart) {
      outcomes[wanted] = complete ? SHORT : CUT;
    } else if (invalidRow >= begin) {
      outcomes[wanted] = INVALID;
      reasons[wanted] = invalidReason;
    } else if (spoilsOwn != 0) {
      outcomes[wanted] = INVALID;
      reasons[wanted] = spoilsOwn;
    } else {
      lastRows[windows] = row;
      outcomes[wanted] = windows++;
    }
    return outcomes[wanted++];
  }

  /** Takes in a row that has no place in any series. */
  public void addOutside(long reason) {
    outcomes[wanted] = INVALID;
    reasons[wanted++] = reason;
  }

  /** Whether the batch has to be scored before the next row is taken in. */
  public boolean isFull() {
    return windows == maxWindows || end + mostInserted + LANES >= capacity || wanted == capacity;
  }

  /** The wanted rows taken in since the last {@link #advance}. */
  public int rows() {
    return wanted;
  }

  public int windows() {
    return windows;
  }

  /** The rows that are new since the last {@link #advance}, those put between them too, begin here and end at {@link #next}. */
  public int carried() {
    return carried;
  }

  /** By window: the row at which it ends. */
  public int[] lastRows() {
    return lastRows;
  }

  /** What became of the wanted row of this number: the number of its window, {@link #SHORT}, {@link #INVALID} or {@link #CUT}. */
  public int outcome(int row) {
    return outcomes[row];
  }

  public long reason(int row) {
    return reasons[row];
  }

  /** Why the wanted row just added is {@link #INVALID}. */
  public long lastReason() {
    return reasons[wanted - 1];
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
    wanted = 0;
    windows = 0;
  }
}
