package io.forwardpass.layers.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * What an operation works on: an input, or a constant of the call.
 *
 * @param input which of the operation's inputs it is, or -1
 * @param constant row-major numbers of a constant, else null
 * @param dimensions of a constant, with an axis for the batch where it has one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and handed on without a copy
public record Operand(int input, float[] constant, Shape dimensions) {
  static Operand input(int number) {
    return new Operand(number, null, null);
  }

  /** @throws io.forwardpass.refusal.Refusal where it is no number and no array of numbers */
  static Operand constant(JsonNode value, LayerConfig config) {
    JsonNode array = value;
    if (List.of("__numpy__", "__tensor__").contains(value.path("class_name").asText())) {
      array = value.path("config").path("value");
    }
    List<Integer> dimensions = new ArrayList<>();
    for (JsonNode inner = array; inner.isArray(); inner = inner.path(0)) {
      dimensions.add(inner.size());
    }
    List<Float> numbers = new ArrayList<>();
    collect(array, numbers, config);
    Shape shape = Shape.of(dimensions.stream().mapToInt(Integer::intValue).toArray());
    if (shape.elements() != numbers.size()) {
      throw config.refusal("is called with an array of no shape: " + value + ".");
    }
    float[] constant = new float[numbers.size()];
    for (int i = 0; i < constant.length; i++) {
      constant[i] = numbers.get(i);
    }
    return new Operand(-1, constant, shape);
  }

  private static void collect(JsonNode value, List<Float> numbers, LayerConfig config) {
    if (value.isArray()) {
      value.forEach(item -> collect(item, numbers, config));
    } else if (value.isNumber()) {
      numbers.add((float) value.doubleValue());
    } else if (value.isBoolean()) {
      numbers.add(value.booleanValue() ? 1f : 0f);
    } else {
      throw config.refusal("is called with " + value + ", which is no number. Only tensors and numbers are supported there.");
    }
  }

  boolean isInput() {
    return input >= 0;
  }

  /** Its shape for one row, beside tensors of so many axes without the batch. */
  public Shape shape(List<Shape> inputs, int rank, LayerConfig config) {
    if (isInput()) {
      return inputs.get(input);
    }
    if (dimensions.rank() <= rank) {
      return dimensions;
    }
    if (dimensions.rank() > rank + 1 || dimensions.size(0) != 1) {
      throw config.refusal("is called with a constant of shape " + dimensions + " beside tensors of " + rank
          + " axes and the batch: it would be another for every row. Make its first size 1.");
    }
    return dimensions.withoutFirst();
  }
}
