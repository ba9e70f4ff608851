package io.forwardpass.spark.task;

import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.spark.feature.Feature;
import io.forwardpass.spark.feature.IndexFeature;
import io.forwardpass.spark.feature.InvalidRows;
import io.forwardpass.spark.prediction.Predictions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
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
  private transient byte[] form; // as it travels

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
  public String describeCategory(long category) {
    String column = columns[InvalidRows.column(category)];
    return switch (InvalidRows.kind(category)) {
      case InvalidRows.LENGTH -> column + " has another length";
      case InvalidRows.INDEX -> column + " holds a number that the model does not know";
      default -> describe(category);
    };
  }

  /** Whether some rows come out of the network's operator only to be dropped right after it. */
  public boolean drops() {
    return policy == InvalidPolicy.SKIP || windows != null && windows.dropsShort();
  }

  /** Its name, as plan and messages show it. */
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

  /** Equal where what travels is: then it scores alike, and Spark need not do twice what two parts of a plan have in common. */
  @Override
  public boolean equals(Object object) {
    return this == object || object instanceof Scoring scoring && Arrays.equals(form(), scoring.form());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(columns) * 31 + model.hashCode();
  }

  private synchronized byte[] form() {
    if (form == null) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(this);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      form = bytes.toByteArray();
    }
    return form;
  }
}
