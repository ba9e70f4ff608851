package io.forwardpass.layers.normalization;

import io.forwardpass.layers.LayerConfig;
import io.forwardpass.network.Shape;
import java.util.Arrays;

/** The axes that an option names, one or several, as Keras counts them: the batch is 0, the last is -1. */
final class Axes {
  private final LayerConfig config;
  private final int[] axes; // ascending as they are written, the order in which Keras lists the sizes of gamma

  private Axes(LayerConfig config, int[] axes) {
    this.config = config;
    this.axes = axes;
  }

  static Axes read(LayerConfig config) {
    int[] axes = config.has("axis") ? config.integers("axis") : new int[] {-1};
    Arrays.sort(axes);
    return new Axes(config, axes);
  }

  /** By axis of a row's shape: whether it is one of them. */
  boolean[] of(Shape shape) {
    boolean[] named = new boolean[shape.rank()];
    for (int axis : axes) {
      named[config.axis(axis, shape)] = true;
    }
    return named;
  }

  /** The sizes along them, in the order that Keras gives an array of weights. */
  int[] sizes(Shape shape) {
    int[] sizes = new int[axes.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = shape.size(config.axis(axes[i], shape));
      if (sizes[i] < 0) {
        throw config.refusal("needs axis " + axes[i] + " of its input to be of known size, and the input is " + shape
            + ". Give the model its input shape.");
      }
    }
    return sizes;
  }
}
