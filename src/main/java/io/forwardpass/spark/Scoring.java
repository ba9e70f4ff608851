package io.forwardpass.spark;

import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.config.JobConfig.OnDuplicate;
import io.forwardpass.windows.WindowRules;
import java.io.Serializable;
import java.util.Arrays;

/** All that a task needs to know besides the network: resolved against table and model on the driver, sent with each task. */
final class Scoring implements Serializable {
  private static final long serialVersionUID = 1L;

  final String model; // its name, for people
  final String[] columns; // the columns needed; other fields name them by their index here
  final Feature[][] features; // by model input
  final int blockRows;
  final boolean nanIsInvalid;
  final InvalidPolicy policy;
  final int[] key; // columns that name a row in messages
  final Windowing windows; // null where each row is scored by itself
  final Predictions predictions;

  /** How rows become windows. */
  static final class Windowing implements Serializable {
    private static final long serialVersionUID = 1L;

    final int[] series;
    final int[] orderBy; // the time, then what decides between rows of one time
    final int[] steps; // by model input: how many of a window's last rows it takes
    final int[] widths; // by model input: numbers a row
    final boolean[] windowed; // by model input; the others take a window's last row
    final boolean dropsShort;
    final OnDuplicate onDuplicate;
    final TimeColumn time; // what the first of orderBy holds
    final WindowRules rules;
    final boolean isRange; // whether a task has a range of series and time rather than whole series
    final String partitioning; // for people

    Windowing(int[] series, int[] orderBy, int[] steps, int[] widths, boolean[] windowed, boolean dropsShort, OnDuplicate onDuplicate,
        TimeColumn time, WindowRules rules, RangeDecision partitioning) {
      this.series = series;
      this.orderBy = orderBy;
      this.steps = steps;
      this.widths = widths;
      this.windowed = windowed;
      this.dropsShort = dropsShort;
      this.onDuplicate = onDuplicate;
      this.time = time;
      this.rules = rules;
      isRange = partitioning.isRange();
      this.partitioning = partitioning.text();
    }

    /** The columns that name a row's place: its series and its time. */
    int[] place() {
      int[] place = Arrays.copyOf(series, series.length + 1);
      place[series.length] = orderBy[0];
      return place;
    }
  }

  Scoring(String model, String[] columns, Feature[][] features, int blockRows, boolean nanIsInvalid, InvalidPolicy policy, int[] key,
      Windowing windows, Predictions predictions) {
    this.model = model;
    this.columns = columns;
    this.features = features;
    this.blockRows = blockRows;
    this.nanIsInvalid = nanIsInvalid;
    this.policy = policy;
    this.key = key;
    this.windows = windows;
    this.predictions = predictions;
  }

  /** What is wrong with a row, in words: {@code x2 is null}. */
  String describe(long reason) {
    int column = Invalid.column(reason);
    for (Feature[] input : features) {
      for (Feature feature : input) {
        if (feature.column == column && (Invalid.kind(reason) != Invalid.INDEX || feature instanceof IndexFeature)) {
          return feature.describe(columns[column], Invalid.kind(reason), Invalid.detail(reason));
        }
      }
    }
    return columns[column] + " is null";
  }

  /** The same for all rows that are wrong in the same way, for counting. */
  String describeSort(long sort) {
    String column = columns[Invalid.column(sort)];
    return switch (Invalid.kind(sort)) {
      case Invalid.LENGTH -> column + " has another length";
      case Invalid.INDEX -> column + " holds a number that the model does not know";
      default -> describe(sort);
    };
  }

  /** Whether some rows come out of the network's operator only to be dropped right after it. */
  boolean drops() {
    return policy == InvalidPolicy.SKIP || windows != null && windows.dropsShort;
  }
}
