package io.forwardpass.keras.weights;

import io.forwardpass.keras.array.StoredArray;
import io.forwardpass.refusal.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The arrays of Keras' archives: a group per object, reached by attribute from the model and, within lists, by class
 * and order ({@code layers/dense_1}, {@code layers/lstm/cell}), its variables numbered.
 */
final class PathStore implements WeightStore {
  private final Map<String, List<StoredArray>> byObject;
  private final boolean ranked;

  /**
   * @param byObject the arrays of each object that has any, in order, by its path with plain slashes
   * @param ranked whether numbers only order the objects of a class, as in archives of Keras 2.12 and 2.13
   */
  PathStore(Map<String, List<StoredArray>> byObject, boolean ranked) {
    this.byObject = ranked ? ranked(byObject) : new TreeMap<>(byObject);
    this.ranked = ranked;
  }

  @Override
  public List<List<WeightArray>> resolve(List<LayerWeights> layers, Problems problems) {
    List<String> roots = roots(layers);
    Map<String, String> names = ranked ? RankedPaths.of(wanted(layers, roots)) : Map.of();
    Set<String> taken = new LinkedHashSet<>();
    List<List<WeightArray>> resolved = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      resolved.add(layer(layers.get(i), roots.get(i), names, taken, new WeightCheck(problems)));
    }
    reportUnclaimed(roots, names, taken, problems);
    return resolved;
  }

  private static List<String> roots(List<LayerWeights> layers) {
    ObjectNames names = new ObjectNames();
    return layers.stream().map(layer -> "layers/" + names.next(layer.className())).toList();
  }

  private static List<String> wanted(List<LayerWeights> layers, List<String> roots) {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < roots.size(); i++) {
      for (WeightSpec spec : layers.get(i).specs()) {
        paths.add(join(roots.get(i), spec.path()));
      }
    }
    return paths;
  }

  private List<WeightArray> layer(LayerWeights layer, String root, Map<String, String> names, Set<String> taken, WeightCheck check) {
    Map<String, List<Integer>> specsOf = new LinkedHashMap<>();
    for (int i = 0; i < layer.specs().size(); i++) {
      specsOf.computeIfAbsent(join(root, layer.specs().get(i).path()), path -> new ArrayList<>()).add(i);
    }
    WeightArray[] arrays = new WeightArray[layer.specs().size()];
    specsOf.forEach((path, indices) -> {
      String object = spelled(names.getOrDefault(path, path));
      taken.add(object);
      List<WeightSpec> specs = indices.stream().map(layer.specs()::get).toList();
      List<WeightArray> found = check.all(layer, specs, stored(object, specs.size()));
      for (int i = 0; i < found.size(); i++) {
        arrays[indices.get(i)] = found.get(i);
      }
    });
    if (specsOf.isEmpty() && byObject.containsKey(root) && !ranked) {
      taken.add(root);
      check.all(layer, List.of(), stored(root, 0));
    }
    return Arrays.asList(arrays);
  }

  /**
   * An object's arrays; without those of an object below it where there are too many, as SpectralNormalization keeps its layer's
   * kernel.
   */
  private List<StoredArray> stored(String object, int wanted) {
    List<StoredArray> arrays = byObject.getOrDefault(object, List.of());
    if (arrays.size() <= wanted) {
      return arrays;
    }
    if (wanted == 0) { // what Keras stores by name, not by number, a layer may have from its config
      return arrays.stream().filter(array -> array.name().matches(".*/vars/[0-9]+")).toList();
    }
    List<StoredArray> below = byObject.entrySet().stream().filter(entry -> entry.getKey().startsWith(object + "/"))
        .flatMap(entry -> entry.getValue().stream()).toList();
    return arrays.stream().filter(array -> below.stream().noneMatch(other -> same(array, other))).toList();
  }

  private static boolean same(StoredArray one, StoredArray other) {
    return Arrays.equals(one.shape(), other.shape()) && one.isReadable() && Arrays.equals(one.values(), other.values());
  }

  /** Releases differ in whether an attribute is private: {@code _key_dense} and {@code key_dense} are one. */
  private String spelled(String path) {
    if (byObject.containsKey(path)) {
      return path;
    }
    for (String candidate : byObject.keySet()) {
      if (open(candidate).equals(open(path))) {
        return candidate;
      }
    }
    return path;
  }

  private static String open(String path) {
    return path.replace("/_", "/");
  }

  /** Weights of a layer that the architecture does not have mean that file and architecture are not of one model. */
  private void reportUnclaimed(List<String> roots, Map<String, String> names, Set<String> taken, Problems problems) {
    Set<String> known = new LinkedHashSet<>();
    for (String path : ranked ? names.values() : roots) {
      known.add(firstTwo(path));
    }
    byObject.forEach((path, arrays) -> {
      if (!taken.contains(path) && !known.contains(firstTwo(path))) {
        problems.add("the file has weights for an object " + path + " " + arrays
            + ", and the architecture has no layer for it. Give the weights that were saved with this architecture.");
      }
    });
  }

  private static String firstTwo(String path) {
    String[] parts = path.split("/", 3);
    return parts.length < 2 ? path : parts[0] + "/" + parts[1];
  }

  private static String join(String root, List<String> path) {
    return path.isEmpty() ? root : root + "/" + String.join("/", path);
  }

  private static Map<String, List<StoredArray>> ranked(Map<String, List<StoredArray>> byObject) {
    Map<String, String> names = RankedPaths.of(byObject.keySet());
    Map<String, List<StoredArray>> renamed = new TreeMap<>();
    byObject.forEach((path, arrays) -> renamed.put(names.get(path), arrays));
    return renamed;
  }
}
