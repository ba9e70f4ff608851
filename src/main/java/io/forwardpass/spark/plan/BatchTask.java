package io.forwardpass.spark.plan;

import io.forwardpass.network.Network;
import io.forwardpass.spark.task.BatchScorer;
import io.forwardpass.spark.task.Counts;
import io.forwardpass.spark.task.TaskPlan;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** What runs in a task over column batches. */
public final class BatchTask implements FlatMapFunction<Iterator<ColumnarBatch>, ColumnarBatch> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<Network> network;
  private final Broadcast<TaskPlan> plan;
  private final Counts counts;

  public BatchTask(Broadcast<Network> network, Broadcast<TaskPlan> plan, Counts counts) {
    this.network = network;
    this.plan = plan;
    this.counts = counts;
  }

  @Override
  public Iterator<ColumnarBatch> call(Iterator<ColumnarBatch> batches) {
    return new BatchScorer(batches, network.value(), plan.value(), counts);
  }
}
