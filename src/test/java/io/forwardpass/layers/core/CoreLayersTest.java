package io.forwardpass.layers.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.Layer;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.testing.LayerCase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class CoreLayersTest {
  private static String refusal(Executable executable) {
    return assertThrows(Refusal.class, executable).getMessage();
  }

  @Test
  void denseMultipliesByItsKernelAndAddsItsBias() {
    float[] kernel = {1, 2, 3, 4, 5, 6}; // (2, 3)
    LayerCase dense = LayerCase.keras3("Dense", "{units: 3, activation: 'relu'}").weights(kernel, new float[] {0.5f, 0, -100});
    assertArrayEquals(new float[] {9.5f, 12, 0}, dense.answer(Shape.of(2), 1, 2));
  }

  @Test
  void denseTreatsEveryStepOfASequenceAlike() {
    LayerCase dense = LayerCase.keras3("Dense", "{units: 1, use_bias: false}").weights(new float[] {1, 10});
    assertArrayEquals(new float[] {21, 43, 65}, dense.answer(Shape.of(3, 2), 1, 2, 3, 4, 5, 6));
  }

  @Test
  void denseNamesTheWeightsItNeeds() {
    List<WeightSpec> specs = LayerCase.keras3("Dense", "{units: 3}").layer().weights(List.of(Shape.of(7, 2)));
    assertEquals(List.of("kernel", "bias"), specs.stream().map(WeightSpec::name).toList());
    assertArrayEquals(new int[] {2, 3}, specs.get(0).shape());
    assertArrayEquals(new int[] {3}, specs.get(1).shape());
    assertEquals(1, LayerCase.keras3("Dense", "{units: 3, use_bias: false}").layer().weights(List.of(Shape.of(2))).size());
  }

  @Test
  void denseRefusesAnInputWhoseFeaturesAreOpen() {
    Layer dense = LayerCase.keras3("Dense", "{units: 3}").layer();
    assertEquals("layer tested (Dense) needs a last axis of known size, and its input is (4, None). Give the model its input shape.",
        refusal(() -> dense.outputShapes(List.of(Shape.of(4, Shape.OPEN)))));
    assertEquals(List.of(Shape.of(Shape.OPEN, 3)), dense.outputShapes(List.of(Shape.of(Shape.OPEN, 2))));
  }

  @Test
  void batchNormalizationFollowsItsFormula() {
    LayerCase layer = LayerCase.keras3("BatchNormalization", "{epsilon: 0}")
        .weights(new float[] {2, 1}, new float[] {10, 0}, new float[] {3, -1}, new float[] {4, 0.25f});
    // 2 * (5 - 3) / 2 + 10, (1 + 1) / 0.5
    assertArrayEquals(new float[] {12, 4}, layer.answer(Shape.of(2), 5, 1));
  }

  @Test
  void batchNormalizationNormalisesAlongTheAxisItIsGiven() {
    LayerCase layer = LayerCase.keras2("BatchNormalization", "{axis: [1], epsilon: 0, center: false, scale: false}")
        .weights(new float[] {0, 100}, new float[] {1, 4});
    assertArrayEquals(new float[] {1, 2, 0, 0.5f}, layer.answer(Shape.of(2, 2), 1, 2, 100, 101));
  }

  @Test
  void batchNormalizationNamesTheWeightsItNeeds() {
    List<WeightSpec> specs = LayerCase.keras3("BatchNormalization", "{renorm: true}").layer().weights(List.of(Shape.of(6, 3)));
    assertEquals(List.of("gamma", "beta", "moving_mean", "moving_variance", "moving_stddev", "renorm_mean", "renorm_stddev"),
        specs.stream().map(WeightSpec::name).toList());
    assertEquals(List.of(true, true, false, false, false, false, false), specs.stream().map(WeightSpec::isTrainable).toList());
    specs.forEach(spec -> assertArrayEquals(new int[] {3}, spec.shape()));
  }

  @Test
  void batchNormalizationRefusesSeveralAxesAndAxesThatAreNotThere() {
    assertEquals("layer tested (BatchNormalization) normalises over 2 axes, [1,2], and only one is supported. Train it with one axis.",
        refusal(() -> LayerCase.keras3("BatchNormalization", "{axis: [1, 2]}")));
    assertEquals("layer tested (BatchNormalization) has axis 3, which is not an axis of its input (6, 3). Choose one of 1 to 2, or -1 for "
        + "the last.", refusal(() -> LayerCase.keras3("BatchNormalization", "{axis: 3}").graph(Shape.of(6, 3))));
    assertEquals("layer tested (BatchNormalization) has axis 0, which is the batch, not an axis of its input (6, 3). Choose one of 1 to 2, "
        + "or -1 for the last.", refusal(() -> LayerCase.keras3("BatchNormalization", "{axis: 0}").graph(Shape.of(6, 3))));
  }

  @Test
  void batchNormalizationLeavesAVirtualBatchSizeUnread() {
    assertEquals(List.of("virtual_batch_size = 8"), LayerCase.keras2("BatchNormalization", "{virtual_batch_size: 8}").unread());
    assertEquals(List.of(), LayerCase.keras2("BatchNormalization", "{axis: [1], momentum: 0.9, epsilon: 0.001, center: true, scale: true, "
        + "fused: null, renorm: false, virtual_batch_size: null}").unread());
  }

  @Test
  void preluHasOneSlopePerElementOrSharesIt() {
    LayerCase own = LayerCase.keras3("PReLU", "{}").weights(new float[] {.1f, .2f, .3f, .4f});
    assertArrayEquals(new float[] {-.1f, 2, -.3f, -.4f}, own.answer(Shape.of(2, 2), -1, 2, -1, -1));
    LayerCase shared = LayerCase.keras3("PReLU", "{shared_axes: [1]}").weights(new float[] {.1f, .2f});
    assertArrayEquals(new float[] {-.1f, -.2f, -.1f, 3}, shared.answer(Shape.of(2, 2), -1, -1, -1, 3));
    assertArrayEquals(new int[] {1, 2}, shared.layer().weights(List.of(Shape.of(2, 2))).get(0).shape());
  }

  @Test
  void leakyReluHasTheSameDefaultInBothAndAnotherName() {
    assertEquals(-0.3f, LayerCase.keras3("LeakyReLU", "{}").answer(Shape.of(1), -1)[0]);
    assertEquals(-0.3f, LayerCase.keras2("LeakyReLU", "{}").answer(Shape.of(1), -1)[0]);
    assertEquals(-0.1f, LayerCase.keras2("LeakyReLU", "{alpha: 0.10000000149011612}").answer(Shape.of(1), -1)[0]);
    assertEquals(-0.1f, LayerCase.keras3("LeakyReLU", "{negative_slope: 0.1}").answer(Shape.of(1), -1)[0]);
  }

  @Test
  void reluHonoursItsOptionsAsKerasDoes() {
    LayerCase relu = LayerCase.keras3("ReLU", "{max_value: 1.5, negative_slope: 0.1, threshold: 0.2}");
    assertArrayEquals(new float[] {-.42f, -.145f, -.05f, -.02f, .7f, 1.5f}, relu.answer(Shape.of(6), -4, -1.25, -.3, 0, .7, 5.5), 1e-7f);
    LayerCase zeroDimensional = LayerCase.keras2("ReLU",
        "{max_value: null, negative_slope: {class_name: '__numpy__', config: {value: 0.5}}}");
    assertArrayEquals(new float[] {-1, 3}, zeroDimensional.answer(Shape.of(2), -2, 3));
  }

  @Test
  void softmaxAddsUpToOneOverItsAxes() {
    float[] columns = LayerCase.keras3("Softmax", "{axis: 1}").answer(Shape.of(2, 2), 0, 0, 0, Math.log(3));
    assertArrayEquals(new float[] {.5f, .25f, .5f, .75f}, columns, 1e-6f);
    float[] all = LayerCase.keras3("Softmax", "{axis: [1, 2]}").answer(Shape.of(2, 2), 0, 0, 0, Math.log(3));
    assertArrayEquals(new float[] {1 / 6f, 1 / 6f, 1 / 6f, .5f}, all, 1e-6f);
  }

  @Test
  void theLayersOfTrainingLetEveryNumberThrough() {
    for (String name : List.of("Dropout", "SpatialDropout1D", "SpatialDropout2D", "GaussianNoise", "GaussianDropout", "AlphaDropout",
        "ActivityRegularization", "Identity")) {
      LayerCase layer = LayerCase.keras3(name, "{rate: 0.5, stddev: 1.0, seed: 1, noise_shape: null, l1: 0.1, l2: 0}");
      assertArrayEquals(new float[] {1, -2, 3}, layer.answer(Shape.of(3), 1, -2, 3), name);
      assertEquals(List.of(), layer.unread(), name);
    }
  }

  @Test
  void flattenAndReshapeKeepTheOrderOfTheNumbers() {
    assertArrayEquals(new float[] {1, 2, 3, 4}, LayerCase.keras3("Flatten", "{data_format: 'channels_last'}")
        .answer(Shape.of(2, 2), 1, 2, 3, 4));
    Layer reshape = LayerCase.keras3("Reshape", "{target_shape: {class_name: '__tuple__', items: [-1, 3]}}").layer();
    assertEquals(List.of(Shape.of(4, 3)), reshape.outputShapes(List.of(Shape.of(2, 6))));
    assertEquals(List.of(Shape.of(1)), LayerCase.keras3("Flatten", "{}").layer().outputShapes(List.of(Shape.of())));
  }

  @Test
  void reshapeRefusesAnotherCountOfNumbersWithBothShapes() {
    assertEquals("layer tested (Reshape) cannot give an input of shape (2, 5) (10 numbers) the target_shape (3, 4). Choose a target of as "
        + "many numbers.", refusal(() -> LayerCase.keras3("Reshape", "{target_shape: [3, 4]}").graph(Shape.of(2, 5))));
    assertEquals("layer tested (Reshape) cannot give an input of shape (2, 5) (10 numbers) the target_shape (None, 4). Choose a target of "
        + "as many numbers.", refusal(() -> LayerCase.keras3("Reshape", "{target_shape: [-1, 4]}").graph(Shape.of(2, 5))));
    assertEquals("layer tested (Reshape) has a target_shape (None, None) with more than one open axis. Leave at most one -1 in it.",
        refusal(() -> LayerCase.keras3("Reshape", "{target_shape: [-1, -1]}").graph(Shape.of(2, 5))));
  }

  @Test
  void flattenRefusesChannelsFirst() {
    assertEquals("option data_format = \"channels_first\" of layer tested (Flatten) is not supported; channels_last is.",
        refusal(() -> LayerCase.keras3("Flatten", "{data_format: 'channels_first'}")));
  }

  @Test
  void aLayerOfOneInputRefusesTwo() {
    assertEquals("layer tested (Dense) takes one input, not 2: [(2,), (3,)]. Check how the model calls it.",
        refusal(() -> LayerCase.keras3("Dense", "{units: 1}").graph(Shape.of(2), Shape.of(3))));
  }
}
