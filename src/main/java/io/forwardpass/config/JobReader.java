package io.forwardpass.config;

import com.typesafe.config.ConfigList;
import io.forwardpass.config.JobConfig.FeatureInput;
import io.forwardpass.config.JobConfig.Features;
import io.forwardpass.config.JobConfig.Input;
import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.config.JobConfig.InvalidRows;
import io.forwardpass.config.JobConfig.Model;
import io.forwardpass.config.JobConfig.Output;
import io.forwardpass.config.JobConfig.PredictionAs;
import io.forwardpass.config.JobConfig.PredictionColumns;
import io.forwardpass.config.JobConfig.Reconstruction;
import io.forwardpass.config.JobConfig.ReconstructionError;
import io.forwardpass.config.JobConfig.Spark;
import io.forwardpass.config.JobConfig.WriteMethod;
import io.forwardpass.config.JobConfig.WriteMode;
import io.forwardpass.network.Block;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Makes the values of a job from its sections, and checks what one section alone or two together get wrong. */
final class JobReader {
  private static final int LEAST_ROWS = 64; // of a block
  private static final int MOST_ROWS = 512;

  private enum Nan { INVALID, PASS }

  private enum Kept { KEEP, DROP }

  private final Section file;

  JobReader(Section file) {
    this.file = file;
  }

  /** @param withWindows whether the job file has a section {@code windows}: leaving it out has a meaning */
  JobConfig read(boolean withWindows) {
    checkPartitionTime(file.section("input"), file.section("windows"), withWindows);
    return new JobConfig(model(file.section("model")), input(file.section("input")), features(file.section("features")),
        withWindows ? Optional.of(new WindowsReader(file.section("windows")).read()) : Optional.empty(), output(file.section("output")),
        invalidRows(file.section("invalid-rows")), spark(file.section("spark")), List.of());
  }

  private static void checkPartitionTime(Section input, Section windows, boolean withWindows) {
    if (input.has("partition-time") && !withWindows) {
      input.problem("partition-time", "goes with windows.score-from or score-until, and there are no windows. Use input.filter.");
    } else if (input.has("partition-time") && !windows.has("score-from") && !windows.has("score-until")) {
      input.problem("partition-time", "goes with windows.score-from or score-until, and neither is there. Give one, or leave it out.");
    }
  }

  private static Model model(Section model) {
    if (!model.has("path")) {
      model.problem("has no path. Give the model file or folder as model.path.");
    }
    Optional<String> architecture = model.text("architecture");
    if (architecture.isPresent() && model.has("layers")) {
      model.problem("has both architecture and layers. Keep the one that describes the weights.");
    }
    OptionalInt version = model.integer("keras-version");
    if (version.isPresent() && (version.getAsInt() < 1 || version.getAsInt() > 3)) {
      model.problem("keras-version", "should be 1, 2 or 3, not " + version.getAsInt() + ".");
    }
    return new Model(model.text("path").orElse(""), architecture, new BareLayers(model).json(), version.orElse(Section.REFUSED));
  }

  private static Input input(Section input) {
    pathOrTable(input, "input");
    return new Input(storage(input), input.text("schema"), input.text("filter"), input.texts("key"), input.text("partition-time"));
  }

  private static Storage storage(Section section) {
    return new Storage(section.text("path"), section.text("table"), section.text("format").orElse(""), section.options("options"));
  }

  private static void pathOrTable(Section section, String name) {
    if (section.has("path") && section.has("table")) {
      section.problem("has both path and table. Keep one of them.");
    } else if (!section.has("path") && !section.has("table")) {
      section.problem("has neither path nor table. Give " + name + ".path or " + name + ".table.");
    }
  }

