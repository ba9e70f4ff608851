package io.forwardpass.layers.core;

import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Block;
import io.forwardpass.network.MaskingOperation;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.List;
import java.util.Optional;

/** Masks the steps at which every feature is the mask value, and writes zeros there. */
public final class Masking extends OperationLayer {
  private final LayerConfig config;
  private final float value;

  public Masking(LayerConfig config) {
    this.config = config;
    value = (float) config.number("mask_value", 0);
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.single(inputs);
    if (input.rank() < 2 || input.last() < 0) {
      throw config.refusal("needs an input of shape (steps, features), and it is " + input + ". Give it a sequence, or Reshape its input.");
    }
    return List.of(input);
  }

  @Override
  public Optional<Shape> madeMask(List<Shape> inputs) {
    return Optional.of(inputs.get(0).withoutLast());
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    return new Pass(value, inputs.get(0).elements() / inputs.get(0).last(), inputs.get(0).last());
  }

  /** What every feature of a masked step is. */
  public float value() {
    return value;
  }

  private static final class Pass implements MaskingOperation {
    private static final long serialVersionUID = 1L;

    private final float value;
    private final int steps;
    private final int features;

    Pass(float value, int steps, int features) {
      this.value = value;
      this.steps = steps;
      this.features = features;
    }

    @Override
    public float maskValue() {
      return value;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = inputs[0].capacity();
      float[] x = inputs[0].data();
      float[] y = outputs[0].data();
      float[] mask = outputs[1].data();
      for (int t = 0; t < steps; t++) {
        int at = t * features * capacity;
        for (int r = 0; r < lanes; r++) {
          boolean counts = false;
          for (int f = 0; f < features; f++) {
            counts |= x[at + f * capacity + r] != value; // true for NaN, as in Keras
          }
          mask[t * capacity + r] = counts ? 1f : 0f;
          for (int f = 0; f < features; f++) {
            y[at + f * capacity + r] = counts ? x[at + f * capacity + r] : 0f;
          }
        }
      }
    }
  }
}
