package io.forwardpass.layers.normalization;

import com.fasterxml.jackson.databind.JsonNode;
import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.Broadcast;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code (x - mean) / max(sqrt(variance), 1e-7)}, inverted {@code mean + x * max(sqrt(variance), 1e-7)}: with numbers that adapt() learned
 * and stored as weights, or that the config gives; a mean and a variance for each index along the axes it names, one for all where it
 * names none. Keras 3.15, {@code normalization.py}; the same in Keras 2.
 */
public final class Normalization extends OperationLayer {
  private static final double SMALL = 1e-7; // keras.config.epsilon()

  private final LayerConfig config;
  private final int[] axes;
  private final boolean invert;
  private final Given mean;
  private final Given variance;

  /** Numbers of the config, row by row. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Given(Shape shape, double[] values) {}

  public Normalization(LayerConfig config) {
    this.config = config;
    axes = config.has("axis") ? config.integers("axis") : new int[0];
    invert = config.flag("invert", false);
    mean = given("mean");
    variance = given("variance");
    if ((mean == null) != (variance == null)) {
      throw config.refusal("is given a mean without a variance, or a variance without a mean. Give both or none.");
    }
  }

  private Given given(String key) {
    JsonNode node = config.json(key);
    if (node.isMissingNode()) {
      return null;
    }
    JsonNode value = node.isObject() ? node.path("config").path("value") : node; // Keras 3 writes NumPy arrays so
    List<Integer> sizes = new ArrayList<>();
    for (JsonNode level = value; level.isArray(); level = level.path(0)) {
      sizes.add(level.size());
    }
    List<Double> values = new ArrayList<>();
    collect(key, value, values);
    Shape shape = Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray());
    if (shape.elements() != values.size()) {
      throw config.refusal("has a " + key + " whose lists differ in length, " + node + ". Give an array.");
    }
    return new Given(shape, values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private void collect(String key, JsonNode value, List<Double> values) {
    if (value.isArray()) {
      value.forEach(part -> collect(key, part, values));
    } else if (value.isNumber()) {
      values.add(value.doubleValue());
    } else {
      throw config.refusal("has a " + key + " that is no list of numbers, " + config.json(key) + ". Give numbers.");
    }
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.single(inputs);
    Shape kept = kept(input);
    if (kept.isOpen()) {
      throw config.refusal("needs the axes it keeps to be of known size, and its input is " + input + ". Give the model its input shape.");
    }
    if (mean != null && !(spreads(mean, kept) && spreads(variance, kept))) {
      throw config.refusal("is given a mean of shape " + mean.shape + " and a variance of shape " + variance.shape
          + ", and the axes it keeps have shape " + kept + ". Give one number for each, or one for all.");
    }
    return List.of(input);
  }

  private static boolean spreads(Given given, Shape kept) {
    return given.shape.rank() <= kept.rank() && Broadcast.together(given.shape, kept).filter(kept::equals).isPresent();
  }

  /** The sizes along the axes that have a mean for each index. */
  private Shape kept(Shape input) {
    return Shape.of(Arrays.stream(axes).map(axis -> config.axis(axis, input)).sorted().map(input::size).toArray());
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    if (mean != null) {
      return List.of();
    }
    int[] kept = kept(inputs.get(0)).dimensions();
    return List.of(WeightSpec.nonTrainable("mean", kept), WeightSpec.nonTrainable("variance", kept), WeightSpec.nonTrainable("count"));
  }

  @Override
  public boolean handsOnMask() {
    return config.kerasVersion().isKeras3();
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    Shape input = inputs.get(0);
    float[] means = new float[input.elements()];
    double[] factors = new double[input.elements()];
    for (int e = 0; e < means.length; e++) {
      means[e] = (float) mean(input, e, weights);
      factors[e] = invert ? deviation(input, e, weights) : 1 / deviation(input, e, weights);
    }
    return new Pass(means, factors, invert);
  }

  /** The mean of an element. */
  public double mean(Shape input, int element, List<float[]> weights) {
    return mean == null ? weights.get(0)[along(input, element)] : given(mean, input, element);
  }

  /** The standard deviation of an element, 1e-7 at least. */
  public double deviation(Shape input, int element, List<float[]> weights) {
    return Math.max(Math.sqrt(mean == null ? weights.get(1)[along(input, element)] : given(variance, input, element)), SMALL);
  }

  /** Where the numbers of an element stand among those of the axes that are kept. */
  private int along(Shape input, int element) {
    boolean[] keeps = new boolean[input.rank()];
    Arrays.stream(axes).forEach(axis -> keeps[config.axis(axis, input)] = true);
    return Groups.along(element, keeps, input);
  }

  /** As Keras has it: narrowed to float32 before anything is computed. */
  private float given(Given numbers, Shape input, int element) {
    return (float) numbers.values[Broadcast.sources(numbers.shape, kept(input))[along(input, element)]];
  }

  public boolean invert() {
    return invert;
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final float[] means;
    private final float[] factors;
    private final float[] rests; // what narrowing took off the factors
    private final boolean invert;

    Pass(float[] means, double[] exact, boolean invert) {
      this.means = means;
      this.invert = invert;
      factors = new float[exact.length];
      rests = new float[exact.length];
      for (int e = 0; e < exact.length; e++) {
        factors[e] = (float) exact[e];
        if (!invert && factors[e] > exact[e]) {
          factors[e] = Math.nextDown(factors[e]);
        }
        rests[e] = (float) Math.max(exact[e] - factors[e], exact[e] * 1e-12); // above zero: infinity times it stays infinity
      }
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = inputs[0].capacity();
      float[] x = inputs[0].data();
      float[] y = outputs[0].data();
      for (int e = 0; e < means.length; e++) {
        float mean = means[e];
        float factor = factors[e];
        float rest = rests[e];
        int from = e * capacity;
        if (invert) {
          for (int r = from; r < from + lanes; r++) {
            y[r] = Math.fma(x[r], factor, mean);
          }
        } else {
          for (int r = from; r < from + lanes; r++) {
            y[r] = Math.fma(x[r] - mean, factor, (x[r] - mean) * rest);
          }
        }
      }
    }

    @Override
    public boolean inPlace() {
      return true;
    }
  }
}
