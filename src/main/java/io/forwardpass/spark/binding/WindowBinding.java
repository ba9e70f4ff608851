package io.forwardpass.spark.binding;

import io.forwardpass.config.JobConfig.OnDuplicate;
import io.forwardpass.config.JobConfig.ShortHistory;
import io.forwardpass.config.JobConfig;
import io.forwardpass.config.Span;
import io.forwardpass.network.Network;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Problems;
import io.forwardpass.spark.task.Partitioning;
import io.forwardpass.spark.task.SeriesOrder;
import io.forwardpass.spark.task.TimeColumn;
import io.forwardpass.spark.task.WindowInputs;
import io.forwardpass.spark.task.Windowing;
import io.forwardpass.windows.Gap;
import io.forwardpass.windows.WindowRules;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;

/** Resolves the section {@code windows} against table and model. */
final class WindowBinding {
  private final JobConfig config;
  private final JobConfig.Windows windows;
  private final Network network;
  private final NeededColumns needed;
  private final Problems problems;
  private final TimeBounds bounds;

  WindowBinding(JobConfig config, Network network, NeededColumns needed, Problems problems, TimeBounds bounds) {
    this.config = config;
    this.windows = config.windows().orElseThrow();
    this.network = network;
    this.needed = needed;
    this.problems = problems;
    this.bounds = bounds;
  }

  /** Meaningless where there are problems. */
  Windowing windowing() {
    int inputs = network.inputs();
    int[] steps = new int[inputs];
    int[] widths = new int[inputs];
    boolean[] windowed = new boolean[inputs];
    boolean any = false;
    for (int i = 0; i < inputs; i++) {
      Shape shape = network.inputShape(i);
      windowed[i] = FeatureBinding.isWindowed(config, shape);
      any |= windowed[i];
      if (!shape.isOpen()) {
        steps[i] = windowed[i] ? shape.size(0) : 1;
        widths[i] = shape.elements() / steps[i];
      }
    }
    if (!any) {
      problems.add("windows feed models that take sequences, (steps, features), but this model's input " + network.inputName(0) + " takes "
          + network.inputShape(0) + ". Remove the windows section.");
    }
    int lookBack = Arrays.stream(steps).max().orElse(1);
    if (any && lookBack > 0 && windows.lookBack().isPresent() && windows.lookBack().getAsInt() != lookBack) {
      problems.add("windows.look-back is " + windows.lookBack().getAsInt() + ", but the model takes " + lookBack
          + " steps. Leave windows.look-back out, or use the model that was trained with it.");
    }
    checkSeries();
    TimeColumn time = time();
    WindowRules rules = time == null ? WindowRules.of(Math.max(1, lookBack)) : rules(time, Math.max(1, lookBack));
    SeriesOrder order = new SeriesOrder(needed.indices(windows.series(), "windows.series"),
        needed.indices(windows.orderBy(), "windows.order-by"), time, windows.onDuplicate());
    Partitioning partitioning = bounds.partitioning(windows.series().stream().map(name -> needed.find(name, "windows.series")).toList());
    return new Windowing(order, new WindowInputs(steps, widths, windowed), rules, windows.shortHistory() == ShortHistory.DROP, partitioning);
  }

  private void checkSeries() {
    for (String name : windows.series()) {
      Attribute column = needed.find(name, "windows.series");
      if (column != null && !RowOrdering.isOrderable(column.dataType())) {
        problems.add("windows.series names " + column.name() + ", which is of type " + column.dataType().simpleString()
            + " and cannot be sorted. Name a column of a plain type.");
      }
    }
  }

