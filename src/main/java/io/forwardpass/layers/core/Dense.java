package io.forwardpass.layers.core;

import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.ActivationChoice;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.math.Activation;
import io.forwardpass.math.Kernels;
import io.forwardpass.math.Matrix;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.List;

/** {@code activation(x · kernel + bias)} along the last axis, at every step of a sequence alike. */
public final class Dense extends OperationLayer {
  private final LayerConfig config;
  private final int units;
  private final boolean useBias;
  private final ActivationChoice activation;

  public Dense(LayerConfig config) {
    this.config = config;
    units = config.integer("units");
    useBias = config.flag("use_bias", true);
    activation = config.activation("activation", "linear");
  }

  private Dense(Dense other, boolean useBias) {
    config = other.config;
    units = other.units;
    this.useBias = useBias;
    activation = other.activation;
  }

  /** The same layer with a bias. */
  public Dense withBias() {
    return new Dense(this, true);
  }

  public boolean isLinear() {
    return activation.isLinear();
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.single(inputs);
    if (input.rank() == 0 || input.last() < 0) {
      throw config.refusal("needs a last axis of known size, and its input is " + input + ". Give the model its input shape.");
    }
    return List.of(input.with(-1, units));
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(WeightSpec.trainable("kernel", inputs.get(0).last(), units));
    if (useBias) {
      specs.add(WeightSpec.trainable("bias", units));
    }
    return specs;
  }

  @Override
  public boolean handsOnMask() {
    return true;
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    Shape input = inputs.get(0);
    return new Pass(input.elements() / input.last(), input.last(), units, weights.get(0), useBias ? weights.get(1) : null,
        activation.function());
  }

  public int units() {
    return units;
  }

  public boolean useBias() {
    return useBias;
  }

  public ActivationChoice activation() {
    return activation;
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final int positions;
    private final int features;
    private final int units;
    private final Matrix kernel;
    private final Activation activation;

    Pass(int positions, int features, int units, float[] kernel, float[] bias, Activation activation) {
      this.positions = positions;
      this.features = features;
      this.units = units;
      this.kernel = Matrix.of(kernel, bias, features, units);
      this.activation = activation;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = inputs[0].capacity();
      float[] x = inputs[0].data();
      float[] y = outputs[0].data();
      for (int p = 0; p < positions; p++) {
        Kernels.best().dense(x, p * features * capacity, kernel, activation, y, p * units * capacity, capacity, lanes);
      }
    }
  }
}
