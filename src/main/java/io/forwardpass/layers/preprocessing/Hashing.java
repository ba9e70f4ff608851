package io.forwardpass.layers.preprocessing;

import com.fasterxml.jackson.databind.JsonNode;
import io.forwardpass.layers.CategoryLayer;
import io.forwardpass.layers.KeyLayer;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.preprocessing.Categories.Mode;
import io.forwardpass.network.InputType;
import io.forwardpass.network.KeyEncoding;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Shape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The bin that a text's hash falls into, {@code Fingerprint64(text) mod num_bins}, or {@code SipHash(salt, text) mod num_bins}; whole
 * numbers by their decimal text, others cut to whole ones first. With a {@code mask_value}, bin 0 is its own. Keras 3.15,
 * {@code hashing.py}, on TensorFlow whatever the backend.
 */
public final class Hashing implements KeyLayer, CategoryLayer {
  /** Bins up to here are exact in float32. */
  private static final int MOST_BINS = 1 << 24;

  private final LayerConfig config;
  private final KeyEncoding encoding;
  private final Categories categories;
  private final KeyHash hash;
  private final JsonNode mask;

  public Hashing(LayerConfig config) {
    this.config = config;
    int bins = config.integer("num_bins");
    if (bins > MOST_BINS || bins < 1) {
      throw config.refusal("has " + bins + " bins, and 1 to " + MOST_BINS + " are supported, the whole numbers that float32 holds exactly. "
          + "Hash into fewer bins.");
    }
    hash = KeyHash.read(config);
    mask = config.json("mask_value");
    if (!mask.isMissingNode() && !mask.isTextual() && !mask.isIntegralNumber()) {
      throw config.refusal("has mask_value " + mask + ", which is neither a text nor a whole number. Choose one that its input can hold.");
    }
    if (mask.isMissingNode() || bins == 1) {
      encoding = HashBins.of(hash, bins);
    } else {
      encoding = mask.isTextual() ? HashBins.masking(hash, bins, mask.textValue().getBytes(StandardCharsets.UTF_8))
          : HashBins.masking(hash, bins, mask.longValue());
    }
    categories = new Categories(config, Categories.mode(config, Mode.INT, Mode.INT, Mode.ONE_HOT, Mode.MULTI_HOT, Mode.COUNT), bins);
    config.ignore("sparse"); // how the numbers are stored
  }

  private Hashing(Hashing other, Categories categories) {
    config = other.config;
    encoding = other.encoding;
    hash = other.hash;
    mask = other.mask;
    this.categories = categories;
  }

  @Override
  public Optional<Layer> asIndex() {
    return Optional.ofNullable(categories.asIndex()).map(index -> new Hashing(this, index));
  }

  @Override
  public KeyEncoding encoding() {
    return encoding;
  }

  @Override
  public boolean reads(InputType type) {
    return mask.isMissingNode() || mask.isTextual() == (type == InputType.TEXTS);
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    return List.of(categories.outputShape(config.single(inputs)));
  }

  @Override
  public void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, boolean[] encoded, List<float[]> weights) {
    categories.addTo(network, Codes.of(network, from[0], encoded[0], inputs.get(0), encoding), to[0], inputs.get(0), null);
  }

  public Categories categories() {
    return categories;
  }

  /** The bin of a text or of a number. */
  public long bin(Object key) {
    boolean masks = !mask.isMissingNode() && categories.depth() > 1;
    int first = masks ? 1 : 0;
    if (masks && (key instanceof Number number ? number.doubleValue() == mask.longValue() : key.equals(mask.textValue()))) {
      return 0;
    }
    String text = key instanceof Double number ? Long.toString(KeyEncoding.truncated(number)) : key.toString();
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return first + hash.bin(utf8, 0, utf8.length, categories.depth() - first);
  }
}
