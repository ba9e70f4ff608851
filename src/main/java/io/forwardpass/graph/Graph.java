package io.forwardpass.graph;

import io.forwardpass.keras.KerasVersion;
import io.forwardpass.layers.KeyLayer;
import io.forwardpass.layers.Layer;
import io.forwardpass.network.InputType;
import io.forwardpass.network.Network;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Refusal;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A model resolved: its layers in the order in which they run, nested models flattened, every weight in its place.
 * Driver side; {@link #compile} makes the network from it, the reference network computes it the slow way.
 */
public final class Graph {
  /**
   * A layer applied once. A shared layer has several calls with the same arrays.
   *
   * @param mask the value that is the mask of its first input where it reads one, or -1
   * @param outputs and behind them the mask where it makes one
   */
  public record Call(String path, String className, Layer layer, List<Integer> inputs, int mask, List<Integer> outputs,
      List<float[]> weights) {}

  private final KerasVersion kerasVersion;
  private final List<Shape> shapes;
  private final List<Call> calls;
  private final List<Integer> inputs;
  private final List<Integer> outputs;
  private final List<String> inputNames;
  private final List<String> outputNames;
  private final List<String> notices;
  private final List<InputType> inputTypes;

  /** Whose inputs take numbers. */
  public Graph(KerasVersion kerasVersion, List<Shape> shapes, List<Call> calls, List<Integer> inputs, List<Integer> outputs,
      List<String> inputNames, List<String> outputNames, List<String> notices) {
    this(kerasVersion, shapes, calls, inputs, outputs, inputNames, outputNames, notices,
        Collections.nCopies(inputs.size(), InputType.NUMBERS));
  }

  public Graph(KerasVersion kerasVersion, List<Shape> shapes, List<Call> calls, List<Integer> inputs, List<Integer> outputs,
      List<String> inputNames, List<String> outputNames, List<String> notices, List<InputType> inputTypes) {
    this.kerasVersion = kerasVersion;
    this.shapes = List.copyOf(shapes);
    this.calls = List.copyOf(calls);
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.inputNames = List.copyOf(inputNames);
    this.outputNames = List.copyOf(outputNames);
    this.notices = List.copyOf(notices);
    this.inputTypes = List.copyOf(inputTypes);
  }

  /** The flat list of steps that scores tables. */
  public Network compile() {
    refuseOpenInputs();
    NetworkBuilder network = new NetworkBuilder();
    NetworkInputs given = new NetworkInputs(this, network);
    int[] values = new int[shapes.size()]; // ours to the network's
    for (int i = 0; i < inputs.size(); i++) {
      values[inputs.get(i)] = given.numbers(i);
    }
    for (Call call : CategoryFolding.fold(this, NormalizationFolding.fold(this))) {
      add(call, network, values, given);
    }
    for (int i = 0; i < outputs.size(); i++) {
      network.output(outputNames.get(i), values[outputs.get(i)]);
    }
    return network.build();
  }

  private void refuseOpenInputs() {
    for (int i = 0; i < inputs.size(); i++) {
      if (inputShape(i).isOpen()) {
        throw Refusal.model("Cannot run the model: its input " + inputNames.get(i) + " has shape " + inputShape(i)
            + ", of which a size is open. Give windows.look-back, or save it with the number of steps it is to be used with,"
            + " keras.Input((steps, features)).");
      }
    }
  }

  private void add(Call call, NetworkBuilder network, int[] values, NetworkInputs given) {
    if (!given.isComputed(call)) {
      return;
    }
    int[] from = IntStream.concat(call.inputs().stream().mapToInt(Integer::intValue), IntStream.of(call.mask()).filter(mask -> mask >= 0))
        .map(value -> values[value]).toArray();
    for (int to : call.outputs()) {
      values[to] = network.value(shapes.get(to));
    }
    List<Shape> inputShapes = call.inputs().stream().map(shapes::get).toList();
    int[] to = call.outputs().stream().mapToInt(value -> values[value]).toArray();
    if (call.layer() instanceof KeyLayer layer) {
      boolean[] encoded = new boolean[from.length];
      for (int i = 0; i < from.length; i++) {
        OptionalInt codes = given.codes(call.inputs().get(i), layer);
        encoded[i] = codes.isPresent();
        from[i] = codes.orElse(from[i]);
      }
      layer.addTo(network, from, to, inputShapes, encoded, call.weights());
    } else {
      call.layer().addTo(network, from, to, inputShapes, call.weights());
    }
  }

  public KerasVersion kerasVersion() {
    return kerasVersion;
  }

  /** The shape of every value; calls, inputs and outputs name values by their index here. */
  public List<Shape> shapes() {
    return shapes;
  }

  public List<Call> calls() {
    return calls;
  }

  public List<Integer> inputs() {
    return inputs;
  }

  public List<Integer> outputs() {
    return outputs;
  }

  /** Names of the model's inputs in its order: the names of its input layers. */
  public List<String> inputNames() {
    return inputNames;
  }

  /** Names of the model's outputs in its order: the names of the layers that make them. */
  public List<String> outputNames() {
    return outputNames;
  }

  public InputType inputType(int input) {
    return inputTypes.get(input);
  }

  public Shape inputShape(int input) {
    return shapes.get(inputs.get(input));
  }

  public Shape outputShape(int output) {
    return shapes.get(outputs.get(output));
  }

  /** What the user should know though nothing is wrong. */
  public List<String> notices() {
    return notices;
  }
}
