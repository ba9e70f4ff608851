package io.forwardpass.layers.preprocessing;

import com.fasterxml.jackson.databind.JsonNode;
import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.CategoryLayer;
import io.forwardpass.layers.KeyLayer;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.preprocessing.Categories.Mode;
import io.forwardpass.network.InputType;
import io.forwardpass.network.KeyEncoding;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The layers StringLookup and IntegerLookup: the index of a key in a vocabulary. With output_mode int, a {@code mask_token} has index 0,
 * otherwise it is no category; then come {@code num_oov_indices} for keys that are not in the vocabulary, then its tokens in their
 * order. Of several such indices a text's hash chooses, and a whole number's remainder or, with oov_method farmhash, its hash. Keras
 * 3.15, {@code index_lookup.py}, {@code string_lookup.py} and {@code integer_lookup.py}.
 */
public final class Lookup implements KeyLayer, CategoryLayer {
  /** No category: what index a mask has where indices are counted. */
  private static final long DROPPED = -1;

  private static final int MOST_TOKENS = 1 << 24; // exact in float32

  private final LayerConfig config;
  private final boolean texts;
  private final int oovIndices;
  private final int firstOov;
  private final Object mask; // null for none
  private final KeyHash hash; // null for the remainder
  private final Vocabulary vocabulary;
  private final Categories categories;
  private final KeyEncoding encoding;

  private Lookup(LayerConfig config, boolean texts) {
    this.config = config;
    this.texts = texts;
    if (config.flag("invert", false)) {
      throw config.refusal("turns indices into texts (invert), and only numbers are computed. Take the model's output before it.");
    }
    Mode mode = Categories.mode(config, Mode.INT, Mode.values());
    oovIndices = config.integer("num_oov_indices", 1);
    mask = token("mask_token");
    firstOov = mask != null && mode == Mode.INT ? 1 : 0;
    boolean remainder = !texts && config.text("oov_method", "floormod").equals("floormod");
    config.allow("oov_method", "floormod", "farmhash");
    hash = remainder ? null : KeyHash.read(config);
    vocabulary = Vocabulary.read(config, texts, special(config, mask, firstOov, oovIndices, texts));
    int known = firstToken() + vocabulary.tokens().size();
    int depth = config.flag("pad_to_max_tokens", false) ? config.integer("max_tokens") : known;
    if (Math.max(known, depth) > MOST_TOKENS) {
      throw config.refusal("has " + known + " indices, and at most " + MOST_TOKENS
          + " are supported, the whole numbers that float32 holds exactly. "
          + "Take a smaller vocabulary.");
    }
    categories = new Categories(config, mode, depth);
    encoding = encoding(new Unknown(firstOov, oovIndices, hash));
    config.json("idf_weights");
    config.allow("vocabulary_dtype", "int64", "string");
    config.allow("encoding", "utf-8");
    config.ignore("max_tokens", "sparse", "vocabulary_size", "oov_token", "vocabulary", "vocabulary.txt", "salt", "has_input_vocabulary");
  }

  private Lookup(Lookup other, Categories categories) {
    config = other.config;
    texts = other.texts;
    oovIndices = other.oovIndices;
    firstOov = other.firstOov;
    mask = other.mask;
    hash = other.hash;
    vocabulary = other.vocabulary;
    encoding = other.encoding;
    this.categories = categories;
  }

  @Override
  public Optional<Layer> asIndex() {
    return Optional.ofNullable(categories.asIndex()).map(index -> new Lookup(this, index));
  }

  public static Lookup ofTexts(LayerConfig config) {
    return new Lookup(config, true);
  }

  public static Lookup ofWholeNumbers(LayerConfig config) {
    return new Lookup(config, false);
  }

  /** What a vocabulary may hold before its tokens. */
  static List<Object> special(LayerConfig config, Object mask, int masks, int oovIndices, boolean texts) {
    List<Object> special = new ArrayList<>(Collections.nCopies(masks, mask));
    JsonNode oov = config.json("oov_token");
    special.addAll(Collections.nCopies(oovIndices, texts ? oov.asText("[UNK]") : (Object) (oov.isMissingNode() ? -1L : oov.longValue())));
    return special;
  }

