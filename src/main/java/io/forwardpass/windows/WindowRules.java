package io.forwardpass.windows;

import java.io.Serializable;

/** How sorted rows become windows; times are whole numbers, whatever the column's type. */
public final class WindowRules implements Serializable {
  private static final long serialVersionUID = 1L;
  /** No limit to the past. */
  public static final long ALWAYS = Long.MIN_VALUE;
  /** No limit to the future. */
  public static final long NEVER = Long.MAX_VALUE;

  private final int lookBack;
  private final int stride;
  private final GapRule gaps;
  private final PaddingRule padding;
  private final TimeRange range;

  private WindowRules(int lookBack, int stride, GapRule gaps, PaddingRule padding, TimeRange range) {
    this.lookBack = lookBack;
    this.stride = stride;
    this.gaps = gaps;
    this.padding = padding;
    this.range = range;
  }

  /** Every row ends a window; rows are neighbours whatever the time between them. */
  public static WindowRules of(int lookBack) {
    return new WindowRules(lookBack, 1, GapRule.NONE, PaddingRule.NONE, TimeRange.ALL);
  }

  /** @param fillLimit how many missing steps are filled at most; it only matters with {@link Gap#FILL} */
  public WindowRules step(long length, Gap onGap, int fillLimit) {
    return new WindowRules(lookBack, stride, new GapRule(length, onGap, fillLimit), padding, range);
  }

  /** Only one window in {@code every}: counted by time where the step is known, else from a series' first full window. */
  public WindowRules stride(int every) {
    return new WindowRules(lookBack, every, gaps, padding, range);
  }

  /** A series' first rows have windows too: its first row is repeated before it as often as needed. */
  public WindowRules repeatFirst() {
    return new WindowRules(lookBack, stride, gaps, new PaddingRule(Padding.REPEAT_FIRST, null), range);
  }

  /**
   * A series' first rows have windows too: rows of one value are put before it.
   *
   * @param byInput the value
   */
  public WindowRules padWith(float... byInput) {
    return new WindowRules(lookBack, stride, gaps, new PaddingRule(Padding.VALUE, byInput.clone()), range);
  }

  /** Only windows that end at {@code first} or later; all rows before {@code contextStart} are unknown. */
  public WindowRules from(long first, long contextStart) {
    return new WindowRules(lookBack, stride, gaps, padding, range.from(first, contextStart));
  }

  /** Only windows that end before {@code end}. */
  public WindowRules until(long end) {
    return new WindowRules(lookBack, stride, gaps, padding, range.until(end));
  }

  public int lookBack() {
    return lookBack;
  }

  /** 0 where it is not known. */
  public long step() {
    return gaps.step();
  }

  /** Rows before it are not read. */
  public long contextStart() {
    return range.contextStart();
  }

  public long until() {
    return range.until();
  }

  public int stride() {
    return stride;
  }

  GapRule gaps() {
    return gaps;
  }

  PaddingRule padding() {
    return padding;
  }

  TimeRange range() {
    return range;
  }

  /** How many rows may be put before one that was read: missing steps, or what pads a series. */
  int mostInserted() {
    return gaps.gap() == Gap.FILL || padding.padding() != Padding.NONE ? lookBack - 1 : 0;
  }
}
