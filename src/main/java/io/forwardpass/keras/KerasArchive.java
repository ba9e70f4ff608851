package io.forwardpass.keras;

import com.fasterxml.jackson.databind.JsonNode;
import io.forwardpass.keras.array.NpyArray;
import io.forwardpass.keras.array.NpyHeader;
import io.forwardpass.keras.array.PickledVariables;
import io.forwardpass.keras.container.FileSource;
import io.forwardpass.keras.container.Hdf5File;
import io.forwardpass.keras.container.JsonText;
import io.forwardpass.keras.container.ZipArchive;
import io.forwardpass.keras.weights.ObjectWeights;
import io.forwardpass.keras.weights.WeightNotices;
import io.forwardpass.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A {@code .keras} archive, zipped or as a folder: config.json, metadata.json and the weights in a file of their own. */
final class KerasArchive {
  private static final String CONFIG = "config.json";
  private static final String METADATA = "metadata.json";
  private static final String HDF5 = "model.weights.h5";
  private static final String NPZ = "model.weights.npz";
  private static final String ASSETS = "assets/";

  private final String source;
  private final List<String> names;
  private final Function<String, byte[]> bytes;
  private final String kind;

  private KerasArchive(String source, List<String> names, Function<String, byte[]> bytes, String kind) {
    this.source = source;
    this.names = names;
    this.bytes = bytes;
    this.kind = kind;
  }

  /** The archive in a zip, perhaps below one folder, as zipping a folder by hand leaves it. */
  static Optional<KerasArchive> in(String source, ZipArchive zip) {
    List<String> configs = zip.names().stream().filter(name -> name.equals(CONFIG) || name.matches("(?!__MACOSX)[^/]+/config\\.json"))
        .toList();
    if (configs.isEmpty()) {
      return Optional.empty();
    }
    String top = zip.has(CONFIG) ? "" : configs.get(0).substring(0, configs.get(0).length() - CONFIG.length());
    List<String> names = zip.names().stream().filter(name -> name.startsWith(top)).map(name -> name.substring(top.length())).toList();
    return Optional.of(new KerasArchive(source, names, name -> zip.bytes(top + name), "archive (.keras)"));
  }

  /** The archive as a folder. */
  static Optional<KerasArchive> in(String source, List<FileSource> folder) {
    List<String> names = folder.stream().map(FileSource::name).toList();
    if (!names.contains(CONFIG)) {
      return Optional.empty();
    }
    Map<String, FileSource> files = new LinkedHashMap<>();
    collect("", folder, files);
    return Optional.of(new KerasArchive(source, List.copyOf(files.keySet()), name -> files.get(name).bytes(), "archive (unzipped .keras)"));
  }

  /** The folder's files by path; of folders in it only that of assets. */
  private static void collect(String below, List<FileSource> folder, Map<String, FileSource> files) {
    for (FileSource file : folder) {
      String path = below + file.name();
      if (!file.isFolder()) {
        files.put(path, file);
      } else if ((path + "/").startsWith(ASSETS)) {
        collect(path + "/", file.children(), files);
      }
    }
  }

  SavedModel read(Optional<Architecture> architecture, int kerasMajor) {
    ModelFiles.refuseArchitecture(source, architecture);
    String what = CONFIG + " of model " + source;
    JsonNode model = JsonText.model(what, JsonText.parse(what, bytes.apply(CONFIG)));
    List<String> notices = new ArrayList<>();
    KerasVersion version = version(kerasMajor, notices);
    ObjectWeights weights = weights();
    notices.addAll(WeightNotices.of(weights.arrays()));
    return new SavedModel(source, "Keras " + version.major() + " " + kind, version, model, weights.store(), notices).withAssets(assets());
  }

  /** Vocabularies, below the same paths as weights. */
  private Map<String, String> assets() {
    Map<String, String> assets = new HashMap<>();
    for (String name : names) {
      if (name.startsWith(ASSETS) && name.endsWith(".txt")) {
        String path = name.substring(ASSETS.length()).replace(ObjectWeights.OLD_LAYERS, ObjectWeights.LAYERS);
        assets.put(path, new String(bytes.apply(name), StandardCharsets.UTF_8));
      }
    }
    return assets;
  }

  private KerasVersion version(int kerasMajor, List<String> notices) {
    if (!names.contains(METADATA)) {
      notices.add("There is no metadata.json that says which Keras wrote the model: it is taken as Keras " + kerasMajor + "'s.");
      return KerasVersion.parse(Integer.toString(kerasMajor));
    }
    String what = METADATA + " of model " + source;
    return Architecture.version(what, JsonText.parse(what, bytes.apply(METADATA)).path("keras_version").asText(""));
  }

  private ObjectWeights weights() {
    if (names.contains(HDF5)) {
      String what = HDF5 + " of model " + source;
      byte[] content = bytes.apply(HDF5);
      if (!Hdf5File.isHdf5(content)) {
        throw Refusal.model("Cannot read " + what + ": it is not an HDF5 file. Save the model again with model.save(\"model.keras\").");
      }
      try (Hdf5File file = new Hdf5File(what, content)) {
        return ObjectWeights.of(file);
      }
    }
    if (names.contains(NPZ)) {
      return ofNpz(NPZ + " of model " + source, bytes.apply(NPZ));
    }
    throw Refusal.model("Cannot read model " + source + ": there is neither " + HDF5 + " nor " + NPZ + " in it, but " + names
        + ". Save the model again with model.save(\"model.keras\"), in one piece.");
  }

  /** Plain arrays by their path; Keras itself writes one pickle for each object, and names the root's __root__. */
  private static ObjectWeights ofNpz(String what, byte[] content) {
    ObjectWeights weights = new ObjectWeights();
    ZipArchive zip = new ZipArchive(what, content);
    for (String entry : zip.names()) {
      String path = entry.replaceAll("\\.npy$", "");
      byte[] array = zip.bytes(entry);
      if (!NpyHeader.parse(what, path, array).isPickled()) {
        weights.add(path, NpyArray.parse(what, path, array).stored());
      } else if (path.contains("layers")) { // the rest is the optimizer's
        PickledVariables.read(what, path, array).forEach((number, stored) -> weights.add(path + "/vars/" + number, stored));
      }
    }
    return weights;
  }
}
