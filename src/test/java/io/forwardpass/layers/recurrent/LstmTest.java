package io.forwardpass.layers.recurrent;

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

class LstmTest {
  private static final Shape SEQUENCE = Shape.of(3, 1);
  private static final float[] KERNEL = {.1f, -.2f, .3f, .4f, -.5f, .6f, .7f, -.8f};
  private static final float[] RECURRENT = {-.7f, -.6f, -.5f, -.4f, -.3f, -.2f, -.1f, 0f, .1f, .2f, .3f, .4f, .5f, .6f, .7f, .8f};
  private static final float[] BIAS = {.05f, -.05f, 1f, 1f, .1f, .2f, -.1f, 0f};
  private static final double[] X = {.5, -1, .25};

  private static LayerCase layer(String options) {
    return LayerCase.keras3("LSTM", "{units: 2, recurrent_activation: 'hard_sigmoid', go_backwards: true" + options + "}")
        .weights(KERNEL, RECURRENT, BIAS);
  }

  /** Expected numbers from keras 3.15.1 in float64. */
  @Test
  void givesKerasNumbersBackwardsWithSequencesAndStates() {
    List<float[]> y = layer(", return_sequences: true, return_state: true").answers(List.of(SEQUENCE), List.of(X));
    assertArrayEquals(new float[] {-0.0065646795f, 0.0752098697f, 0.0992788331f, -0.0519296134f, 0.0437113208f, 0.0590125493f}, y.get(0),
        1e-6f);
    assertArrayEquals(new float[] {0.0437113208f, 0.0590125493f}, y.get(1), 1e-6f);
    assertArrayEquals(new float[] {0.0820471367f, 0.1392879601f}, y.get(2), 1e-6f);
  }

  @Test
  void startsFromAGivenState() {
    List<float[]> y = layer(", return_state: true").answers(List.of(SEQUENCE, Shape.of(2), Shape.of(2)),
        List.of(X, new double[] {.3, -.4}, new double[] {.6, .9}));
    assertArrayEquals(new float[] {0.1267576260f, 0.1651224758f}, y.get(0), 1e-6f);
    assertArrayEquals(new float[] {0.1267576260f, 0.1651224758f}, y.get(1), 1e-6f);
    assertArrayEquals(new float[] {0.2323313290f, 0.3829861221f}, y.get(2), 1e-6f);
  }

  @Test
  void hardSigmoidIsThatOfTheFilesKeras() {
    LayerCase keras2 = LayerCase.keras2("LSTM", "{units: 1, recurrent_activation: 'hard_sigmoid', activation: 'linear'}")
        .weights(new float[] {1, 0, 1, 0}, new float[4], new float[4]);
    // i = 0.2 * 1 + 0.5, o = 0.5, c = i * 1
    assertEquals(0.35f, keras2.answer(Shape.of(1, 1), 1)[0], 1e-7f);
    LayerCase keras3 = LayerCase.keras3("LSTM", "{units: 1, recurrent_activation: 'hard_sigmoid', activation: 'linear'}")
        .weights(new float[] {1, 0, 1, 0}, new float[4], new float[4]);
    assertEquals(1f / 3, keras3.answer(Shape.of(1, 1), 1)[0], 1e-7f);
  }

  @Test
  void aRecurrentKernelOfNanGivesNanInTheFirstStepToo() {
    LayerCase layer = LayerCase.keras3("LSTM", "{units: 1, use_bias: false}")
        .weights(new float[] {1, 1, 1, 1}, new float[] {0, 0, 0, Float.NaN});
    assertEquals(Float.NaN, layer.answer(Shape.of(1, 1), 1)[0]);
  }

  @Test
  void asksForItsWeightsInKerasOrderBelowTheCell() {
    List<WeightSpec> specs = LayerCase.keras3("LSTM", "{units: 5}").layer().weights(List.of(Shape.of(6, 3)));
    assertEquals(List.of("kernel", "recurrent_kernel", "bias"), specs.stream().map(WeightSpec::name).toList());
    assertArrayEquals(new int[] {3, 20}, specs.get(0).shape());
    assertArrayEquals(new int[] {5, 20}, specs.get(1).shape());
    assertArrayEquals(new int[] {20}, specs.get(2).shape());
    specs.forEach(spec -> assertEquals(List.of("cell"), spec.path()));
  }

  @Test
  void saysThatAStatefulOneStartsFromZero() {
    assertEquals(List.of("layer tested (LSTM) is stateful; here every row's sequence starts from zero, as the first batch after a reset "
        + "does in Keras."), LayerCase.keras3("LSTM", "{units: 5, stateful: true}").layer().notices());
  }

  @Test
  void leavesTheNumberOfStepsOpenWhereTheModelDoes() {
    Layer layer = LayerCase.keras3("LSTM", "{units: 5, return_sequences: true}").layer();
    assertEquals(List.of(Shape.of(Shape.OPEN, 5)), layer.outputShapes(List.of(Shape.of(Shape.OPEN, 3))));
  }

  @Test
  void readsEveryOptionThatKerasWrites() {
    assertEquals(List.of(), LayerCase.keras2("LSTM", "{name: 'l', trainable: true, dtype: 'float32', return_sequences: false, "
        + "return_state: false, go_backwards: false, stateful: false, unroll: false, time_major: false, units: 3, activation: 'tanh', "
        + "recurrent_activation: 'sigmoid', use_bias: true, unit_forget_bias: true, dropout: 0.1, recurrent_dropout: 0.1, "
        + "implementation: 2, bias_constraint: null}").unread());
    assertEquals(List.of(), LayerCase.keras3("LSTM", "{units: 3, zero_output_for_mask: true, seed: 3, use_cudnn: 'auto'}").unread());
  }

  @Test
  void refusesTimeMajorByName() {
    assertEquals("option time_major = true of layer tested (LSTM) is not supported; false is.",
        assertThrows(Refusal.class, () -> LayerCase.keras2("LSTM", "{units: 3, time_major: true}")).getMessage());
  }

  @Test
  void refusesWhatIsNoSequenceAndAStateOfAnotherSize() {
    Layer layer = LayerCase.keras3("LSTM", "{units: 3}").layer();
    assertEquals("layer tested (LSTM) needs an input of shape (steps, features), and it is (4,). Give it a sequence, or Reshape its input.",
        assertThrows(Refusal.class, () -> layer.outputShapes(List.of(Shape.of(4)))).getMessage());
    assertEquals("layer tested (LSTM) needs an initial state of shapes [(3,), (3,)], and it is [(3,), (4,)]. "
        + "Check how the model calls it.",
        assertThrows(Refusal.class,
            () -> layer.outputShapes(List.of(Shape.of(2, 2), Shape.of(3), Shape.of(4)))).getMessage());
  }
}
