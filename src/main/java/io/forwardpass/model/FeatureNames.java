package io.forwardpass.model;

import io.forwardpass.config.JobKeys;
import io.forwardpass.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Names for features that nobody has named, as they come by position: {@code x0}, {@code x1}, … */
public final class FeatureNames {
  private FeatureNames() {}

  /** Whether a job names its features itself. */
  public static boolean areIn(JobKeys job) {
    return job.has("features.columns") || job.has("features.column") || job.has("features.inputs");
  }

  /** A job whose features are the numbers of every model input, one after another. */
  public static JobKeys numbered(JobKeys job, Network network) {
    JobKeys named = job;
    int next = 0;
    for (int input = 0; input < network.inputs(); input++) {
      List<String> columns = new ArrayList<>();
      for (int e = network.inputShape(input).elements(); e > 0; e--) {
        columns.add("x" + next++);
      }
      named = network.inputs() == 1 ? named.with("features.columns", columns)
          : named.with("features.inputs", network.inputName(input), Map.of("columns", columns));
    }
    return named;
  }
}
