package io.forwardpass.graph;

import io.forwardpass.network.Shape;
import io.forwardpass.testing.LayerCase;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations on tensors: the fast network and the reference agree, with the same bits in every block. */
class OperationsAgainstReferenceTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {"Add | {} | ['T', 'T'] | 5,4; 5,4",
      "Add | {} | ['T', {class_name: '__numpy__', config: {value: [1, 2, 3, 4], dtype: 'float32'}}] | 5,4",
      "Subtract | {} | [1.5, 'T'] | 5,4", "Multiply | {} | ['T', 'T'] | 5,4; 5,1",
      "TrueDivide | {} | [[[1], [2], [3], [4], [5]], 'T'] | 5,4", "FloorDivide | {} | ['T', 0.7] | 5,4", "Mod | {} | ['T', -0.7] | 5,4",
      "Power | {} | ['T', 2] | 5,4", "Maximum | {} | ['T', 0.5] | 5,4", "GreaterEqual | {} | ['T', 'T'] | 5,4; 1,4",
      "LogicalAnd | {} | ['T', 'T'] | 5,4; 5,4", "Logaddexp | {} | ['T', 'T'] | 5,4; 5,4", "Negative | {} | ['T'] | 5,4",
      "Square | {} | ['T'] | 5,4", "Sin | {} | ['T'] | 5,4", "Clip | {x_min: -1, x_max: 0.5} | ['T'] | 5,4",
      "Threshold | {threshold: 0.5, default_value: 0.1} | ['T'] | 5,4", "Cast | {dtype: 'int32'} | ['T'] | 5,4",
      "OnesLike | {} | ['T'] | 5,4", "Gelu | {approximate: true} | ['T'] | 5,4", "Celu | {alpha: 0.5} | ['T'] | 5,4",
      "Softmax | {axis: 1} | ['T'] | 5,4", "LogSoftmax | {axis: -1} | ['T'] | 5,4", "Glu | {axis: 2} | ['T'] | 5,4",
      "Sum | {axis: [1, 2]} | ['T'] | 5,4", "Mean | {axis: 1, keepdims: true} | ['T'] | 5,4", "Prod | {axis: -1} | ['T'] | 5,4",
      "Var | {axis: 1} | ['T'] | 5,4", "Std | {axis: 2} | ['T'] | 5,4", "Logsumexp | {axis: 1} | ['T'] | 5,4",
      "Argmax | {axis: 1} | ['T'] | 5,4", "Norm | {axis: 2} | ['T'] | 5,4", "Cumsum | {axis: 1} | ['T'] | 5,4",
      "Cumprod | {axis: 2} | ['T'] | 5,4", "Normalize | {axis: 1} | ['T'] | 5,4", "OneHot | {num_classes: 3} | ['T'] | 5",
      "Where | {} | ['T', 'T', 0.5] | 5,1; 5,4", "Concatenate | {axis: 1} | [['T', 'T']] | 5,4; 2,4",
      "Stack | {axis: -1} | [['T', 'T', 'T']] | 5,4; 5,4; 5,4",
      "GetItem | {} | ['T', [{class_name: '__slice__', config: {}}, -1, {class_name: '__slice__', config: {start: 3, stop: null, step: -2}}]] | 5,4",
      "Transpose | {axes: [0, 2, 1]} | ['T'] | 5,4", "Flip | {axis: [1, 2]} | ['T'] | 5,4", "Tile | {repeats: [1, 2, 3]} | ['T'] | 5,4",
      "Pad | {pad_width: [[0, 0], [1, 2], [0, 1]], mode: 'constant'} | ['T'] | 5,4",
      "Split | {indices_or_sections: [1, 3], axis: 1} | ['T'] | 5,4", "Unstack | {axis: 2} | ['T'] | 5,4",
      "Take | {axis: 2} | ['T', [3, 0, -1]] | 5,4", "Matmul | {} | ['T', 'T'] | 5,4; 4,7", "Matmul | {} | ['T', 'T'] | 2,5,4; 2,4,3",
      "Matmul | {} | ['T', [[1, 2], [3, 4], [5, 6], [7, 8]]] | 5,4", "Einsum | {subscripts: 'abc,adc->adb'} | ['T', 'T'] | 5,4; 7,4",
      "Einsum | {subscripts: 'abc,abc->ac'} | ['T', 'T'] | 5,4; 5,4"})
  void agrees(String className, String json, String arguments, String inputs) {
    Shape[] shapes = Arrays.stream(inputs.split(";"))
        .map(text -> Shape.of(Arrays.stream(text.split(",")).mapToInt(size -> Integer.parseInt(size.trim())).toArray()))
        .toArray(Shape[]::new);
    LayerCase.operation(className, json, arguments).agreesWithReference(shapes);
  }
}
