package io.forwardpass.spark;

import io.forwardpass.network.Network;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** What runs in a task over rows, each scored by itself or in windows. */
final class ScoreRows implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<Network> network;
  private final Scoring scoring;
  private final Counts counts;
  private final int[] ordinals;
  private final StructType childSchema;

  ScoreRows(Broadcast<Network> network, Scoring scoring, Counts counts, int[] ordinals, StructType childSchema) {
    this.network = network;
    this.scoring = scoring;
    this.counts = counts;
    this.ordinals = ordinals;
    this.childSchema = childSchema;
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    return scoring.windows == null ? new RowScorer(rows, network.value(), scoring, counts, ordinals, childSchema) : windows(rows);
  }

  WindowScorer windows(Iterator<InternalRow> rows) {
    return WindowScorer.of(rows, network.value(), scoring, counts, ordinals, childSchema);
  }
}
