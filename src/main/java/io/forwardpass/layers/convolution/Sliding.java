package io.forwardpass.layers.convolution;

import io.forwardpass.layers.LayerConfig;
import io.forwardpass.network.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which positions of an input of shape (positions …, features) a layer looks at from every position of its output; along one axis or two.
 */
final class Sliding {
  private final LayerConfig config;
  final List<SlidingSteps> axes;

  private Sliding(LayerConfig config, List<SlidingSteps> axes) {
    this.config = config;
    this.axes = axes;
  }

  static Sliding of(LayerConfig config, String sizeKey, int rank, String... paddings) {
    config.allow("data_format", "channels_last");
    config.allow("padding", paddings);
    return new Sliding(config, IntStream.range(0, rank).mapToObj(axis -> SlidingSteps.of(config, sizeKey, axis)).toList());
  }

  /** How many positions are looked at from each. */
  int taps() {
    return axes.stream().mapToInt(axis -> axis.size).reduce(1, (a, b) -> a * b);
  }

  /** The kernel's sizes along the axes. */
  int[] sizes() {
    return axes.stream().mapToInt(axis -> axis.size).toArray();
  }

  /** Refuses an input of other rank. */
  Shape checked(Shape input) {
    if (input.rank() != axes.size() + 1 || input.last() < 0) {
      throw config.refusal("needs an input of shape " + (axes.size() == 1 ? "(steps, features)" : "(steps, width, features)")
          + ", and it is " + input + ". Give it a sequence, or Reshape its input.");
    }
    return input;
  }

  /** The output's shape with so many features. */
  Shape output(Shape input, int features) {
    Shape output = checked(input).with(-1, features);
    for (int axis = 0; axis < axes.size(); axis++) {
      int places = axes.get(axis).places(input.size(axis));
      if (input.size(axis) >= 0 && places < 1) {
        throw config.refusal("looks at more positions than its input of shape " + input + " has. Give it more steps.");
      }
      output = output.with(axis, places);
    }
    return output;
  }

  /** By tap: the position of the input that is looked at from one of the output's, or -1 where it is padding. */
  int[] taps(Shape input, int place) {
    Shape positions = input.withoutLast();
    Shape places = output(input, 1).withoutLast();
    int[] taps = new int[taps()];
    for (int tap = 0; tap < taps.length; tap++) {
      int position = 0;
      int stride = 1;
      int placeRest = place;
      int tapRest = tap;
      for (int axis = axes.size() - 1; axis >= 0; axis--) {
        SlidingSteps steps = axes.get(axis);
        int at = steps.first(placeRest % places.size(axis), input.size(axis)) + tapRest % steps.size * steps.dilation;
        position = position < 0 || at < 0 || at >= positions.size(axis) ? -1 : position + at * stride;
        stride *= positions.size(axis);
        placeRest /= places.size(axis);
        tapRest /= steps.size;
      }
      taps[tap] = position;
    }
    return taps;
  }
}
