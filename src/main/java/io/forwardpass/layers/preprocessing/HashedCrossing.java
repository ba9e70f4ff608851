package io.forwardpass.layers.preprocessing;

import io.forwardpass.layers.CategoryLayer;
import io.forwardpass.layers.KeyLayer;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.preprocessing.Categories.Mode;
import io.forwardpass.network.Block;
import io.forwardpass.network.InputType;
import io.forwardpass.network.KeyEncoding;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The bin that several keys fall into together: from {@code 0xDECAFCAFFE} on, {@code hash = cat(hash, key)} for each input, and then
 * {@code hash mod num_bins}; a text is its Fingerprint64, a whole number itself. Keras 3.15, {@code hashed_crossing.py}; TensorFlow's
 * {@code sparse.cross_hashed} and {@code FingerprintCat64}.
 */
public final class HashedCrossing implements KeyLayer, CategoryLayer {
  private static final long HASH_KEY = 0xDECAFCAFFEL;
  private static final long MULTIPLIER = 0xc6a4a7935bd1e995L;
  private static final int MOST_BINS = 1 << 24; // exact in float32

  private final LayerConfig config;
  private final int bins;
  private final Categories categories;

  public HashedCrossing(LayerConfig config) {
    this.config = config;
    bins = config.integer("num_bins");
    if (bins > MOST_BINS || bins < 1) {
      throw config.refusal("has " + bins + " bins, and 1 to " + MOST_BINS + " are supported, the whole numbers that float32 holds exactly. "
          + "Cross into fewer bins.");
    }
    categories = new Categories(config, Categories.mode(config, Mode.INT, Mode.INT, Mode.ONE_HOT), bins);
    config.ignore("sparse"); // how the numbers are stored
  }

  private HashedCrossing(HashedCrossing other, Categories categories) {
    config = other.config;
    bins = other.bins;
    this.categories = categories;
  }

  @Override
  public Optional<Layer> asIndex() {
    return Optional.ofNullable(categories.asIndex()).map(index -> new HashedCrossing(this, index));
  }

  @Override
  public KeyEncoding encoding() {
    return Fingerprint.INSTANCE;
  }

  @Override
  public boolean reads(InputType type) {
    return true;
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    boolean fits = inputs.size() >= 2 && inputs.stream().allMatch(inputs.get(0)::equals)
        && (inputs.get(0).rank() == 0 || inputs.get(0).equals(Shape.of(1)));
    if (!fits) {
      throw config.refusal("crosses two inputs or more of one key a row, and they are " + inputs + ". Check how the model calls it.");
    }
    return List.of(categories.outputShape(inputs.get(0)));
  }

  @Override
  public void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, boolean[] encoded, List<float[]> weights) {
    int[] fingerprints = new int[inputs.size()];
    for (int i = 0; i < fingerprints.length; i++) {
      fingerprints[i] = Codes.of(network, from[i], encoded[i], inputs.get(i), Fingerprint.INSTANCE)[0];
    }
    int[] crossed = {categories.mode() == Mode.INT ? to[0] : network.value(inputs.get(0))};
    network.step(new Pass(bins), fingerprints, crossed);
    if (categories.mode() != Mode.INT) {
      categories.addTo(network, crossed, to[0], inputs.get(0), null);
    }
  }

  public Categories categories() {
    return categories;
  }

  /** The bin of keys together, texts and numbers. */
  public long bin(List<Object> keys) {
    long hash = HASH_KEY;
    for (Object key : keys) {
      byte[] utf8 = key.toString().getBytes(StandardCharsets.UTF_8);
      hash = cat(hash, key instanceof String ? FarmHash.fingerprint(utf8, 0, utf8.length)
          : key instanceof Double number ? KeyEncoding.truncated(number) : (Long) key);
    }
    return Long.remainderUnsigned(hash, bins);
  }

  private static long cat(long hash, long fingerprint) {
    long mixed = (hash ^ MULTIPLIER ^ shift(fingerprint * MULTIPLIER) * MULTIPLIER) * MULTIPLIER;
    return shift(shift(mixed) * MULTIPLIER);
  }

  private static long shift(long value) {
    return value ^ value >>> 47;
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final int bins;

    Pass(int bins) {
      this.bins = bins;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = outputs[0].capacity();
      float[] y = outputs[0].data();
      for (int r = 0; r < lanes; r++) {
        long hash = HASH_KEY;
        for (Block input : inputs) {
          hash = cat(hash, Fingerprint.read(input.data(), r, capacity));
        }
        y[r] = Long.remainderUnsigned(hash, bins);
      }
    }
  }
}
