package io.forwardpass.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The section {@code windows} of a job file.
 *
 * @param labelOffset how many steps after a window's last row its prediction is for
 */
public record WindowsConfig(Keys keys, Spacing spacing, Form form, Range range, OptionalInt labelOffset, WindowPartitioning partitioning) {
  /**
   * The columns that part a table into series and sort them.
   *
   * @param orderBy the time, then columns that tell rows of one time apart
   */
  public record Keys(List<String> series, List<String> orderBy, OnDuplicate onDuplicate) {}

  /**
   * How far apart the rows of a series are, and what becomes of those that are not.
   *
   * @param fillLimit how many missing steps are filled at most
   */
  public record Spacing(Optional<Span> step, OnGap onGap, OptionalInt fillLimit) {}

  /**
   * Which rows form a window.
   *
   * @param lookBack how many it holds, where the model leaves it open
   * @param stride 1 for every window
   */
  public record Form(OptionalInt lookBack, ShortHistory shortHistory, int stride) {}

  /**
   * Which windows are scored: those whose last row is not before {@code from}, and is before {@code until}.
   *
   * @param from a value of the time's type, or an expression
   * @param context how far before {@code from} rows are read
   */
  public record Range(Optional<String> from, Optional<String> until, Optional<Span> context) {}

  /** What becomes of rows of one time in one series. */
  public enum OnDuplicate { ERROR, FIRST, LAST }

  /** What becomes of a window where rows are not one step apart. */
  public enum OnGap { RESTART, IGNORE, ERROR, FILL }

  /** What becomes of rows with too little history: a null prediction, no row, or a window padded at its beginning. */
  public enum ShortHistory {
    KEEP, DROP, ZERO, REPEAT_FIRST, MASK
  }

  /** Which rows a task sees: whole series, or a range of series and time. */
  public enum WindowPartitioning { SERIES, RANGE, AUTO }
}
