package io.forwardpass.layers.convolution;

import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.ActivationChoice;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.math.Activation;
import io.forwardpass.math.Activations;
import io.forwardpass.math.Kernels;
import io.forwardpass.math.Matrix;
import io.forwardpass.network.Block;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A depthwise convolution and then a dense product at every position ({@code base_separable_conv.py} of Keras 3.15): {@code z[p, c, m] =
 * sum over k of x[taps[p, k], c] * d[k, c, m]; y[p, f] = activation(bias[f] + sum over c, m of z[p, c, m] * w[c, m, f])}.
 */
public final class SeparableConvolution implements Layer {
  private final LayerConfig config;
  private final int filters;
  private final int multiplier;
  private final boolean useBias;
  private final ActivationChoice activation;
  private final Sliding sliding;

  private SeparableConvolution(LayerConfig config, int rank) {
    this.config = config;
    filters = config.integer("filters");
    multiplier = config.integer("depth_multiplier", 1);
    useBias = config.flag("use_bias", true);
    activation = config.activation("activation", "linear");
    sliding = Sliding.of(config, "kernel_size", rank,
        rank == 1 ? new String[] {"valid", "same", "causal"} : new String[] {"valid", "same"});
    config.allow("groups", "1");
    config.ignore("depthwise_initializer", "depthwise_regularizer", "depthwise_constraint", "pointwise_initializer",
        "pointwise_regularizer", "pointwise_constraint");
  }

  public static SeparableConvolution of(LayerConfig config, int rank) {
    return new SeparableConvolution(config, rank);
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    return List.of(sliding.output(config.single(inputs), filters));
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    int features = inputs.get(0).last();
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(WeightSpec.trainable("depthwise_kernel", Convolution.shape(sliding.sizes(), features, multiplier)));
    int[] ones = sliding.sizes();
    Arrays.fill(ones, 1);
    specs.add(WeightSpec.trainable("pointwise_kernel", Convolution.shape(ones, features * multiplier, filters)));
    if (useBias) {
      specs.add(WeightSpec.trainable("bias", filters));
    }
    return specs;
  }

  @Override
  public void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, List<float[]> weights) {
    Shape input = inputs.get(0);
    int channels = input.last() * multiplier;
    Shape between = sliding.output(input, channels);
    int[] depthwise = {network.value(between)};
    network.step(Convolution.operation(sliding, input, weights.get(0), null, channels, input.last(), Activations.linear()), from,
        depthwise);
    Matrix kernel = Matrix.of(weights.get(1), useBias ? weights.get(2) : null, channels, filters);
    network.step(new Pointwise(between.withoutLast().elements(), kernel, activation.function()), depthwise, to);
  }

  public int multiplier() {
    return multiplier;
  }

  public boolean useBias() {
    return useBias;
  }

  public ActivationChoice activation() {
    return activation;
  }

  /** By tap: the position that is looked at from a place, or -1 for padding, which is 0. */
  public int[] taps(Shape input, int place) {
    return sliding.taps(input, place);
  }

  /** The dense product at every position. */
  private static final class Pointwise implements Operation {
    private static final long serialVersionUID = 1L;

    private final int positions;
    private final Matrix kernel;
    private final Activation activation;

    Pointwise(int positions, Matrix kernel, Activation activation) {
      this.positions = positions;
      this.kernel = kernel;
      this.activation = activation;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = outputs[0].capacity();
      for (int p = 0; p < positions; p++) {
        Kernels.best().dense(inputs[0].data(), p * kernel.inputs() * capacity, kernel, activation, outputs[0].data(),
            p * kernel.outputs() * capacity, capacity, lanes);
      }
    }
  }
}
