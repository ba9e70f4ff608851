package io.forwardpass.spark.plan;

import io.forwardpass.network.Network;
import io.forwardpass.spark.task.Counts;
import io.forwardpass.spark.task.RowScorer;
import io.forwardpass.spark.task.TaskPlan;
import io.forwardpass.spark.window.WindowScorer;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;

/** What runs in a task over rows, each scored by itself or in windows. */
final class RowTask implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<Network> network;
  private final Broadcast<TaskPlan> plan;
  private final Counts counts;

  RowTask(Broadcast<Network> network, Broadcast<TaskPlan> plan, Counts counts) {
    this.network = network;
    this.plan = plan;
    this.counts = counts;
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    return plan.value().scoring().windows() == null ? new RowScorer(rows, network.value(), plan.value(), counts) : windows(rows);
  }

  WindowScorer windows(Iterator<InternalRow> rows) {
    return WindowScorer.of(rows, network.value(), plan.value(), counts);
  }
}
