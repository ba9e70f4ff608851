package io.forwardpass.spark.window;

import io.forwardpass.config.WindowsConfig.OnDuplicate;
import io.forwardpass.network.Network;
import io.forwardpass.network.Workspace;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.spark.feature.InvalidRows;
import io.forwardpass.spark.task.BufferedScorer;
import io.forwardpass.spark.task.Counts;
import io.forwardpass.spark.task.FeatureReader;
import io.forwardpass.spark.task.RowNames;
import io.forwardpass.spark.task.Scoring;
import io.forwardpass.spark.task.TaskPlan;
import io.forwardpass.spark.task.TimeColumn;
import io.forwardpass.spark.task.Windowing;
import io.forwardpass.windows.SeriesWindows;
import io.forwardpass.windows.WindowRows;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;

/** Scores the look-back windows of a task's rows, which come sorted by series and time; a prediction goes with its last row. */
public final class WindowScorer extends BufferedScorer {
  private static final String SHORT_HISTORY = "too little history";

  private static final String CUT_HISTORY = "history may begin before the context";

  private final Iterator<InternalRow> rows;
  private final WindowNetwork network;
  private final Scoring scoring;
  private final Counts counts;
  private final FeatureReader[] readers;
  private final TimeColumn.Reader time;
  private final SeriesBoundary boundary;
  private final SeriesBoundary ties; // parts rows of one time; null where they stop the run anyway
  private final SeriesWindows series;
  private final WindowRows windows;
  private final Workspace workspace;
  private final InvalidRows spoils; // of the row at hand, for every window that holds it
  private final InvalidRows spoilsOwn; // for the window that ends at it
  private final RowNames names;
  private final RowNames places;
  private Refusal refusal; // for the last row that spoils windows, where the policy is error

  public static WindowScorer of(Iterator<InternalRow> rows, Network network, TaskPlan plan, Counts counts) {
    return new WindowScorer(rows, new WindowNetwork(network, plan.scoring()), plan, counts);
  }

  private WindowScorer(Iterator<InternalRow> rows, WindowNetwork network, TaskPlan plan, Counts counts) {
    super(plan, network.rows().capacity());
    this.rows = rows;
    this.network = network;
    scoring = plan.scoring();
    this.counts = counts;
    windows = network.rows();
    workspace = network.workspace();
    Windowing windowing = scoring.windows();
    series = new SeriesWindows(windowing.rules(), windows);
    readers = FeatureReader.all(plan);
    time = windowing.order().time().reader(plan.ordinals()[windowing.order().orderBy()[0]]);
    boundary = new SeriesBoundary(plan, windowing.order().series());
    ties = windowing.order().onDuplicate() == OnDuplicate.ERROR ? null : new SeriesBoundary(plan, windowing.order().orderBy());
    spoils = new InvalidRows(windows.capacity(), scoring.invalidRows().nanIsInvalid());
    spoilsOwn = new InvalidRows(windows.capacity(), scoring.invalidRows().nanIsInvalid());
    names = new RowNames(plan, scoring.invalidRows().key());
    places = new RowNames(plan, windowing.order().place());
  }

  /** Rows of earlier ranges: history for the first windows of this one, and nothing else. */
  public void takeBefore(InternalRow[] before) {
    for (InternalRow row : before) {
      if (windows.isFull()) {
        network.forward();
        windows.advance();
        spoils.clear();
        spoilsOwn.clear();
      }
      if (ties != null) {
        ties.isCrossedBy(row);
      }
      if (boundary.isCrossedBy(row)) {
        series.startSeries();
      }
      if (series.admit(time.time(row)) == SeriesWindows.TAKEN) {
        readFeatures(row);
        series.addContext(spoils.reason(windows.next()));
      }
    }
    network.forward();
  }

  /** A batch of context alone brings no rows, but need not be the last. */
  @Override
  public void score() {
    while (buffer.rows() == 0 && rows.hasNext()) {
      scoreBatch();
    }
  }

  private void scoreBatch() {
    windows.advance();
    spoils.clear();
    spoilsOwn.clear();
    long read = 0;
    while (!windows.isFull() && rows.hasNext()) {
      take(rows.next());
      read++;
    }
    counts.rows().add(read);
    long start = System.nanoTime();
    network.forward();
    counts.nanoseconds().add(System.nanoTime() - start);
    counts.windows().add(windows.windows());
    writer.begin(windows.rows());
    write();
  }

