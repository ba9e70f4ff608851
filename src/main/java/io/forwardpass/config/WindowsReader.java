package io.forwardpass.config;

import io.forwardpass.config.WindowsConfig.Form;
import io.forwardpass.config.WindowsConfig.Keys;
import io.forwardpass.config.WindowsConfig.OnDuplicate;
import io.forwardpass.config.WindowsConfig.OnGap;
import io.forwardpass.config.WindowsConfig.Range;
import io.forwardpass.config.WindowsConfig.ShortHistory;
import io.forwardpass.config.WindowsConfig.Spacing;
import io.forwardpass.config.WindowsConfig.WindowPartitioning;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the section {@code windows} and checks its keys against one another. */
final class WindowsReader {
  private final Section windows;

  WindowsReader(Section windows) {
    this.windows = windows;
  }

  WindowsConfig read() {
    List<String> series = windows.texts("series");
    List<String> orderBy = windows.texts("order-by");
    if (orderBy.isEmpty()) {
      windows.problem("has no order-by. Name the column that orders the rows of a series, such as the time.");
    }
    for (String column : orderBy) {
      if (series.contains(column)) {
        windows.problem("order-by", "names " + column + ", which is one of windows.series too. Within a series it is always the same.");
      }
    }
    WindowsConfig read = new WindowsConfig(new Keys(series, orderBy, windows.choice("on-duplicate", OnDuplicate.values())),
        new Spacing(span("step"), windows.choice("on-gap", OnGap.values()), atLeastOne("fill-limit")),
        new Form(atLeastOne("look-back"), windows.choice("short-history", ShortHistory.values()),
            atLeastOne("stride").orElse(Section.REFUSED)),
        new Range(windows.text("score-from"), windows.text("score-until"), span("context")),
        windows.integer("label-offset"), windows.choice("partitioning", WindowPartitioning.values()));
    checkDuplicates(read.keys());
    checkContext(read.range());
    checkStep(read);
    return read;
  }

  private OptionalInt atLeastOne(String key) {
    OptionalInt number = windows.integer(key);
    if (number.isPresent() && number.getAsInt() < 1) {
      windows.problem(key, "should be 1 or more, not " + number.getAsInt() + ".");
      return OptionalInt.empty();
    }
    return number;
  }

  private Optional<Span> span(String key) {
    Optional<String> text = windows.text(key);
    Optional<Span> span = text.flatMap(Span::parse);
    if (text.isPresent() && span.isEmpty()) {
      windows.problem(key, "should be a length such as \"15 minutes\", or a whole number above 0, not " + Section.shown(windows.value(key))
          + ". The units are weeks, days, hours, minutes, seconds, ms and us.");
    }
    return span;
  }

  private void checkDuplicates(Keys keys) {
    if (keys.onDuplicate() != OnDuplicate.ERROR && keys.orderBy().size() == 1) {
      String which = keys.onDuplicate() == OnDuplicate.FIRST ? "first" : "last";
      windows.problem("on-duplicate", "is " + which + ", but order-by names " + keys.orderBy().get(0)
          + " alone, so that nothing tells which of two rows of one time is the " + which + ". Name a further column in order-by.");
    }
  }

  private void checkContext(Range range) {
    if (range.context().isPresent() && range.from().isEmpty()) {
      windows.problem("context", "says how far before windows.score-from rows are read, but there is no score-from. Give it, or"
          + " leave context out.");
    }
  }

  private void checkStep(WindowsConfig read) {
    boolean strides = read.form().stride() > 1;
    if (!windows.has("step")) {
      if (read.spacing().onGap() != OnGap.RESTART) {
        windows.problem("on-gap", "says what to do about gaps, but without a step there are none. Give windows.step, the expected"
            + " spacing.");
      }
      if (read.labelOffset().isPresent()) {
        windows.problem("label-offset", "counts in steps. Give windows.step, the expected spacing.");
      }
      if (strides && read.range().from().isPresent()) {
        windows.problem("stride", "is counted from each series' first full window, which a job with score-from may not see. Give"
            + " windows.step, which anchors it to time, or leave one of the two out.");
      }
      if (strides && read.partitioning() == WindowPartitioning.RANGE) {
        windows.problem("stride", "is counted from each series' first full window, which partitioning = range may separate from later ones."
            + " Give windows.step, which anchors it to time, or set partitioning to series.");
      }
    }
    if (read.spacing().onGap() == OnGap.FILL && !windows.has("fill-limit")) {
      windows.problem("on-gap", "is fill, but nothing says how far. Give windows.fill-limit, the most steps to fill.");
    } else if (read.spacing().onGap() != OnGap.FILL && windows.has("fill-limit")) {
      windows.problem("fill-limit", "goes with on-gap = fill alone. Set on-gap to fill, or leave it out.");
    }
  }
}
