package io.forwardpass.layers;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The layers this project knows, by the class name that a config gives them. */
final class LayerRegistry {
  private static final Map<String, Function<LayerConfig, Layer>> LAYERS = Map.ofEntries();

  private LayerRegistry() {}

  static Optional<Function<LayerConfig, Layer>> find(String className) {
    return Optional.ofNullable(LAYERS.get(className));
  }

  static Set<String> names() {
    return LAYERS.keySet();
  }
}
