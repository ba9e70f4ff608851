package io.forwardpass.windows;

/** Follows the times of sorted rows: tells which rows follow each other, and at which a window is wanted. */
final class RowClock {
  static final int FOLLOWS = 0;
  static final int STARTS = 1;
  static final int DUPLICATE = 2;
  static final int GAP = 3;

  private final WindowRules rules;
  private boolean first = true; // no row of the series was seen
  private long last;
  private long previous;
  private long index; // of the row since the last start
  private int missing;
  private boolean complete = true;

  RowClock(WindowRules rules) {
    this.rules = rules;
  }

  /** The rows that come belong to another series. */
  void startSeries() {
    first = true;
  }

  /** Takes in the time of the next row and says how it stands to the one before. */
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
    if (rules.step == 0 || rules.gap == Gap.IGNORE || passed == rules.step) {
      return follow(time);
    }
    if (rules.gap == Gap.ERROR) {
      last = time;
      return GAP;
    }
    if (rules.gap == Gap.FILL && passed > 0 && passed % rules.step == 0 && passed / rules.step - 1 <= rules.fillLimit) {
      missing = (int) Math.min(passed / rules.step - 1, rules.lookBack - 1);
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

  /** Whether a row that no other row was seen before has none before the context either that it would follow. */
  private boolean isKnownToBegin(long time) {
    if (rules.contextStart == WindowRules.ALWAYS) {
      return true;
    }
    if (rules.step == 0 || rules.gap == Gap.IGNORE) {
      return false;
    }
    long reach = rules.gap == Gap.FILL ? rules.step * (rules.fillLimit + 1L) : rules.step;
    return time - reach >= rules.contextStart;
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
    if (last < rules.from || last >= rules.until && !rules.endless) {
      return false;
    }
    if (rules.stride == 1) {
      return true;
    }
    long number = rules.step > 0 ? Math.floorDiv(last, rules.step) : index - (rules.lookBack - 1);
    return Math.floorMod(number, rules.stride) == 0;
  }

  /** The time of the row before the one just seen, where they are a {@link #GAP} apart. */
  long previous() {
    return previous;
  }
}
