package io.forwardpass.layers.convolution;

import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.ActivationChoice;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.math.Matrix;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Conv1DTranspose and Conv2DTranspose ({@code base_conv_transpose.py} of Keras 3.15): what a convolution's gradient does. Position
 * {@code i} adds to {@code i * stride + k * dilation - before} for every {@code k}; computed the other way round, from each place of the
 * output.
 */
public final class TransposedConvolution extends OperationLayer {
  private final LayerConfig config;
  private final int filters;
  private final boolean useBias;
  private final ActivationChoice activation;
  private final Sliding sliding;
  private final int[] outputPadding; // or null

  private TransposedConvolution(LayerConfig config, int rank) {
    this.config = config;
    filters = config.integer("filters");
    useBias = config.flag("use_bias", true);
    activation = config.activation("activation", "linear");
    sliding = Sliding.of(config, "kernel_size", rank, "valid", "same");
    outputPadding = config.has("output_padding") ? config.integers("output_padding") : null;
    config.allow("groups", "1");
  }

  public static TransposedConvolution of(LayerConfig config, int rank) {
    return new TransposedConvolution(config, rank);
  }

  /** The size of the output along an axis. */
  private int size(int axis, int input) {
    SlidingSteps steps = sliding.axes.get(axis);
    int more = outputPadding == null ? 0 : outputPadding[Math.min(axis, outputPadding.length - 1)];
    if (input < 0) {
      return Shape.OPEN;
    }
    if (!steps.pads()) {
      return (input - 1) * steps.stride + (outputPadding == null ? Math.max(steps.reach(), steps.stride) : steps.reach() + more);
    }
    return outputPadding == null ? input * steps.stride : (input - 1) * steps.stride + steps.reach() % 2 + more;
  }

  private int before(int axis, int input) {
    SlidingSteps steps = sliding.axes.get(axis);
    return steps.pads() ? Math.max((input - 1) * steps.stride + steps.reach() - size(axis, input), 0) / 2 : 0;
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = sliding.checked(config.single(inputs));
    Shape output = input.with(-1, filters);
    for (int axis = 0; axis < sliding.axes.size(); axis++) {
      output = output.with(axis, size(axis, input.size(axis)));
    }
    return List.of(output);
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(WeightSpec.trainable("kernel", Convolution.shape(sliding.sizes(), filters, inputs.get(0).last())));
    if (useBias) {
      specs.add(WeightSpec.trainable("bias", filters));
    }
    return specs;
  }

  /** By tap of the kernel that reaches a place at all, in order: the position it comes from, or -1 where that is outside. */
  public Map<Integer, Integer> taps(Shape input, int place) {
    Shape places = outputShapes(List.of(input)).get(0).withoutLast();
    Map<Integer, Integer> taps = new LinkedHashMap<>();
    for (int tap = 0; tap < sliding.taps(); tap++) {
      int position = 0;
      boolean reaches = true;
      int stride = 1;
      int placeRest = place;
      int tapRest = tap;
      for (int axis = sliding.axes.size() - 1; axis >= 0; axis--) {
        SlidingSteps steps = sliding.axes.get(axis);
        int distance = placeRest % places.size(axis) + before(axis, input.size(axis)) - tapRest % steps.size * steps.dilation;
        int at = Math.floorDiv(distance, steps.stride);
        reaches &= Math.floorMod(distance, steps.stride) == 0;
        position = position < 0 || at < 0 || at >= input.size(axis) ? -1 : position + at * stride;
        stride *= input.size(axis);
        placeRest /= places.size(axis);
        tapRest /= steps.size;
      }
      if (reaches) {
        taps.put(tap, position);
      }
    }
    return taps;
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    Shape input = inputs.get(0);
    int places = outputShapes(inputs).get(0).withoutLast().elements();
    int[][] taps = new int[places][];
    int[] kernelOf = new int[places];
    List<List<Integer>> kinds = new ArrayList<>(); // which taps reach a place: as many kinds as strides, or fewer
    for (int place = 0; place < places; place++) {
      Map<Integer, Integer> reaching = taps(input, place);
      List<Integer> kind = List.copyOf(reaching.keySet());
      if (!kinds.contains(kind)) {
        kinds.add(kind);
      }
      kernelOf[place] = kinds.indexOf(kind);
      taps[place] = reaching.values().stream().mapToInt(Integer::intValue).toArray();
    }
    Matrix[][] kernels = kinds.stream().map(kind -> new Matrix[] {matrix(kind, input.last(), weights)}).toArray(Matrix[][]::new);
    return new ConvolutionOperation(taps, kernelOf, kernels, input.last(), filters, activation.function());
  }

  private Matrix matrix(List<Integer> kind, int features, List<float[]> weights) {
    float[] kernel = new float[kind.size() * features * filters];
    IntStream.range(0, kernel.length).forEach(i -> {
      int tap = kind.get(i / filters / features);
      int feature = i / filters % features;
      kernel[i] = weights.get(0)[(tap * filters + i % filters) * features + feature];
    });
    return Matrix.of(kernel, useBias ? weights.get(1) : null, kind.size() * features, filters);
  }

  public int filters() {
    return filters;
  }

  public boolean useBias() {
    return useBias;
  }

  public ActivationChoice activation() {
    return activation;
  }
}
