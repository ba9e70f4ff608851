package io.forwardpass.layers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/** The dtype policy of a layer: a text, or an object with a name. Everything is computed in float32, whatever it says. */
public final class Precision {
  private static final Set<String> POLICIES = Set.of("DTypePolicy", "FloatDTypePolicy", "Policy", "PolicyV1");
  private static final Set<String> OTHER_FLOATS = Set.of("float16", "bfloat16", "float64", "mixed_float16", "mixed_bfloat16");

  private Precision() {}

  /** Refuses a policy under which the weights are no plain numbers, such as int8 quantization. */
  public static void check(LayerConfig config) {
    JsonNode dtype = config.json("dtype");
    boolean plain = !dtype.isObject() || POLICIES.contains(dtype.path("class_name").asText());
    if (!plain || name(config).contains("_from_")) {
      throw config.refusal("is quantized or has a dtype policy of its own, dtype = " + dtype + ", which is not supported. "
          + "Save the model in float32, before it is quantized.");
    }
  }

  /** What the user should know where it is not float32: Keras' own numbers differ from ours. The same text for all layers. */
  public static Optional<String> notice(LayerConfig config) {
    return OTHER_FLOATS.contains(name(config))
        ? Optional.of("Keras computes this model in " + name(config) + "; here it is computed in float32, so the last digits differ.")
        : Optional.empty();
  }

  private static String name(LayerConfig config) {
    JsonNode dtype = config.json("dtype");
    return dtype.isObject() ? dtype.path("config").path("name").asText() : dtype.asText();
  }
}
