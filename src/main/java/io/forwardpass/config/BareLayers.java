package io.forwardpass.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.forwardpass.keras.weights.ObjectNames;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Turns {@code model.layers} and {@code model.input-shape} into the config of a Sequential model, as Keras would write it. */
final class BareLayers {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Section model;
  private final ObjectNames numbered = new ObjectNames(); // Keras names layers as it does the objects of its archives
  private final Set<String> names = new HashSet<>();

  BareLayers(Section model) {
    this.model = model;
  }

  Optional<String> json() {
    if (!model.has("layers")) {
      if (model.has("input-shape")) {
        model.problem("input-shape", "belongs to model.layers, which is missing. Give the layers, or leave it out.");
      }
      return Optional.empty();
    }
    ArrayNode layers = JSON.arrayNode();
    layers.add(inputLayer());
    if (!(model.value("layers") instanceof ConfigList)) {
      model.problem("layers", "should be a list, [{type: Dense, units: 20}, ...], not " + Section.shown(model.value("layers")) + ".");
      return Optional.empty();
    }
    int index = 0;
    for (ConfigValue layer : (ConfigList) model.value("layers")) {
      layers.add(layer(layer, "holds " + Section.shown(layer) + " at position " + ++index));
    }
    if (index == 0) {
      model.problem("layers", "is empty. Name the model's layers in order, [{type: Dense, units: 20}, ...].");
    }
    ObjectNode config = JSON.objectNode().put("name", "sequential");
    config.set("layers", layers);
    ObjectNode sequential = JSON.objectNode().put("class_name", "Sequential");
    sequential.set("config", config);
    return Optional.of(sequential.toString());
  }

  private ObjectNode inputLayer() {
    ArrayNode shape = JSON.arrayNode().addNull();
    ConfigValue given = model.value("input-shape");
    if (!model.has("input-shape")) {
      model.problem("has layers but no input-shape. Give the shape of one row, input-shape = [4], or [steps, features].");
    } else if (!(given instanceof ConfigList sizes) || sizes.isEmpty()) {
      model.problem("input-shape", "should be a list of sizes, [4] or [steps, features], not " + Section.shown(given) + ".");
    } else {
      for (ConfigValue size : sizes) {
        Object number = size.unwrapped();
        if (number == null) {
          shape.addNull();
        } else if (number instanceof Integer whole && whole > 0) {
          shape.add(whole);
        } else {
          model.problem("input-shape", "should hold whole numbers above 0, or null, not " + Section.shown(size) + ".");
        }
      }
    }
    ObjectNode config = JSON.objectNode();
    config.set("batch_shape", shape);
    config.put("dtype", "float32").put("name", numbered.next("InputLayer"));
    return object("InputLayer", config);
  }

  private ObjectNode layer(ConfigValue value, String holds) {
    if (!(value instanceof ConfigObject given) || given.get("type") == null || given.get("type").valueType() != ConfigValueType.STRING) {
      model.problem("layers", holds + ", which has no type. Write a layer as {type: Dense, units: 20, activation: relu}.");
      return JSON.objectNode();
    }
    String type = (String) given.get("type").unwrapped();
    ObjectNode config = JSON.objectNode();
    config.put("name", given.containsKey("name") ? String.valueOf(given.get("name").unwrapped()) : numbered.next(type));
    if (!names.add(config.get("name").textValue())) {
      model.problem("layers", holds + ", whose name another layer has too. Give each a name of its own.");
    }
    given.forEach((key, option) -> {
      if (!key.equals("type") && !key.equals("name")) {
        config.set(key.replace('-', '_'), tree(option, holds));
      }
    });
    return object(type, config);
  }

  /** An option's value; a section with a type is itself a layer, such as the one in a wrapper. */
  private JsonNode tree(ConfigValue value, String holds) {
    if (value instanceof ConfigList elements) {
      ArrayNode list = JSON.arrayNode();
      elements.forEach(element -> list.add(tree(element, holds)));
      return list;
    }
    if (value instanceof ConfigObject section) {
      if (section.containsKey("type")) {
        return layer(section, holds);
      }
      ObjectNode object = JSON.objectNode();
      section.forEach((key, inner) -> object.set(key.replace('-', '_'), tree(inner, holds)));
      return object;
    }
    Object plain = value.unwrapped();
    if (plain instanceof Integer whole) {
      return JSON.numberNode(whole);
    }
    if (plain instanceof Number number) {
      return JSON.numberNode(number.doubleValue());
    }
    return plain instanceof Boolean flag ? JSON.booleanNode(flag) : plain == null ? JSON.nullNode() : JSON.textNode((String) plain);
  }

  private static ObjectNode object(String className, ObjectNode config) {
    ObjectNode layer = JSON.objectNode().put("class_name", className);
    layer.set("config", config);
    return layer;
  }
}
