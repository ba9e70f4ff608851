package io.forwardpass.layers.preprocessing;

import com.fasterxml.jackson.databind.JsonNode;
import io.forwardpass.layers.CategoryLayer;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.preprocessing.Categories.Mode;
import io.forwardpass.network.Block;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.List;
import java.util.Optional;

/**
 * The number of the bin that x falls into: how many of the boundaries, ascending float32 numbers, are not greater than x, which is all
 * of them for NaN. Keras 3.15, {@code discretization.py}; boundaries that adapt() found stand in the config too.
 */
public final class Discretization implements CategoryLayer {
  private final LayerConfig config;
  private final float[] boundaries;
  private final Categories categories;

  public Discretization(LayerConfig config) {
    this.config = config;
    JsonNode given = config.json("bin_boundaries");
    if (!given.isArray()) {
      throw config.refusal("has no bin_boundaries in its config" + (config.kerasVersion().isKeras3() ? ": it was never adapted"
          : ", where Keras 2 does not keep those that adapt() found") + ". Give it bin_boundaries.");
    }
    boundaries = new float[given.size()];
    for (int b = 0; b < boundaries.length; b++) {
      boundaries[b] = (float) given.get(b).asDouble(Double.NaN);
      if (!(b == 0 ? !Float.isNaN(boundaries[b]) : boundaries[b] >= boundaries[b - 1])) {
        throw config.refusal("has bin_boundaries that do not ascend, " + given + ". Sort them.");
      }
    }
    categories = new Categories(config, Categories.mode(config, Mode.INT, Mode.INT, Mode.ONE_HOT, Mode.MULTI_HOT, Mode.COUNT),
        boundaries.length + 1);
    config.ignore("num_bins", "epsilon", "sparse"); // of adapting; how the numbers are stored
  }

  private Discretization(Discretization other, Categories categories) {
    config = other.config;
    boundaries = other.boundaries;
    this.categories = categories;
  }

  @Override
  public Optional<Layer> asIndex() {
    return Optional.ofNullable(categories.asIndex()).map(index -> new Discretization(this, index));
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    return List.of(categories.outputShape(config.single(inputs)));
  }

  @Override
  public void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, List<float[]> weights) {
    int[] bins = {categories.mode() == Mode.INT ? to[0] : network.value(inputs.get(0))};
    network.step(new Pass(boundaries, inputs.get(0).elements()), from, bins);
    if (categories.mode() != Mode.INT) {
      categories.addTo(network, bins, to[0], inputs.get(0), null);
    }
  }

  /** Ascending; they are not to be written to. */
  public float[] boundaries() {
    return boundaries;
  }

  public Categories categories() {
    return categories;
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;
    private static final int FEW = 16;

    private final float[] boundaries;
    private final int elements;

    Pass(float[] boundaries, int elements) {
      this.boundaries = boundaries;
      this.elements = elements;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = inputs[0].capacity();
      for (int e = 0; e < elements; e++) {
        if (boundaries.length <= FEW) {
          count(inputs[0].data(), outputs[0].data(), e * capacity, lanes);
        } else {
          search(inputs[0].data(), outputs[0].data(), e * capacity, lanes);
        }
      }
    }

    private void count(float[] x, float[] y, int from, int lanes) {
      for (int r = from; r < from + lanes; r++) {
        float value = x[r];
        int bin = 0;
        for (float boundary : boundaries) {
          bin += value < boundary ? 0 : 1;
        }
        y[r] = bin;
      }
    }

    private void search(float[] x, float[] y, int from, int lanes) {
      for (int r = from; r < from + lanes; r++) {
        int low = 0;
        int high = boundaries.length;
        while (low < high) {
          int middle = (low + high) >>> 1;
          if (x[r] < boundaries[middle]) {
            high = middle;
          } else {
            low = middle + 1;
          }
        }
        y[r] = low;
      }
    }

    @Override
    public boolean inPlace() {
      return true;
    }
  }
}
