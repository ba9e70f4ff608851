package io.forwardpass.layers.core;

import io.forwardpass.layers.ActivationChoice;
import io.forwardpass.layers.AxisGroups;
import io.forwardpass.layers.GroupedActivation;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Shape;
import java.util.List;

/** Softmax over one axis or several: numbers that share all other axes add up to 1, those that a mask leaves out apart. */
public final class Softmax implements Layer {
  private final LayerConfig config;
  private final int[] axes;
  private final ActivationChoice activation;
  private final boolean isRobust;

  public Softmax(LayerConfig config) {
    this.config = config;
    axes = config.has("axis") ? config.integers("axis") : new int[] {-1};
    isRobust = config.flag("robust_masking", false);
    activation = ActivationChoice.named(config, "softmax");
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.single(inputs);
    over(input);
    return List.of(input);
  }

  @Override
  public boolean readsMask(Shape mask, Shape input) {
    if (!mask.equals(input)) {
      throw config.refusal("is given a mask of shape " + mask + " for an input of shape " + input
          + ". Give a mask with a number for each of the input's, or use the activation softmax, which heeds none.");
    }
    return true;
  }

  @Override
  public void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, List<float[]> weights) {
    Shape shape = inputs.get(0);
    boolean[] over = over(shape);
    int[] groups = AxisGroups.of(shape, over);
    int size = AxisGroups.size(shape, over);
    network.step(from.length > 1 ? new MaskedSoftmax(groups, size, addsToMasked(), clearsMasked())
        : new GroupedActivation(activation.function(), groups, size), from, to);
  }

  /** Whether what does not count is 1e9 less, as before Keras 3.13; since then, and with {@code robust_masking}, it is -1e9. */
  public boolean addsToMasked() {
    return !isRobust && !config.kerasVersion().isAtLeast(3, 13);
  }

  /** Whether what does not count is 0 in the end, as since Keras 3.10. */
  public boolean clearsMasked() {
    return config.kerasVersion().isAtLeast(3, 10);
  }

  /** By axis of a row's shape: whether the softmax runs over it. */
  public boolean[] over(Shape shape) {
    boolean[] over = new boolean[shape.rank()];
    for (int axis : axes) {
      over[config.axis(axis, shape)] = true;
    }
    return over;
  }
}
