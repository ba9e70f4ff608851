package io.forwardpass.layers;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads the layer that a wrapper holds; wrappers are handed it, since who knows all layers is not theirs to know. */
@FunctionalInterface
public interface InnerLayers {
  /**
   * @param node what Keras wrote of the layer
   * @param config its options, {@linkplain LayerConfig#inner as the wrapper wants them}
   * @throws io.forwardpass.refusal.Refusal where the layer is not one of ours or cannot honour an option
   */
  Layer read(JsonNode node, LayerConfig config);
}