  private Object token(String key) {
    JsonNode token = config.json(key);
    if (token.isMissingNode()) {
      return null;
    }
    if (texts ? !token.isTextual() : !token.isIntegralNumber()) {
      throw config.refusal("has " + key + " " + token + ", and looks up " + (texts ? "texts" : "whole numbers")
          + ". Save it again with Keras.");
    }
    return texts ? token.textValue() : (Object) token.longValue();
  }

  private KeyEncoding encoding(Unknown unknown) {
    List<Object> tokens = vocabulary.tokens();
    List<Object> keys = new ArrayList<>();
    List<Long> codes = new ArrayList<>();
    for (int t = 0; t < tokens.size(); t++) {
      if (!tokens.get(t).equals(mask)) {
        keys.add(tokens.get(t));
        codes.add((long) firstToken() + t);
      }
    }
    if (mask != null) {
      keys.add(mask);
      codes.add(firstOov == 1 ? 0 : DROPPED);
    }
    long[] byKey = codes.stream().mapToLong(Long::longValue).toArray();
    return texts ? new TextIndex(keys.stream().map(TextIndex::utf8).toList(), byKey, unknown)
        : new NumberIndex(keys.stream().mapToLong(key -> (Long) key).toArray(), byKey, unknown);
  }

  @Override
  public KeyEncoding encoding() {
    return encoding;
  }

  @Override
  public boolean reads(InputType type) {
    return texts == (type == InputType.TEXTS);
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    return List.of(categories.outputShape(config.single(inputs)));
  }

  /** Weights that adapt() found; those of the config need no array. */
  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    boolean stored = categories.mode() == Mode.TF_IDF && !config.has("idf_weights");
    return stored ? List.of(WeightSpec.nonTrainable("idf_weights", categories.depth())) : List.of();
  }

  @Override
  public void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, boolean[] encoded, List<float[]> weights) {
    categories.addTo(network, Codes.of(network, from[0], encoded[0], inputs.get(0), encoding), to[0], inputs.get(0), idfWeights(weights));
  }

  /** By category, what its count is multiplied with; null for 1. */
  public float[] idfWeights(List<float[]> stored) {
    if (categories.mode() != Mode.TF_IDF) {
      return null;
    }
    if (!config.has("idf_weights")) {
      return stored.get(0);
    }
    JsonNode given = config.json("idf_weights");
    double sum = 0;
    for (JsonNode weight : given) {
      sum += weight.asDouble();
    }
    float[] weights = new float[categories.depth()];
    int next = 0;
    while (!vocabulary.withSpecialTokens() && next < firstToken()) {
      weights[next++] = (float) (sum / given.size()); // Keras gives what is unknown the average
    }
    for (JsonNode weight : given) {
      if (next == weights.length) {
        throw config.refusal("has " + given.size() + " idf_weights, and " + vocabulary.tokens().size() + " tokens. Give as many.");
      }
      weights[next++] = (float) weight.asDouble();
    }
    return weights;
  }

  /** Texts or longs, in their order. */
  public List<Object> tokens() {
    return vocabulary.tokens();
  }

  /** The index of the first token. */
  public int firstToken() {
    return firstOov + oovIndices;
  }

  /** Null for none. */
  public Object mask() {
    return mask;
  }

  /** The index of a key that is neither the mask nor in the vocabulary; NaN for none. */
  public double unknownIndex(Object key) {
    if (oovIndices <= 1) {
      return oovIndices == 1 ? firstOov : Double.NaN;
    }
    if (hash == null) {
      return firstOov + Math.floorMod((Long) key, (long) oovIndices);
    }
    byte[] text = TextIndex.utf8(key.toString());
    return firstOov + hash.bin(text, 0, text.length, oovIndices);
  }

  public Categories categories() {
    return categories;
  }
}
