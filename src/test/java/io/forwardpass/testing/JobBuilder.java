package io.forwardpass.testing;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobConfig.FeatureInput;
import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.config.JobConfig.PredictionAs;
import io.forwardpass.config.JobConfig.ReconstructionError;
import io.forwardpass.config.JobConfig.WriteMethod;
import io.forwardpass.config.JobConfig.WriteMode;
import io.forwardpass.config.Reference;
import io.forwardpass.config.Scaling;
import io.forwardpass.config.Storage;
import io.forwardpass.config.WindowsConfig;
import io.forwardpass.config.WindowsConfig.ShortHistory;
import io.forwardpass.network.Network;
import io.forwardpass.spark.ScoreJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A job as its file would give it, with every default; tests change what they are about. */
public final class JobBuilder {
  public Optional<String> inputPath = Optional.empty();
  public Optional<String> inputTable = Optional.empty();
  public String inputFormat = "parquet";
  public Map<String, String> inputOptions = new HashMap<>();
  public Optional<String> schema = Optional.empty();
  public Optional<String> filter = Optional.empty();
  public List<String> key = List.of();
  public Optional<String> partitionTime = Optional.empty();
  public List<FeatureInput> features = new ArrayList<>();
  public Map<String, Scaling> scaling = new HashMap<>();
  public Optional<WindowsConfig> windows = Optional.empty();
  public Optional<String> outputPath = Optional.empty();
  public Optional<String> outputTable = Optional.empty();
  public String outputFormat = "parquet";
  public Map<String, String> outputOptions = new HashMap<>();
  public WriteMode mode = WriteMode.ERROR;
  public List<String> partitionBy = List.of();
  public List<String> columns = List.of("*");
  public String prediction = "prediction";
  public PredictionAs predictionAs = PredictionAs.ARRAY;
  public List<String> labels = List.of();
  public Optional<Scaling> inverse = Optional.empty();
  public ReconstructionError reconstructionError = ReconstructionError.NONE;
  public boolean reconstruction = true;
  public InvalidPolicy policy = InvalidPolicy.ERROR;
  public boolean nanIsInvalid = true;
  public WriteMethod write = WriteMethod.AUTO;
  public int blockRows = 64;
  public String model = "model.keras";
  public Optional<String> architecture = Optional.empty();
  public List<String> jobFiles = List.of();

  public static JobBuilder from(Object input) {
    JobBuilder jobs = new JobBuilder();
    jobs.inputPath = Optional.of(input.toString());
    jobs.outputPath = Optional.of(input + "-out");
    return jobs;
  }

  public JobBuilder to(Object output) {
    outputPath = Optional.of(output.toString());
    return this;
  }

  public JobBuilder features(String... names) {
    features.add(new FeatureInput(Optional.empty(), List.of(names), Optional.empty()));
    return this;
  }

  public JobBuilder column(String name) {
    features.add(new FeatureInput(Optional.empty(), List.of(), Optional.of(name)));
    return this;
  }

  public JobBuilder input(String modelInput, String... names) {
    features.add(new FeatureInput(Optional.of(modelInput), List.of(names), Optional.empty()));
    return this;
  }

  JobBuilder inputColumn(String modelInput, String name) {
    features.add(new FeatureInput(Optional.of(modelInput), List.of(), Optional.of(name)));
    return this;
  }

  public JobBuilder windows(List<String> series, String orderBy) {
    return windows(series, orderBy, ShortHistory.KEEP);
  }

  public JobBuilder windows(List<String> series, String orderBy, ShortHistory shortHistory) {
    WindowsBuilder of = new WindowsBuilder(series, orderBy);
    of.shortHistory = shortHistory;
    return windows(of);
  }

  public JobBuilder windows(WindowsBuilder of) {
    windows = Optional.of(of.config());
    return this;
  }

  public JobBuilder policy(InvalidPolicy changed) {
    policy = changed;
    return this;
  }

  public JobConfig config() {
    return new JobConfig(new JobConfig.Model(model, architecture, Optional.empty(), Reference.kerasVersion()),
        new JobConfig.Input(new Storage(inputPath, inputTable, inputFormat, inputOptions), schema, filter, key, partitionTime),
        new JobConfig.Features(features, scaling), windows,
        new JobConfig.Output(new Storage(outputTable.isPresent() ? Optional.empty() : outputPath, outputTable, outputFormat, outputOptions),
            mode, write, partitionBy, columns, new JobConfig.PredictionColumns(prediction, predictionAs, labels, inverse),
            new JobConfig.Reconstruction(reconstructionError, reconstruction)),
        new JobConfig.InvalidRows(policy, nanIsInvalid), new JobConfig.Spark(blockRows), jobFiles);
  }

  public ScoreJob job(Network network) {
    return new ScoreJob(Sessions.shared(), config(), network, "model.keras");
  }
}
