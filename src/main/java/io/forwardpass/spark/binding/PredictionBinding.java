package io.forwardpass.spark.binding;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.config.JobConfig.PredictionAs;
import io.forwardpass.config.JobConfig.ReconstructionError;
import io.forwardpass.config.Scaling;
import io.forwardpass.config.WindowsConfig.ShortHistory;
import io.forwardpass.network.Network;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Problems;
import io.forwardpass.spark.prediction.ArrayPrediction;
import io.forwardpass.spark.prediction.LabelPrediction;
import io.forwardpass.spark.prediction.NumberPrediction;
import io.forwardpass.spark.prediction.Prediction;
import io.forwardpass.spark.prediction.Predictions;
import io.forwardpass.spark.prediction.ReconstructionPrediction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Decides which columns the model's outputs become: {@code prediction}, an array or columns, labels. */
final class PredictionBinding {
  private final JobConfig config;
  private final JobConfig.PredictionColumns predicted;
  private final Network network;
  private final Problems problems;

  PredictionBinding(JobConfig config, Network network, Problems problems) {
    this.config = config;
    predicted = config.output().predictions();
    this.network = network;
    this.problems = problems;
  }

  Predictions predictions() {
    List<Prediction> columns = new ArrayList<>();
    boolean compares = config.output().reconstruction().error() != ReconstructionError.NONE;
    for (int output = 0; output < network.outputs() && (!compares || config.output().reconstruction().isKept()); output++) {
      addOutput(output, columns);
    }
    if (compares) {
      addReconstructionError(columns);
    }
    addLabels(columns);
    InvalidPolicy policy = config.invalidRows().policy();
    boolean dropsShort = config.windows().map(windows -> windows.form().shortHistory() == ShortHistory.DROP).orElse(false);
    boolean drops = policy == InvalidPolicy.SKIP || dropsShort;
    boolean nullable = policy != InvalidPolicy.ERROR || config.windows().isPresent();
    return new Predictions(columns.toArray(Prediction[]::new), nullable, policy == InvalidPolicy.KEEP, drops);
  }

  private void addReconstructionError(List<Prediction> columns) {
    if (network.inputs() > 1 || network.outputs() > 1 || !network.inputShape(0).equals(network.outputShape(0))) {
      problems.add("output.reconstruction-error compares what a model is given with what it gives back, but its inputs are "
          + shapes(network.inputs(), network::inputShape) + " and its outputs " + shapes(network.outputs(), network::outputShape)
          + ". Leave it out, or use an autoencoder.");
    } else if (!network.inputShape(0).isOpen()) {
      columns.add(new ReconstructionPrediction(config.output().reconstruction().error(), network.inputShape(0).elements()));
    }
  }

  private static String shapes(int count, IntFunction<Shape> shape) {
    return String.join(", ", IntStream.range(0, count).mapToObj(shape).map(Shape::toString).toList());
  }

  private void addOutput(int output, List<Prediction> columns) {
    Shape shape = network.outputShape(output);
    String name = predicted.name() + (network.outputs() == 1 ? "" : "_" + network.outputName(output));
    Scaling inverse = predicted.inverseScaling().orElse(null);
    if (shape.isOpen()) {
      problems.add("the model leaves the size of its output " + network.outputName(output) + " open: " + shape
          + ". Save it with a fixed input shape.");
    } else if (shape.rank() <= 1 && shape.elements() == 1) {
      columns.add(new NumberPrediction(name, output, 0, inverse));
    } else if (predicted.as() == PredictionAs.ARRAY) {
      columns.add(new ArrayPrediction(name, output, shape.dimensions(), inverse));
      if (config.output().path().isPresent() && config.output().format().equalsIgnoreCase("csv")) {
        problems.add("the column " + name + " would be an array of " + shape.elements()
            + " numbers, which CSV cannot hold. Set output.prediction-as = columns.");
      }
    } else {
      for (int e = 0; e < shape.elements(); e++) {
        columns.add(new NumberPrediction(name + place(shape, e), output, e, inverse));
      }
    }
  }

  /** {@code _3}; {@code _1_0} in an output with steps. */
  private static String place(Shape shape, int element) {
    StringBuilder text = new StringBuilder();
    int rest = element;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      text.insert(0, "_" + rest % shape.size(axis));
      rest /= shape.size(axis);
    }
    return text.toString();
  }

  private void addLabels(List<Prediction> columns) {
    List<String> labels = predicted.labels();
    if (labels.isEmpty()) {
      return;
    }
    if (network.outputs() > 1 || network.outputShape(0).rank() > 1) {
      problems.add("output.labels needs a model with one output of one axis, but it has "
          + (network.outputs() > 1 ? network.outputs() + " outputs" : "the output shape " + network.outputShape(0))
          + ". Remove the labels.");
      return;
    }
    if (network.outputShape(0).isOpen()) {
      return;
    }
    int width = network.outputShape(0).elements();
    if (labels.size() != Math.max(2, width)) {
      problems.add("output.labels lists " + labels.size() + (labels.size() == 1 ? " label" : " labels") + ", but the model's output has "
          + (width == 1 ? "one number, which decides between 2" : width + " numbers") + ". List " + Math.max(2, width)
          + " labels, in the order of training.");
      return;
    }
    columns.add(LabelPrediction.label(labels));
    columns.add(LabelPrediction.probability(labels));
  }
}
