package io.forwardpass.windows;

import java.io.Serializable;

/** How far apart neighbouring rows of a series should be, and what becomes of windows where they are not. */
final class GapRule implements Serializable {
  private static final long serialVersionUID = 1L;
  /** Rows are neighbours whatever the time between them. */
  static final GapRule NONE = new GapRule(0, Gap.IGNORE, 0);

  private final long step;
  private final Gap gap;
  private final int fillLimit;

  GapRule(long step, Gap gap, int fillLimit) {
    this.step = step;
    this.gap = gap;
    this.fillLimit = fillLimit;
  }

  /** 0 where it is not known. */
  long step() {
    return step;
  }

  Gap gap() {
    return gap;
  }

  /** Whether rows are neighbours at any distance. */
  boolean ignoresDistance() {
    return step == 0 || gap == Gap.IGNORE;
  }

  /** Whether rows so far apart are neighbours when the steps between them are filled. */
  boolean fills(long distance) {
    return gap == Gap.FILL && distance > 0 && distance % step == 0 && distance / step - 1 <= fillLimit;
  }

  /** The greatest distance at which rows may be neighbours, where distance matters. */
  long reach() {
    return gap == Gap.FILL ? step * (fillLimit + 1L) : step;
  }
}
