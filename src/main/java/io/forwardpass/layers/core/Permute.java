package io.forwardpass.layers.core;

import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.layers.View;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The axes of a row in another order ({@code permute.py} of Keras 3.15); the first is 1. */
public final class Permute extends OperationLayer {
  private final LayerConfig config;
  private final int[] order; // by axis of the output: the axis of the input, from 0

  public Permute(LayerConfig config) {
    this.config = config;
    order = Arrays.stream(config.integers("dims")).map(axis -> axis - 1).toArray();
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.single(inputs);
    int[] sorted = order.clone();
    Arrays.sort(sorted);
    if (!Arrays.equals(sorted, IntStream.range(0, input.rank()).toArray())) {
      throw config.refusal("puts axes in the order " + config.json("dims") + ", which are not those of its input " + input + ".");
    }
    return List.of(Shape.of(Arrays.stream(order).map(input::size).toArray()));
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    return View.of(inputs.get(0)).transpose(order).operation(0f);
  }

  /** By axis of the output: the axis of the input, from 0. */
  public int[] order() {
    return order.clone();
  }
}
