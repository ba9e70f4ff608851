package io.forwardpass.spark.task;

import io.forwardpass.config.JobConfig.OnDuplicate;
import java.io.Serializable;
import java.util.Arrays;

/** What parts rows into series and sorts each; columns are named by their place among those the scoring needs. */
public final class SeriesOrder implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] series;
  private final int[] orderBy;
  private final TimeColumn time;
  private final OnDuplicate onDuplicate;

  public SeriesOrder(int[] series, int[] orderBy, TimeColumn time, OnDuplicate onDuplicate) {
    this.series = series;
    this.orderBy = orderBy;
    this.time = time;
    this.onDuplicate = onDuplicate;
  }

  public int[] series() {
    return series;
  }

  /** The time, then what decides between rows of one time. */
  public int[] orderBy() {
    return orderBy;
  }

  /** What decides between rows of one time. */
  public int[] ties() {
    return Arrays.copyOfRange(orderBy, 1, orderBy.length);
  }

  /** The columns that name a row's place: its series and its time. */
  public int[] place() {
    int[] place = Arrays.copyOf(series, series.length + 1);
    place[series.length] = orderBy[0];
    return place;
  }

  /** What the first of {@link #orderBy} holds. */
  public TimeColumn time() {
    return time;
  }

  public OnDuplicate onDuplicate() {
    return onDuplicate;
  }
}
