package io.forwardpass.spark;

import io.forwardpass.network.Network;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructType;

/** What runs in a task over a range of series and time, with the rows before it that its first windows need. */
final class ScoreRanges implements FlatMapFunction2<Iterator<InternalRow>, Iterator<UnsafeRow[]>, InternalRow> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<Network> network;
  private final Scoring scoring;
  private final Counts counts;
  private final int[] ordinals;
  private final StructType childSchema;

  ScoreRanges(Broadcast<Network> network, Scoring scoring, Counts counts, int[] ordinals, StructType childSchema) {
    this.network = network;
    this.scoring = scoring;
    this.counts = counts;
    this.ordinals = ordinals;
    this.childSchema = childSchema;
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> rows, Iterator<UnsafeRow[]> before) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    WindowScorer scorer = WindowScorer.of(rows, network.value(), scoring, counts, ordinals, childSchema);
    scorer.takeBefore(before.next());
    return scorer;
  }
}
