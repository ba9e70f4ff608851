package io.forwardpass.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.forwardpass.keras.KerasVersion;
import io.forwardpass.keras.weights.ObjectNames;
import io.forwardpass.layers.Argument;
import io.forwardpass.layers.CallArguments;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.Precision;
import io.forwardpass.network.InputType;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Problems;
import io.forwardpass.refusal.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads Keras' config tree of a Sequential or Functional model, and collects whatever in it is not supported. */
public final class ArchitectureReader {
  private static final Set<String> MODELS = Set.of("Sequential", "Functional", "Model");

  private final KerasVersion kerasVersion;
  private final Map<String, String> assets;
  private final Problems problems;
  private final List<String> notices = new ArrayList<>();

  /**
   * @param assets texts that layers keep beside their weights, by their paths in the archive:
   *     {@code layers/string_lookup/vocabulary.txt}
   */
  ArchitectureReader(KerasVersion kerasVersion, Map<String, String> assets, Problems problems) {
    this.kerasVersion = kerasVersion;
    this.assets = assets;
    this.problems = problems;
  }

  List<String> notices() {
    return notices;
  }

  ModelTree model(JsonNode node) {
    return model(node, "", "");
  }

  /**
   * @param prefix the path of the models around it, with a slash at its end, or empty
   * @param object the same in the archive's names
   */
  private ModelTree model(JsonNode node, String prefix, String object) {
    String className = node.path("class_name").asText();
    if (!MODELS.contains(className)) {
      problems.add("its architecture is of class " + (className.isEmpty() ? "(none)" : className)
          + ", not Sequential or Functional. Subclassed models keep no architecture; rebuild it with the functional interface.");
      return new ModelTree("", List.of(), List.of(), List.of(), List.of(), List.of());
    }
    return className.equals("Sequential") ? sequential(node, prefix, object) : functional(node, prefix, object);
  }

  private ModelTree sequential(JsonNode node, String prefix, String object) {
    JsonNode config = node.path("config");
    // a bare list until Keras 2.2.2
    JsonNode layers = config.isArray() ? config : config.path("layers");
    String name = config.path("name").asText("sequential");
    List<Member> members = new ArrayList<>();
    ObjectNames names = new ObjectNames();
    for (JsonNode layer : layers) {
      Member member = member(layer, prefix, object + "layers/" + names.next(layer.path("class_name").asText()) + "/");
      if (members.isEmpty() && !(member instanceof Member.Input) && !(member instanceof Member.Nested)) {
        inputBefore(layer, node, prefix, member).ifPresent(members::add);
      }
      members.add(member);
    }
    List<ModelTree.Invocation> calls = new ArrayList<>();
    List<Member.Input> inputs = new ArrayList<>();
    ModelTree.Tensor last = null;
    for (Member member : members) {
      if (member instanceof Member.Input input) {
        inputs.add(input);
      } else {
        if (last == null && member instanceof Member.Nested nested && !nested.model().inputs().isEmpty()) { // which brings the input
          Member.Input input = new Member.Input(nested.name() + "_input", prefix + nested.name(), nested.model().inputs().get(0).shape(),
              nested.model().inputs().get(0).type());
          inputs.add(input);
          last = new ModelTree.Tensor(input.name(), 0, 0);
        }
        calls.add(invocation(member, last == null ? List.of() : List.of(last)));
      }
      last = new ModelTree.Tensor(member.name(), 0, 0);
    }
    if (last == null) {
      problems.add("model " + name + " has no layers.");
      return new ModelTree(name, members, calls, inputs, List.of(), List.of());
    }
    return new ModelTree(name, members, calls, inputs, List.of(last), List.of(last.member()));
  }

  private ModelTree.Invocation invocation(Member member, List<ModelTree.Tensor> input) {
    CallArguments arguments = new CallArguments(input.isEmpty() ? List.of() : List.of(new Argument.Tensor(0)), Map.of());
    return new ModelTree.Invocation(member, CallReader.called(member, arguments, problems).layer(), 0, input, List.of());
  }

