package io.forwardpass.spark;

import io.forwardpass.network.Network;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** What runs in a task over column batches. */
final class ScoreBatches implements FlatMapFunction<Iterator<ColumnarBatch>, ColumnarBatch> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<Network> network;
  private final Scoring scoring;
  private final Counts counts;
  private final int[] ordinals;
  private final DataType[] childTypes;

  ScoreBatches(Broadcast<Network> network, Scoring scoring, Counts counts, int[] ordinals, DataType[] childTypes) {
    this.network = network;
    this.scoring = scoring;
    this.counts = counts;
    this.ordinals = ordinals;
    this.childTypes = childTypes;
  }

  @Override
  public Iterator<ColumnarBatch> call(Iterator<ColumnarBatch> batches) {
    return new BatchScorer(batches, network.value(), scoring, counts, ordinals, childTypes);
  }
}
