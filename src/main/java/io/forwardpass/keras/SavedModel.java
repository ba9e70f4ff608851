package io.forwardpass.keras;

import com.fasterxml.jackson.databind.JsonNode;
import io.forwardpass.keras.weights.WeightStore;
import java.util.List;
import java.util.Map;

/** A model as it was read: its architecture as Keras' config tree, its arrays, and the Keras that wrote it. */
public final class SavedModel {
  private final String source;
  private final String format;
  private final KerasVersion kerasVersion;
  private final JsonNode architecture;
  private final WeightStore weights;
  private final List<String> notices;
  private final Map<String, String> assets;

  /**
   * @param source the path, for messages
   * @param format in words, for {@code inspect} and the summary: {@code Keras 3 archive (.keras)}
   * @param architecture the model's own object: {@code {"class_name": "Sequential", "config": …}}
   * @param notices what the user should know though nothing is wrong, such as float64 narrowed to float32
   */
  public SavedModel(String source, String format, KerasVersion kerasVersion, JsonNode architecture, WeightStore weights,
      List<String> notices) {
    this(source, format, kerasVersion, architecture, weights, notices, Map.of());
  }

  private SavedModel(String source, String format, KerasVersion kerasVersion, JsonNode architecture, WeightStore weights,
      List<String> notices,
      Map<String, String> assets) {
    this.source = source;
    this.format = format;
    this.kerasVersion = kerasVersion;
    this.architecture = architecture;
    this.weights = weights;
    this.notices = List.copyOf(notices);
    this.assets = Map.copyOf(assets);
  }

  /** The same model with texts that its layers keep beside their weights, by their paths: {@code layers/string_lookup/vocabulary.txt}. */
  public SavedModel withAssets(Map<String, String> texts) {
    return new SavedModel(source, format, kerasVersion, architecture, weights, notices, texts);
  }

  public String source() {
    return source;
  }

  public String format() {
    return format;
  }

  public KerasVersion kerasVersion() {
    return kerasVersion;
  }

  public JsonNode architecture() {
    return architecture;
  }

  public WeightStore weights() {
    return weights;
  }

  /** Texts that layers keep beside their weights, by their paths in the archive. */
  public Map<String, String> assets() {
    return assets;
  }

  public List<String> notices() {
    return notices;
  }
}
