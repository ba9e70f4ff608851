package io.forwardpass.spark;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobConfig.FeatureInput;
import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.config.JobConfig.PredictionAs;
import io.forwardpass.config.JobConfig.ReconstructionError;
import io.forwardpass.config.JobConfig.ShortHistory;
import io.forwardpass.config.JobConfig.WriteBy;
import io.forwardpass.config.JobConfig.WriteMode;
import io.forwardpass.config.Scaling;
import io.forwardpass.network.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A job as its file would give it, with every default; tests change what they are about. */
final class Jobs {
  Optional<String> inputPath = Optional.empty();
  Optional<String> inputTable = Optional.empty();
  String inputFormat = "parquet";
  Map<String, String> inputOptions = new HashMap<>();
  Optional<String> schema = Optional.empty();
  Optional<String> filter = Optional.empty();
  List<String> key = List.of();
  Optional<String> partitionTime = Optional.empty();
  List<FeatureInput> features = new ArrayList<>();
  Map<String, Scaling> scaling = new HashMap<>();
  Optional<JobConfig.Windows> windows = Optional.empty();
  Optional<String> outputPath = Optional.empty();
  Optional<String> outputTable = Optional.empty();
  String outputFormat = "parquet";
  Map<String, String> outputOptions = new HashMap<>();
  WriteMode mode = WriteMode.ERROR;
  List<String> partitionBy = List.of();
  List<String> columns = List.of("*");
  String prediction = "prediction";
  PredictionAs predictionAs = PredictionAs.ARRAY;
  List<String> labels = List.of();
  Optional<Scaling> inverse = Optional.empty();
  ReconstructionError reconstructionError = ReconstructionError.NONE;
  boolean reconstruction = true;
  InvalidPolicy policy = InvalidPolicy.ERROR;
  boolean nanIsInvalid = true;
  WriteBy write = WriteBy.AUTO;
  int blockRows = 64;
  String model = "model.keras";
  Optional<String> architecture = Optional.empty();
  List<String> jobFiles = List.of();

  static Jobs from(Object input) {
    Jobs jobs = new Jobs();
    jobs.inputPath = Optional.of(input.toString());
    jobs.outputPath = Optional.of(input + "-out");
    return jobs;
  }

  Jobs to(Object output) {
    outputPath = Optional.of(output.toString());
    return this;
  }

  Jobs features(String... names) {
    features.add(new FeatureInput(Optional.empty(), List.of(names), Optional.empty()));
    return this;
  }

  Jobs column(String name) {
    features.add(new FeatureInput(Optional.empty(), List.of(), Optional.of(name)));
    return this;
  }

  Jobs input(String modelInput, String... names) {
    features.add(new FeatureInput(Optional.of(modelInput), List.of(names), Optional.empty()));
    return this;
  }

  Jobs inputColumn(String modelInput, String name) {
    features.add(new FeatureInput(Optional.of(modelInput), List.of(), Optional.of(name)));
    return this;
  }

  Jobs windows(List<String> series, String orderBy) {
    return windows(series, orderBy, ShortHistory.KEEP);
  }

  Jobs windows(List<String> series, String orderBy, ShortHistory shortHistory) {
    WindowsOf of = new WindowsOf(series, orderBy);
    of.shortHistory = shortHistory;
    return windows(of);
  }

  Jobs windows(WindowsOf of) {
    windows = Optional.of(of.config());
    return this;
  }

  Jobs policy(InvalidPolicy changed) {
    policy = changed;
    return this;
  }

  JobConfig config() {
    return new JobConfig(new JobConfig.Model(model, architecture, Optional.empty(), OptionalInt.empty()),
        new JobConfig.Input(inputPath, inputTable, inputFormat, inputOptions, schema, filter, key, partitionTime),
        new JobConfig.Features(features, scaling), windows,
        new JobConfig.Output(outputTable.isPresent() ? Optional.empty() : outputPath, outputTable, outputFormat, outputOptions, mode, partitionBy,
            columns, prediction, predictionAs, labels, inverse, reconstructionError, reconstruction, write),
        new JobConfig.InvalidRows(policy, nanIsInvalid), new JobConfig.Spark(blockRows), jobFiles);
  }

  ScoreJob job(Network network) {
    return new ScoreJob(Sessions.shared(), config(), network, "model.keras");
  }
}
