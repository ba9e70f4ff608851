package io.forwardpass.layers.normalization;

import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code (x - mean) / sqrt(variance + epsilon) * gamma + beta} with the mean and the variance of the row itself over one axis or
 * several; with {@code rms_scaling}, {@code x / sqrt(variance + epsilon) * gamma}. Keras 3.15, {@code layer_normalization.py} and
 * {@code ops/nn.py}; Keras 2 computes the first.
 */
public final class LayerNormalization extends OperationLayer {
  private final LayerConfig config;
  private final Axes axes;
  private final double epsilon;
  private final boolean rmsScaling;
  private final boolean center;
  private final boolean scale;

  public LayerNormalization(LayerConfig config) {
    this.config = config;
    axes = Axes.read(config);
    epsilon = config.number("epsilon", 1e-3);
    rmsScaling = config.flag("rms_scaling", false);
    center = config.flag("center", true) && !rmsScaling;
    scale = config.flag("scale", true) || rmsScaling;
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.single(inputs);
    axes.sizes(input);
    return List.of(input);
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    int[] sizes = axes.sizes(inputs.get(0));
    List<WeightSpec> specs = new ArrayList<>();
    if (scale) {
      specs.add(WeightSpec.trainable("gamma", sizes));
    }
    if (center) {
      specs.add(WeightSpec.trainable("beta", sizes));
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
    boolean[] over = over(input);
    int[] elements = Groups.over(over, input);
    float[] gammas = new float[elements.length];
    float[] betas = rmsScaling ? null : new float[elements.length];
    Arrays.fill(gammas, 1f);
    for (int i = 0; i < elements.length; i++) {
      int at = Groups.along(elements[i], over, input);
      if (scale) {
        gammas[i] = weights.get(0)[at];
      }
      if (center) {
        betas[i] = weights.get(scale ? 1 : 0)[at];
      }
    }
    return new CenteredGroups(elements, Groups.size(over, input), gammas, betas, epsilon);
  }

  /** By axis of a row's shape: whether mean and variance are taken over it. */
  public boolean[] over(Shape input) {
    return axes.of(input);
  }

  public double epsilon() {
    return epsilon;
  }

  public boolean rmsScaling() {
    return rmsScaling;
  }

  public boolean center() {
    return center;
  }

  public boolean scale() {
    return scale;
  }
}
