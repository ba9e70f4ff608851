package io.forwardpass.keras.weights;

import java.util.List;

/** Everything one layer of the outermost model needs, in the order in which Keras made the variables. */
public final class LayerWeights {
  private final String layer;
  private final String className;
  private final List<WeightSpec> specs;

  /**
   * @param layer the layer's name in the config
   * @param className its class as the config spells it ({@code Dense}, {@code Functional}): archives are grouped by it
   * @param specs empty for a layer without weights
   */
  public LayerWeights(String layer, String className, List<WeightSpec> specs) {
    this.layer = layer;
    this.className = className;
    this.specs = List.copyOf(specs);
  }

  public String layer() {
    return layer;
  }

  public String className() {
    return className;
  }

  public List<WeightSpec> specs() {
    return specs;
  }
}
