package io.forwardpass.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job file, checked and resolved. Driver side only.
 *
 * @param files where it lies, and what it includes
 */
public record JobConfig(Model model, Input input, Features features, Optional<WindowsConfig> windows, Output output,
    InvalidRows invalidRows, Spark spark, List<String> files) {

  JobConfig readFrom(List<String> read) {
    return new JobConfig(model, input, features, windows, output, invalidRows, spark, List.copyOf(read));
  }

  /**
   * @param bareLayers the architecture of bare arrays as a Sequential config in JSON, made from {@code layers} and {@code input-shape}
   * @param kerasVersion whose maths applies where the model's files do not tell
   */
  public record Model(String path, Optional<String> architecture, Optional<String> bareLayers, int kerasVersion) {}

  /**
   * @param key the columns that name a row in messages
   * @param partitionTime {@code column = expression of the windows' order-by}
   */
  public record Input(Storage storage, Optional<String> schema, Optional<String> filter, List<String> key, Optional<String> partitionTime)
      implements Stored {}

  /**
   * @param inputs one entry per model input; where the job names none ({@code features.columns}), a single one
   * @param scaling by column name
   */
  public record Features(List<FeatureInput> inputs, Map<String, Scaling> scaling) {}

  /**
   * What feeds one model input.
   *
   * @param modelInput its name in the model; empty where the job file names none
   * @param columns one number column per feature, in the model's order; empty where {@code column} is given
   * @param column one array or vector column
   */
  public record FeatureInput(Optional<String> modelInput, List<String> columns, Optional<String> column) {}

  /**
   * @param partitionBy the columns that become partition folders
   * @param columns of the input to keep; {@code ["*"]} for all
   */
  public record Output(Storage storage, WriteMode mode, WriteMethod write, List<String> partitionBy, List<String> columns,
      PredictionColumns predictions, Reconstruction reconstruction) implements Stored {}

  /**
   * The columns that predictions become.
   *
   * @param name of the column, or what the names of several begin with
   * @param labels the classes in the model's order; none where it does not classify
   * @param inverseScaling undone before predictions are written
   */
  public record PredictionColumns(String name, PredictionAs as, List<String> labels, Optional<Scaling> inverseScaling) {}

  /**
   * What becomes of an autoencoder's output.
   *
   * @param isKept whether it is written beside its error
   */
  public record Reconstruction(ReconstructionError error, boolean isKept) {}

  /** The distance between what an autoencoder is given and what it makes of it. */
  public enum ReconstructionError { NONE, MAE, MSE, RMSE }

  /** How the output comes to be: predictions beside the input's own column chunks, or every row written anew. */
  public enum WriteMethod {
    AUTO, APPEND, ROWS
  }

  public enum WriteMode { ERROR, OVERWRITE, APPEND }

  public enum PredictionAs { ARRAY, COLUMNS }

  /** @param nanIsInvalid false lets NaN through to the network; a null is always invalid */
  public record InvalidRows(InvalidPolicy policy, boolean nanIsInvalid) {}

  public enum InvalidPolicy { ERROR, SKIP, KEEP }

  /** @param blockRows how many rows go through the network at a time */
  public record Spark(int blockRows) {}
}
