package io.forwardpass.spark.task;

import io.forwardpass.spark.feature.InvalidRows;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.util.AccumulatorV2;

/** How many rows were invalid for which reason. */
public final class ReasonCounts extends AccumulatorV2<Long, Map<Long, Long>> {
  private static final long serialVersionUID = 1L;

  private final HashMap<Long, Long> counts = new HashMap<>();

  @Override
  public boolean isZero() {
    return counts.isEmpty();
  }

  @Override
  public ReasonCounts copy() {
    ReasonCounts copy = new ReasonCounts();
    synchronized (counts) {
      copy.counts.putAll(counts);
    }
    return copy;
  }

  @Override
  public void reset() {
    synchronized (counts) {
      counts.clear();
    }
  }

  @Override
  public void add(Long reason) {
    synchronized (counts) {
      counts.merge(InvalidRows.category(reason), 1L, Long::sum);
    }
  }

  @Override
  public void merge(AccumulatorV2<Long, Map<Long, Long>> other) {
    synchronized (counts) {
      other.value().forEach((reason, count) -> counts.merge(reason, count, Long::sum));
    }
  }

  @Override
  public Map<Long, Long> value() {
    synchronized (counts) {
      return new HashMap<>(counts);
    }
  }
}
