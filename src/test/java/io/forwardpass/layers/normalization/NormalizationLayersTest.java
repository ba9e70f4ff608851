package io.forwardpass.layers.normalization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.forwardpass.graph.LayerReader;
import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.testing.LayerCase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class NormalizationLayersTest {
  private static String refusal(Executable executable) {
    return assertThrows(Refusal.class, executable).getMessage();
  }

  @Test
  void layerNormalizationFollowsItsFormula() {
    LayerCase layer = LayerCase.keras3("LayerNormalization", "{epsilon: 0}").weights(new float[] {2, 1}, new float[] {10, 0});
    assertArrayEquals(new float[] {8, 1}, layer.answer(Shape.of(2), 3, 5));
  }

  @Test
  void rmsScalingDividesByTheDeviationAndKeepsTheMean() {
    LayerCase layer = LayerCase.keras3("LayerNormalization", "{epsilon: 0, rms_scaling: true}").weights(new float[] {2, 1});
    assertArrayEquals(new float[] {6, 5}, layer.answer(Shape.of(2), 3, 5));
    assertEquals(List.of("gamma"), layer.layer().weights(List.of(Shape.of(2))).stream().map(WeightSpec::name).toList());
  }

  @Test
  void weightsHaveTheSizesOfTheAxesInTheOrderOfTheirNumbers() {
    Layer layer = LayerCase.keras3("LayerNormalization", "{axis: [1, -1]}").layer();
    assertArrayEquals(new int[] {4, 5}, layer.weights(List.of(Shape.of(5, 4))).get(0).shape());
    assertEquals(
        "layer tested (LayerNormalization) needs axis 1 of its input to be of known size, and the input is (None, 4). Give the model "
            + "its input shape.",
        refusal(() -> layer.outputShapes(List.of(Shape.of(Shape.OPEN, 4)))));
  }

  @Test
  void unitNormalizationOfTinyNumbersDiffersBetweenKeras2And3() {
    double[] tiny = {3e-8, 4e-8};
    assertArrayEquals(new float[] {.6f, .8f}, LayerCase.keras3("UnitNormalization", "{}").answer(Shape.of(2), tiny), 1e-6f);
    assertArrayEquals(new float[] {.03f, .04f}, LayerCase.keras2("UnitNormalization", "{}").answer(Shape.of(2), tiny), 1e-7f);
    assertArrayEquals(new float[] {0, 0}, LayerCase.keras3("UnitNormalization", "{}").answer(Shape.of(2), 0, 0));
  }

  @Test
  void groupsHaveToBeOfOneSize() {
    assertEquals("layer tested (GroupNormalization) cannot cut the 5 channels along axis -1 of its input (3, 5) into 2 groups of one size. "
        + "Choose a number that divides them.", refusal(() -> LayerCase.keras3("GroupNormalization", "{groups: 2}").graph(Shape.of(3, 5))));
  }

  @Test
  void aScaleThatDoesNotSpreadIsRefused() {
    assertEquals(
        "layer tested (RMSNormalization) has a scale of shape (3,), which does not spread over its input (3, 5) from the last axis on. "
            + "Normalise over the last axes.",
        refusal(() -> LayerCase.keras3("RMSNormalization", "{axis: 1}").graph(Shape.of(3, 5))));
  }

  @Test
  void normalizationKeepsInfinityAndDividesByNothingSmallerThanItsEpsilon() {
    LayerCase layer = LayerCase.keras3("Normalization", "{mean: [1, 2], variance: [4, 0], axis: -1}");
    assertArrayEquals(new float[] {1, 0}, layer.answer(Shape.of(2), 3, 2));
    assertArrayEquals(new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY},
        layer.answer(Shape.of(2), Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
  }

  @Test
  void normalizationRefusesAMeanThatDoesNotSpread() {
    assertEquals(
        "layer tested (Normalization) is given a mean of shape (3,) and a variance of shape (3,), and the axes it keeps have shape (2,). "
            + "Give one number for each, or one for all.",
        refusal(() -> LayerCase.keras3("Normalization", "{mean: [1, 2, 3], variance: [4, 5, 6], axis: -1}").graph(Shape.of(2))));
    assertEquals("layer tested (Normalization) is given a mean without a variance, or a variance without a mean. Give both or none.",
        refusal(() -> LayerCase.keras3("Normalization", "{mean: 1, axis: null}")));
  }

  @Test
  void spectralNormalizationNamesItsLayersWeightsAndItsOwn() {
    LayerConfig config =
        LayerCase.config("SpectralNormalization", "3.15.1", "{layer: {class_name: 'Conv1D', config: {filters: 4, kernel_size: 3}}}");
    List<WeightSpec> specs = new SpectralNormalization(config, LayerReader::read).weights(List.of(Shape.of(7, 2)));
    assertEquals(List.of("kernel", "bias", "vector_u"), specs.stream().map(WeightSpec::name).toList());
    assertEquals(List.of("layer"), specs.get(0).path());
    assertArrayEquals(new int[] {1, 4}, specs.get(2).shape());
  }
}
