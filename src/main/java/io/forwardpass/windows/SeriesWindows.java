package io.forwardpass.windows;

/**
 * Sorted rows of many series on their way into windows, one row after another: {@link #startSeries} where one begins,
 * {@link #admit} with its time, then its features at {@link WindowRows#next}, then {@link #add}.
 */
public final class SeriesWindows {
  /** The row is in; its features can be written. */
  public static final int TAKEN = 0;
  /** The row has the time of the one before, and is not in. */
  public static final int DUPLICATE = 1;
  /** The row is not one step after the one before, and gaps are not allowed. */
  public static final int GAP = 2;

  private final RowClock clock;
  private final WindowRows rows;
  private final Padding padding;
  private final float[] values; // that pad, by input

  /** @param rows that have room for what these rules put between them: {@link #rows(WindowRules, int[], int[], int)} */
  public SeriesWindows(WindowRules rules, WindowRows rows) {
    clock = new RowClock(rules);
    padding = rules.padding().padding();
    values = rules.padding().values();
    this.rows = rows;
  }

  /** Room for windows under these rules. */
  public static WindowRows rows(WindowRules rules, int[] steps, int[] widths, int maxWindows) {
    return new WindowRows(steps, widths, maxWindows, rules.mostInserted());
  }

  /** The same, with room for what the caller derives from the rows. */
  public static WindowRows rows(WindowRules rules, int[] steps, int[] widths, int[] derived, int maxWindows) {
    return new WindowRows(steps, widths, derived, maxWindows, rules.mostInserted());
  }

  public void startSeries() {
    clock.startSeries();
  }

  /** What becomes of the next row. */
  public int admit(long time) {
    return switch (clock.see(time)) {
      case RowClock.DUPLICATE -> DUPLICATE;
      case RowClock.GAP -> GAP;
      case RowClock.STARTS -> {
        rows.start(clock.isComplete() ? padding : Padding.NONE, values, clock.isComplete());
        yield TAKEN;
      }
      default -> {
        if (clock.missing() > 0) {
          rows.repeat(clock.missing());
        }
        yield TAKEN;
      }
    };
  }

  /** Whether the row just admitted, or refused as a duplicate, is one that the job wants a prediction for; others are context. */
  public boolean isWanted() {
    return clock.isWanted();
  }

  /** Takes in the row whose features were just written; returns what {@link WindowRows#add} says of its window. */
  public int add(long spoils, long spoilsOwn) {
    return rows.add(spoils, spoilsOwn, clock.isWanted());
  }

  /** Takes in the row whose features were just written as context, whatever its time. */
  public void addContext(long spoils) {
    rows.add(spoils, 0, false);
  }

  /** The time before a gap. */
  public long previousTime() {
    return clock.previous();
  }
}
