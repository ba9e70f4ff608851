package io.forwardpass.layers;

import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Shape;
import java.util.List;

/** A layer whose output is its input, number for number, at most under another shape: it costs nothing. */
public abstract class ReshapingLayer implements Layer {
  @Override
  public final void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, List<float[]> weights) {
    network.alias(from[0], to[0]);
  }
}
