package io.forwardpass.layers.convolution;

import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.ActivationChoice;
import io.forwardpass.layers.Blocks;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.math.Activation;
import io.forwardpass.math.Kernels;
import io.forwardpass.math.Matrix;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Convolution over the steps of a sequence: at every place one dense product of the steps it looks at. */
public final class Conv1D extends OperationLayer {
  private final LayerConfig config;
  private final int filters;
  private final int groups;
  private final boolean useBias;
  private final ActivationChoice activation;
  private final SlidingSteps steps;

  public Conv1D(LayerConfig config) {
    this.config = config;
    filters = config.integer("filters");
    groups = config.integer("groups", 1);
    useBias = config.flag("use_bias", true);
    activation = config.activation("activation", "linear");
    steps = SlidingSteps.of(config, "kernel_size", "valid", "same", "causal");
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.sequence(config.single(inputs));
    if (input.last() % groups != 0 || filters % groups != 0) {
      throw config.refusal("has " + groups + " groups, which do not divide its " + input.last() + " features and " + filters + " filters.");
    }
    int places = steps.places(input.size(0));
    if (input.size(0) >= 0 && places < 1) {
      throw config.refusal("has a kernel longer than its input of shape " + input + ". Give it more steps.");
    }
    return List.of(Shape.of(places, filters));
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(WeightSpec.trainable("kernel", steps.size, inputs.get(0).last() / groups, filters));
    if (useBias) {
      specs.add(WeightSpec.trainable("bias", filters));
    }
    return specs;
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    Shape input = inputs.get(0);
    int[] first = new int[steps.places(input.size(0))];
    for (int place = 0; place < first.length; place++) {
      first[place] = steps.first(place, input.size(0));
    }
    int inner = steps.size * input.last() / groups;
    int width = filters / groups;
    Matrix[] kernels = new Matrix[groups];
    for (int g = 0; g < groups; g++) {
      float[] part = new float[inner * width];
      for (int k = 0; k < inner; k++) {
        System.arraycopy(weights.get(0), k * filters + g * width, part, k * width, width);
      }
      kernels[g] = Matrix.of(part, useBias ? Arrays.copyOfRange(weights.get(1), g * width, (g + 1) * width) : null, inner, width);
    }
    return new Pass(input.size(0), input.last(), filters, steps.size, steps.dilation, first, kernels, activation.function());
  }

  public int filters() {
    return filters;
  }

  public int groups() {
    return groups;
  }

  public int size() {
    return steps.size;
  }

  public boolean useBias() {
    return useBias;
  }

  public ActivationChoice activation() {
    return activation;
  }

  /** The step that number k at a place comes from; outside the sequence it is a zero. */
  public int step(int place, int k, int inputSteps) {
    return steps.first(place, inputSteps) + k * steps.dilation;
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final int steps;
    private final int features;
    private final int filters;
    private final int size;
    private final int dilation;
    private final int[] first; // by place: the step its first number comes from, below 0 where it is padding
    private final Matrix[] kernels; // by group
    private final Activation activation;

    Pass(int steps, int features, int filters, int size, int dilation, int[] first, Matrix[] kernels, Activation activation) {
      this.steps = steps;
      this.features = features;
      this.filters = filters;
      this.size = size;
      this.dilation = dilation;
      this.first = first;
      this.kernels = kernels;
      this.activation = activation;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = outputs[0].capacity();
      float[] x = inputs[0].data();
      float[] y = outputs[0].data();
      for (int place = 0; place < first.length; place++) {
        int to = place * filters * capacity;
        boolean isContiguous = kernels.length == 1 && dilation == 1 && first[place] >= 0 && first[place] + size <= steps;
        for (int g = 0; g < kernels.length; g++) {
          int at = to + g * (filters / kernels.length) * capacity;
          if (isContiguous) {
            Kernels.best().dense(x, first[place] * features * capacity, kernels[g], y, at, capacity, lanes);
          } else {
            gather(x, first[place], g, scratch, capacity, lanes);
            Kernels.best().dense(scratch, 0, kernels[g], y, at, capacity, lanes);
          }
        }
        activation.apply(y, to, filters, capacity, lanes);
      }
    }

    /** What a place looks at of one group's features, one step behind the other. */
    private void gather(float[] x, int from, int group, float[] scratch, int capacity, int lanes) {
      int width = features / kernels.length;
      for (int k = 0; k < size; k++) {
        int step = from + k * dilation;
        int to = k * width * capacity;
        if (step >= 0 && step < steps) {
          Blocks.copy(x, (step * features + group * width) * capacity, scratch, to, width, capacity, lanes);
        } else {
          Arrays.fill(scratch, to, to + width * capacity, 0f);
        }
      }
    }

    @Override
    public int scratch(int capacity) {
      return size * (features / kernels.length) * capacity;
    }
  }
}
