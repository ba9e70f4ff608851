package io.forwardpass.layers.preprocessing;

import com.fasterxml.jackson.databind.JsonNode;
import io.forwardpass.layers.Broadcast;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code x * scale + offset}, each one number or an array that is spread over the input from its last axis on. Keras 3.15,
 * {@code rescaling.py}; the same in Keras 2.
 */
public final class Rescaling extends OperationLayer {
  private final LayerConfig config;
  private final Numbers scale;
  private final Numbers offset;

  /** Row by row. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Numbers(Shape shape, double[] values) {
    /** As Keras has it: narrowed to float32 before anything is computed. */
    float at(Shape input, int element) {
      return (float) values[Broadcast.sources(shape, input)[element]];
    }
  }

  public Rescaling(LayerConfig config) {
    this.config = config;
    scale = numbers("scale");
    offset = config.has("offset") ? numbers("offset") : new Numbers(Shape.of(), new double[1]);
  }

  private Numbers numbers(String key) {
    JsonNode node = config.json(key);
    JsonNode value = node.isObject() ? node.path("config").path("value") : node; // Keras 3 writes NumPy arrays so
    value = value.isMissingNode() && node.path("class_name").asText().equals("__tuple__") ? node.path("items") : value;
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
    return new Numbers(shape, values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private void collect(String key, JsonNode value, List<Double> values) {
    if (value.isArray()) {
      value.forEach(part -> collect(key, part, values));
    } else if (value.isNumber()) {
      values.add(value.doubleValue());
    } else {
      throw config.refusal("has a " + key + " that is no number and no list of numbers, " + config.json(key) + ". Give numbers.");
    }
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.single(inputs);
    for (Numbers numbers : List.of(scale, offset)) {
      if (!Broadcast.together(numbers.shape, input).equals(Optional.of(input))) {
        throw config.refusal("has a scale of shape " + scale.shape + " and an offset of shape " + offset.shape + ", and its input is "
            + input
            + ". Give one number for each of the last axis, or one for all.");
      }
    }
    return List.of(input);
  }

  @Override
  public boolean handsOnMask() {
    return config.kerasVersion().isKeras3();
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    float[] scales = new float[inputs.get(0).elements()];
    float[] offsets = new float[scales.length];
    for (int e = 0; e < scales.length; e++) {
      scales[e] = scale(inputs.get(0), e);
      offsets[e] = offset(inputs.get(0), e);
    }
    return new Pass(scales, offsets);
  }

  /** What an element is multiplied with. */
  public float scale(Shape input, int element) {
    return scale.at(input, element);
  }

  /** What is added to an element then. */
  public float offset(Shape input, int element) {
    return offset.at(input, element);
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final float[] scales;
    private final float[] offsets;

    Pass(float[] scales, float[] offsets) {
      this.scales = scales;
      this.offsets = offsets;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = inputs[0].capacity();
      float[] x = inputs[0].data();
      float[] y = outputs[0].data();
      for (int e = 0; e < scales.length; e++) {
        float scale = scales[e];
        float offset = offsets[e];
        int from = e * capacity;
        for (int r = from; r < from + lanes; r++) {
          y[r] = Math.fma(x[r], scale, offset);
        }
      }
    }

    @Override
    public boolean inPlace() {
      return true;
    }
  }
}
