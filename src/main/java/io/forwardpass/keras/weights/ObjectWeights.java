package io.forwardpass.keras.weights;

import io.forwardpass.keras.array.StoredArray;
import io.forwardpass.keras.container.Hdf5File;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects the arrays of an archive by the path of the object that owns them, whichever Keras and system wrote it. */
public final class ObjectWeights {
  public static final String LAYERS = "layers";
  /** How Keras 2.12 and 2.13 call the list of layers. */
  public static final String OLD_LAYERS = "_layer_checkpoint_dependencies";

  private final Map<String, Map<String, StoredArray>> byObject = new TreeMap<>();
  private boolean old;

  /** Whether these are the children of such a file's root. Windows makes one name of a whole path. */
  public static boolean isRoot(List<String> children) {
    return children.stream().map(ObjectWeights::first).anyMatch(name -> name.equals(LAYERS) || name.equals(OLD_LAYERS))
        || children.contains("vars");
  }

  public static ObjectWeights of(Hdf5File file) {
    ObjectWeights weights = new ObjectWeights();
    for (Node child : file.children(file.root())) {
      // the rest is the optimizer's and the metrics'
      if (first(child.getName()).equals(LAYERS) || first(child.getName()).equals(OLD_LAYERS)) {
        weights.walk(file, child, child.getName());
      }
    }
    return weights;
  }

  private void walk(Hdf5File file, Node node, String path) {
    if (node instanceof Group group) {
      for (Node child : file.children(group)) {
        walk(file, child, path + "/" + child.getName());
      }
    } else if (node instanceof Dataset dataset) {
      add(path, file.array(plain(path), dataset));
    }
  }

  /** @param path to the array: {@code layers/dense/vars/0}; what is not an object's variable is left out */
  public void add(String path, StoredArray array) {
    String[] parts = plain(path).split("/");
    if (parts.length < 3 || !parts[parts.length - 2].equals("vars")) {
      return;
    }
    List<String> object = new ArrayList<>();
    for (String part : List.of(parts).subList(0, parts.length - 2)) {
      old |= part.equals(OLD_LAYERS);
      object.add(part.equals(OLD_LAYERS) ? LAYERS : part);
    }
    byObject.computeIfAbsent(String.join("/", object), name -> new TreeMap<>(NUMBERS)).put(parts[parts.length - 1], array);
  }

  private static final Comparator<String> NUMBERS = Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private static String plain(String path) {
    return path.replace('\\', '/');
  }

  private static String first(String path) {
    return plain(path).split("/")[0];
  }

  public List<StoredArray> arrays() {
    return byObject.values().stream().flatMap(arrays -> arrays.values().stream()).toList();
  }

  public PathStore store() {
    Map<String, List<StoredArray>> lists = new TreeMap<>();
    // the state of a random generator is no weight
    byObject.forEach((path, arrays) -> {
      if (!path.endsWith("/seed_generator")) {
        lists.put(path, List.copyOf(arrays.values()));
      }
    });
    return new PathStore(lists, old);
  }
}
