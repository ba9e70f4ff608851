package io.forwardpass.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.forwardpass.keras.KerasVersion;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A layer's config, which remembers what was read: an option that nobody read is refused, not ignored. */
public final class LayerConfig {
  /** Options that change nothing about the numbers of a forward pass. */
  private static final Set<String> HARMLESS = Set.of("name", "trainable", "dtype", "batch_input_shape", "batch_shape", "input_shape",
      "kernel_initializer", "bias_initializer", "recurrent_initializer", "beta_initializer", "gamma_initializer",
      "moving_mean_initializer", "moving_variance_initializer", "alpha_initializer", "embeddings_initializer",
      "kernel_regularizer", "bias_regularizer", "recurrent_regularizer", "activity_regularizer", "beta_regularizer",
      "gamma_regularizer", "alpha_regularizer", "embeddings_regularizer", "kernel_constraint", "bias_constraint", "recurrent_constraint",
      "beta_constraint", "gamma_constraint", "alpha_constraint", "embeddings_constraint", "build_config", "registered_name");

  private final String className;
  private final String path;
  private final KerasVersion kerasVersion;
  private final JsonNode config;
  private final Set<String> read;

  /** @param path the layer's name below the names of the models and wrappers that hold it: {@code tower/dense_1} */
  public LayerConfig(String className, String path, KerasVersion kerasVersion, JsonNode config) {
    this(className, path, kerasVersion, config, new HashSet<>());
  }

  /** The same config with another value for an option; what either has read counts as read. */
  public LayerConfig with(String key, String value) {
    return new LayerConfig(className, path, kerasVersion, ((ObjectNode) config.deepCopy()).put(key, value), read);
  }

  private LayerConfig(String className, String path, KerasVersion kerasVersion, JsonNode config, Set<String> read) {
    this.className = className;
    this.path = path;
    this.kerasVersion = kerasVersion;
    this.config = config;
    this.read = read;
  }

  public String className() {
    return className;
  }

  public String path() {
    return path;
  }

  public KerasVersion kerasVersion() {
    return kerasVersion;
  }

  /** The raw value, or a missing node; null in the file counts as missing. Counts as read. */
  public JsonNode json(String key) {
    read.add(key);
    JsonNode value = config.path(key);
    return value.isNull() ? MissingNode.getInstance() : value;
  }

  public boolean has(String key) {
    return !json(key).isMissingNode();
  }

  public int integer(String key) {
    JsonNode value = json(key);
    if (!value.isNumber() || value.doubleValue() != Math.rint(value.doubleValue())) {
      throw wrong(key, "a whole number");
    }
    return value.intValue();
  }

  public int integer(String key, int otherwise) {
    return has(key) ? integer(key) : otherwise;
  }

  public double number(String key, double otherwise) {
    JsonNode value = json(key);
    if (value.isMissingNode()) {
      return otherwise;
    }
    // Keras 2 writes LeakyReLU's alpha and the like as 0-dimensional arrays
    JsonNode inner = value.path("config").path("value");
    if (inner.isNumber()) {
      return inner.doubleValue();
    }
    if (!value.isNumber()) {
      throw wrong(key, "a number");
    }
    return value.doubleValue();
  }

