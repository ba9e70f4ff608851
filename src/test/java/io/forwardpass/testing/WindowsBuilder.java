package io.forwardpass.testing;

import io.forwardpass.config.Span;
import io.forwardpass.config.WindowsConfig;
import io.forwardpass.config.WindowsConfig.OnDuplicate;
import io.forwardpass.config.WindowsConfig.OnGap;
import io.forwardpass.config.WindowsConfig.ShortHistory;
import io.forwardpass.config.WindowsConfig.WindowPartitioning;
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

  WindowsConfig config() {
    return new WindowsConfig(new WindowsConfig.Keys(series, orderBy, onDuplicate), new WindowsConfig.Spacing(step, onGap, fillLimit),
        new WindowsConfig.Form(lookBack, shortHistory, stride), new WindowsConfig.Range(scoreFrom, scoreUntil, context), labelOffset,
        partitioning);
  }

  public static Optional<Span> number(long steps) {
    return Optional.of(new Span(steps, false, Long.toString(steps)));
  }

  public static Optional<Span> hours(long hours) {
    return Optional.of(new Span(hours * 3_600_000_000L, true, hours + " hours"));
  }
}
