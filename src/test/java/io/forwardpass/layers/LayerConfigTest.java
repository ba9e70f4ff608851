package io.forwardpass.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.graph.LayerRegistry;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.testing.LayerCase;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerConfigTest {
  private static String refusal(String className, String json) {
    return assertThrows(Refusal.class, () -> LayerCase.keras3(className, json)).getMessage();
  }

  @Test
  void remembersWhatNobodyRead() {
    assertEquals(List.of("mystery = 7"), LayerCase.keras3("Dense",
        "{units: 3, name: 'd', kernel_initializer: {}, mystery: 7, other: null}").unread());
    assertEquals(List.of("quantization_config = {\"mode\":\"int8\"}"),
        LayerCase.config("Dense", "3", "{quantization_config: {mode: 'int8'}}").unread());
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "'relu'",
      "{module: 'builtins', class_name: 'function', config: 'relu', registered_name: 'relu'}",
      "{module: 'keras.layers', class_name: 'ReLU', config: {name: 're_lu', trainable: true, dtype: 'float32', max_value: null, "
          + "negative_slope: 0.0, threshold: 0.0}}",
      "{class_name: 'Activation', config: {activation: 'relu'}}"})
  void anActivationMayBeANameAFunctionOrALayer(String activation) {
    LayerCase dense = LayerCase.keras3("Dense", "{units: 2, activation: " + activation + "}").weights(new float[] {1, -1}, new float[2]);
    assertArrayEquals(new float[] {3, 0}, dense.answer(Shape.of(1), 3));
  }

  @Test
  void anActivationGoesByAnyOfItsNames() {
    for (String name : List.of("swish", "hard_swish", "softmax_v2")) {
      float[] y = LayerCase.keras3("Activation", "{activation: '" + name + "'}").answer(Shape.of(3), -1, 0, 2);
      assertTrue(y[0] < y[2], name);
    }
  }

  @Test
  void noActivationIsLinearInDense() {
    LayerCase dense = LayerCase.keras3("Dense", "{units: 1, activation: null}").weights(new float[] {-2}, new float[1]);
    assertArrayEquals(new float[] {-6}, dense.answer(Shape.of(1), 3));
  }

  @Test
  void refusesActivationsThatAreCodeOrUnknown() {
    assertEquals("layer tested (Dense) has a custom function as activation, and code inside a model is never run. Only Keras' own "
        + "activations are supported.", refusal("Dense", "{units: 2, activation: {value: ['4wEAAAA', null, null]}}"));
    assertEquals("layer tested (Dense) has a custom function as activation, and code inside a model is never run. Only Keras' own "
        + "activations are supported.", refusal("Dense", "{units: 2, activation: {class_name: '__lambda__', config: {value: 'gASV'}}}"));
    assertEquals("layer tested (Dense) has the layer PReLU as activation, which is not supported there. Apply it as a layer of its own.",
        refusal("Dense", "{units: 2, activation: {class_name: 'PReLU', config: {}}}"));
    assertEquals("layer tested/activation (ELU) has options that are not supported: beta = 2.",
        refusal("Dense", "{units: 2, activation: {class_name: 'ELU', config: {alpha: 1, beta: 2}}}"));
    assertEquals("activation sigmoyd of layer tested (Dense) is not supported. Did you mean sigmoid? Supported are linear, relu, relu6, "
        + "leaky_relu, sigmoid, hard_sigmoid, tanh, hard_tanh, softmax, log_softmax, sparsemax, softplus, softsign, elu, selu, celu, gelu, "
        + "silu, swish, hard_silu, hard_swish, mish, exponential, log_sigmoid, tanh_shrink, soft_shrink, hard_shrink, squareplus, "
        + "sparse_plus, sparse_sigmoid.", refusal("Dense", "{units: 2, activation: 'sigmoyd'}"));
  }

  @Test
  void refusesOptionsOfTheWrongKind() {
    assertEquals("option units of layer tested (Dense) should be a whole number, not \"three\".", refusal("Dense", "{units: 'three'}"));
    assertEquals("option units of layer tested (Dense) should be a whole number, but it is missing.", refusal("Dense", "{}"));
    assertEquals("option use_bias of layer tested (Dense) should be true or false, not 1.", refusal("Dense", "{units: 1, use_bias: 1}"));
  }

  @Test
  void refusesQuantizedLayersAndNoticesOtherPrecisions() {
    assertEquals("layer tested (Dense) is quantized or has a dtype policy of its own, dtype = {\"class_name\":\"QuantizedDTypePolicy\","
        + "\"config\":{\"mode\":\"int8\",\"source_name\":\"float32\"}}, which is not supported. Save the model in float32, before it is "
        + "quantized.",
        refusal("Dense", "{units: 1, dtype: {class_name: 'QuantizedDTypePolicy', config: {mode: 'int8', source_name: 'float32'}}}"));
    assertEquals(Optional.of("Keras computes this model in mixed_float16; here it is computed in float32, so the last digits differ."),
        Precision.notice(LayerCase.config("Dense", "3", "{dtype: {class_name: 'DTypePolicy', config: {name: 'mixed_float16'}}}")));
    assertEquals(Optional.empty(),
        Precision.notice(LayerCase.config("Dense", "3", "{dtype: {class_name: 'DTypePolicy', config: {name: 'float32'}}}")));
    assertEquals(Optional.empty(), Precision.notice(LayerCase.config("Dense", "2.4.0", "{dtype: 'float32'}")));
    assertEquals(Optional.empty(), Precision.notice(LayerCase.config("Dense", "2.4.0", "{}")));
  }

  @Test
  void refusesAQuantizedPolicyGivenAsText() {
    assertEquals(
        "layer tested (Dense) is quantized or has a dtype policy of its own, dtype = \"int8_from_float32\", which is not supported. "
            + "Save the model in float32, before it is quantized.",
        refusal("Dense", "{units: 1, dtype: 'int8_from_float32'}"));
  }

  @Test
  void theRegistryKnowsTheLayersOfTabularAndTimeSeriesModels() {
    for (String name : List.of("Dense", "LSTM", "BatchNormalization", "Concatenate", "Identity", "PReLU", "Minimum")) {
      assertTrue(LayerRegistry.find(name).isPresent(), name);
    }
    assertTrue(LayerRegistry.find("Lambda").isEmpty());
  }
}
