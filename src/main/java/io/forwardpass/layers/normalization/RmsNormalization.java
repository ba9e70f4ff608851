package io.forwardpass.layers.normalization;

import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.Broadcast;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.List;
import java.util.Optional;

/**
 * {@code x / sqrt(mean of x² + epsilon) * scale} over one axis or several. Keras 3.15, {@code rms_normalization.py} and
 * {@code ops/nn.py}: the array {@code scale} has the sizes of those axes, and is spread over the input from its last axis on, whichever
 * they are.
 */
public final class RmsNormalization extends OperationLayer {
  private final LayerConfig config;
  private final Axes axes;
  private final double epsilon;

  public RmsNormalization(LayerConfig config) {
    this.config = config;
    axes = Axes.read(config);
    epsilon = config.number("epsilon", 1e-6);
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.single(inputs);
    Shape scale = Shape.of(axes.sizes(input));
    if (!Broadcast.together(scale, input).equals(Optional.of(input))) {
      throw config.refusal("has a scale of shape " + scale + ", which does not spread over its input " + input
          + " from the last axis on. Normalise over the last axes.");
    }
    return List.of(input);
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    return List.of(WeightSpec.trainable("scale", axes.sizes(inputs.get(0))));
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    Shape input = inputs.get(0);
    boolean[] over = over(input);
    int[] elements = Groups.over(over, input);
    int[] sources = Broadcast.sources(scaleShape(input), input);
    float[] gammas = new float[elements.length];
    for (int i = 0; i < gammas.length; i++) {
      gammas[i] = weights.get(0)[sources[elements[i]]];
    }
    int size = Groups.size(over, input);
    return new ScaledGroups(elements, size, gammas, size, epsilon, 0, Double.POSITIVE_INFINITY);
  }

  /** By axis of a row's shape: whether the mean is taken over it. */
  public boolean[] over(Shape input) {
    return axes.of(input);
  }

  /** The shape of the array of weights. */
  public Shape scaleShape(Shape input) {
    return Shape.of(axes.sizes(input));
  }

  public double epsilon() {
    return epsilon;
  }
}
