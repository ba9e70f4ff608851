package io.forwardpass.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.forwardpass.config.JobConfig;
import io.forwardpass.config.Reference;
import io.forwardpass.graph.Graph;
import io.forwardpass.graph.GraphBuilder;
import io.forwardpass.keras.ModelFiles;
import io.forwardpass.keras.SavedModel;
import io.forwardpass.refusal.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;

/** The models of this JVM: each read once, and anew when a file of its has changed; let go when memory is short. */
public final class ModelCache {
  private static final int MOST = 64;
  private static final Map<Object, SoftReference<LoadedModel>> MODELS = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Object, SoftReference<LoadedModel>> eldest) {
      return size() > MOST;
    }
  };

  private record FileKey(ModelStamp files, ModelStamp architecture, JobConfig.Model model, OptionalInt lookBack) {}

  private record BytesKey(String hash, OptionalInt lookBack) {}

  private ModelCache() {}

  /**
   * The model that a job names.
   *
   * @param lookBack the steps of inputs that the model leaves open
   * @throws Refusal of kind MODEL that names everything that is wrong with it
   */
  public static synchronized LoadedModel of(JobConfig.Model model, OptionalInt lookBack, Configuration hadoop) {
    try {
      Optional<String> architecture = model.architecture();
      FileKey key = new FileKey(ModelStamp.of(model.path(), hadoop),
          architecture.isPresent() ? ModelStamp.of(architecture.get(), hadoop) : null, model, lookBack);
      LoadedModel known = key.files.isEmpty() ? null : known(key);
      if (known != null) {
        return known;
      }
      Optional<JsonNode> layers = model.bareLayers().isPresent()
          ? Optional.of(new ObjectMapper().readTree(model.bareLayers().get())) : Optional.empty();
      SavedModel saved = ModelFiles.read(model.path(), architecture, layers, model.kerasVersion(), hadoop);
      String hash = ModelHash.of(model.path(), hadoop) + (architecture.isPresent() ? " " + ModelHash.of(architecture.get(), hadoop) : "");
      String rest = " " + model.bareLayers().orElse("") + " " + model.kerasVersion() + " " + lookBack;
      return keep(key, loaded(model.path(), hash + rest, saved, lookBack));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The model in a file's bytes. */
  public static synchronized LoadedModel of(byte[] bytes, OptionalInt lookBack) {
    String hash = ModelHash.of(bytes);
    BytesKey key = new BytesKey(hash, lookBack);
    LoadedModel known = known(key);
    if (known != null) {
      return known;
    }
    String name = nameOf(bytes);
    int keras = Reference.kerasVersion();
    return keep(key, loaded(name, hash + "  " + keras + " " + lookBack, ModelFiles.read(bytes, name, keras), lookBack));
  }

  /** What a model is called of which there are only bytes. */
  public static String nameOf(byte[] bytes) {
    return "sha-256:" + ModelHash.of(bytes).substring(0, 12);
  }

  private static LoadedModel known(Object key) {
    SoftReference<LoadedModel> reference = MODELS.get(key);
    return reference == null ? null : reference.get();
  }

  private static LoadedModel keep(Object key, LoadedModel model) {
    MODELS.put(key, new SoftReference<>(model));
    return model;
  }

  private static LoadedModel loaded(String name, String identity, SavedModel saved, OptionalInt lookBack) {
    Graph graph = GraphBuilder.build(saved, lookBack);
    return new LoadedModel(name, identity, graph.compile(), List.copyOf(graph.notices()));
  }
}
