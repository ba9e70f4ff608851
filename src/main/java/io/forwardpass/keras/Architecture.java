package io.forwardpass.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.forwardpass.keras.container.FileSource;
import io.forwardpass.keras.container.Hdf5File;
import io.forwardpass.keras.container.JsonText;
import io.forwardpass.keras.container.ZipArchive;
import io.forwardpass.refusal.Refusal;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** A model's layers given beside a file that holds arrays alone, and the Keras they are meant for. */
final class Architecture {
  private final JsonNode model;
  private final KerasVersion version;
  private final boolean versionStated;
  private final String words;
  private final List<String> notices;

  private Architecture(JsonNode model, KerasVersion version, boolean versionStated, String words, List<String> notices) {
    this.model = model;
    this.version = version;
    this.versionStated = versionStated;
    this.words = words;
    this.notices = notices;
  }

  static Optional<Architecture> given(Optional<String> path, Optional<JsonNode> bareLayers, int kerasMajor, Configuration hadoop) {
    if (path.isPresent() && bareLayers.isPresent()) {
      throw Refusal.model("Cannot read the model: both an architecture file, " + path.get()
          + ", and layers in the job file are given. Keep one of model.architecture and model.layers.");
    }
    return path.isPresent() ? Optional.of(ofFile(path.get(), hadoop)) : bareLayers.map(layers -> ofLayers(layers, kerasMajor));
  }

  private static Architecture ofFile(String path, Configuration hadoop) {
    FileSource file = FileSource.open("architecture", path, hadoop);
    if (file.isFolder()) {
      throw Refusal.model("Cannot read architecture " + file + ": it is a folder. Give the JSON file that model.to_json() makes.");
    }
    String what = "architecture " + file;
    byte[] bytes = file.bytes();
    if (ZipArchive.isZip(bytes) || Hdf5File.isHdf5(bytes)) {
      throw Refusal.model("Cannot read " + what + ": it is no JSON but a model file of its own. Give it as the model's path, or"
          + " give the JSON file that model.to_json() makes.");
    }
    JsonNode model = JsonText.model(what, JsonText.parse(what, bytes));
    String stated = model.path("keras_version").asText("");
    if (!stated.isEmpty()) {
      return new Architecture(model, version(what, stated), true, "with architecture JSON", List.of());
    }
    // only Keras 3 writes an architecture without its version, and names modules in it
    boolean modules = model.findValue("module") != null || model.findValue("registered_name") != null;
    return new Architecture(model, KerasVersion.parse(modules ? "3" : "2"), false, "with architecture JSON", List.of());
  }

  private static Architecture ofLayers(JsonNode layers, int kerasMajor) {
    JsonNode model = layers;
    if (!layers.has("class_name")) {
      ObjectNode sequential = JsonNodeFactory.instance.objectNode();
      sequential.put("class_name", "Sequential");
      sequential.set("config", layers);
      model = sequential;
    }
    String notice = "The layers of the job file are taken as Keras " + kerasMajor + "'s (model.keras-version).";
    return new Architecture(model, KerasVersion.parse(Integer.toString(kerasMajor)), true, "with the layers of the job file",
        List.of(notice));
  }

  static KerasVersion version(String what, String text) {
    if (text.isEmpty() || !Character.isDigit(text.charAt(0))) {
      throw Refusal.model("Cannot read " + what + ": its keras_version is '" + text
          + "', which is not a version such as 2.15.0. Save the model again with Keras.");
    }
    return KerasVersion.parse(text);
  }

  JsonNode model() {
    return model;
  }

  /** Whose maths applies: what the architecture states, else the version that the weights state. */
  KerasVersion version(String weightsFile, Optional<KerasVersion> ofWeights) {
    if (ofWeights.isEmpty()) {
      return version;
    }
    if (ofWeights.get().isKeras3() != version.isKeras3()) {
      throw Refusal.model("Cannot read model " + weightsFile + ": its weights are of Keras " + ofWeights.get()
          + ", and the architecture given for it is Keras " + version + "'s, whose layers compute otherwise. Give both from one Keras.");
    }
    return versionStated ? version : ofWeights.get();
  }

  /** For the model's format: {@code with architecture JSON}. */
  String words() {
    return words;
  }

  List<String> notices() {
    return notices;
  }
}
