package io.forwardpass.keras.weights;

import io.forwardpass.keras.array.StoredArray;
import io.forwardpass.refusal.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds what a file has against what a layer needs, and says in full what does not fit. */
final class WeightCheck {
  /** Only these names tell anything: others are generic ({@code Variable:0}, {@code arr_0}) or of older releases. */
  private static final Set<String> TELLING = Set.of("kernel", "recurrent_kernel", "bias", "gamma", "beta", "moving_mean",
      "moving_variance", "embeddings", "depthwise_kernel", "pointwise_kernel");

  private final Problems problems;

  WeightCheck(Problems problems) {
    this.problems = problems;
  }

  /** @param found one array for each of the specs, in their order; checked by number first */
  List<WeightArray> all(LayerWeights layer, List<WeightSpec> specs, List<StoredArray> found) {
    if (specs.size() != found.size()) {
      count(layer, specs, found);
      return new ArrayList<>(Collections.nCopies(specs.size(), null));
    }
    List<WeightArray> arrays = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      arrays.add(one(layer, specs.get(i), found.get(i)));
    }
    return arrays;
  }

  /** The array where it fits, null where it does not. */
  private WeightArray one(LayerWeights layer, WeightSpec spec, StoredArray found) {
    String weight = "weight " + label(spec) + " of " + label(layer);
    String there = lastPart(found.name());
    if (TELLING.contains(there) && TELLING.contains(spec.name()) && !there.equals(spec.name())) {
      problems.add(weight + " is expected where the file has " + found + ". Give the weights that were saved with this architecture.");
      return null;
    }
    if (!found.isReadable()) {
      problems.add(weight + " is stored as " + found.dtype() + " (" + found.name()
          + "), and float16, float32 and float64 are read. Save it as float32.");
      return null;
    }
    int[] shape = fit(spec.shape(), found);
    if (shape == null) {
      problems.add(wrongShape(weight, spec.shape(), found));
      return null;
    }
    return new WeightArray(found.name(), found.dtype(), shape, found.values());
  }

  private void count(LayerWeights layer, List<WeightSpec> specs, List<StoredArray> found) {
    String each = found.stream().map(StoredArray::toString).collect(Collectors.joining(", "));
    problems.add(label(layer) + " needs " + needs(specs) + ", and the file has " + (found.isEmpty() ? "none" : found.size() + ": " + each)
        + ". Give the weights that were saved with this architecture.");
  }

  static String needs(List<WeightSpec> specs) {
    String each = specs.stream().map(spec -> label(spec) + " " + StoredArray.shapeText(spec.shape())).collect(Collectors.joining(", "));
    return specs.isEmpty() ? "no weights" : specs.size() + (specs.size() == 1 ? " weight (" : " weights (") + each + ")";
  }

  static String label(LayerWeights layer) {
    return "layer " + layer.layer() + " (" + layer.className() + ")";
  }

  private static String label(WeightSpec spec) {
    return spec.path().isEmpty() ? spec.name() : String.join("/", spec.path()) + "/" + spec.name();
  }

  /** The shape under which the array serves, or null. */
  private static int[] fit(int[] expected, StoredArray found) {
    int[] candidate = found.shape();
    if (found.isText() && expected.length <= 1 && (candidate[0] == 1 || candidate[1] == 1)) {
      int numbers = found.values().length;
      candidate = expected.length == 0 && numbers == 1 ? new int[0] : new int[] {numbers};
    }
    if (candidate.length != expected.length) {
      return null;
    }
    for (int axis = 0; axis < expected.length; axis++) {
      if (expected[axis] >= 0 && expected[axis] != candidate[axis]) {
        return null;
      }
    }
    return candidate;
  }

  private static String wrongShape(String weight, int[] expected, StoredArray found) {
    int[] shape = found.shape();
    String from = found.name().isEmpty() ? "" : " (" + found.name() + ")";
    if (expected.length == 2 && shape.length == 2 && expected[0] == shape[1] && expected[1] == shape[0]) {
      return weight + from + " is " + StoredArray.shapeText(shape) + ", which looks like the transpose of the expected "
          + StoredArray.shapeText(expected) + ". Store it as Keras does, (inputs, outputs).";
    }
    return weight + from + " should have shape " + StoredArray.shapeText(expected) + ", and has " + StoredArray.shapeText(shape)
        + ". Give the weights that were saved with this architecture.";
  }

  /** {@code kernel} of {@code dense_1/kernel:0}. */
  private static String lastPart(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    int colon = last.indexOf(':');
    return colon < 0 ? last : last.substring(0, colon);
  }

  /** Null for each weight of each layer: for files that do not fit as a whole. */
  static List<List<WeightArray>> nothing(List<LayerWeights> layers) {
    return layers.stream().map(layer -> Arrays.asList(new WeightArray[layer.specs().size()])).collect(Collectors.toList());
  }
}
