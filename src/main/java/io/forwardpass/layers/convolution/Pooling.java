package io.forwardpass.layers.convolution;

import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The greatest or the average number of neighbouring positions, feature by feature ({@code base_pooling.py}, {@code
 * base_global_pooling.py} of Keras 3.15), and over all positions for global pooling, which takes a masked sequence's average over the
 * steps that count. Padding is not averaged.
 */
public final class Pooling extends OperationLayer {
  private final LayerConfig config;
  private final boolean averages;
  private final int rank;
  private final Optional<Sliding> sliding; // empty for all positions
  private final boolean keepsDimensions; // of global pooling

  private Pooling(LayerConfig config, boolean averages, int rank, Optional<Sliding> sliding) {
    this.config = config;
    this.averages = averages;
    this.rank = rank;
    this.sliding = sliding;
    keepsDimensions = sliding.isEmpty() && config.flag("keepdims", false);
    config.allow("data_format", "channels_last");
  }

  /** @param rank how many axes it slides along */
  public static Pooling local(LayerConfig config, boolean averages, int rank) {
    return new Pooling(config, averages, rank, Optional.of(Sliding.of(config, "pool_size", rank, "valid", "same")));
  }

  public static Pooling global(LayerConfig config, boolean averages, int rank) {
    return new Pooling(config, averages, rank, Optional.empty());
  }

  @Override
  public boolean readsMask(Shape mask, Shape input) {
    return averages && sliding.isEmpty() && rank == 1;
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.single(inputs);
    if (sliding.isPresent()) {
      return List.of(sliding.get().output(input, input.rank() == 0 ? 0 : input.last()));
    }
    if (input.rank() != rank + 1 || input.last() < 0) {
      throw config.refusal("needs an input of shape " + (rank == 1 ? "(steps, features)" : "(steps, width, features)")
          + ", and it is " + input + ". Give it a sequence, or Reshape its input.");
    }
    int[] kept = new int[rank + 1];
    Arrays.fill(kept, 1);
    kept[rank] = input.last();
    return List.of(keepsDimensions ? Shape.of(kept) : Shape.of(input.last()));
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    Shape input = inputs.get(0);
    int places = outputShapes(inputs).get(0).elements() / input.last();
    return new Pass(averages, input.last(), IntStream.range(0, places).mapToObj(place -> positions(input, place)).toArray(int[][]::new));
  }

  public boolean averages() {
    return averages;
  }

  /** The positions of the input that one of the output stands for. */
  public int[] positions(Shape input, int place) {
    return sliding.map(sliding -> Arrays.stream(sliding.taps(input, place)).filter(position -> position >= 0).toArray())
        .orElseGet(() -> IntStream.range(0, input.withoutLast().elements()).toArray());
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final boolean averages;
    private final int features;
    private final int[][] positions; // by place

    Pass(boolean averages, int features, int[][] positions) {
      this.averages = averages;
      this.features = features;
      this.positions = positions;
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
      for (int place = 0; place < positions.length; place++) {
        for (int f = 0; f < features; f++) {
          int at = (place * features + f) * capacity;
          System.arraycopy(x, (positions[place][0] * features + f) * capacity, y, at, lanes);
          for (int i = 1; i < positions[place].length; i++) {
            add(x, (positions[place][i] * features + f) * capacity, y, at, lanes);
          }
          for (int r = at; averages && r < at + lanes; r++) {
            y[r] /= positions[place].length;
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
      for (int t = 0; t < positions[0].length; t++) {
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
