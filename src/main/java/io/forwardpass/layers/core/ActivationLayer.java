package io.forwardpass.layers.core;

import io.forwardpass.layers.ActivationChoice;
import io.forwardpass.layers.Blocks;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.math.Activation;
import io.forwardpass.network.Block;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.List;

/** The layers that are one activation over the last axis: Activation, ReLU, LeakyReLU, ELU, and Keras 2's ThresholdedReLU. */
public final class ActivationLayer implements Layer {
  private final LayerConfig config;
  private final ActivationChoice activation;

  private ActivationLayer(LayerConfig config, ActivationChoice activation) {
    this.config = config;
    this.activation = activation;
  }

  public static ActivationLayer named(LayerConfig config) {
    return new ActivationLayer(config, config.activation("activation", "linear"));
  }

  public static ActivationLayer relu(LayerConfig config) {
    return new ActivationLayer(config, ActivationChoice.relu(config));
  }

  public static ActivationLayer thresholdedRelu(LayerConfig config) {
    return new ActivationLayer(config, ActivationChoice.thresholdedRelu(config));
  }

  public static ActivationLayer leakyRelu(LayerConfig config) {
    return new ActivationLayer(config, ActivationChoice.leakyRelu(config));
  }

  public static ActivationLayer elu(LayerConfig config) {
    return new ActivationLayer(config, ActivationChoice.elu(config));
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    return List.of(config.single(inputs));
  }

  @Override
  public boolean handsOnMask() {
    return true;
  }

  @Override
  public void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, List<float[]> weights) {
    if (activation.isLinear()) {
      network.alias(from[0], to[0]);
      return;
    }
    Shape shape = inputs.get(0);
    network.step(new Pass(activation.function(), shape.elements(), shape.rank() == 0 ? 1 : shape.last()), from, to);
  }

  public ActivationChoice activation() {
    return activation;
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final Activation activation;
    private final int elements;
    private final int features; // the last axis

    Pass(Activation activation, int elements, int features) {
      this.activation = activation;
      this.elements = elements;
      this.features = features;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = inputs[0].capacity();
      float[] y = outputs[0].data();
      Blocks.copy(inputs[0].data(), 0, y, 0, elements, capacity, lanes);
      for (int e = 0; e < elements; e += features) {
        activation.apply(y, e * capacity, features, capacity, lanes);
      }
    }

    @Override
    public boolean inPlace() {
      return true;
    }
  }
}
