package io.forwardpass.layers.convolution;

import io.forwardpass.layers.LayerConfig;
import io.forwardpass.network.Shape;

/** Which places of one axis a convolution or a pooling looks at: size, strides, dilation and padding, as Keras counts them. */
final class SlidingSteps {
  final int size;
  final int dilation;
  final int stride;
  private final String padding;

  private SlidingSteps(int size, int stride, int dilation, String padding) {
    this.size = size;
    this.stride = stride;
    this.dilation = dilation;
    this.padding = padding;
  }

  /**
   * @param sizeKey the option that says how many places are looked at
   * @param axis which of the axes that it slides along
   */
  static SlidingSteps of(LayerConfig config, String sizeKey, int axis) {
    int size = at(config.integers(sizeKey), axis);
    int stride = config.has("strides") ? at(config.integers("strides"), axis) : sizeKey.equals("pool_size") ? size : 1;
    int dilation = config.has("dilation_rate") ? at(config.integers("dilation_rate"), axis) : 1;
    return new SlidingSteps(size, stride, dilation, config.text("padding", "valid"));
  }

  /** One number stands for all axes. */
  private static int at(int[] numbers, int axis) {
    return numbers[Math.min(axis, numbers.length - 1)];
  }

  /** How many places there are along so many; {@link Shape#OPEN} where that is open, 0 or less where they are too few. */
  int places(int steps) {
    if (steps < 0) {
      return Shape.OPEN;
    }
    return padding.equals("valid") ? Math.floorDiv(steps - reach(), stride) + 1 : (steps + stride - 1) / stride;
  }

  /** Where the first number at a place comes from, below 0 where it is padding. */
  int first(int place, int steps) {
    int before = switch (padding) {
      case "same" -> Math.max((places(steps) - 1) * stride + reach() - steps, 0) / 2;
      case "causal" -> reach() - 1;
      default -> 0;
    };
    return place * stride - before;
  }

  int reach() {
    return dilation * (size - 1) + 1;
  }

  boolean pads() {
    return !padding.equals("valid");
  }
}
