package io.forwardpass.spark.task;

import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.network.Network;
import io.forwardpass.network.Workspace;
import io.forwardpass.spark.feature.InvalidRows;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;

/** Scores a task's rows where they come as rows: from CSV or JSON, after a filter, or more columns than Spark reads in batches. */
public final class RowScorer extends BufferedScorer {
  private final Iterator<InternalRow> rows;
  private final Network network;
  private final Scoring scoring;
  private final Counts counts;
  private final FeatureReader[] readers;
  private final Workspace workspace;
  private final InvalidRows invalid;
  private final RowNames names;

  public RowScorer(Iterator<InternalRow> rows, Network network, TaskPlan plan, Counts counts) {
    super(plan, plan.scoring().blockRows());
    this.rows = rows;
    this.network = network;
    scoring = plan.scoring();
    this.counts = counts;
    readers = FeatureReader.all(plan);
    workspace = network.workspace(scoring.blockRows());
    invalid = new InvalidRows(scoring.blockRows(), scoring.nanIsInvalid());
    names = new RowNames(plan, scoring.key());
  }

  @Override
  public void score() {
    invalid.clear();
    while (buffer.rows() < scoring.blockRows() && rows.hasNext()) {
      take(rows.next());
    }
    int count = buffer.rows();
    if (count == 0) {
      return;
    }
    long start = System.nanoTime();
    network.forward(workspace, count);
    counts.nanoseconds().add(System.nanoTime() - start);
    counts.rows().add(count);
    writer.begin(count);
    writer.write(workspace, 0, count, 0);
    for (int r = 0; invalid.any() && r < count; r++) {
      withdraw(r, invalid.reason(r));
    }
  }

  private void take(InternalRow row) {
    int to = buffer.rows();
    for (int i = 0; i < readers.length; i++) {
      readers[i].read(row, workspace.input(i).data(), scoring.blockRows(), to, invalid);
    }
    if (scoring.policy() == InvalidPolicy.ERROR && invalid.reason(to) != 0) {
      throw names.refusal(invalid.reason(to), row);
    }
    buffer.add(row);
  }

  private void withdraw(int row, long reason) {
    if (reason != 0) {
      counts.invalid().add(1);
      counts.reasons().add(reason);
      writer.writeNothing(row, scoring.describe(reason), scoring.policy() == InvalidPolicy.KEEP);
    }
  }
}
