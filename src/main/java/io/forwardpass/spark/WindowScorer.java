package io.forwardpass.spark;

import io.forwardpass.Refusal;
import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.network.Network;
import io.forwardpass.network.Workspace;
import io.forwardpass.windows.WindowRows;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Scores the look-back windows of a task's rows, which come sorted by series and time; a prediction stands at its last row. */
final class WindowScorer extends ScoredRows {
  private static final String SHORT_HISTORY = "too little history";

  private final Iterator<InternalRow> rows;
  private final Network network;
  private final Scoring scoring;
  private final Counts counts;
  private final FeatureReader[] readers;
  private final int[] orderBy;
  private final SeriesBoundary boundary;
  private final WindowRows windows;
  private final Workspace workspace;
  private final Invalid spoils; // of the row at hand, for every window that holds it
  private final Invalid spoilsOwn; // for the window that ends at it
  private final RowNames names;
  private Refusal refusal; // for the last row that spoils windows, where the policy is error

  static WindowScorer of(Iterator<InternalRow> rows, Network network, Scoring scoring, Counts counts, int[] ordinals,
      StructType childSchema) {
    WindowRows windows = new WindowRows(scoring.windows.steps, scoring.windows.widths, scoring.blockRows);
    return new WindowScorer(rows, network, scoring, counts, ordinals, childSchema, windows);
  }

  private WindowScorer(Iterator<InternalRow> rows, Network network, Scoring scoring, Counts counts, int[] ordinals,
      StructType childSchema, WindowRows windows) {
    super(scoring, childSchema, windows.capacity());
    this.rows = rows;
    this.network = network;
    this.scoring = scoring;
    this.counts = counts;
    this.windows = windows;
    readers = FeatureReader.all(scoring, ordinals);
    orderBy = new int[scoring.windows.orderBy.length];
    for (int i = 0; i < orderBy.length; i++) {
      orderBy[i] = ordinals[scoring.windows.orderBy[i]];
    }
    boundary = new SeriesBoundary(scoring.windows.series, ordinals, childSchema);
    workspace = network.workspace(scoring.blockRows);
    spoils = new Invalid(windows.capacity(), scoring.nanIsInvalid);
    spoilsOwn = new Invalid(windows.capacity(), scoring.nanIsInvalid);
    names = new RowNames(scoring, ordinals, TaskInput.types(childSchema));
  }

  @Override
  void score() {
    windows.advance();
    spoils.clear();
    spoilsOwn.clear();
    while (!windows.isFull() && rows.hasNext()) {
      take(rows.next());
    }
    if (windows.rows() == 0) {
      return;
    }
    for (int i = 0; i < readers.length; i++) {
      windows.fill(i, workspace.input(i).data(), scoring.blockRows);
    }
    long start = System.nanoTime();
    network.forward(workspace, windows.windows());
    counts.nanoseconds.add(System.nanoTime() - start);
    counts.rows.add(windows.rows());
    counts.windows.add(windows.windows());
    writer.begin(windows.rows());
    write();
  }

  private void take(InternalRow row) {
    int to = windows.next();
    for (int i = 0; i < readers.length; i++) {
      Invalid invalid = scoring.windows.windowed[i] ? spoils : spoilsOwn;
      readers[i].read(row, windows.features(i), windows.capacity(), to, invalid);
    }
    for (int i = 0; i < orderBy.length; i++) {
      if (row.isNullAt(orderBy[i])) {
        spoils.mark(to, scoring.windows.orderBy[i], Invalid.NULL, 0);
      }
    }
    long reason = spoils.reason(to);
    long ownReason = spoilsOwn.reason(to);
    boolean stops = scoring.policy == InvalidPolicy.ERROR;
    if (stops && reason != 0) {
      refusal = names.refusal(reason, row);
    }
    if (windows.add(boundary.isCrossedBy(row), reason, ownReason) == WindowRows.INVALID && stops) {
      throw refusal != null && windows.lastReason() != ownReason ? refusal : names.refusal(ownReason, row);
    }
    buffer.add(row);
  }

  /** Windows of neighbouring rows have neighbouring numbers: each run is written in one go. */
  private void write() {
    int count = windows.rows();
    for (int r = 0; r < count; ) {
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
    if (outcome == WindowRows.SHORT) {
      counts.withoutWindow.add(1);
      writer.writeNothing(row, SHORT_HISTORY, !scoring.windows.dropsShort);
    } else {
      long reason = windows.reason(row);
      counts.invalid.add(1);
      counts.reasons.add(reason);
      writer.writeNothing(row, scoring.describe(reason), scoring.policy == InvalidPolicy.KEEP);
    }
  }
}
