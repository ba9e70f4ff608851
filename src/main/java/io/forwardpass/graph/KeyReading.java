package io.forwardpass.graph;

import io.forwardpass.layers.KeyLayer;
import io.forwardpass.layers.ReshapingLayer;
import io.forwardpass.network.InputType;
import io.forwardpass.refusal.Problems;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which values of a graph hold the keys of a model input, as they are or under another shape, and who reads them as what. */
final class KeyReading {
  private final Graph graph;
  private final Map<Integer, Integer> origins = new HashMap<>(); // by value: the model input that it is
  private final Set<Integer> asNumbers = new HashSet<>(); // values whose numbers are read

  private KeyReading(Graph graph) {
    this.graph = graph;
  }

  static KeyReading of(Graph graph) {
    KeyReading reading = new KeyReading(graph);
    for (int i = 0; i < graph.inputs().size(); i++) {
      if (graph.inputType(i) != InputType.NUMBERS) {
        reading.origins.put(graph.inputs().get(i), i);
      }
    }
    graph.calls().stream().filter(call -> call.layer() instanceof ReshapingLayer && reading.origins.containsKey(call.inputs().get(0)))
        .forEach(call -> reading.origins.put(call.outputs().get(0), reading.origins.get(call.inputs().get(0))));
    reading.findNumbers();
    return reading;
  }

  /** Backwards: what reads a value under another shape is known before the value itself. */
  private void findNumbers() {
    Set<Integer> read = new HashSet<>();
    asNumbers.addAll(graph.outputs());
    for (int c = graph.calls().size() - 1; c >= 0; c--) {
      Graph.Call call = graph.calls().get(c);
      boolean passesOn = call.layer() instanceof ReshapingLayer && origins.containsKey(call.outputs().get(0));
      boolean asKeys = call.layer() instanceof KeyLayer || (passesOn && !asNumbers.contains(call.outputs().get(0)));
      call.inputs().stream().filter(value -> !asKeys || !origins.containsKey(value)).forEach(asNumbers::add);
      read.addAll(call.inputs());
    }
    graph.inputs().stream().filter(value -> !read.contains(value)).forEach(asNumbers::add);
  }

  /** The model input whose keys a value holds; null for other values. */
  Integer origin(int value) {
    return origins.get(value);
  }

  /** Whether the network needs a value as numbers, besides the codes of its keys. */
  boolean asNumbers(int value) {
    return !origins.containsKey(value) || asNumbers.contains(value);
  }

  /** Texts read as numbers, or given to a layer that looks whole numbers up, and the reverse. */
  void check(Problems problems) {
    for (Graph.Call call : graph.calls()) {
      for (int value : call.inputs()) {
        Integer input = origins.get(value);
        if (input != null && call.layer() instanceof KeyLayer layer && !layer.reads(graph.inputType(input))) {
          problems.add("layer " + call.path() + " (" + call.className() + ") cannot read its input " + graph.inputNames().get(input)
              + ", which is "
              + words(graph.inputType(input)) + ". Save the model with an input of the dtype that the layer looks up.");
        } else if (isText(input) && !(call.layer() instanceof KeyLayer) && !(call.layer() instanceof ReshapingLayer)) {
          problems.add("layer " + call.path() + " (" + call.className() + ") reads the texts of input " + graph.inputNames().get(input)
              + ", and computes with numbers. Look them up first, by StringLookup or Hashing.");
        }
      }
    }
    List<String> names = graph.outputs().stream().map(origins::get).filter(this::isText).map(graph.inputNames()::get).toList();
    names.forEach(name -> problems.add("its output is the texts of its input " + name + ", and only numbers can be predicted."));
  }

  private boolean isText(Integer input) {
    return input != null && graph.inputType(input) == InputType.TEXTS;
  }

  private static String words(InputType type) {
    return type == InputType.TEXTS ? "of dtype string" : "of whole numbers";
  }
}
