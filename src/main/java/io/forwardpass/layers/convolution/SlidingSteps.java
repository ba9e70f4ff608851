package io.forwardpass.layers.convolution;

import io.forwardpass.layers.LayerConfig;
import io.forwardpass.network.Shape;
import java.io.Serializable;

/** Which steps of a sequence a convolution or a pooling looks at: size, strides, dilation and padding, as Keras counts them. */
final class SlidingSteps implements Serializable {
  private static final long serialVersionUID = 1L;

  final int size;
  final int dilation;
  private final int stride;
  private final String padding;

  private SlidingSteps(int size, int stride, int dilation, String padding) {
    this.size = size;
    this.stride = stride;
    this.dilation = dilation;
    this.padding = padding;
  }

  /** @param sizeKey the option that says how many steps are looked at */
  static SlidingSteps of(LayerConfig config, String sizeKey, String... paddings) {
    config.allow("data_format", "channels_last");
    config.allow("padding", paddings);
    int size = config.integers(sizeKey)[0];
    int stride = config.has("strides") ? config.integers("strides")[0] : sizeKey.equals("pool_size") ? size : 1;
    int dilation = config.has("dilation_rate") ? config.integers("dilation_rate")[0] : 1;
    return new SlidingSteps(size, stride, dilation, config.text("padding", "valid"));
  }

  /** How many places there are in so many steps; {@link Shape#OPEN} where that is open, 0 or less where they are too few. */
  int places(int steps) {
    if (steps < 0) {
      return Shape.OPEN;
    }
    return padding.equals("valid") ? Math.floorDiv(steps - reach(), stride) + 1 : (steps + stride - 1) / stride;
  }

  /** The step that the first number at a place comes from, below 0 where it is padding. */
  int first(int place, int steps) {
    int before = switch (padding) {
      case "same" -> Math.max((places(steps) - 1) * stride + reach() - steps, 0) / 2;
      case "causal" -> reach() - 1;
      default -> 0;
    };
    return place * stride - before;
  }

  private int reach() {
    return dilation * (size - 1) + 1;
  }
}
