package io.forwardpass.layers;

import com.fasterxml.jackson.databind.JsonNode;
import io.forwardpass.math.Activation;
import io.forwardpass.math.Activations;
import io.forwardpass.refusal.Nearest;
import io.forwardpass.refusal.Refusal;
import java.util.List;
import java.util.Map;

/** The activation that a config asks for: Keras' name of the function, and its numbers where the config gives them. */
public final class ActivationChoice {
  private final String name;
  private final boolean keras3;
  private final Map<String, Double> numbers;
  private final Activation function;

  private ActivationChoice(String name, boolean keras3, Map<String, Double> numbers, Activation function) {
    this.name = name;
    this.keras3 = keras3;
    this.numbers = Map.copyOf(numbers);
    this.function = function;
  }

  public static ActivationChoice named(LayerConfig config, String name) {
    boolean keras3 = config.kerasVersion().isKeras3();
    Activation function = Activations.named(name, keras3).orElseThrow(() -> unknown(config, name));
    return new ActivationChoice(function.name(), keras3, Map.of(), function); // the function's name: it may have others, as swish has silu
  }

  /** With numbers of its own instead of Keras' default ones: {@code alpha}, {@code threshold}, … as Keras names them. */
  public static ActivationChoice named(LayerConfig config, String name, Map<String, Double> numbers) {
    ActivationChoice usual = named(config, name);
    Activation function = switch (name) {
      case "leaky_relu" -> Activations.leakyRelu(numbers.getOrDefault("negative_slope", 0.2));
      case "elu" -> Activations.elu(numbers.getOrDefault("alpha", 1.0));
      case "celu" -> Activations.celu(numbers.getOrDefault("alpha", 1.0));
      case "gelu" -> Activations.gelu(numbers.containsKey("approximate"));
      case "soft_shrink" -> Activations.softShrink(numbers.getOrDefault("threshold", 0.5));
      case "hard_shrink" -> Activations.hardShrink(numbers.getOrDefault("threshold", 0.5));
      case "squareplus" -> Activations.squareplus(numbers.getOrDefault("b", 4.0));
      default -> usual.function;
    };
    return new ActivationChoice(usual.name, usual.keras3, numbers, function);
  }

  private static Refusal unknown(LayerConfig config, String name) {
    String nearest = Nearest.to(name, Activations.names()).map(near -> " Did you mean " + near + "?").orElse("");
    return Refusal.model("activation " + name + " of " + config + " is not supported." + nearest + " Supported are "
        + String.join(", ", Activations.names()) + ".");
  }

  /** The layer ReLU: {@code max_value} above, {@code negative_slope * (x - threshold)} below {@code threshold}. */
  public static ActivationChoice relu(LayerConfig config) {
    double maxValue = config.number("max_value", Double.POSITIVE_INFINITY);
    double slope = config.number("negative_slope", 0);
    double threshold = config.number("threshold", 0);
    return relu(config, maxValue, slope, threshold);
  }

  /** The layer ThresholdedReLU of Keras 2: x above {@code theta}, else 0. */
  public static ActivationChoice thresholdedRelu(LayerConfig config) {
    return relu(config, Double.POSITIVE_INFINITY, 0, config.number("theta", 1));
  }

  private static ActivationChoice relu(LayerConfig config, double maxValue, double slope, double threshold) {
    return new ActivationChoice("relu", config.kerasVersion().isKeras3(),
        Map.of("max_value", maxValue, "negative_slope", slope, "threshold", threshold),
        Activations.relu(maxValue, slope, threshold));
  }

  /** The layer LeakyReLU, whose slope Keras 2 calls {@code alpha}; 0.3 in both, unlike the function's 0.2. */
  public static ActivationChoice leakyRelu(LayerConfig config) {
    double slope = config.number("negative_slope", config.number("alpha", 0.3));
    return new ActivationChoice("leaky_relu", config.kerasVersion().isKeras3(), Map.of("negative_slope", slope),
        Activations.leakyRelu(slope));
  }

  public static ActivationChoice elu(LayerConfig config) {
    double alpha = config.number("alpha", 1);
    return new ActivationChoice("elu", config.kerasVersion().isKeras3(), Map.of("alpha", alpha), Activations.elu(alpha));
  }

  /** Reads an option that may be missing, a name, a layer object, or a serialized function object. */
  static ActivationChoice read(LayerConfig config, String key, String otherwise) {
    JsonNode value = config.json(key);
    if (value.isMissingNode()) {
      return named(config, otherwise);
    }
    if (value.isTextual()) {
      return named(config, value.textValue());
    }
    String className = value.path("class_name").asText();
    if (className.equals("function") && value.path("config").isTextual()) {
      return named(config, value.path("config").textValue());
    }
    if (value.path("config").isObject() && !className.isEmpty() && !className.equals("__lambda__")) {
      return ofLayer(config, key, className, value.path("config"));
    }
    throw config.refusal("has a custom function as " + key + ", and code inside a model is never run. "
        + "Only Keras' own activations are supported.");
  }

  private static ActivationChoice ofLayer(LayerConfig config, String key, String className, JsonNode options) {
    LayerConfig inner = new LayerConfig(className, config.path() + "/" + key, config.kerasVersion(), options);
    ActivationChoice choice = switch (className) {
      case "ReLU" -> relu(inner);
      case "ThresholdedReLU" -> thresholdedRelu(inner);
      case "LeakyReLU" -> leakyRelu(inner);
      case "ELU" -> elu(inner);
      case "Softmax" -> {
        inner.ignore("robust_masking");
        inner.allow("axis", "-1");
        yield named(inner, "softmax");
      }
      case "Activation" -> read(inner, "activation", "linear");
      default -> throw config.refusal("has the layer " + className + " as " + key + ", which is not supported there. "
          + "Apply it as a layer of its own.");
    };
    List<String> unread = inner.unread();
    if (!unread.isEmpty()) {
      throw inner.refusal("has options that are not supported: " + String.join(", ", unread) + ".");
    }
    return choice;
  }

  /** Whether it leaves every number as it is. */
  public boolean isLinear() {
    return Activations.isLinear(function);
  }

  /** What computes it. */
  public Activation function() {
    return function;
  }

  /** Keras' name of the function. */
  public String name() {
    return name;
  }

  /** Whether Keras 3's formula applies where it differs from Keras 2's. */
  public boolean isKeras3() {
    return keras3;
  }

  /** A number that the config gave: {@code negative_slope}, {@code alpha}, {@code max_value}, {@code threshold}. */
  public double number(String key, double otherwise) {
    return numbers.getOrDefault(key, otherwise);
  }
}
