package io.forwardpass.layers.convolution;

import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.ActivationChoice;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.math.Activation;
import io.forwardpass.math.Matrix;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Convolution over the steps of a sequence, or over steps and width ({@code base_conv.py}, {@code base_depthwise_conv.py} of Keras 3.15):
 * {@code y[p, f] = activation(bias[f] + sum over k, c of x[taps[p, k], c] * w[k, c, f])}, each group of filters over its own features. A
 * depthwise convolution has as many groups as features.
 */
public final class Convolution extends OperationLayer {
  private final LayerConfig config;
  private final int perGroup; // filters: of all groups, or, where it is depthwise, of each
  private final int groups;
  private final boolean isDepthwise;
  private final boolean useBias;
  private final ActivationChoice activation;
  private final Sliding sliding;

  private Convolution(LayerConfig config, int rank, boolean isDepthwise) {
    this.config = config;
    this.isDepthwise = isDepthwise;
    perGroup = isDepthwise ? config.integer("depth_multiplier", 1) : config.integer("filters");
    groups = isDepthwise ? 0 : config.integer("groups", 1);
    useBias = config.flag("use_bias", true);
    activation = config.activation("activation", "linear");
    sliding = Sliding.of(config, "kernel_size", rank,
        rank == 1 ? new String[] {"valid", "same", "causal"} : new String[] {"valid", "same"});
    if (isDepthwise) {
      config.ignore("depthwise_initializer", "depthwise_regularizer", "depthwise_constraint");
    }
  }

  /** @param rank how many axes it slides along: 1 for Conv1D, 2 for Conv2D */
  public static Convolution of(LayerConfig config, int rank) {
    return new Convolution(config, rank, false);
  }

  public static Convolution depthwise(LayerConfig config, int rank) {
    return new Convolution(config, rank, true);
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = sliding.checked(config.single(inputs));
    if (input.last() % groups(input) != 0 || filters(input) % groups(input) != 0) {
      throw config.refusal("has " + groups + " groups, which do not divide its " + input.last() + " features and " + filters(input)
          + " filters.");
    }
    return List.of(sliding.output(input, filters(input)));
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    Shape input = inputs.get(0);
    List<WeightSpec> specs = new ArrayList<>();
    String name = isDepthwise && !config.kerasVersion().isKeras3() ? "depthwise_kernel" : "kernel";
    specs.add(isDepthwise ? WeightSpec.trainable(name, shape(sliding.sizes(), input.last(), perGroup))
        : WeightSpec.trainable(name, shape(sliding.sizes(), input.last() / groups, perGroup)));
    if (useBias) {
      specs.add(WeightSpec.trainable("bias", filters(input)));
    }
    return specs;
  }

  static int[] shape(int[] sizes, int inputs, int outputs) {
    int[] shape = Arrays.copyOf(sizes, sizes.length + 2);
    shape[sizes.length] = inputs;
    shape[sizes.length + 1] = outputs;
    return shape;
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    Shape input = inputs.get(0);
    return operation(sliding, input, weights.get(0), useBias ? weights.get(1) : null, filters(input), groups(input), activation.function());
  }

  /** @param kernel {@code (taps, features of a group, filters)}, which is how a depthwise kernel lies, too */
  static Operation operation(Sliding sliding, Shape input, float[] kernel, float[] bias, int filters, int groups, Activation activation) {
    int places = sliding.output(input, filters).withoutLast().elements();
    int[][] taps = IntStream.range(0, places).mapToObj(place -> sliding.taps(input, place)).toArray(int[][]::new);
    int inner = sliding.taps() * input.last() / groups;
    int width = filters / groups;
    Matrix[] kernels = new Matrix[groups];
    for (int g = 0; g < groups; g++) {
      float[] part = new float[inner * width];
      for (int k = 0; k < inner; k++) {
        System.arraycopy(kernel, k * filters + g * width, part, k * width, width);
      }
      kernels[g] = Matrix.of(part, bias == null ? null : Arrays.copyOfRange(bias, g * width, (g + 1) * width), inner, width);
    }
    return new ConvolutionOperation(taps, new int[places], new Matrix[][] {kernels}, input.last(), filters, activation);
  }

  public int filters(Shape input) {
    return isDepthwise ? perGroup * input.last() : perGroup;
  }

  public int groups(Shape input) {
    return isDepthwise ? input.last() : groups;
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
}
