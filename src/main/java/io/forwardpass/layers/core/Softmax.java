package io.forwardpass.layers.core;

import io.forwardpass.layers.ActivationChoice;
import io.forwardpass.layers.AxisGroups;
import io.forwardpass.layers.GroupedActivation;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.List;

/** Softmax over one axis or several: numbers that share all other axes add up to 1. */
public final class Softmax extends OperationLayer {
  private final LayerConfig config;
  private final int[] axes;
  private final ActivationChoice activation;

  public Softmax(LayerConfig config) {
    this.config = config;
    axes = config.has("axis") ? config.integers("axis") : new int[] {-1};
    config.ignore("robust_masking"); // how a mask is applied, should there be one
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
    throw config.refusal("is given a mask, which is not supported. Use the activation softmax, which heeds none.");
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    Shape shape = inputs.get(0);
    boolean[] over = over(shape);
    return new GroupedActivation(activation.function(), AxisGroups.of(shape, over), AxisGroups.size(shape, over));
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
