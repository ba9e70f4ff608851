package io.forwardpass.layers.core;

import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.ReshapingLayer;
import io.forwardpass.network.Shape;
import java.util.List;

/** The layers that do something in training alone, or nothing at all: Dropout and its kin, noise, ActivityRegularization, Identity. */
public final class PassThrough extends ReshapingLayer {
  private final LayerConfig config;

  public PassThrough(LayerConfig config) {
    this.config = config;
    config.ignore("rate", "noise_shape", "seed", "stddev", "data_format", "l1", "l2");
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    return List.of(config.single(inputs));
  }

  @Override
  public boolean handsOnMask() {
    return true;
  }
}
