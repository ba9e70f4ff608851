package io.forwardpass.layers.preprocessing;

import io.forwardpass.layers.LayerConfig;
import io.forwardpass.network.Block;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.Arrays;
import java.util.Locale;

/**
 * How the index of a category leaves a layer, the option {@code output_mode}: as it is, as a row of zeros with a one at its place, or
 * all indices of a row together, as the categories that are there or as how often each is. Keras 3.15, {@code numerical_utils.py}. An
 * index below zero or from {@code depth} on, NaN among them, is no category.
 */
public final class Categories {
  /** What becomes of indices; TF_IDF is a count times a weight of each category. */
  public enum Mode {
    INT, ONE_HOT, MULTI_HOT, COUNT, TF_IDF
  }

  private final LayerConfig config;
  private final Mode mode;
  private final int depth;

  Categories(LayerConfig config, Mode mode, int depth) {
    this.config = config;
    this.mode = mode;
    this.depth = depth;
  }

  /** The option, with the names that it had in Keras 2.3 too. */
  static Mode mode(LayerConfig config, Mode otherwise, Mode... allowed) {
    String name = config.text("output_mode", otherwise.name()).toUpperCase(Locale.ROOT).replace('-', '_');
    String now = name.equals("BINARY") ? "MULTI_HOT" : name;
    for (Mode mode : allowed) {
      if (mode.name().equals(now)) {
        return mode;
      }
    }
    throw config.refusal("has output_mode " + config.text("output_mode", "")
        + ", which is not one that Keras has for it. Save it again with Keras.");
  }

  Shape outputShape(Shape input) {
    boolean single = input.rank() > 0 && input.last() == 1;
    return switch (mode) {
      case INT -> input;
      case ONE_HOT -> (single ? input.withoutLast() : input).withLast(depth);
      default -> {
        if (input.rank() != 1) {
          throw config.refusal("with output_mode " + mode.name().toLowerCase(Locale.ROOT)
              + " takes the categories of a row, and its input is "
              + input + ". Give it an input of shape (categories,).");
        }
        yield Shape.of(depth);
      }
    };
  }

  /**
   * Adds what makes the output of indices; nothing where they are the output themselves.
   *
   * @param from the indices, and behind them what each counts, where that is given
   * @param weights what each category's count is multiplied with; null for 1
   */
  void addTo(NetworkBuilder network, int[] from, int to, Shape input, float[] weights) {
    if (mode == Mode.INT) {
      network.alias(from[0], to);
    } else if (mode == Mode.ONE_HOT) {
      network.step(new Encoding(input.elements(), 1, depth, false, null), from, new int[] {to});
    } else {
      network.step(new Encoding(1, input.elements(), depth, mode != Mode.MULTI_HOT, weights), from, new int[] {to});
    }
  }

  /** The index itself, of a layer whose output would be a one among zeros for a single index; null for other layers. */
  Categories asIndex() {
    return mode == Mode.ONE_HOT ? new Categories(config, Mode.INT, depth) : null;
  }

  public Mode mode() {
    return mode;
  }

  public int depth() {
    return depth;
  }

  private static final class Encoding implements Operation {
    private static final long serialVersionUID = 1L;

    private final int places; // rows of categories that come out
    private final int indices; // that go into each
    private final int depth;
    private final boolean counts;
    private final float[] weights; // by category; null for 1

    Encoding(int places, int indices, int depth, boolean counts, float[] weights) {
      this.places = places;
      this.indices = indices;
      this.depth = depth;
      this.counts = counts;
      this.weights = weights;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = outputs[0].capacity();
      float[] x = inputs[0].data();
      float[] y = outputs[0].data();
      for (int e = 0; e < places * depth; e++) {
        Arrays.fill(y, e * capacity, e * capacity + lanes, 0f);
      }
      for (int place = 0; place < places; place++) {
        for (int i = place * indices; i < (place + 1) * indices; i++) {
          mark(x, i * capacity, y, place * depth * capacity, inputs.length > 1 ? inputs[1].data() : null, capacity, lanes);
        }
      }
      for (int category = 0; weights != null && category < depth; category++) {
        for (int r = category * capacity; r < category * capacity + lanes; r++) {
          y[r] *= weights[category];
        }
      }
    }

    private void mark(float[] x, int at, float[] y, int to, float[] counted, int capacity, int lanes) {
      for (int r = 0; r < lanes; r++) {
        float index = x[at + r];
        if (index > -1 && index < depth) { // -0.5 is cut to 0
          int category = to + ((int) index) * capacity + r;
          y[category] = counts ? y[category] + (counted == null ? 1f : counted[at + r]) : 1f;
        }
      }
    }
  }
}
