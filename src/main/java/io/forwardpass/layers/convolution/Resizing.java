package io.forwardpass.layers.convolution;

import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.layers.View;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * ZeroPadding, Cropping and UpSampling along one axis or two (keras/src/layers/reshaping 3.15): zeros before and behind a sequence, steps
 * left out at both ends, or every step several times.
 */
public final class Resizing extends OperationLayer {
  private final LayerConfig config;
  private final int[] before; // by axis: zeros where positive, what is left out where negative
  private final int[] behind;
  private final int[] times;

  private Resizing(LayerConfig config, int rank) {
    this.config = config;
    before = new int[rank];
    behind = new int[rank];
    times = new int[rank];
    Arrays.fill(times, 1);
    config.allow("data_format", "channels_last");
  }

  public static Resizing padding(LayerConfig config, int rank) {
    return ends(config, "padding", rank, 1);
  }

  public static Resizing cropping(LayerConfig config, int rank) {
    return ends(config, "cropping", rank, -1);
  }

  /** One number for all ends, one for both ends of each axis, or a pair for each axis. */
  private static Resizing ends(LayerConfig config, String key, int rank, int sign) {
    Resizing layer = new Resizing(config, rank);
    int[] flat = config.numbersWithin(key);
    for (int axis = 0; axis < rank; axis++) {
      int one = flat.length == 1 ? 0 : flat.length == 2 * rank ? 2 * axis : axis;
      int[] pair = {flat[one], flat[flat.length == 2 * rank ? one + 1 : one]};
      layer.before[axis] = sign * pair[0];
      layer.behind[axis] = sign * pair[1];
    }
    return layer;
  }

  public static Resizing upSampling(LayerConfig config, int rank) {
    Resizing layer = new Resizing(config, rank);
    config.allow("interpolation", "nearest");
    int[] sizes = config.has("size") ? config.integers("size") : new int[] {2};
    for (int axis = 0; axis < rank; axis++) {
      layer.times[axis] = sizes[Math.min(axis, sizes.length - 1)];
    }
    return layer;
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.single(inputs);
    if (input.rank() != before.length + 1) {
      throw config.refusal("needs an input of shape " + (before.length == 1 ? "(steps, features)" : "(steps, width, features)")
          + ", and it is " + input + ". Give it a sequence, or Reshape its input.");
    }
    Shape output = input;
    for (int axis = 0; axis < before.length; axis++) {
      int size = input.size(axis) < 0 ? Shape.OPEN : (before[axis] + input.size(axis) + behind[axis]) * times[axis];
      if (input.size(axis) >= 0 && size < 1) {
        throw config.refusal("leaves nothing of its input of shape " + input + ". Give it more steps.");
      }
      output = output.with(axis, size);
    }
    return List.of(output);
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    Shape input = inputs.get(0);
    View view = View.of(input);
    for (int axis = 0; axis < before.length; axis++) {
      int along = axis;
      view = view.take(axis, IntStream.range(0, outputShapes(inputs).get(0).size(axis))
          .map(place -> source(along, place, input.size(along))).toArray());
    }
    return view.operation(0f);
  }

  /** Where along an axis a place of the output comes from, or {@link View#NOTHING} for a zero. */
  public int source(int axis, int place, int size) {
    int at = place / times[axis] - before[axis];
    return at < 0 || at >= size ? View.NOTHING : at;
  }
}