  /** The first column is the time; others only have to be sortable. */
  private TimeColumn time() {
    if (windows.orderBy().isEmpty()) {
      problems.add("windows.order-by names no column. Name the column that tells the order of a series' rows.");
      return null;
    }
    for (String name : windows.orderBy().subList(1, windows.orderBy().size())) {
      Attribute column = needed.find(name, "windows.order-by");
      if (column != null && !RowOrdering.isOrderable(column.dataType())) {
        problems.add("windows.order-by names " + column.name() + ", which is of type " + column.dataType().simpleString()
            + " and cannot be sorted. Name a column of a plain type.");
      }
    }
    Attribute column = needed.find(windows.orderBy().get(0), "windows.order-by");
    if (column == null) {
      return null;
    }
    if (!TimeColumn.fits(column.dataType())) {
      problems.add("windows.order-by names " + column.name() + ", which is of type " + column.dataType().simpleString()
          + ". Name an integer, decimal, date or timestamp column.");
      return null;
    }
    TimeColumn time = new TimeColumn(column.dataType());
    if (!time.isCountable() && (windows.step().isPresent() || windows.scoreFrom().isPresent() || windows.scoreUntil().isPresent())) {
      problems.add("windows.order-by names " + column.name() + ", which is of type " + column.dataType().simpleString()
          + ", and windows.step, score-from and score-until count with at most 18 digits. Cast it, or leave them out.");
      return null;
    }
    return time;
  }

  private WindowRules rules(TimeColumn time, int lookBack) {
    WindowRules rules = padded(WindowRules.of(lookBack).stride(windows.stride()));
    Optional<Long> step = windows.step().flatMap(span -> ticks(time, span, "windows.step"));
    int fillLimit = windows.fillLimit().orElse(0);
    Gap gap = Gap.valueOf(windows.onGap().name());
    if (step.isPresent()) {
      rules = rules.step(step.get(), gap, fillLimit);
    }
    Optional<Long> until = windows.scoreUntil().flatMap(text -> bounds.evaluate(text, "windows.score-until", time));
    if (until.isPresent()) {
      rules = rules.until(until.get());
    }
    Optional<Long> from = windows.scoreFrom().flatMap(text -> bounds.evaluate(text, "windows.score-from", time));
    if (from.isPresent()) {
      if (until.isPresent() && until.get() <= from.get()) {
        problems.add("windows.score-until, " + time.text(until.get()) + ", is not after windows.score-from, " + time.text(from.get())
            + ": nothing would be scored. Change one of them.");
      }
      rules = rules.from(from.get(), contextStart(time, from.get(), step, gap, lookBack, fillLimit));
    }
    return rules;
  }

  private WindowRules padded(WindowRules rules) {
    return switch (windows.shortHistory()) {
      case ZERO -> rules.padWith(new float[network.inputs()]);
      case REPEAT_FIRST -> rules.repeatFirst();
      case MASK -> rules.padWith(maskValues());
      default -> rules;
    };
  }

  private float[] maskValues() {
    float[] values = new float[network.inputs()]; // inputs of one row alone see no padding
    for (int i = 0; i < values.length; i++) {
      Optional<Float> value = network.maskValue(i);
      if (value.isEmpty() && FeatureBinding.isWindowed(config, network.inputShape(i))) {
        problems.add("windows.short-history is mask, but no Masking layer takes the model's input " + network.inputName(i)
            + ". Use keep, drop, zero or repeat-first, or train the model with one.");
      }
      values[i] = value.orElse(0f);
    }
    return values;
  }

  private Optional<Long> ticks(TimeColumn time, Span span, String key) {
    Optional<Long> ticks = time.ticks(span);
    if (ticks.isEmpty()) {
      problems.add(key + " is " + span.text() + ", but windows.order-by names a column of type " + time.type().simpleString() + ". Give "
          + time.lengths() + ".");
    }
    return ticks;
  }

  /** What the job says; else what windows on a grid of known steps need; else everything. */
  private long contextStart(TimeColumn time, long from, Optional<Long> step, Gap gap, int lookBack, int fillLimit) {
    long back;
    try {
      if (windows.context().isPresent()) {
        Optional<Long> context = ticks(time, windows.context().get(), "windows.context");
        if (context.isEmpty()) {
          return WindowRules.ALWAYS;
        }
        back = context.get();
      } else if (step.isPresent() && gap == Gap.RESTART) {
        back = Math.multiplyExact(step.get(), lookBack - 1L);
      } else if (step.isPresent() && gap == Gap.FILL) {
        back = Math.multiplyExact(step.get(), lookBack - 1L + fillLimit);
      } else {
        return WindowRules.ALWAYS;
      }
      return Math.subtractExact(from, back);
    } catch (ArithmeticException e) {
      return WindowRules.ALWAYS; // further back than there are numbers
    }
  }
}
