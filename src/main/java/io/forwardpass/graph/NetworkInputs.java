package io.forwardpass.graph;

import io.forwardpass.layers.KeyLayer;
import io.forwardpass.network.InputType;
import io.forwardpass.network.KeyEncoding;
import io.forwardpass.network.KeyInput;
import io.forwardpass.network.NetworkBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** The inputs of a network: every model input as numbers where something reads them, and once for each way its keys are encoded. */
final class NetworkInputs {
  private static final int NONE = -1;

  private final Graph graph;
  private final NetworkBuilder network;
  private final KeyReading reading;
  private final Map<Encoded, Integer> codes = new HashMap<>();

  /** Encodings are told apart by identity. */
  private record Encoded(int input, KeyEncoding encoding) {}

  NetworkInputs(Graph graph, NetworkBuilder network) {
    this.graph = graph;
    this.network = network;
    reading = KeyReading.of(graph);
  }

  /** The network's value of a model input's numbers; -1 where nothing reads them. */
  int numbers(int input) {
    boolean needed = reading.asNumbers(graph.inputs().get(input)) && graph.inputType(input) != InputType.TEXTS;
    return needed ? network.input(graph.inputNames().get(input), graph.inputShape(input), input, null) : NONE;
  }

  /** The network's value of the codes of a value's keys; empty where the value holds no keys that are given. */
  OptionalInt codes(int value, KeyLayer layer) {
    Integer input = reading.origin(value);
    if (input == null) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(codes.computeIfAbsent(new Encoded(input, layer.encoding()),
        encoded -> network.input(graph.inputNames().get(input),
            graph.inputShape(input), input, new KeyInput(graph.inputType(input), layer.encoding()))));
  }

  /** Whether the network computes a call: not where it hands keys on under another shape, and nothing reads them as numbers. */
  boolean isComputed(Graph.Call call) {
    return call.layer() instanceof KeyLayer || reading.asNumbers(call.outputs().get(0));
  }
}
