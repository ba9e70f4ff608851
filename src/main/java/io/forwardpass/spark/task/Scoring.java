package io.forwardpass.spark.task;

import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.config.JobConfig.OnDuplicate;
import io.forwardpass.spark.binding.RangeDecision;
import io.forwardpass.spark.feature.Feature;
import io.forwardpass.spark.feature.IndexFeature;
import io.forwardpass.spark.feature.InvalidRows;
import io.forwardpass.spark.prediction.Predictions;
import io.forwardpass.windows.WindowRules;
import java.io.Serializable;
import java.util.Arrays;

/** All that a task needs to know besides the network: resolved against table and model on the driver, sent with each task. */
public final class Scoring implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String model;
  private final String[] columns;
  private final Feature[][] features;
  private final int blockRows;
  private final boolean nanIsInvalid;
  private final InvalidPolicy policy;
  private final int[] key;
  private final Windowing windows;
  private final Predictions predictions;

  /** How rows become windows. */
  public static final class Windowing implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int[] series;
    private final int[] orderBy;
    private final int[] steps;
    private final int[] widths;
    private final boolean[] windowed;
    private final boolean dropsShort;
    private final OnDuplicate onDuplicate;
    private final TimeColumn time;
    private final WindowRules rules;
    private final boolean isRange;
    private final String partitioning;

    public Windowing(int[] series, int[] orderBy, int[] steps, int[] widths, boolean[] windowed, boolean dropsShort, OnDuplicate onDuplicate,
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
    public int[] place() {
      int[] place = Arrays.copyOf(series, series.length + 1);
      place[series.length] = orderBy[0];
      return place;
    }

    public int[] series() {
      return series;
    }

    /** The time, then what decides between rows of one time. */
    public int[] orderBy() {
      return orderBy;
    }

    /** By model input: how many of a window's last rows it takes. */
    public int[] steps() {
      return steps;
    }

    /** By model input: numbers a row. */
    public int[] widths() {
      return widths;
    }

    /** By model input; the others take a window's last row. */
    public boolean[] windowed() {
      return windowed;
    }

    public boolean dropsShort() {
      return dropsShort;
    }

    public OnDuplicate onDuplicate() {
      return onDuplicate;
    }

    /** What the first of orderBy holds. */
    public TimeColumn time() {
      return time;
    }

    public WindowRules rules() {
      return rules;
    }

    /** Whether a task has a range of series and time rather than whole series. */
    public boolean isRange() {
      return isRange;
    }

    /** For people. */
    public String partitioning() {
      return partitioning;
    }
  }

  public Scoring(String model, String[] columns, Feature[][] features, int blockRows, boolean nanIsInvalid, InvalidPolicy policy, int[] key,
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
  public String describe(long reason) {
    int column = InvalidRows.column(reason);
    for (Feature[] input : features) {
      for (Feature feature : input) {
        if (feature.column() == column && (InvalidRows.kind(reason) != InvalidRows.INDEX || feature instanceof IndexFeature)) {
          return feature.describe(columns[column], InvalidRows.kind(reason), InvalidRows.detail(reason));
        }
      }
    }
    return columns[column] + " is null";
  }

  /** The same for all rows that are wrong in the same way, for counting. */
  public String describeSort(long sort) {
    String column = columns[InvalidRows.column(sort)];
    return switch (InvalidRows.kind(sort)) {
      case InvalidRows.LENGTH -> column + " has another length";
      case InvalidRows.INDEX -> column + " holds a number that the model does not know";
      default -> describe(sort);
    };
  }

  /** Whether some rows come out of the network's operator only to be dropped right after it. */
  public boolean drops() {
    return policy == InvalidPolicy.SKIP || windows != null && windows.dropsShort;
  }

  /** Its name, for people. */
  public String model() {
    return model;
  }

  /** The columns needed; other fields name them by their index here. */
  public String[] columns() {
    return columns;
  }

  /** By model input. */
  public Feature[][] features() {
    return features;
  }

  public int blockRows() {
    return blockRows;
  }

  public boolean nanIsInvalid() {
    return nanIsInvalid;
  }

  public InvalidPolicy policy() {
    return policy;
  }

  /** Columns that name a row in messages. */
  public int[] key() {
    return key;
  }

  /** Null where each row is scored by itself. */
  public Windowing windows() {
    return windows;
  }

  public Predictions predictions() {
    return predictions;
  }
}
