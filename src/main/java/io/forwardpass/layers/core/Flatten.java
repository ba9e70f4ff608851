package io.forwardpass.layers.core;

import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.ReshapingLayer;
import io.forwardpass.network.Shape;
import java.util.List;

/** All numbers of a row along one axis; they lie so already. */
public final class Flatten extends ReshapingLayer {
  private final LayerConfig config;

  public Flatten(LayerConfig config) {
    this.config = config;
    config.allow("data_format", "channels_last");
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.single(inputs);
    if (input.isOpen()) {
      throw config.refusal("needs an input of known size, and it is " + input + ". Give the model its input shape.");
    }
    return List.of(Shape.of(input.elements()));
  }
}
