package io.forwardpass.windows;

/** Follows the times of sorted rows: tells which rows follow one another, and which are to end a window. */
final class RowClock {
  static final int FOLLOWS = 0;
  static final int STARTS = 1;
  static final int DUPLICATE = 2;
  static final int GAP = 3;

  private final WindowRules rules;
  private final GapRule gaps;
  private boolean first = true; // no row of the series has been seen
  private long last;
  private long previous;
  private long index; // of the row, counted from the last start
  private int missing;
  private boolean complete = true;

  RowClock(WindowRules rules) {
    this.rules = rules;
    gaps = rules.gaps();
  }

  /** The rows to come belong to another series. */
  void startSeries() {
    first = true;
  }

  /** Takes in the time of the next row and says how it relates to the one before. */
  int see(long time) {
    missing = 0;
    if (first) {
      first = false;
      return start(time, isKnownToBegin(time));
    }
    if (time == last) {
      return DUPLICATE;
    }
    previous = last;
    long passed = time - last;
    if (gaps.ignoresDistance() || passed == gaps.step()) {
      return follow(time);
    }
    if (gaps.gap() == Gap.ERROR) {
      last = time;
      return GAP;
    }
    if (gaps.fills(passed)) {
      missing = (int) Math.min(passed / gaps.step() - 1, rules.lookBack() - 1);
      return follow(time);
    }
    return start(time, true);
  }

  private int start(long time, boolean isComplete) {
    complete = isComplete;
    last = time;
    index = 0;
    return STARTS;
  }

  private int follow(long time) {
    last = time;
    index++;
    return FOLLOWS;
  }

  /** Whether the first row seen really begins its series: no row before the context could be its neighbour. */
  private boolean isKnownToBegin(long time) {
    if (rules.contextStart() == WindowRules.ALWAYS) {
      return true;
    }
    return !gaps.ignoresDistance() && time - gaps.reach() >= rules.contextStart();
  }

  /** How many steps are missing before the row, where they are to be filled; no more than a window sees. */
  int missing() {
    return missing;
  }

  /** Whether the rows since the last start are all there are: false where earlier ones may lie before the context. */
  boolean isComplete() {
    return complete;
  }

  /** Whether the job wants the window that ends at the row just seen. */
  boolean isWanted() {
    if (!rules.range().holds(last)) {
      return false;
    }
    if (rules.stride() == 1) {
      return true;
    }
    long number = gaps.step() > 0 ? Math.floorDiv(last, gaps.step()) : index - (rules.lookBack() - 1);
    return Math.floorMod(number, rules.stride()) == 0;
  }

  /** The time of the row before the one just seen, where they are a {@link #GAP} apart. */
  long previous() {
    return previous;
  }
}
