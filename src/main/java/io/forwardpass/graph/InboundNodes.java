package io.forwardpass.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.forwardpass.graph.ModelTree.Invocation;
import io.forwardpass.graph.ModelTree.Tensor;
import io.forwardpass.layers.operations.MaskOperation;
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
        unordered.add(new Invocation(member, number++, arguments(member, node), masks(node)));
      }
    }
    countNestedFromZero(unordered);
    order(unordered);
    references(config.path("input_layers")).forEach((name, tensor) -> inputs.add((Member.Input) members.get(tensor.member())));
    references(config.path("output_layers")).forEach(this::output);
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

  private List<Tensor> arguments(Member member, JsonNode node) {
    List<Tensor> tensors = new ArrayList<>();
    if (node.isObject()) {
      keras3 = true;
      collect(node.path("args"), tensors, member);
      keywords(member, node.path("kwargs"), tensors);
    } else {
      for (JsonNode reference : node) {
        tensors.add(new Tensor(reference.path(0).asText(), reference.path(1).asInt(), reference.path(2).asInt()));
        keywords(member, reference.path(3), tensors);
      }
    }
    return tensors;
  }

  /** The masks that a call of Keras 3 names, of one argument or of each; elsewhere they travel with the tensors. */
  private static List<Tensor> masks(JsonNode node) {
    JsonNode given = node.path("kwargs").path("mask");
    List<Tensor> masks = new ArrayList<>();
    if (isMask(given)) {
      (given.isArray() ? given : List.of(given)).forEach(mask -> masks.add(mask.isNull() ? null : tensor(mask)));
    }
    return masks;
  }

  /** A tensor, or a list of tensors and nulls. */
  private static boolean isMask(JsonNode value) {
    for (JsonNode each : value.isArray() ? value : List.of(value)) {
      if (!isTensor(each) && !(value.isArray() && each.isNull())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTensor(JsonNode value) {
    return value.path("class_name").asText().equals("__keras_tensor__");
  }

  private static Tensor tensor(JsonNode value) {
    JsonNode history = value.path("config").path("keras_history");
    return new Tensor(history.path(0).asText(), history.path(1).asInt(), history.path(2).asInt());
  }

  private void collect(JsonNode value, List<Tensor> tensors, Member member) {
    if (value.isArray()) {
      value.forEach(item -> collect(item, tensors, member));
    } else if (isTensor(value)) {
      tensors.add(tensor(value));
    } else if (!value.isNull() && !takesNumbers(member) && !(member instanceof Member.Refused)) {
      problems.add("layer " + member.path() + " (" + member.className() + ") is called with " + value + ", which is not a tensor.");
    }
  }

  /** Whether its arguments need not be tensors; what they are it has from its config. */
  private static boolean takesNumbers(Member member) {
    return member instanceof Member.Single single && single.layer() instanceof MaskOperation;
  }

  private void keywords(Member member, JsonNode keywords, List<Tensor> tensors) {
    List<String> known = member instanceof Member.Single single ? single.layer().tensorKeywords() : List.of();
    for (String keyword : known) {
      JsonNode value = keywords.path(keyword);
      if (value.isArray() && value.path(0).isArray() && value.path(0).path(0).isTextual()) { // Keras 2 spells a tensor [layer, node, tensor]
        value.forEach(reference -> tensors.add(reference(reference)));
      } else if (!value.isMissingNode()) {
        collect(value, tensors, member);
      }
    }
    for (Iterator<Map.Entry<String, JsonNode>> fields = keywords.fields(); fields.hasNext();) {
      Map.Entry<String, JsonNode> field = fields.next();
      boolean set = !field.getValue().isNull() && !field.getValue().equals(BooleanNode.FALSE)
          && !(field.getKey().equals("mask") && isMask(field.getValue()));
      if (set && !known.contains(field.getKey())) {
        problems.add("layer " + member.path() + " (" + member.className() + ") is called with " + field.getKey() + " = " + field.getValue()
            + ", which is not supported.");
      }
    }
  }

  /** Renumbers references to nested models in place, so that 0 is their first call in this model. */
  private void countNestedFromZero(List<Invocation> unordered) {
    if (keras3) {
      return;
    }
    Set<String> fromZero = new HashSet<>();
    unordered.forEach(call -> call.arguments().stream().filter(tensor -> tensor.call() == 0).forEach(tensor -> fromZero.add(tensor.member())));
    unordered.forEach(call -> call.arguments().replaceAll(tensor -> fromZero.contains(tensor.member()) ? tensor : fromZeroIfNested(tensor)));
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
      problems.add("layer " + call.member().path() + " (" + call.member().className() + ") takes the output of a layer that is not in the file.");
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
  private NamedTensors references(JsonNode node) {
    NamedTensors named = new NamedTensors();
    if (node.isObject()) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      node.fields().forEachRemaining(field -> sorted.put(field.getKey(), field.getValue()));
      sorted.forEach((key, value) -> named.add(key, reference(value)));
    } else if (node.path(0).isTextual()) {
      named.add(node.path(0).asText(), reference(node));
    } else {
      node.forEach(item -> references(item).forEach(named::add));
    }
    return named;
  }

  private Tensor reference(JsonNode node) {
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
