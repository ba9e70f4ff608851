package io.forwardpass.spark;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobConfig.OnDuplicate;
import io.forwardpass.config.JobConfig.OnGap;
import io.forwardpass.config.JobConfig.ShortHistory;
import io.forwardpass.config.JobConfig.WindowPartitioning;
import io.forwardpass.config.Span;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The section {@code windows} of a job with every default; tests change what they are about. */
final class WindowsOf {
  List<String> series;
  List<String> orderBy;
  OptionalInt lookBack = OptionalInt.empty();
  OnDuplicate onDuplicate = OnDuplicate.ERROR;
  Optional<Span> step = Optional.empty();
  OnGap onGap = OnGap.RESTART;
  OptionalInt fillLimit = OptionalInt.empty();
  ShortHistory shortHistory = ShortHistory.KEEP;
  int stride = 1;
  OptionalInt labelOffset = OptionalInt.empty();
  Optional<String> scoreFrom = Optional.empty();
  Optional<String> scoreUntil = Optional.empty();
  Optional<Span> context = Optional.empty();
  WindowPartitioning partitioning = WindowPartitioning.SERIES;

  WindowsOf(List<String> series, String... orderBy) {
    this.series = series;
    this.orderBy = List.of(orderBy);
  }

  JobConfig.Windows config() {
    return new JobConfig.Windows(series, orderBy, lookBack, onDuplicate, step, onGap, fillLimit, shortHistory, stride, labelOffset,
        scoreFrom, scoreUntil, context, partitioning);
  }

  static Optional<Span> number(long steps) {
    return Optional.of(new Span(steps, false, Long.toString(steps)));
  }

  static Optional<Span> hours(long hours) {
    return Optional.of(new Span(hours * 3_600_000_000L, true, hours + " hours"));
  }
}
