package io.forwardpass.testing;

import io.forwardpass.config.JobConfig.OnDuplicate;
import io.forwardpass.config.JobConfig.OnGap;
import io.forwardpass.config.JobConfig.ShortHistory;
import io.forwardpass.config.JobConfig.WindowPartitioning;
import io.forwardpass.config.JobConfig;
import io.forwardpass.config.Span;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The section {@code windows} of a job with every default; tests change what they are about. */
public final class WindowsBuilder {
  public List<String> series;
  public List<String> orderBy;
  public OptionalInt lookBack = OptionalInt.empty();
  public OnDuplicate onDuplicate = OnDuplicate.ERROR;
  public Optional<Span> step = Optional.empty();
  public OnGap onGap = OnGap.RESTART;
  public OptionalInt fillLimit = OptionalInt.empty();
  public ShortHistory shortHistory = ShortHistory.KEEP;
  public int stride = 1;
  public OptionalInt labelOffset = OptionalInt.empty();
  public Optional<String> scoreFrom = Optional.empty();
  public Optional<String> scoreUntil = Optional.empty();
  public Optional<Span> context = Optional.empty();
  public WindowPartitioning partitioning = WindowPartitioning.SERIES;

  public WindowsBuilder(List<String> series, String... orderBy) {
    this.series = series;
    this.orderBy = List.of(orderBy);
  }

  JobConfig.Windows config() {
    return new JobConfig.Windows(series, orderBy, lookBack, onDuplicate, step, onGap, fillLimit, shortHistory, stride, labelOffset,
        scoreFrom, scoreUntil, context, partitioning);
  }

  public static Optional<Span> number(long steps) {
    return Optional.of(new Span(steps, false, Long.toString(steps)));
  }

  public static Optional<Span> hours(long hours) {
    return Optional.of(new Span(hours * 3_600_000_000L, true, hours + " hours"));
  }
}