  private void take(InternalRow row) {
    boolean isNew = ties != null && ties.isCrossedBy(row);
    if (boundary.isCrossedBy(row)) {
      series.startSeries();
      isNew = true;
    }
    if (time.isNull(row)) {
      takeOutside(row);
      return;
    }
    long at = time.time(row);
    int fate = series.admit(at);
    if (fate == SeriesWindows.TAKEN) {
      takeIn(row);
    } else if (fate == SeriesWindows.GAP) {
      throw gap(row, at);
    } else if (isNew && ties != null) {
      counts.duplicates().add(1);
    } else {
      throw duplicate(row);
    }
  }

  /** A row without a time is neither before nor after another. */
  private void takeOutside(InternalRow row) {
    long reason = InvalidRows.reason(scoring.windows().order().orderBy()[0], InvalidRows.NULL, 0);
    if (scoring.invalidRows().stops()) {
      throw names.refusal(reason, row);
    }
    windows.addOutside(reason);
    buffer.add(row);
  }

  private void takeIn(InternalRow row) {
    readFeatures(row);
    long reason = spoils.reason(windows.next());
    long ownReason = spoilsOwn.reason(windows.next());
    boolean stops = scoring.invalidRows().stops();
    int outcome = series.add(reason, ownReason);
    if (outcome == WindowRows.UNWANTED) {
      counts.context().add(1);
      return;
    }
    if (outcome == WindowRows.INVALID && stops) {
      throw refusal != null && windows.lastReason() != ownReason ? refusal : names.refusal(ownReason, row);
    }
    buffer.add(row);
  }

  private void readFeatures(InternalRow row) {
    int to = windows.next();
    for (int i = 0; i < readers.length; i++) {
      InvalidRows invalid = scoring.windows().inputs().isWindowed(i) ? spoils : spoilsOwn;
      readers[i].read(row, windows.features(i), windows.capacity(), to, invalid);
    }
    if (scoring.invalidRows().stops() && spoils.reason(to) != 0) {
      refusal = names.refusal(spoils.reason(to), row);
    }
  }

  private Refusal gap(InternalRow row, long at) {
    Windowing windowing = scoring.windows();
    return new Refusal(Refusal.Kind.INVALID_ROWS, "Cannot score the table: there is a gap in its series, from "
        + windowing.order().time().text(series.previousTime()) + " to " + windowing.order().time().text(at) + ", before " + places.name(row)
        + ", and windows.step expects another spacing. Mend the rows, or set windows.on-gap to restart, ignore or fill.");
  }

  private Refusal duplicate(InternalRow row) {
    return new Refusal(Refusal.Kind.INVALID_ROWS, "Cannot score the table: there is more than one row with " + places.values(row)
        + (ties == null ? ". Remove all but one, or set windows.on-duplicate to first or last."
            : ", and all columns of windows.order-by are equal. Remove all but one, or name a further column that tells them apart."));
  }

  /** Windows of neighbouring rows have neighbouring numbers: each run is written in one go. */
  private void write() {
    int count = windows.rows();
    for (int r = 0; r < count;) {
      int window = windows.outcome(r);
      if (window < 0) {
        writeNothing(r, window);
        r++;
        continue;
      }
      int from = r;
      while (r < count && windows.outcome(r) == window + r - from) {
        r++;
      }
      writer.write(workspace, window, r - from, from);
    }
  }

  private void writeNothing(int row, int outcome) {
    if (outcome == WindowRows.SHORT || outcome == WindowRows.CUT) {
      counts.withoutWindow().add(1);
      counts.cut().add(outcome == WindowRows.CUT ? 1 : 0);
      writer.writeNothing(row, outcome == WindowRows.CUT ? CUT_HISTORY : SHORT_HISTORY, !scoring.windows().dropsShort());
    } else {
      long reason = windows.reason(row);
      counts.invalid().add(1);
      counts.reasons().add(reason);
      writer.writeNothing(row, scoring.describe(reason), scoring.invalidRows().keeps());
    }
  }
}
