package io.forwardpass.layers.convolution;

import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The greatest or the average number of neighbouring steps, feature by feature: MaxPooling1D and AveragePooling1D, and over all
 * steps GlobalMaxPooling1D and GlobalAveragePooling1D, which takes a masked sequence's average over the steps that count. Padding
 * is not averaged.
 */
public final class Pooling1D extends OperationLayer {
  private final LayerConfig config;
  private final boolean averages;
  private final Optional<SlidingSteps> steps; // empty for all steps
  private final boolean keepsDimension; // of global pooling

  private Pooling1D(LayerConfig config, boolean averages, Optional<SlidingSteps> steps) {
    this.config = config;
    this.averages = averages;
    this.steps = steps;
    keepsDimension = steps.isEmpty() && config.flag("keepdims", false);
    config.allow("data_format", "channels_last");
  }

  public static Pooling1D local(LayerConfig config, boolean averages) {
    return new Pooling1D(config, averages, Optional.of(SlidingSteps.of(config, "pool_size", "valid", "same")));
  }

  public static Pooling1D global(LayerConfig config, boolean averages) {
    return new Pooling1D(config, averages, Optional.empty());
  }

  @Override
  public boolean readsMask(Shape mask, Shape input) {
    return averages && steps.isEmpty();
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.sequence(config.single(inputs));
    if (steps.isEmpty()) {
      return List.of(keepsDimension ? input.with(0, 1) : input.withoutFirst());
    }
    int places = steps.get().places(input.size(0));
    if (input.size(0) >= 0 && places < 1) {
      throw config.refusal("pools more steps than its input of shape " + input + " has. Give it more steps.");
    }
    return List.of(input.with(0, places));
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    Shape input = inputs.get(0);
    int[] from = new int[places(input)];
    int[] to = new int[from.length];
    for (int place = 0; place < from.length; place++) {
      from[place] = from(place, input);
      to[place] = to(place, input);
    }
    return new Pass(averages, input.last(), from, to);
  }

  public boolean averages() {
    return averages;
  }

  public int places(Shape input) {
    return steps.map(steps -> steps.places(input.size(0))).orElse(1);
  }

  /** The first step at a place. */
  public int from(int place, Shape input) {
    return steps.map(steps -> Math.max(0, steps.first(place, input.size(0)))).orElse(0);
  }

  /** The step behind the last at a place. */
  public int to(int place, Shape input) {
    return steps.map(steps -> Math.min(input.size(0), steps.first(place, input.size(0)) + steps.size)).orElse(input.size(0));
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final boolean averages;
    private final int features;
    private final int[] from; // by place: its steps
    private final int[] to;

    Pass(boolean averages, int features, int[] from, int[] to) {
      this.averages = averages;
      this.features = features;
      this.from = from;
      this.to = to;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = outputs[0].capacity();
      float[] x = inputs[0].data();
      float[] y = outputs[0].data();
      if (inputs.length > 1) {
        averageOfUnmasked(x, inputs[1].data(), y, scratch, capacity, lanes);
        return;
      }
      for (int place = 0; place < from.length; place++) {
        for (int f = 0; f < features; f++) {
          int at = (place * features + f) * capacity;
          System.arraycopy(x, (from[place] * features + f) * capacity, y, at, lanes);
          for (int t = from[place] + 1; t < to[place]; t++) {
            add(x, (t * features + f) * capacity, y, at, lanes);
          }
          for (int r = at; averages && r < at + lanes; r++) {
            y[r] /= to[place] - from[place];
          }
        }
      }
    }

    private void add(float[] x, int from, float[] y, int to, int lanes) {
      for (int r = 0; r < lanes; r++) {
        y[to + r] = averages ? y[to + r] + x[from + r] : Math.max(y[to + r], x[from + r]);
      }
    }

    /** Over all steps; NaN where none counts, as in Keras. */
    private void averageOfUnmasked(float[] x, float[] mask, float[] y, float[] counts, int capacity, int lanes) {
      Arrays.fill(counts, 0, capacity, 0f);
      Arrays.fill(y, 0, features * capacity, 0f);
      for (int t = 0; t < to[0]; t++) {
        for (int r = 0; r < lanes; r++) {
          counts[r] += mask[t * capacity + r];
        }
        for (int f = 0; f < features; f++) {
          for (int r = 0; r < lanes; r++) {
            y[f * capacity + r] += mask[t * capacity + r] != 0 ? x[(t * features + f) * capacity + r] : 0f;
          }
        }
      }
      for (int f = 0; f < features; f++) {
        for (int r = 0; r < lanes; r++) {
          y[f * capacity + r] /= counts[r];
        }
      }
    }

    @Override
    public int scratch(int capacity) {
      return capacity;
    }
  }
}
