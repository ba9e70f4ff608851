package io.forwardpass;

import io.forwardpass.config.JobKeys;
import io.forwardpass.config.WindowsConfig.OnDuplicate;
import io.forwardpass.config.WindowsConfig.OnGap;
import io.forwardpass.config.WindowsConfig.ShortHistory;
import io.forwardpass.config.WindowsConfig.WindowPartitioning;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which rows of a table form the look-back windows of a model that takes sequences: immutable, each method returns a changed copy.
 *
 * <pre>{@code
 * Windows.by("meter").orderBy("t").step("15 minutes").onGap(OnGap.RESTART)
 * }</pre>
 *
 * <p>A window is a row and the rows before it in its series, as many as the model has steps; its prediction stands at its last row.
 * Every method is a key of the section {@code windows} of a job file, where {@code conf/reference.conf} draws what it does. What does
 * not go together is refused when the windows are used, all of it at once.
 */
public final class Windows {
  private final Map<String, Object> keys;

  private Windows(Map<String, Object> keys) {
    this.keys = keys;
  }

  /** @param series the columns that tell one series from another; none where the table is one series */
  public static Windows by(String... series) {
    return new Windows(Map.of("series", List.of(series)));
  }

  /** @param columns the time, an integer, decimal, date or timestamp column; then columns that decide between rows of one time */
  public Windows orderBy(String... columns) {
    return with("order-by", List.of(columns));
  }

  /** How far apart neighbouring rows are: {@code "15 minutes"}, {@code "1 day"}, or {@code "1"} for a column of numbers. */
  public Windows step(String length) {
    return with("step", length);
  }

  /** What becomes of a window where rows are not one step apart; by default none spans the gap. */
  public Windows onGap(OnGap policy) {
    return with("on-gap", spelt(policy));
  }

  /** With {@link OnGap#FILL}: the most steps to fill. */
  public Windows fillLimit(int steps) {
    return with("fill-limit", steps);
  }

  /** What becomes of rows of one time in one series; by default they stop the run. */
  public Windows onDuplicate(OnDuplicate policy) {
    return with("on-duplicate", spelt(policy));
  }

  /** What becomes of rows with too few rows before them; by default they get a null prediction. */
  public Windows shortHistory(ShortHistory policy) {
    return with("short-history", spelt(policy));
  }

  /** One window in so many is scored, and only its row is there afterwards. */
  public Windows stride(int windows) {
    return with("stride", windows);
  }

  /** With a step: adds the column {@code <prediction>_time}, the time of the window's last row plus so many steps. */
  public Windows labelOffset(int steps) {
    return with("label-offset", steps);
  }

  /** Only rows from then on are scored: a value of the time's type, or an SQL expression. */
  public Windows scoreFrom(String time) {
    return with("score-from", time);
  }

  /** Only rows before then are scored: a value of the time's type, or an SQL expression. */
  public Windows scoreUntil(String time) {
    return with("score-until", time);
  }

  /** How far before {@link #scoreFrom} rows are read: {@code "2 days"}, or a number. */
  public Windows context(String length) {
    return with("context", length);
  }

  /** How many rows a window holds, for models that leave it open. */
  public Windows lookBack(int rows) {
    return with("look-back", rows);
  }

  /** Whether a task has whole series or ranges of series and time; predictions do not depend on it. */
  public Windows partitioning(WindowPartitioning by) {
    return with("partitioning", spelt(by));
  }

  private Windows with(String key, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(keys);
    changed.put(key, value);
    return new Windows(changed);
  }

  private static String spelt(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  JobKeys in(JobKeys job) {
    return job.with("windows", keys);
  }

  @Override
  public String toString() {
    return "windows " + keys;
  }
}
