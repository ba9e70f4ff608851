package io.forwardpass.cli;

import io.forwardpass.graph.Graph;
import io.forwardpass.keras.ModelFiles;
import io.forwardpass.keras.array.NpyArray;
import io.forwardpass.keras.container.NpzFile;
import io.forwardpass.network.InputRows;
import io.forwardpass.network.InputType;
import io.forwardpass.network.Shape;
import io.forwardpass.reference.Cases;
import io.forwardpass.refusal.Problems;
import io.forwardpass.refusal.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/** Recorded answers as {@code x0, y0, t0, …} in an .npz file, checked against the model that they are to verify. */
final class CasesFile {
  private final String path;
  private final List<NpyArray> inputs;
  private final List<NpyArray> outputs;
  private final List<NpyArray> truths;

  private CasesFile(String path, NpzFile arrays) {
    this.path = path;
    inputs = numbered(arrays, "x");
    outputs = numbered(arrays, "y");
    truths = numbered(arrays, "t");
  }

  static CasesFile read(String path, Configuration hadoop) throws IOException {
    CasesFile cases = new CasesFile(path, ModelFiles.readNpz(path, hadoop));
    if (cases.inputs.isEmpty() || cases.outputs.isEmpty() || cases.inputs.get(0).shape().length == 0) {
      throw Refusal.model("Cannot verify with " + path + ": it holds " + cases.inputs.size() + " inputs (x0, x1, ...) and "
          + cases.outputs.size() + " outputs (y0, y1, ...). Record at least x0 and y0 with a row each per case.");
    }
    return cases;
  }

  private static List<NpyArray> numbered(NpzFile arrays, String prefix) {
    List<NpyArray> found = new ArrayList<>();
    while (arrays.has(prefix + found.size())) {
      found.add(arrays.array(prefix + found.size()));
    }
    return found;
  }

  /** The shapes of a row of each input: they settle what the model leaves open. */
  List<Shape> inputShapes() {
    return inputs.stream().map(CasesFile::row).collect(Collectors.toList());
  }

  private static Shape row(NpyArray array) {
    int[] shape = array.shape();
    return Shape.of(Arrays.copyOfRange(shape, Math.min(1, shape.length), shape.length));
  }

  Cases casesFor(Graph graph) {
    int rows = inputs.get(0).shape()[0];
    Problems problems = new Problems();
    count("inputs (x)", inputs, graph.inputs().size(), problems);
    count("outputs (y)", outputs, graph.outputs().size(), problems);
    if (!truths.isEmpty()) {
      count("truths (t)", truths, graph.outputs().size(), problems);
    }
    for (int i = 0; problems.isEmpty() && i < inputs.size(); i++) {
      shape("x" + i, inputs.get(i), rows, graph.inputShape(i), problems);
    }
    for (int i = 0; problems.isEmpty() && i < outputs.size(); i++) {
      shape("y" + i, outputs.get(i), rows, graph.outputShape(i), problems);
      if (!truths.isEmpty()) {
        shape("t" + i, truths.get(i), rows, graph.outputShape(i), problems);
      }
    }
    for (int i = 0; problems.isEmpty() && i < inputs.size(); i++) {
      dtype("x" + i, inputs.get(i), graph.inputType(i), problems);
    }
    problems.throwIfAny(Refusal.Kind.MODEL, "verify with " + path);
    return new Cases(rows, inputs.stream().map(CasesFile::rows).collect(Collectors.toList()),
        outputs.stream().map(NpyArray::floats).collect(Collectors.toList()),
        truths.stream().map(NpyArray::doubles).collect(Collectors.toList()));
  }

  private static void count(String what, List<NpyArray> arrays, int expected, Problems problems) {
    if (arrays.size() != expected) {
      problems.add("it has " + arrays.size() + " " + what + ", the model has " + expected + ". Record the cases with this model.");
    }
  }

  private static void dtype(String name, NpyArray array, InputType type, Problems problems) {
    if (array.isText() != (type == InputType.TEXTS)) {
      problems.add("its " + name + " is of dtype " + array.dtype() + ", and the model's input takes "
          + (array.isText() ? "numbers" : "texts")
          + ". Record the cases with this model.");
    }
  }

  /** As the array's dtype has them. */
  private static InputRows rows(NpyArray array) {
    return array.isText() ? InputRows.texts(array.texts()) : array.isWhole() ? InputRows.wholeNumbers(array.longs())
        : InputRows.numbers(array.floats());
  }

  private static void shape(String name, NpyArray array, int rows, Shape expected, Problems problems) {
    int[] shape = array.shape();
    if (shape.length == 0 || shape[0] != rows || !row(array).equals(expected)) {
      problems.add("its " + name + " has shape " + Shape.of(shape) + ", the model's is " + expected + " for each of " + rows
          + " rows. Record the cases with this model.");
    }
  }
}
