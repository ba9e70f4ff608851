package io.forwardpass.bench;

import io.forwardpass.keras.weights.LayerWeights;
import io.forwardpass.keras.weights.WeightArray;
import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.keras.weights.WeightStore;
import io.forwardpass.refusal.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Weights for a model that nobody trained: small enough that sums stay of the size of their inputs. */
final class RandomWeights implements WeightStore {
  private final Random random = new Random(1);
  private final List<WeightArray> given = new ArrayList<>();

  @Override
  public List<List<WeightArray>> resolve(List<LayerWeights> layers, Problems problems) {
    List<List<WeightArray>> found = new ArrayList<>();
    for (LayerWeights layer : layers) {
      List<WeightArray> arrays = new ArrayList<>();
      for (WeightSpec spec : layer.specs()) {
        arrays.add(array(layer.layer() + "/" + spec.name(), spec.shape()));
      }
      given.addAll(arrays);
      found.add(arrays);
    }
    return found;
  }

  private WeightArray array(String name, int[] shape) {
    float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    double scale = 1 / Math.sqrt(shape[0]);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * scale);
    }
    return new WeightArray(name, "float32", shape, values);
  }

  /** All arrays in the order in which layers asked for them. */
  List<WeightArray> given() {
    return given;
  }
}
