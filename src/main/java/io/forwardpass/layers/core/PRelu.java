package io.forwardpass.layers.core;

import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.Broadcast;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.List;

/** ReLU with a learned slope for negative numbers, one per element, or one for all along the shared axes. */
public final class PRelu extends OperationLayer {
  private final LayerConfig config;
  private final int[] sharedAxes;

  public PRelu(LayerConfig config) {
    this.config = config;
    sharedAxes = config.has("shared_axes") ? config.integers("shared_axes") : new int[0];
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.single(inputs);
    if (slopes(input).isOpen()) {
      throw config.refusal("needs an input of known size along all axes but the shared ones, and it is " + input
          + ". Give the model its input shape.");
    }
    return List.of(input);
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    return List.of(WeightSpec.trainable("alpha", slopes(inputs.get(0)).dimensions()));
  }

  @Override
  public boolean handsOnMask() {
    return true;
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    Shape input = inputs.get(0);
    int[] from = Broadcast.sources(slopes(input), input);
    float[] alpha = new float[from.length];
    for (int e = 0; e < from.length; e++) {
      alpha[e] = weights.get(0)[from[e]];
    }
    return new Pass(alpha);
  }

  /** The shape of its slopes: 1 along every shared axis. */
  public Shape slopes(Shape input) {
    Shape shape = input;
    for (int axis : sharedAxes) {
      shape = shape.with(config.axis(axis, input), 1);
    }
    return shape;
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final float[] alpha; // one per element

    Pass(float[] alpha) {
      this.alpha = alpha;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = inputs[0].capacity();
      float[] x = inputs[0].data();
      float[] y = outputs[0].data();
      for (int e = 0; e < alpha.length; e++) {
        float slope = alpha[e];
        int at = e * capacity;
        for (int r = at; r < at + lanes; r++) {
          float value = x[r];
          y[r] = value > 0 ? value : slope * value;
        }
      }
    }

    @Override
    public boolean inPlace() {
      return true;
    }
  }
}
