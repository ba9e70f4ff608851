package io.forwardpass.layers.normalization;

import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * x over its length, over one axis or several: {@code x * min(1 / sqrt(sum of x²), 1e12)} in Keras 3.15 ({@code unit_normalization.py},
 * {@code ops/nn.py}), {@code x / sqrt(max(sum of x², 1e-12))} in Keras 2.
 */
public final class UnitNormalization extends OperationLayer {
  private static final double SMALL = 1e-12;

  private final LayerConfig config;
  private final Axes axes;
  private final boolean keras3;

  public UnitNormalization(LayerConfig config) {
    this.config = config;
    axes = Axes.read(config);
    keras3 = config.kerasVersion().isKeras3();
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.single(inputs);
    over(input);
    return List.of(input);
  }

  @Override
  public boolean handsOnMask() {
    return true;
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    Shape input = inputs.get(0);
    boolean[] over = over(input);
    float[] ones = new float[input.elements()];
    Arrays.fill(ones, 1f);
    return new ScaledGroups(Groups.over(over, input), Groups.size(over, input), ones, 1, 0, leastSquare(), mostFactor());
  }

  /** By axis of a row's shape: whether the length is taken over it. */
  public boolean[] over(Shape input) {
    return axes.of(input);
  }

  /** What a length squared is taken for at least. */
  public double leastSquare() {
    return keras3 ? 0 : SMALL;
  }

  /** What x is multiplied with at most. */
  public double mostFactor() {
    return keras3 ? 1 / SMALL : Double.POSITIVE_INFINITY;
  }
}
