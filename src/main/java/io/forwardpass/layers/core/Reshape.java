package io.forwardpass.layers.core;

import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.ReshapingLayer;
import io.forwardpass.network.Shape;
import java.util.List;

/** The same numbers under another shape, where one axis may be -1: whatever is left. */
public final class Reshape extends ReshapingLayer {
  private final LayerConfig config;
  private final Shape target;

  public Reshape(LayerConfig config) {
    this.config = config;
    target = Shape.of(config.integers("target_shape"));
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.single(inputs);
    if (input.isOpen()) {
      throw config.refusal("needs an input of known size, and it is " + input + ". Give the model its input shape.");
    }
    int known = 1;
    int open = -1;
    for (int axis = 0; axis < target.rank(); axis++) {
      if (target.size(axis) < 0 && open >= 0) {
        throw config.refusal("has a target_shape " + target + " with more than one open axis. Leave at most one -1 in it.");
      }
      open = target.size(axis) < 0 ? axis : open;
      known *= target.size(axis) < 0 ? 1 : target.size(axis);
    }
    Shape shape = open < 0 || known == 0 ? target : target.with(open, input.elements() / known);
    if (shape.isOpen() || shape.elements() != input.elements()) {
      throw config.refusal("cannot give an input of shape " + input + " (" + input.elements() + " numbers) the target_shape " + target
          + ". Choose a target of as many numbers.");
    }
    return List.of(shape);
  }
}