  /** Where the first layer carries the input shape itself, as in files of Keras 1 and 2, or only the built model knows it. */
  private Optional<Member.Input> inputBefore(JsonNode first, JsonNode model, String prefix, Member member) {
    JsonNode config = first.path("config");
    JsonNode shape = config.path("batch_input_shape");
    if (shape.isMissingNode()) {
      shape = config.path("batch_shape");
    }
    if (!shape.isArray()) {
      shape = model.path("config").path("build_input_shape");
    }
    if (!shape.isArray()) {
      shape = model.path("build_config").path("input_shape");
    }
    if (!shape.isArray()) {
      problems.add("it has no input shape: its first layer, " + member.name() + ", does not say it. Build the model (call it once, or add "
          + "keras.Input) before it is saved.");
      return Optional.empty();
    }
    InputType type = switch (member.className()) {
      case "StringLookup" -> InputType.TEXTS;
      case "IntegerLookup" -> InputType.WHOLE_NUMBERS;
      default -> InputType.NUMBERS;
    };
    return Optional.of(new Member.Input(member.name() + "_input", prefix + member.name(), withoutBatch(shape), type));
  }

  private ModelTree functional(JsonNode node, String prefix, String object) {
    JsonNode config = node.path("config");
    String name = config.path("name").asText("model");
    List<Member> members = new ArrayList<>();
    Map<String, Member> byName = new HashMap<>();
    ObjectNames names = new ObjectNames();
    for (JsonNode layer : config.path("layers")) {
      Member member = member(layer, prefix, object + "layers/" + names.next(layer.path("class_name").asText()) + "/");
      members.add(member);
      byName.put(member.name(), member);
    }
    InboundNodes wiring = new InboundNodes(config, byName, problems);
    return new ModelTree(name, members, wiring.calls(), wiring.inputs(), wiring.outputs(), wiring.outputNames());
  }

  private Member member(JsonNode node, String prefix, String object) {
    String className = node.path("class_name").asText();
    JsonNode config = node.path("config");
    String name = node.path("name").asText(config.path("name").asText(className.toLowerCase(Locale.ROOT)));
    String path = prefix + name;
    boolean trainable = config.path("trainable").asBoolean(true);
    if (MODELS.contains(className)) {
      return new Member.Nested(name, className, path, model(node, path + "/", object));
    }
    if (className.equals("InputLayer")) {
      return input(name, path, config);
    }
    Optional<Layer> layer = layer(node, className, path, withAssets(config, object));
    return layer.isPresent() ? new Member.Single(name, className, path, trainable, layer.get()) : new Member.Refused(name, className, path);
  }

  /** A layer's assets stand among its options, under their files' names. */
  private JsonNode withAssets(JsonNode config, String object) {
    ObjectNode with = null;
    for (Map.Entry<String, String> asset : assets.entrySet()) {
      if (asset.getKey().startsWith(object) && config.isObject() && asset.getKey().indexOf('/', object.length()) < 0) {
        with = with == null ? config.deepCopy() : with;
        with.put(asset.getKey().substring(object.length()), asset.getValue());
      }
    }
    return with == null ? config : with;
  }

  private Member.Input input(String name, String path, JsonNode config) {
    for (String option : List.of("sparse", "ragged")) {
      if (config.path(option).asBoolean()) {
        problems.add("layer " + path + " (InputLayer) is " + option + ". Only dense inputs are supported.");
      }
    }
    JsonNode shape = config.path("batch_shape");
    if (!shape.isArray()) {
      shape = config.path("batch_input_shape");
    }
    if (!shape.isArray()) {
      problems.add("layer " + path + " (InputLayer) says no shape.");
      return new Member.Input(name, path, Shape.of(), InputType.NUMBERS);
    }
    return new Member.Input(name, path, withoutBatch(shape), InputType.ofDtype(config.path("dtype").asText()));
  }

  /** The layer; empty where it is refused, which is then a problem. */
  private Optional<Layer> layer(JsonNode node, String className, String path, JsonNode config) {
    LayerConfig layerConfig = new LayerConfig(className, path, kerasVersion, config);
    try {
      Layer layer = LayerReader.read(node, layerConfig);
      notices.addAll(layer.notices());
      Precision.notice(layerConfig).filter(notice -> !notices.contains(notice)).ifPresent(notices::add);
      return Optional.of(layer);
    } catch (Refusal refusal) {
      problems.add(refusal.getMessage());
      return Optional.empty();
    }
  }

  private static Shape withoutBatch(JsonNode shape) {
    int[] dimensions = new int[Math.max(0, shape.size() - 1)];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = shape.get(i + 1).isNull() ? Shape.OPEN : shape.get(i + 1).asInt();
    }
    return Shape.of(dimensions);
  }
}
