package io.forwardpass.layers.normalization;

import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.List;

/** {@code gamma * (x - mean) / sqrt(variance + epsilon) + beta} along one axis, with the moving mean and variance of training. */
public final class BatchNormalization extends OperationLayer {
  private final LayerConfig config;
  private final int axis;
  private final double epsilon;
  private final boolean center;
  private final boolean scale;
  private final boolean renorm;

  public BatchNormalization(LayerConfig config) {
    this.config = config;
    int[] axes = config.has("axis") ? config.integers("axis") : new int[] {-1};
    if (axes.length != 1) {
      throw config.refusal("normalises over " + axes.length + " axes, " + config.json("axis")
          + ", and only one is supported. Train it with one axis.");
    }
    axis = axes[0];
    epsilon = config.number("epsilon", 1e-3);
    center = config.flag("center", true);
    scale = config.flag("scale", true);
    renorm = config.flag("renorm", false); // changes training, and brings three more arrays
    config.ignore("momentum", "synchronized", "fused", "renorm_clipping", "renorm_momentum");
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.single(inputs);
    if (input.size(axisOf(input)) < 0) {
      throw config.refusal("needs axis " + axis + " of its input to be of known size, and the input is " + input
          + ". Give the model its input shape.");
    }
    return List.of(input);
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    int channels = inputs.get(0).size(axisOf(inputs.get(0)));
    List<WeightSpec> specs = new ArrayList<>();
    if (scale) {
      specs.add(WeightSpec.trainable("gamma", channels));
    }
    if (center) {
      specs.add(WeightSpec.trainable("beta", channels));
    }
    specs.add(WeightSpec.nonTrainable("moving_mean", channels));
    specs.add(WeightSpec.nonTrainable("moving_variance", channels));
    if (renorm) {
      specs.add(WeightSpec.nonTrainable("moving_stddev", channels));
      specs.add(WeightSpec.nonTrainable("renorm_mean", channels));
      specs.add(WeightSpec.nonTrainable("renorm_stddev", channels));
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
    int along = axisOf(input);
    int channels = input.size(along);
    int inner = 1;
    for (int next = along + 1; next < input.rank(); next++) {
      inner *= input.size(next);
    }
    double[] exactFactors = factors(weights);
    double[] exactShifts = shifts(weights);
    float[] factors = new float[channels];
    float[] shifts = new float[channels];
    for (int c = 0; c < channels; c++) {
      factors[c] = (float) exactFactors[c];
      shifts[c] = (float) exactShifts[c];
    }
    return new Pass(factors, shifts, inner, input.elements());
  }

  /** What each channel is multiplied with: {@code gamma / sqrt(variance + epsilon)}. */
  public double[] factors(List<float[]> weights) {
    float[] variance = weights.get((scale ? 1 : 0) + (center ? 1 : 0) + 1);
    double[] factors = new double[variance.length];
    for (int c = 0; c < factors.length; c++) {
      factors[c] = (scale ? weights.get(0)[c] : 1.0) / Math.sqrt(variance[c] + epsilon);
    }
    return factors;
  }

  /** What is added to each channel then: {@code beta - mean * factor}. */
  public double[] shifts(List<float[]> weights) {
    float[] mean = weights.get((scale ? 1 : 0) + (center ? 1 : 0));
    double[] shifts = factors(weights);
    for (int c = 0; c < shifts.length; c++) {
      shifts[c] = (center ? weights.get(scale ? 1 : 0)[c] : 0.0) - mean[c] * shifts[c];
    }
    return shifts;
  }

  /** The axis of a row's shape whose every index has its own mean and variance. */
  public int axisOf(Shape input) {
    return config.axis(axis, input);
  }

  public double epsilon() {
    return epsilon;
  }

  public boolean center() {
    return center;
  }

  public boolean scale() {
    return scale;
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final float[] factors;
    private final float[] shifts;
    private final int inner; // elements next to each other that share a factor
    private final int elements;

    Pass(float[] factors, float[] shifts, int inner, int elements) {
      this.factors = factors;
      this.shifts = shifts;
      this.inner = inner;
      this.elements = elements;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = inputs[0].capacity();
      float[] x = inputs[0].data();
      float[] y = outputs[0].data();
      for (int e = 0; e < elements; e++) {
        float factor = factors[e / inner % factors.length];
        float shift = shifts[e / inner % factors.length];
        int at = e * capacity;
        for (int r = at; r < at + lanes; r++) {
          y[r] = Math.fma(x[r], factor, shift);
        }
      }
    }

    @Override
    public boolean inPlace() {
      return true;
    }
  }
}
