package io.forwardpass.keras.weights;

import io.forwardpass.keras.array.StoredArray;
import io.forwardpass.refusal.Problems;
import java.util.ArrayList;
import java.util.List;

/** The arrays of {@code get_weights()}: no names that count, layer after layer in the order of the config. */
public final class FlatStore implements WeightStore {
  private final List<StoredArray> arrays;

  public FlatStore(List<StoredArray> arrays) {
    this.arrays = List.copyOf(arrays);
  }

  @Override
  public List<List<WeightArray>> resolve(List<LayerWeights> layers, Problems problems) {
    int needed = layers.stream().mapToInt(layer -> layer.specs().size()).sum();
    if (needed != arrays.size()) {
      problems.add(difference(layers, needed));
      return WeightCheck.nothing(layers);
    }
    WeightCheck check = new WeightCheck(problems);
    List<List<WeightArray>> resolved = new ArrayList<>();
    int next = 0;
    for (LayerWeights layer : layers) {
      int count = layer.specs().size();
      resolved.add(check.all(layer, layer.specs(), arrays.subList(next, next + count)));
      next += count;
    }
    return resolved;
  }

  private String difference(List<LayerWeights> layers, int needed) {
    StringBuilder text = new StringBuilder("the layers need " + needed + " arrays and there are " + arrays.size() + ". Needed:");
    for (LayerWeights layer : layers) {
      if (!layer.specs().isEmpty()) {
        text.append(' ').append(WeightCheck.label(layer)).append(' ').append(WeightCheck.needs(layer.specs())).append(';');
      }
    }
    text.append(" there:");
    for (StoredArray array : arrays) {
      text.append(' ').append(array).append(';');
    }
    text.setCharAt(text.length() - 1, '.');
    return text + " Save every array of model.get_weights(), in its order.";
  }
}
