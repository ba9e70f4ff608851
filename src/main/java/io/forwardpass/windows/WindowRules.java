package io.forwardpass.windows;

import java.io.Serializable;

/** How sorted rows become windows; times are whole numbers, whatever the column's type. */
public final class WindowRules implements Serializable {
  private static final long serialVersionUID = 1L;
  /** No limit to the past. */
  public static final long ALWAYS = Long.MIN_VALUE;
  /** No limit to the future. */
  public static final long NEVER = Long.MAX_VALUE;

  final int lookBack;
  final long step; // 0 where it is not known
  final Gap gap;
  final int fillLimit;
  final int stride;
  final Padding padding;
  final float[] values; // by input: what pads it; null but with Padding.VALUE
  final long from;
  final long until;
  final boolean endless; // until is no limit
  final long contextStart;

  private WindowRules(int lookBack, long step, Gap gap, int fillLimit, int stride, Padding padding, float[] values, long from, long until, boolean endless,
      long contextStart) {
    this.lookBack = lookBack;
    this.step = step;
    this.gap = gap;
    this.fillLimit = fillLimit;
    this.stride = stride;
    this.padding = padding;
    this.values = values;
    this.from = from;
    this.until = until;
    this.endless = endless;
    this.contextStart = contextStart;
  }

  /** Every row ends a window; rows are neighbours whatever the time between them. */
  public static WindowRules of(int lookBack) {
    return new WindowRules(lookBack, 0, Gap.IGNORE, 0, 1, Padding.NONE, null, ALWAYS, NEVER, true, ALWAYS);
  }

  /** @param fillLimit how many missing steps are filled at most; it matters with {@link Gap#FILL} alone */
  public WindowRules step(long length, Gap onGap, int fillLimit) {
    return new WindowRules(lookBack, length, onGap, fillLimit, stride, padding, values, from, until, endless, contextStart);
  }

  /** Only one window in {@code every}: counted by time where the step is known, else from a series' first full window. */
  public WindowRules stride(int every) {
    return new WindowRules(lookBack, step, gap, fillLimit, every, padding, values, from, until, endless, contextStart);
  }

  /** A series' first rows have windows too: its first row stands before it as often as need be. */
  public WindowRules repeatFirst() {
    return new WindowRules(lookBack, step, gap, fillLimit, stride, Padding.REPEAT_FIRST, null, from, until, endless, contextStart);
  }

  /** A series' first rows have windows too: before it stand rows of one value. @param byInput the value */
  public WindowRules padWith(float... byInput) {
    return new WindowRules(lookBack, step, gap, fillLimit, stride, Padding.VALUE, byInput.clone(), from, until, endless, contextStart);
  }

  /** Only windows that end at {@code first} or later; all rows before {@code contextStart} are unknown. */
  public WindowRules from(long first, long contextStart) {
    return new WindowRules(lookBack, step, gap, fillLimit, stride, padding, values, first, until, endless, contextStart);
  }

  /** Only windows that end before {@code end}. */
  public WindowRules until(long end) {
    return new WindowRules(lookBack, step, gap, fillLimit, stride, padding, values, from, end, false, contextStart);
  }

  public int lookBack() {
    return lookBack;
  }

  /** 0 where it is not known. */
  public long step() {
    return step;
  }

  /** Rows before it are not read. */
  public long contextStart() {
    return contextStart;
  }

  public long until() {
    return until;
  }

  public int stride() {
    return stride;
  }

  /** How many rows may be put before one that was read: the steps that are missing, or what pads a series. */
  int mostInserted() {
    return gap == Gap.FILL || padding != Padding.NONE ? lookBack - 1 : 0;
  }
}
