package io.forwardpass.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A job file, checked and resolved. Driver side only. */
public record JobConfig(Model model, Input input, Features features, Optional<Windows> windows, Output output, InvalidRows invalidRows,
    Spark spark) {

  /** @param bareLayers the architecture of bare arrays as a Sequential config in JSON, made from {@code layers} and {@code input-shape} */
  public record Model(String path, Optional<String> architecture, Optional<String> bareLayers, OptionalInt kerasVersion) {}

  /**
   * Exactly one of {@code path} and {@code table} is there.
   *
   * @param partitionTime {@code column = expression of the windows' order-by}
   */
  public record Input(Optional<String> path, Optional<String> table, String format, Map<String, String> options, Optional<String> schema,
      Optional<String> filter, List<String> key, Optional<String> partitionTime) {}

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
   * @param orderBy the time, then columns that tell rows of one time apart
   * @param stride 1 for every window
   * @param scoreFrom a value of the time's type, or an expression
   */
  public record Windows(List<String> series, List<String> orderBy, OptionalInt lookBack, OnDuplicate onDuplicate, Optional<Span> step,
      OnGap onGap, OptionalInt fillLimit, ShortHistory shortHistory, int stride, OptionalInt labelOffset, Optional<String> scoreFrom,
      Optional<String> scoreUntil, Optional<Span> context, WindowPartitioning partitioning) {}

  /** What becomes of rows of one time in one series. */
  public enum OnDuplicate { ERROR, FIRST, LAST }

  /** What becomes of a window where rows are not one step apart. */
  public enum OnGap { RESTART, IGNORE, ERROR, FILL }

  /** What becomes of rows with too little history: a null prediction, no row, or a window padded at its beginning. */
  public enum ShortHistory { KEEP, DROP, ZERO, REPEAT_FIRST, MASK }

  /** Which rows a task sees: whole series, or a range of series and time. */
  public enum WindowPartitioning { SERIES, RANGE, AUTO }

  /** The distance between a window and what an autoencoder makes of it. */
  public enum ReconstructionError { NONE, MAE, MSE, RMSE }

  /** Exactly one of {@code path} and {@code table} is there. {@code columns} is {@code ["*"]} for all;
   * {@code reconstruction} tells whether an autoencoder's output is written beside its error. */
  public record Output(Optional<String> path, Optional<String> table, String format, Map<String, String> options, WriteMode mode,
      List<String> partitionBy, List<String> columns, String prediction, PredictionAs predictionAs, List<String> labels,
      Optional<Scaling> inverseScaling, ReconstructionError reconstructionError, boolean reconstruction, WriteMethod write) {}

  /** How the output comes to be: predictions beside the input's own column chunks, or every row written anew. */
  public enum WriteMethod { AUTO, APPEND, ROWS }

  public enum WriteMode { ERROR, OVERWRITE, APPEND }

  public enum PredictionAs { ARRAY, COLUMNS }

  /** @param nanIsInvalid false lets NaN through to the network; a null is always invalid */
  public record InvalidRows(InvalidPolicy policy, boolean nanIsInvalid) {}

  public enum InvalidPolicy { ERROR, SKIP, KEEP }

  /** @param blockRows rows per block, 64 to 512, a multiple of 16 */
  public record Spark(int blockRows) {}
}
