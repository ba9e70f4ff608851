package io.forwardpass.keras;

import com.fasterxml.jackson.databind.JsonNode;
import io.forwardpass.keras.array.StoredArray;
import io.forwardpass.keras.container.Hdf5File;
import io.forwardpass.keras.container.JsonText;
import io.forwardpass.keras.weights.LayerNameStore;
import io.forwardpass.keras.weights.ObjectWeights;
import io.forwardpass.keras.weights.WeightNotices;
import io.forwardpass.refusal.Refusal;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** HDF5 files of Keras: whole models, and weights alone in the old layout or by object. */
final class Hdf5Model {
  private final String source;
  private final Hdf5File file;

  private Hdf5Model(String source, Hdf5File file) {
    this.source = source;
    this.file = file;
  }

  static SavedModel read(String source, byte[] bytes, Optional<Architecture> architecture) {
    try (Hdf5File file = new Hdf5File("model " + source, bytes)) {
      return new Hdf5Model(source, file).read(architecture);
    }
  }

  private SavedModel read(Optional<Architecture> architecture) {
    Group root = file.root();
    Optional<String> config = file.text(root, "model_config");
    if (config.isPresent()) {
      return whole(config.get(), architecture);
    }
    Group legacy = file.group("model_weights").orElse(root);
    List<String> children = file.children(root).stream().map(Node::getName).toList();
    if (file.hasTexts(legacy, "layer_names")) {
      return oldWeights(legacy, ModelFiles.required(source, architecture));
    }
    if (ObjectWeights.isRoot(children)) {
      return objectWeights(ModelFiles.required(source, architecture));
    }
    throw Refusal.model("Cannot read model " + source + ": it is an HDF5 file, and not of Keras: it has no model_config, no layer_names"
        + " and no layers, but " + children + ". Save the model with model.save(\"model.keras\").");
  }

  private SavedModel whole(String config, Optional<Architecture> architecture) {
    ModelFiles.refuseArchitecture(source, architecture);
    String what = "model_config of model " + source;
    JsonNode model = JsonText.model(what, JsonText.parse(what, config.getBytes(StandardCharsets.UTF_8)));
    Group weights = file.group("model_weights").orElseThrow(() -> Refusal.model("Cannot read model " + source
        + ": it has an architecture, and no weights (no group model_weights). Save the model with model.save(\"model.keras\")."));
    KerasVersion version = version(file.root()).or(() -> version(weights)).orElse(KerasVersion.parse("1"));
    Map<String, List<StoredArray>> byLayer = byLayer(weights);
    return new SavedModel(source, "Keras " + version.major() + " whole-model HDF5", version, model, new LayerNameStore(byLayer),
        notices(byLayer));
  }

  private SavedModel oldWeights(Group weights, Architecture architecture) {
    KerasVersion version = architecture.version(source, version(weights));
    Map<String, List<StoredArray>> byLayer = byLayer(weights);
    List<String> notices = new ArrayList<>(architecture.notices());
    notices.addAll(notices(byLayer));
    return new SavedModel(source, "HDF5 weights by layer " + architecture.words(), version, architecture.model(),
        new LayerNameStore(byLayer), notices);
  }

  private SavedModel objectWeights(Architecture architecture) {
    ObjectWeights weights = ObjectWeights.of(file);
    List<String> notices = new ArrayList<>(architecture.notices());
    notices.addAll(WeightNotices.of(weights.arrays()));
    return new SavedModel(source, "HDF5 weights by object (.weights.h5) " + architecture.words(),
        architecture.version(source, Optional.empty()), architecture.model(), weights.store(), notices);
  }

  private Optional<KerasVersion> version(Group group) {
    return file.text(group, "keras_version").map(text -> Architecture.version("model " + source, text));
  }

  private Map<String, List<StoredArray>> byLayer(Group weights) {
    Map<String, List<StoredArray>> byLayer = new LinkedHashMap<>();
    for (String layer : file.texts(weights, "layer_names")) {
      Group group = file.group(weights, layer).orElseThrow(() -> Refusal.model("Cannot read model " + source + ": its layer_names has "
          + layer + ", and there is no such group of weights. The file is damaged: save the model again with Keras."));
      List<StoredArray> arrays = new ArrayList<>();
      for (String name : file.texts(group, "weight_names")) {
        Dataset dataset = file.dataset(group, name).orElseThrow(() -> Refusal.model("Cannot read model " + source + ": the weight_names of "
            + layer + " has " + name + ", and there is no such array. The file is damaged: save the model again with Keras."));
        arrays.add(file.array(name, dataset));
      }
      byLayer.put(layer, arrays);
    }
    return byLayer;
  }

  private static List<String> notices(Map<String, List<StoredArray>> byLayer) {
    return WeightNotices.of(byLayer.values().stream().flatMap(List::stream).toList());
  }
}
