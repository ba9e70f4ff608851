package io.forwardpass.layers.preprocessing;

import io.forwardpass.layers.CategoryLayer;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.preprocessing.Categories.Mode;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Indices of categories as ones among zeros, or as counts, of weights where the call gives {@code count_weights}. Keras 3.15,
 * {@code category_encoding.py}.
 */
public final class CategoryEncoding implements CategoryLayer {
  private final LayerConfig config;
  private final Categories categories;

  public CategoryEncoding(LayerConfig config) {
    this.config = config;
    categories = new Categories(config, Categories.mode(config, Mode.MULTI_HOT, Mode.ONE_HOT, Mode.MULTI_HOT, Mode.COUNT),
        config.integer("num_tokens"));
    config.ignore("sparse"); // how the numbers are stored
  }

  private CategoryEncoding(CategoryEncoding other, Categories categories) {
    config = other.config;
    this.categories = categories;
  }

  @Override
  public Optional<Layer> asIndex() {
    return Optional.ofNullable(categories.asIndex()).map(index -> new CategoryEncoding(this, index));
  }

  @Override
  public List<String> tensorKeywords() {
    return List.of("count_weights");
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.single(inputs.subList(0, 1));
    if (inputs.size() > 1 && (categories.mode() != Mode.COUNT || !inputs.get(1).equals(input))) {
      throw config.refusal("is called with count_weights of shape " + inputs.get(1) + ", its input is " + input + ", and its output_mode "
          + categories.mode().name().toLowerCase(Locale.ROOT) + ". Give weights of the input's shape, and only where it counts.");
    }
    return List.of(categories.outputShape(input));
  }

  @Override
  public void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, List<float[]> weights) {
    categories.addTo(network, from, to[0], inputs.get(0), null);
  }

  public Categories categories() {
    return categories;
  }
}
