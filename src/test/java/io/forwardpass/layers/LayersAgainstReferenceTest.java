package io.forwardpass.layers;

import io.forwardpass.network.Shape;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayersAgainstReferenceTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
      "Dense | {units: 1} | 1",
      "Dense | {units: 7, activation: 'tanh'} | 5",
      "Dense | {units: 3, use_bias: false, activation: 'sigmoid'} | 17",
      "Dense | {units: 4, activation: 'softmax'} | 6,3",
      "Dense | {units: 2, activation: 'relu'} | 2,3,4",
      "Dense | {units: 5, activation: {class_name: 'LeakyReLU', config: {name: 'l', negative_slope: 0.1}}} | 3",
      "Activation | {activation: 'tanh'} | 4,5",
      "Activation | {activation: 'softmax'} | 4,5",
      "Activation | {activation: 'linear'} | 3",
      "ReLU | {} | 5",
      "ReLU | {max_value: 1.5, negative_slope: 0.1, threshold: 0.2} | 5",
      "ReLU | {max_value: 2, threshold: 0.5} | 3,2",
      "ReLU | {negative_slope: 0.25} | 4",
      "ThresholdedReLU | {theta: 0.5} | 4",
      "LeakyReLU | {} | 5",
      "LeakyReLU | {alpha: 0.1} | 5",
      "ELU | {alpha: 0.7} | 5",
      "PReLU | {} | 4,5",
      "PReLU | {shared_axes: [1]} | 4,5",
      "PReLU | {shared_axes: [1, 3]} | 2,3,4",
      "Softmax | {} | 5",
      "Softmax | {axis: 1} | 4,5",
      "Softmax | {axis: [1, 2]} | 4,5",
      "Softmax | {axis: [1, 3]} | 2,3,4",
      "Softmax | {axis: -2} | 2,3,4",
      "BatchNormalization | {} | 5",
      "BatchNormalization | {center: false, scale: false, epsilon: 0.01} | 5",
      "BatchNormalization | {center: false} | 5",
      "BatchNormalization | {axis: [2]} | 6,3",
      "BatchNormalization | {axis: 1} | 6,3",
      "BatchNormalization | {axis: -2} | 2,3,4",
      "BatchNormalization | {renorm: true} | 5",
      "Dropout | {rate: 0.5} | 5",
      "Flatten | {} | 2,3",
      "Reshape | {target_shape: [3, -1]} | 2,3,4",
      "LSTM | {units: 1} | 1,1",
      "LSTM | {units: 5} | 6,3",
      "LSTM | {units: 5, use_bias: false} | 6,3",
      "LSTM | {units: 4, return_sequences: true} | 6,3",
      "LSTM | {units: 4, return_sequences: true, go_backwards: true} | 6,3",
      "LSTM | {units: 4, go_backwards: true} | 5,2",
      "LSTM | {units: 5, return_sequences: true, return_state: true} | 6,3",
      "LSTM | {units: 5, return_state: true} | 6,3",
      "LSTM | {units: 3, activation: 'relu', recurrent_activation: 'hard_sigmoid'} | 4,3",
      "LSTM | {units: 3, activation: 'softmax', recurrent_activation: 'softmax'} | 4,3",
      "LSTM | {units: 5} | 6,3; 5; 5",
      "LSTM | {units: 2, return_sequences: true, return_state: true, go_backwards: true} | 3,4; 2; 2",
      "Add | {} | 4; 4",
      "Add | {} | 4; 4; 4",
      "Add | {} | 4",
      "Add | {} | 4; 1",
      "Subtract | {} | 4; 4",
      "Subtract | {} | 1; 4",
      "Multiply | {} | 3,4; 4",
      "Multiply | {} | 3,1; 1,4",
      "Average | {} | 4; 4; 4",
      "Average | {} | 2,4; 4; 2,1",
      "Maximum | {} | 4; 4",
      "Minimum | {} | 4; 4; 1",
      "Concatenate | {} | 4; 1; 3",
      "Concatenate | {axis: 1} | 5,4; 2,4",
      "Concatenate | {axis: -1} | 5,4; 5,2",
      "Concatenate | {axis: 2} | 2,3,4; 2,1,4"})
  void agrees(String className, String json, String inputs) {
    Shape[] shapes = Arrays.stream(inputs.split(";")).map(LayersAgainstReferenceTest::shape).toArray(Shape[]::new);
    LayerCase.keras3(className, json).agreesWithReference(shapes);
  }

  private static Shape shape(String text) {
    return Shape.of(Arrays.stream(text.split(",")).mapToInt(size -> Integer.parseInt(size.trim())).toArray());
  }
}
