package io.forwardpass.layers;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The layers this project knows, by the class name that a config gives them. */
final class LayerRegistry {
  private static final Map<String, Function<LayerConfig, Layer>> LAYERS = Map.ofEntries(
      Map.entry("Activation", ActivationLayer::named),
      Map.entry("ActivityRegularization", PassThrough::new),
      Map.entry("Add", config -> new Merge(config, Merge.Kind.ADD)),
      Map.entry("AlphaDropout", PassThrough::new),
      Map.entry("Average", config -> new Merge(config, Merge.Kind.AVERAGE)),
      Map.entry("BatchNormalization", BatchNormalization::new),
      Map.entry("BatchNormalizationV1", BatchNormalization::new), // Keras 2 in TensorFlow 1
      Map.entry("BatchNormalizationV2", BatchNormalization::new),
      Map.entry("Concatenate", Concatenate::new),
      Map.entry("Dense", Dense::new),
      Map.entry("Dropout", PassThrough::new),
      Map.entry("ELU", ActivationLayer::elu),
      Map.entry("Flatten", Flatten::new),
      Map.entry("GaussianDropout", PassThrough::new),
      Map.entry("GaussianNoise", PassThrough::new),
      Map.entry("Identity", PassThrough::new),
      Map.entry("LSTM", Lstm::new),
      Map.entry("LeakyReLU", ActivationLayer::leakyRelu),
      Map.entry("Maximum", config -> new Merge(config, Merge.Kind.MAXIMUM)),
      Map.entry("Minimum", config -> new Merge(config, Merge.Kind.MINIMUM)),
      Map.entry("Multiply", config -> new Merge(config, Merge.Kind.MULTIPLY)),
      Map.entry("PReLU", PRelu::new),
      Map.entry("ReLU", ActivationLayer::relu),
      Map.entry("Reshape", Reshape::new),
      Map.entry("Softmax", Softmax::new),
      Map.entry("SpatialDropout1D", PassThrough::new),
      Map.entry("SpatialDropout2D", PassThrough::new),
      Map.entry("SpatialDropout3D", PassThrough::new),
      Map.entry("Subtract", config -> new Merge(config, Merge.Kind.SUBTRACT)),
      Map.entry("ThresholdedReLU", ActivationLayer::thresholdedRelu));

  private LayerRegistry() {}

  /** What makes a layer of this class from its config; checks the precision that the config asks for first. */
  static Optional<Function<LayerConfig, Layer>> find(String className) {
    return Optional.ofNullable(LAYERS.get(className)).map(maker -> config -> {
      Precision.check(config);
      return maker.apply(config);
    });
  }

  static Set<String> names() {
    return LAYERS.keySet();
  }
}
