package io.forwardpass.spark.binding;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.Span;
import io.forwardpass.config.WindowsConfig;
import io.forwardpass.config.WindowsConfig.ShortHistory;
import io.forwardpass.network.Network;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Problems;
import io.forwardpass.spark.task.SeriesOrder;
import io.forwardpass.spark.task.TimeColumn;
import io.forwardpass.spark.task.WindowInputs;
import io.forwardpass.spark.task.Windowing;
import io.forwardpass.windows.Gap;
import io.forwardpass.windows.WindowRules;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;

/** Resolves the section {@code windows} against table and model. */
final class WindowBinding {
  private final JobConfig config;
  private final WindowsConfig windows;
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
      Shape shape = network.givenShape(i);
      windowed[i] = FeatureBinding.isWindowed(config, shape);
      any |= windowed[i];
      if (!shape.isOpen()) {
        steps[i] = windowed[i] ? shape.size(0) : 1;
        widths[i] = network.inputShape(i).elements() / steps[i];
      }
    }
    if (!any) {
      problems.add("windows feed models that take sequences, (steps, features), but this model's input " + network.inputName(0) + " takes "
          + network.inputShape(0) + ". Remove the windows section.");
    }
    int lookBack = Arrays.stream(steps).max().orElse(1);
    if (any && lookBack > 0 && windows.form().lookBack().isPresent() && windows.form().lookBack().getAsInt() != lookBack) {
      problems.add("windows.look-back is " + windows.form().lookBack().getAsInt() + ", but the model takes " + lookBack
          + " steps. Leave windows.look-back out, or use the model that was trained with it.");
    }
    checkSeries();
    TimeColumn time = time();
    WindowRules rules = time == null ? WindowRules.of(Math.max(1, lookBack)) : rules(time, Math.max(1, lookBack));
    SeriesOrder order = new SeriesOrder(needed.indices(windows.keys().series(), "windows.series"),
        needed.indices(windows.keys().orderBy(), "windows.order-by"), time, windows.keys().onDuplicate());
    List<Attribute> series = windows.keys().series().stream().map(name -> needed.find(name, "windows.series")).toList();
    boolean dropsShort = windows.form().shortHistory() == ShortHistory.DROP;
    return new Windowing(order, new WindowInputs(steps, widths, windowed), rules, dropsShort, bounds.partitioning(series));
  }

  private void checkSeries() {
    for (String name : windows.keys().series()) {
      Attribute column = needed.find(name, "windows.series");
      if (column != null && !RowOrdering.isOrderable(column.dataType())) {
        problems.add("windows.series names " + column.name() + ", which is of type " + column.dataType().simpleString()
            + " and cannot be sorted. Name a column of a plain type.");
      }
    }
  }

  /** The first column is the time; others only have to be sortable. */
  private TimeColumn time() {
    if (windows.keys().orderBy().isEmpty()) {
      problems.add("windows.order-by names no column. Name the column that orders the rows of a series.");
      return null;
    }
    for (String name : windows.keys().orderBy().subList(1, windows.keys().orderBy().size())) {
      Attribute column = needed.find(name, "windows.order-by");
      if (column != null && !RowOrdering.isOrderable(column.dataType())) {
        problems.add("windows.order-by names " + column.name() + ", which is of type " + column.dataType().simpleString()
            + " and cannot be sorted. Name a column of a plain type.");
      }
    }
    Attribute column = needed.find(windows.keys().orderBy().get(0), "windows.order-by");
    if (column == null) {
      return null;
    }
    if (!TimeColumn.fits(column.dataType())) {
      problems.add("windows.order-by names " + column.name() + ", which is of type " + column.dataType().simpleString()
          + ". Name an integer, decimal, date or timestamp column.");
      return null;
    }
    TimeColumn time = new TimeColumn(column.dataType());
    boolean counts = windows.spacing().step().isPresent() || windows.range().from().isPresent() || windows.range().until().isPresent();
    if (counts && !time.isCountable()) {
      problems.add("windows.order-by names " + column.name() + ", which is of type " + column.dataType().simpleString()
          + ", and windows.step, score-from and score-until count with at most 18 digits. Cast it, or leave them out.");
      return null;
    }
    return time;
  }

  private WindowRules rules(TimeColumn time, int lookBack) {
    WindowRules rules = padded(WindowRules.of(lookBack).stride(windows.form().stride()));
    Optional<Long> step = windows.spacing().step().flatMap(span -> ticks(time, span, "windows.step"));
    int fillLimit = windows.spacing().fillLimit().orElse(0);
    Gap gap = Gap.valueOf(windows.spacing().onGap().name());
    if (step.isPresent()) {
      rules = rules.step(step.get(), gap, fillLimit);
    }
    Optional<Long> until = windows.range().until().flatMap(text -> bounds.evaluate(text, "windows.score-until", time));
    if (until.isPresent()) {
      rules = rules.until(until.get());
    }
    Optional<Long> from = windows.range().from().flatMap(text -> bounds.evaluate(text, "windows.score-from", time));
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
    return switch (windows.form().shortHistory()) {
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
      if (value.isEmpty() && FeatureBinding.isWindowed(config, network.givenShape(i))) {
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
      if (windows.range().context().isPresent()) {
        Optional<Long> context = ticks(time, windows.range().context().get(), "windows.context");
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
      return WindowRules.ALWAYS; // further back than a long can hold
    }
  }
}
