package io.forwardpass.layers.core;

import com.fasterxml.jackson.databind.JsonNode;
import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.Blocks;
import io.forwardpass.layers.InnerLayers;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.ReshapingLayer;
import io.forwardpass.network.Block;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.List;
import java.util.Map;

/** A layer applied to every step of a sequence by itself. */
public final class TimeDistributed implements Layer {
  private final LayerConfig config;
  private final Layer layer;

  public TimeDistributed(LayerConfig config, InnerLayers layers) {
    this.config = config;
    JsonNode node = config.json("layer");
    layer = layers.read(node, config.inner(node, node.path("class_name").asText(), Map.of()));
  }

  @Override
  public List<String> notices() {
    return layer.notices();
  }

  @Override
  public boolean readsMask(Shape mask, Shape input) {
    layer.readsMask(Shape.of(), input.withoutFirst()); // which refuses, where it would heed the mask of a step
    return false;
  }

  @Override
  public boolean handsOnMask() {
    return true;
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.single(inputs);
    if (input.rank() < 2) {
      throw config.refusal("needs an input of shape (steps, …), and it is " + input + ". Give it a sequence, or Reshape its input.");
    }
    List<Shape> outputs = layer.outputShapes(List.of(input.withoutFirst()));
    if (outputs.size() != 1 || layer.madeMask(List.of(input.withoutFirst())).isPresent()) {
      throw config.refusal("wraps a layer that makes more than one output, which is not supported.");
    }
    return List.of(outputs.get(0).withFirst(input.size(0)));
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    return layer.weights(List.of(inputs.get(0).withoutFirst())).stream().map(spec -> spec.under("layer")).toList();
  }

  @Override
  public void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, List<float[]> weights) {
    if (layer instanceof Dense || layer instanceof ActivationLayer || layer instanceof ReshapingLayer) { // as over one step
      layer.addTo(network, from, to, inputs, weights);
      return;
    }
    Shape step = inputs.get(0).withoutFirst();
    Shape result = layer.outputShapes(List.of(step)).get(0);
    int steps = inputs.get(0).size(0);
    int[] results = new int[steps];
    for (int t = 0; t < steps; t++) {
      int[] x = {network.value(step)};
      int[] y = {network.value(result)};
      network.step(new Part(t, step.elements()), from, x);
      layer.addTo(network, x, y, List.of(step), weights);
      results[t] = y[0];
    }
    network.step(new InOrder(result.elements()), results, to);
  }

  /** The layer that every step goes through. */
  public Layer layer() {
    return layer;
  }

  /** One step of a sequence. */
  private static final class Part implements Operation {
    private static final long serialVersionUID = 1L;

    private final int step;
    private final int elements;

    Part(int step, int elements) {
      this.step = step;
      this.elements = elements;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = outputs[0].capacity();
      Blocks.copy(inputs[0].data(), step * elements * capacity, outputs[0].data(), 0, elements, capacity, lanes);
    }
  }

  /** Steps as a sequence. */
  private static final class InOrder implements Operation {
    private static final long serialVersionUID = 1L;

    private final int elements;

    InOrder(int elements) {
      this.elements = elements;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = outputs[0].capacity();
      for (int t = 0; t < inputs.length; t++) {
        Blocks.copy(inputs[t].data(), 0, outputs[0].data(), t * elements * capacity, elements, capacity, lanes);
      }
    }
  }
}
