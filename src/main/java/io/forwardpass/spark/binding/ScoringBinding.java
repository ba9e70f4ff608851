package io.forwardpass.spark.binding;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.network.Network;
import io.forwardpass.refusal.Problems;
import io.forwardpass.spark.feature.Feature;
import io.forwardpass.spark.prediction.Predictions;
import io.forwardpass.spark.task.InvalidRowRule;
import io.forwardpass.spark.task.Scoring;
import io.forwardpass.spark.task.Windowing;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;

/** Resolves a job against its table and its model. */
public final class ScoringBinding {
  private final JobConfig config;
  private final Network network;
  private final String model;
  private final Problems problems;
  private final Columns columns;
  private final NeededColumns needed;
  private final TimeBounds bounds;

  public ScoringBinding(JobConfig config, Network network, String model, Columns columns, Problems problems, TimeBounds bounds) {
    this.config = config;
    this.network = network;
    this.model = model;
    this.columns = columns;
    this.problems = problems;
    this.bounds = bounds;
    needed = new NeededColumns(columns, problems);
  }

  /** Meaningless where there are problems. */
  public Scoring scoring() {
    Feature[][] features = new FeatureBinding(config, network, columns, needed, problems).features();
    Windowing windows = config.windows().isPresent()
        ? new WindowBinding(config, network, needed, problems, bounds).windowing() : null;
    int[] key = key();
    Predictions predictions = new PredictionBinding(config, network, problems).predictions();
    InvalidRowRule invalidRows = new InvalidRowRule(config.invalidRows().policy(), config.invalidRows().nanIsInvalid(), key);
    return new Scoring(model, needed.names(), features, config.spark().blockRows(), invalidRows, windows, predictions);
  }

  public List<Attribute> needed() {
    return needed.all();
  }

  /** What names a row is read only where a row may have to be named. */
  private int[] key() {
    List<String> names = new ArrayList<>(config.input().key());
    if (config.invalidRows().policy() != InvalidPolicy.ERROR) {
      needed.check(names, "input.key");
      return new int[0];
    }
    if (!names.isEmpty()) {
      return needed.indices(names, "input.key");
    }
    config.windows().ifPresent(windows -> {
      names.addAll(windows.keys().series());
      names.addAll(windows.keys().orderBy());
    });
    return needed.indices(names, "windows");
  }
}
