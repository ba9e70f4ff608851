package io.forwardpass.windows;

import java.io.Serializable;

/** The times whose windows are wanted, and from when on rows are known at all. */
final class TimeRange implements Serializable {
  private static final long serialVersionUID = 1L;
  static final TimeRange ALL = new TimeRange(WindowRules.ALWAYS, WindowRules.NEVER, true, WindowRules.ALWAYS);

  private final long from;
  private final long until;
  private final boolean endless; // until is no limit: its number is a time like any other
  private final long contextStart;

  private TimeRange(long from, long until, boolean endless, long contextStart) {
    this.from = from;
    this.until = until;
    this.endless = endless;
    this.contextStart = contextStart;
  }

  /** Only from then on; rows before {@code start} are unknown. */
  TimeRange from(long first, long start) {
    return new TimeRange(first, until, endless, start);
  }

  /** Only before that. */
  TimeRange until(long end) {
    return new TimeRange(from, end, false, contextStart);
  }

  boolean holds(long time) {
    return time >= from && (endless || time < until);
  }

  long until() {
    return until;
  }

  long contextStart() {
    return contextStart;
  }
}
