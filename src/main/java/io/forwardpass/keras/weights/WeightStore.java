package io.forwardpass.keras.weights;

import io.forwardpass.refusal.Problems;
import java.util.List;

/** The arrays of a model as one kind of file groups and orders them. */
public interface WeightStore {
  /**
   * Finds an array for every weight of every layer, checked by count, name where the file has one, and shape.
   *
   * @param layers all layers of the outermost model, in the order of its config, those without weights too
   * @param problems takes what does not fit, each naming layer, weight, expected and found
   * @return for each layer its arrays in the order of its specs; null in place of those that did not fit
   */
  List<List<WeightArray>> resolve(List<LayerWeights> layers, Problems problems);
}
