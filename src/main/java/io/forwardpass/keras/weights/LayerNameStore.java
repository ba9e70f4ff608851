package io.forwardpass.keras.weights;

import io.forwardpass.keras.array.StoredArray;
import io.forwardpass.refusal.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The arrays of HDF5 files as Keras 1 and 2 lay them out, and Keras 3 for whole models: a group per layer of the
 * outermost model, trainable weights first, in the order that an attribute gives.
 */
public final class LayerNameStore implements WeightStore {
  private final Map<String, List<StoredArray>> byLayer;

  /** @param byLayer in the order of {@code layer_names}, layers without weights too */
  public LayerNameStore(Map<String, List<StoredArray>> byLayer) {
    this.byLayer = byLayer;
  }

  @Override
  public List<List<WeightArray>> resolve(List<LayerWeights> layers, Problems problems) {
    List<List<StoredArray>> found = find(layers, problems);
    WeightCheck check = new WeightCheck(problems);
    List<List<WeightArray>> resolved = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      resolved.add(layer(layers.get(i), found.get(i), check));
    }
    return resolved;
  }

  /** By name; or, where the names differ, by order, which is all that Keras itself goes by. */
  private List<List<StoredArray>> find(List<LayerWeights> layers, Problems problems) {
    List<List<StoredArray>> withWeights = byLayer.values().stream().filter(arrays -> !arrays.isEmpty()).toList();
    List<LayerWeights> needing = layers.stream().filter(layer -> !layer.specs().isEmpty()).toList();
    boolean named = needing.stream().allMatch(layer -> byLayer.containsKey(layer.layer()));
    boolean ordered = !named && withWeights.size() == needing.size();
    List<List<StoredArray>> found = new ArrayList<>();
    for (LayerWeights layer : layers) {
      boolean byOrder = ordered && !layer.specs().isEmpty();
      found.add(byOrder ? withWeights.get(needing.indexOf(layer)) : byLayer.getOrDefault(layer.layer(), List.of()));
    }
    if (!ordered) {
      reportUnclaimed(layers, problems);
    }
    return found;
  }

  /** Weights that no layer takes mean that file and architecture are not of one model. */
  private void reportUnclaimed(List<LayerWeights> layers, Problems problems) {
    List<String> known = layers.stream().map(LayerWeights::layer).toList();
    byLayer.forEach((name, arrays) -> {
      if (!arrays.isEmpty() && !known.contains(name)) {
        problems.add("the file has weights for a layer " + name + " " + arrays
            + ", and the architecture has no such layer. Give the weights that were saved with this architecture.");
      }
    });
  }

  private static List<WeightArray> layer(LayerWeights layer, List<StoredArray> found, WeightCheck check) {
    List<WeightSpec> specs = layer.specs();
    List<Integer> stored = new ArrayList<>(); // where each array of the group belongs in the specs
    for (boolean trainable : new boolean[] {true, false}) {
      for (int i = 0; i < specs.size(); i++) {
        if (specs.get(i).isTrainable() == trainable) {
          stored.add(i);
        }
      }
    }
    List<WeightArray> arrays = check.all(layer, stored.stream().map(specs::get).toList(), found);
    WeightArray[] ordered = new WeightArray[specs.size()];
    for (int i = 0; i < ordered.length; i++) {
      ordered[stored.get(i)] = arrays.get(i);
    }
    return Arrays.asList(ordered);
  }
}
