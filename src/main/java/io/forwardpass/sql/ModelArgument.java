package io.forwardpass.sql;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobFile;
import io.forwardpass.config.JobKeys;
import io.forwardpass.model.LoadedModel;
import io.forwardpass.model.ModelCache;
import io.forwardpass.refusal.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.classic.SparkSession;

/** The first argument of a call: a model's path or bytes, or a job file that names a model and its features. */
final class ModelArgument {
  static final int MOST_BYTES = 64 << 20;
  static final String JOB_SUFFIX = ".conf";

  private final JobKeys keys;
  private final String jobFile; // null where there is none
  private final byte[] content; // null where the model is read from its path
  private final Configuration hadoop;

  private ModelArgument(JobKeys keys, String jobFile, byte[] content, Configuration hadoop) {
    this.keys = keys;
    this.jobFile = jobFile;
    this.content = content;
    this.hadoop = hadoop;
  }

  /** @param function the function called, for messages */
  static ModelArgument of(Expression argument, String function, SparkSession session) {
    Object value = Constants.value(argument, "the model", function);
    Configuration hadoop = session.sessionState().newHadoopConf();
    if (value instanceof byte[] bytes) {
      if (bytes.length > MOST_BYTES) {
        throw Refusal.model("Cannot score with the model given as BINARY: it has " + bytes.length + " bytes, and a plan carries up to "
            + MOST_BYTES + ". Save it to a file, and give its path.");
      }
      return new ModelArgument(JobKeys.ofModel(ModelCache.nameOf(bytes)), null, bytes, hadoop);
    }
    if (!(value instanceof String text) || text.isBlank()) {
      throw Refusal.model("Cannot call " + function + ": the model should be a path, a job file or a model's bytes, not "
          + (value instanceof String ? "an empty text" : argument.sql()) + ". Give for instance 'models/mlp.keras'.");
    }
    ModelFolder folder = new ModelFolder(session);
    String path = folder.resolve(text);
    return path.endsWith(JOB_SUFFIX) ? ofJob(path, folder, hadoop) : new ModelArgument(JobKeys.ofModel(path), null, null, hadoop);
  }

  private static ModelArgument ofJob(String path, ModelFolder folder, Configuration hadoop) {
    try {
      JobKeys job = JobFile.keys(path, List.of(), hadoop);
      JobConfig.Model model = job.job().model();
      JobKeys resolved = job.atHand().with("model.path", folder.resolve(model.path())).with("input.key", List.of());
      Optional<String> architecture = model.architecture();
      if (architecture.isPresent()) {
        resolved = resolved.with("model.architecture", folder.resolve(architecture.get()));
      }
      return new ModelArgument(resolved, path, null, hadoop);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the job file says, or of a model alone no more than the model. */
  JobKeys keys() {
    return keys;
  }

  Optional<String> jobFile() {
    return Optional.ofNullable(jobFile);
  }

  /** @param lookBack the steps of inputs that the model leaves open */
  LoadedModel model(OptionalInt lookBack) {
    JobConfig.Model model = (jobFile == null ? keys.with("features.columns", List.of("x")) : keys).job().model();
    return content == null ? ModelCache.of(model, lookBack, hadoop) : ModelCache.of(content, lookBack);
  }
}