  private static Features features(Section features) {
    List<FeatureInput> inputs = new ArrayList<>();
    Section named = features.section("inputs");
    if (!named.keys().isEmpty()) {
      for (String own : List.of("columns", "column")) {
        if (features.has(own) && !(own.equals("columns") && features.texts(own).isEmpty())) {
          features.problem("has both " + own + " and inputs. Models of one input take columns or column, models of several take inputs.");
        }
      }
      for (String name : named.keys()) {
        Section one = named.section(name);
        for (String key : one.keys()) {
          if (!key.equals("columns") && !key.equals("column")) {
            one.problem(key, "is not a key of job files. A model input has columns or column.");
          }
        }
        inputs.add(featureInput(one, Optional.of(name)));
      }
    } else {
      inputs.add(featureInput(features, Optional.empty()));
    }
    Set<String> columns = new HashSet<>();
    for (FeatureInput input : inputs) {
      columns.addAll(input.columns());
      input.column().ifPresent(columns::add);
    }
    Map<String, Scaling> scaling = new LinkedHashMap<>();
    Section scaled = features.section("scaling");
    for (String column : scaled.keys()) {
      if (!columns.contains(column)) {
        scaled.problem(column, "scales no feature." + ScalingReader.advice(scaled, column, columns));
      } else {
        ScalingReader.read(scaled.section(column)).ifPresent(found -> scaling.put(column, found));
      }
    }
    return new Features(List.copyOf(inputs), scaling);
  }

  private static FeatureInput featureInput(Section section, Optional<String> name) {
    List<String> columns = section.texts("columns");
    Optional<String> column = section.text("column");
    if (!columns.isEmpty() && column.isPresent()) {
      section.problem("has both columns and column. Keep columns for number columns, column for one array or vector column.");
    } else if (columns.isEmpty() && column.isEmpty() && (!section.has("columns") || section.value("columns") instanceof ConfigList)) {
      section.problem("names no column. Give columns = [...], one number column per feature"
          + (name.isPresent() ? "" : " in the model's order") + ", or column, one array or vector column.");
    }
    return new FeatureInput(name, columns, column);
  }

  private static Output output(Section output) {
    pathOrTable(output, "output");
    List<String> columns = output.texts("columns");
    if (columns.contains("*") && columns.size() > 1) {
      output.problem("columns", "names columns beside \"*\", which is all of them. Keep one or the other.");
    }
    List<String> labels = output.texts("labels");
    if (labels.size() == 1) {
      output.problem("labels", "should name every class, but names " + labels.get(0) + " alone. A single sigmoid has two.");
    }
    Optional<Scaling> inverse = output.has("inverse-scaling") ? ScalingReader.read(output.section("inverse-scaling")) : Optional.empty();
    if (inverse.isPresent() && !labels.isEmpty()) {
      output.problem("has both labels and inverse-scaling. A class has no scale; keep the one that fits the model.");
    }
    Reconstruction reconstruction = new Reconstruction(output.choice("reconstruction-error", ReconstructionError.values()),
        output.choice("reconstruction", Kept.values()) == Kept.KEEP);
    if (reconstruction.error() != ReconstructionError.NONE && !labels.isEmpty()) {
      output.problem("has both labels and reconstruction-error. A model predicts classes or reconstructs its input, not both.");
    }
    return new Output(storage(output), output.choice("mode", WriteMode.values()), output.choice("write", WriteMethod.values()),
        output.texts("partition-by"), columns, new PredictionColumns(output.text("prediction").orElse(""),
            output.choice("prediction-as", PredictionAs.values()), labels, inverse),
        reconstruction);
  }

  private static InvalidRows invalidRows(Section invalid) {
    return new InvalidRows(invalid.choice("policy", InvalidPolicy.values()), invalid.choice("nan", Nan.values()) == Nan.INVALID);
  }

  private static Spark spark(Section spark) {
    OptionalInt rows = spark.integer("block-rows");
    if (rows.isPresent() && (rows.getAsInt() < LEAST_ROWS || rows.getAsInt() > MOST_ROWS || rows.getAsInt() % Block.LANES != 0)) {
      spark.problem("block-rows", "should be a multiple of " + Block.LANES + " from " + LEAST_ROWS + " to " + MOST_ROWS + ", not "
          + rows.getAsInt() + ".");
    }
    return new Spark(rows.orElse(Section.REFUSED));
  }
}
