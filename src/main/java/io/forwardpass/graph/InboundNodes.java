package io.forwardpass.graph;

import com.fasterxml.jackson.databind.JsonNode;
import io.forwardpass.graph.ModelTree.Invocation;
import io.forwardpass.graph.ModelTree.Tensor;
import io.forwardpass.layers.LayerCall;
import io.forwardpass.refusal.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The wiring of a Functional model.
 *
 * <p>Keras 3 writes a call as {@code {"args": […], "kwargs": {…}}} with tensors as {@code __keras_tensor__} objects, Keras 1
 * and 2 as a list of {@code [layer, node, tensor, {kwargs}]}. References count a layer's calls from 0, but those of a nested
 * model from 1 wherever Keras counts the node that the nested model was born with: in Keras 1 and 2 everywhere, in Keras 3
 * for {@code output_layers} alone (see {@code get_config} and {@code get_tensor} in keras/src/models/functional.py).
 */
final class InboundNodes {
  private final Map<String, Member> members;
  private final Problems problems;
  private final List<Invocation> calls = new ArrayList<>();
  private final List<Member.Input> inputs = new ArrayList<>();
  private final List<Tensor> outputs = new ArrayList<>();
  private final List<String> outputNames = new ArrayList<>();
  private boolean keras3;

  InboundNodes(JsonNode config, Map<String, Member> members, Problems problems) {
    this.members = members;
    this.problems = problems;
    List<Invocation> unordered = new ArrayList<>();
    for (JsonNode layer : config.path("layers")) {
      Member member = members.get(layer.path("name").asText());
      int number = 0;
      for (JsonNode node : layer.path("inbound_nodes")) {
        unordered.add(invocation(member, number++, node));
      }
    }
    countNestedFromZero(unordered);
    order(unordered);
    references(config.path("input_layers")).forEach((name, tensor) -> inputs.add((Member.Input) members.get(tensor.member())));
    references(config.path("output_layers")).forEach(this::output);
    if (keras3 && calls.stream().anyMatch(call -> call.layer() != null && call.layer().takesMasksAway())) {
      List<Invocation> asKeras = KerasOrder.of(calls, outputs);
      calls.clear();
      calls.addAll(asKeras);
    }
  }

  List<Invocation> calls() {
    return calls;
  }

  List<Member.Input> inputs() {
    return inputs;
  }

  List<Tensor> outputs() {
    return outputs;
  }

  List<String> outputNames() {
    return outputNames;
  }

  private Invocation invocation(Member member, int number, JsonNode node) {
    keras3 |= CallReader.isKeras3(node);
    CallReader call = CallReader.of(node);
    LayerCall called = CallReader.called(member, call.arguments(), problems);
    List<Tensor> arguments = new ArrayList<>(called.tensors().stream().map(call.tensors()::get).toList());
    return new Invocation(member, called.layer(), number, arguments, call.masks());
  }

  /** Renumbers references to nested models in place, so that 0 is their first call in this model. */
  private void countNestedFromZero(List<Invocation> unordered) {
    if (keras3) {
      return;
    }
    Set<String> fromZero = new HashSet<>();
    unordered
        .forEach(call -> call.arguments().stream().filter(tensor -> tensor.call() == 0).forEach(tensor -> fromZero.add(tensor.member())));
    unordered
        .forEach(call -> call.arguments().replaceAll(tensor -> fromZero.contains(tensor.member()) ? tensor : fromZeroIfNested(tensor)));
  }

  private Tensor fromZeroIfNested(Tensor tensor) {
    Member member = members.get(tensor.member());
    boolean nested = member instanceof Member.Nested && !(keras3 && member.className().equals("Sequential"));
    return nested && tensor.call() > 0 ? new Tensor(tensor.member(), tensor.call() - 1, tensor.output()) : tensor;
  }

  /** Keeps Keras' order where it runs, and otherwise waits for what a call needs. */
  private void order(List<Invocation> unordered) {
    Set<String> done = new HashSet<>();
    members.values().stream().filter(member -> member instanceof Member.Input).forEach(member -> done.add(member.name() + "#0"));
    List<Invocation> waiting = new ArrayList<>(unordered);
    int before;
    do {
      before = waiting.size();
      for (Iterator<Invocation> each = waiting.iterator(); each.hasNext();) {
        Invocation call = each.next();
        if (call.needs().allMatch(tensor -> done.contains(tensor.member() + "#" + tensor.call()))) {
          calls.add(call);
          done.add(call.member().name() + "#" + call.call());
          each.remove();
        }
      }
    } while (!waiting.isEmpty() && waiting.size() < before);
    for (Invocation call : waiting) {
      problems.add(
          "layer " + call.member().path() + " (" + call.member().className() + ") takes the output of a layer that is not in the file.");
    }
  }

  private void output(String name, Tensor tensor) {
    Tensor counted = fromZeroIfNested(tensor);
    outputs.add(counted);
    String unique = name;
    for (int i = 1; outputNames.contains(unique); i++) {
      unique = name + "_" + i;
    }
    outputNames.add(unique);
  }

  /** {@code [layer, node, tensor]}, a list of those, or an object of them, which Keras sorts by key; names by position are the layers'. */
  private static NamedTensors references(JsonNode node) {
    NamedTensors named = new NamedTensors();
    if (node.isObject()) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      node.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
      sorted.forEach((key, value) -> named.add(key, reference(value)));
    } else if (node.path(0).isTextual()) {
      named.add(node.path(0).asText(), reference(node));
    } else {
      node.forEach(item -> references(item).forEach(named::add));
    }
    return named;
  }

  private static Tensor reference(JsonNode node) {
    return new Tensor(node.path(0).asText(), node.path(1).asInt(), node.path(2).asInt());
  }

  /** Tensors with the name each is known by, in order; a name may come twice. */
  private static final class NamedTensors {
    private final List<String> names = new ArrayList<>();
    private final List<Tensor> tensors = new ArrayList<>();

    void add(String name, Tensor tensor) {
      names.add(name);
      tensors.add(tensor);
    }

    void forEach(BiConsumer<String, Tensor> action) {
      for (int i = 0; i < names.size(); i++) {
        action.accept(names.get(i), tensors.get(i));
      }
    }
  }
}
