package io.forwardpass.layers.normalization;

import com.fasterxml.jackson.databind.JsonNode;
import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.InnerLayers;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A layer whose kernel training divides by its largest singular value and stores so: at inference the layer itself. Keras 3.15,
 * {@code spectral_normalization.py}.
 */
public final class SpectralNormalization implements Layer {
  private final LayerConfig config;
  private final Layer layer;

  public SpectralNormalization(LayerConfig config, InnerLayers layers) {
    this.config = config;
    JsonNode node = config.json("layer");
    if (node.path("class_name").asText().equals("Embedding") && config.kerasVersion().isKeras3()) {
      throw config.refusal("wraps an Embedding, whose vectors Keras 3 then cuts to whole numbers, as its input is. Use the Embedding "
          + "alone.");
    }
    layer = layers.read(node, config.inner(node, node.path("class_name").asText(), Map.of()));
    config.ignore("power_iterations");
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    return layer.outputShapes(inputs);
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    List<WeightSpec> specs = new ArrayList<>();
    layer.weights(inputs).forEach(spec -> specs.add(spec.under("layer")));
    int[] kernel = layer.weights(inputs).stream().filter(spec -> List.of("kernel", "embeddings").contains(spec.name())).findFirst()
        .orElseThrow(() -> config.refusal("wraps a layer without a kernel, which Keras refuses too. Wrap a Dense, a Conv1D or an "
            + "Embedding."))
        .shape();
    specs.add(WeightSpec.nonTrainable("vector_u", 1, kernel[kernel.length - 1]));
    return specs;
  }

  @Override
  public void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, List<float[]> weights) {
    layer.addTo(network, from, to, inputs, withoutVector(weights));
  }

  /** The arrays of the layer that it wraps. */
  public static List<float[]> withoutVector(List<float[]> weights) {
    return weights.subList(0, weights.size() - 1);
  }

  @Override
  public Optional<Shape> madeMask(List<Shape> inputs) {
    return layer.madeMask(inputs);
  }

  @Override
  public boolean readsMask(Shape mask, Shape input) {
    return layer.readsMask(mask, input);
  }

  @Override
  public boolean handsOnMask() {
    return layer.handsOnMask();
  }

  @Override
  public List<String> notices() {
    return layer.notices();
  }

  /** The layer that it wraps. */
  public Layer layer() {
    return layer;
  }
}
