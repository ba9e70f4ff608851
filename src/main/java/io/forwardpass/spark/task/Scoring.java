package io.forwardpass.spark.task;

import io.forwardpass.spark.feature.Feature;
import io.forwardpass.spark.feature.InvalidRows;
import io.forwardpass.spark.prediction.Predictions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** All that a task needs to know besides the network: resolved against table and model on the driver. */
public final class Scoring implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String model;
  private final String[] columns;
  private final Feature[][] features;
  private final int blockRows;
  private final InvalidRowRule invalidRows;
  private final Windowing windows;
  private final Predictions predictions;
  private transient byte[] form; // as it travels

  public Scoring(String model, String[] columns, Feature[][] features, int blockRows, InvalidRowRule invalidRows, Windowing windows,
      Predictions predictions) {
    this.model = model;
    this.columns = columns;
    this.features = features;
    this.blockRows = blockRows;
    this.invalidRows = invalidRows;
    this.windows = windows;
    this.predictions = predictions;
  }

  /** What is wrong with a row, in words: {@code x2 is null}. */
  public String describe(long reason) {
    int column = InvalidRows.column(reason);
    for (Feature[] input : features) {
      for (Feature feature : input) {
        if (feature.column() == column && feature.marks(InvalidRows.kind(reason))) {
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
      case InvalidRows.UNKNOWN_KEY -> column + " holds a key that is not in the model's vocabulary";
      default -> describe(category);
    };
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

  public InvalidRowRule invalidRows() {
    return invalidRows;
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
    return this == object || (object instanceof Scoring scoring && Arrays.equals(form(), scoring.form()));
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