  public boolean flag(String key, boolean otherwise) {
    JsonNode value = json(key);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw wrong(key, "true or false");
    }
    return value.booleanValue();
  }

  public String text(String key, String otherwise) {
    JsonNode value = json(key);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isTextual()) {
      throw wrong(key, "a text");
    }
    return value.textValue();
  }

  /** A whole number or a list of them: axes, sizes. An open size (null) is {@link Shape#OPEN}. */
  public int[] integers(String key) {
    JsonNode value = json(key);
    if (value.isInt()) {
      return new int[] {value.intValue()};
    }
    if (value.path("class_name").asText().equals("__tuple__")) {
      value = value.path("items"); // a tuple as Keras' own encoder writes it
    }
    if (!value.isArray()) {
      throw wrong(key, "a list of whole numbers");
    }
    int[] numbers = new int[value.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!value.get(i).isNull() && !value.get(i).isInt()) {
        throw wrong(key, "a list of whole numbers");
      }
      numbers[i] = value.get(i).isNull() ? Shape.OPEN : value.get(i).intValue();
    }
    return numbers;
  }

  /** The whole numbers within a number, a list or a list of lists, one after another. */
  public int[] numbersWithin(String key) {
    List<Integer> numbers = new ArrayList<>();
    collect(json(key), numbers, key);
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  private void collect(JsonNode value, List<Integer> numbers, String key) {
    if (value.isArray()) {
      value.forEach(item -> collect(item, numbers, key));
    } else if (value.isInt()) {
      numbers.add(value.intValue());
    } else {
      throw wrong(key, "whole numbers");
    }
  }

  /** The activation that an option asks for: a name, a layer object, or a serialized function. */
  public ActivationChoice activation(String key, String otherwise) {
    return ActivationChoice.read(this, key, otherwise);
  }

  /**
   * The config of a layer that an option holds, as wrappers have it.
   *
   * @param className what to take it for
   * @param changes options that the wrapper sets
   */
  public LayerConfig inner(JsonNode node, String className, Map<String, Boolean> changes) {
    ObjectNode inner = node.path("config").isObject() ? node.path("config").deepCopy() : JsonNodeFactory.instance.objectNode();
    changes.forEach(inner::put);
    String name = inner.path("name").asText(className.toLowerCase(Locale.ROOT));
    return new LayerConfig(className, path + "/" + name, kerasVersion, inner);
  }

  /** The one input of a layer that takes no more. */
  public Shape single(List<Shape> inputs) {
    if (inputs.size() != 1) {
      throw refusal("takes one input, not " + inputs.size() + ": " + inputs + ". Check how the model calls it.");
    }
    return inputs.get(0);
  }

  /** An input that has to be steps of features. */
  public Shape sequence(Shape input) {
    if (input.rank() != 2 || input.last() < 0) {
      throw refusal("needs an input of shape (steps, features), and it is " + input + ". Give it a sequence, or Reshape its input.");
    }
    return input;
  }

  /** The axis of a row's shape that Keras calls {@code axis}, where the batch is 0 and -1 the last. */
  public int axis(int axis, Shape shape) {
    int found = axis < 0 ? shape.rank() + axis : axis - 1;
    if (axis == 0 || found < 0 || found >= shape.rank()) {
      throw refusal("has axis " + axis + ", which is " + (axis == 0 || found == -1 ? "the batch, not an axis" : "not an axis")
          + " of its input " + shape + ". Choose one of 1 to " + shape.rank() + ", or -1 for the last.");
    }
    return found;
  }

  /** A problem of this layer, for the list of all that is wrong with a model. */
  public Refusal refusal(String problem) {
    return new Refusal(Refusal.Kind.MODEL, this + " " + problem);
  }

  /** Marks options as harmless for this layer. */
  public void ignore(String... keys) {
    read.addAll(List.of(keys));
  }

  /** Refuses an option whose value this layer cannot honour. */
  public void allow(String key, String... values) {
    JsonNode value = json(key);
    if (!value.isMissingNode() && !List.of(values).contains(value.asText())) {
      throw new Refusal(Refusal.Kind.MODEL, "option " + key + " = " + value + " of " + this + " is not supported; "
          + String.join(", ", values) + " is.");
    }
  }

  private Refusal wrong(String key, String expected) {
    return new Refusal(Refusal.Kind.MODEL, "option " + key + " of " + this + " should be " + expected
        + (has(key) ? ", not " + json(key) : ", but it is missing") + ".");
  }

  /** The options that are set to something and that no one read. */
  public List<String> unread() {
    List<String> unread = new ArrayList<>();
    for (Iterator<String> names = config.fieldNames(); names.hasNext();) {
      String name = names.next();
      if (!read.contains(name) && !HARMLESS.contains(name) && !config.path(name).isNull()) {
        unread.add(name + " = " + config.path(name));
      }
    }
    return unread;
  }

  /** For messages: {@code layer dense_1 (Dense)}. */
  @Override
  public String toString() {
    return "layer " + path + " (" + className + ")";
  }
}
