package io.forwardpass.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.forwardpass.graph.ModelTree.Tensor;
import io.forwardpass.layers.Argument;
import io.forwardpass.layers.CallArguments;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerCall;
import io.forwardpass.refusal.Problems;
import io.forwardpass.refusal.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one call of a layer: tensors and constants, in positions and by keyword, as Keras 3 writes them ({@code serialize_node} in
 * keras/src/models/functional.py) or as Keras 1 and 2 do ({@code Node.serialize} in keras/engine/node.py).
 */
final class CallReader {
  /** Stands in Keras 2's files where the first argument is a constant. */
  private static final String CONSTANT = "_CONSTANT_VALUE";

  private final List<Tensor> tensors = new ArrayList<>(); // in the order in which the file has them
  private final List<Tensor> masks = new ArrayList<>();
  private final List<Argument> positions = new ArrayList<>();
  private final Map<String, Argument> keywords = new LinkedHashMap<>();

  private CallReader() {}

  static CallReader of(JsonNode node) {
    CallReader call = new CallReader();
    if (isKeras3(node)) {
      node.path("args").forEach(argument -> call.positions.add(call.argument(argument)));
      call.keywords(node.path("kwargs"), false);
    } else {
      call.references(node);
    }
    return call;
  }

  static boolean isKeras3(JsonNode node) {
    return node.isObject();
  }

  /** All tensors of the call but masks. */
  List<Tensor> tensors() {
    return tensors;
  }

  /** The masks that it names, of one argument or of each, null for none; elsewhere they travel with the tensors. */
  List<Tensor> masks() {
    return masks;
  }

  CallArguments arguments() {
    return new CallArguments(positions, keywords);
  }

  /** {@code [layer, node, tensor, {keywords}]}, or a list of those, each with the same keywords. */
  private void references(JsonNode node) {
    if (node.path(0).isTextual()) {
      boolean constant = node.path(0).textValue().equals(CONSTANT);
      positions.add(constant ? new Argument.Constant(node.path(2)) : reference(node));
      keywords(node.path(3), true);
      return;
    }
    List<Argument> first = new ArrayList<>();
    node.forEach(each -> first.add(reference(each)));
    if (first.size() == 1) {
      positions.addAll(first);
    } else {
      positions.add(new Argument.Several(first));
    }
    keywords(node.path(0).path(3), true);
  }

  private void keywords(JsonNode given, boolean keras2) {
    given.properties().forEach(field -> {
      if (field.getKey().equals("mask") && isMask(field.getValue())) {
        (field.getValue().isArray() ? field.getValue() : List.of(field.getValue()))
            .forEach(mask -> masks.add(mask.isNull() ? null : tensor(mask)));
      } else {
        keywords.put(field.getKey(), keras2 ? argumentOfKeras2(field.getValue()) : argument(field.getValue()));
      }
    });
  }

  /** A tensor, or a list of tensors and nulls, which may be all nulls. */
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

  private Argument argument(JsonNode value) {
    if (isTensor(value)) {
      return next(tensor(value));
    }
    return value.isArray() && !value.findParents("keras_history").isEmpty() ? several(value, false) : new Argument.Constant(value);
  }

  /** A keyword's value, where a tensor is spelled {@code [layer, node, tensor]}. */
  private Argument argumentOfKeras2(JsonNode value) {
    if (isReference(value)) {
      return reference(value);
    }
    return value.isArray() && value.size() > 0 && isReference(value.path(0)) ? several(value, true) : new Argument.Constant(value);
  }

  private static boolean isReference(JsonNode value) {
    return value.isArray() && value.size() >= 3 && value.path(0).isTextual() && value.path(1).isInt() && value.path(2).isInt();
  }

  private Argument several(JsonNode values, boolean keras2) {
    List<Argument> items = new ArrayList<>();
    values.forEach(item -> items.add(keras2 ? argumentOfKeras2(item) : argument(item)));
    return new Argument.Several(items);
  }

  private Argument reference(JsonNode value) {
    return next(new Tensor(value.path(0).asText(), value.path(1).asInt(), value.path(2).asInt()));
  }

  private Argument next(Tensor tensor) {
    tensors.add(tensor);
    return new Argument.Tensor(tensors.size() - 1);
  }

  /** A member's layer, null for a model, and the tensors it takes; what it cannot take is a problem. */
  static LayerCall called(Member member, CallArguments arguments, Problems problems) {
    Layer layer = member instanceof Member.Single single ? single.layer() : null;
    if (layer != null) {
      try {
        LayerCall own = layer.called(arguments).orElse(null);
        if (own != null) {
          return own;
        }
      } catch (Refusal refusal) {
        problems.add(refusal.getMessage());
        return new LayerCall(layer, List.of());
      }
    }
    List<Integer> inputs = new ArrayList<>();
    arguments.positions().forEach(argument -> collect(argument, inputs, member, problems));
    List<String> known = layer == null ? List.of() : layer.tensorKeywords();
    known.forEach(keyword -> arguments.argument(-1, keyword).ifPresent(argument -> collect(argument, inputs, member, problems)));
    arguments.keywords().forEach((keyword, argument) -> {
      if (!known.contains(keyword) && isSet(argument) && !(member instanceof Member.Refused)) {
        problems.add("layer " + member.path() + " (" + member.className() + ") is called with " + keyword
            + (argument instanceof Argument.Constant constant ? " = " + constant.value() : "") + ", which is not supported.");
      }
    });
    return new LayerCall(layer, inputs);
  }

  private static boolean isSet(Argument argument) {
    return !(argument instanceof Argument.Constant constant) || (!constant.value().isNull() && !constant.value().equals(BooleanNode.FALSE));
  }

  private static void collect(Argument argument, List<Integer> inputs, Member member, Problems problems) {
    if (argument instanceof Argument.Tensor tensor) {
      inputs.add(tensor.number());
    } else if (argument instanceof Argument.Several several) {
      several.items().forEach(item -> collect(item, inputs, member, problems));
    } else if (!((Argument.Constant) argument).value().isNull() && !(member instanceof Member.Refused)) {
      problems.add("layer " + member.path() + " (" + member.className() + ") is called with " + ((Argument.Constant) argument).value()
          + ", which is not a tensor.");
    }
  }
}
