package io.forwardpass.layers;

import io.forwardpass.keras.WeightSpec;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.List;

/** Gated recurrent unit; {@link GruCell} is one step of it. */
public final class Gru extends RecurrentLayer {
  private final int units;
  private final boolean useBias;
  private final boolean resetAfter;
  private final ActivationChoice activation;
  private final ActivationChoice recurrentActivation;

  Gru(LayerConfig config) {
    super(config);
    units = config.integer("units");
    useBias = config.flag("use_bias", true);
    resetAfter = config.flag("reset_after", config.kerasVersion().isKeras3()); // before Keras 2.1.3 there was no such option
    activation = config.activation("activation", "tanh");
    recurrentActivation = config.activation("recurrent_activation", "sigmoid");
  }

  @Override
  List<Integer> stateSizes() {
    return List.of(units);
  }

  @Override
  List<WeightSpec> cellWeights(Shape input) {
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(WeightSpec.trainable("kernel", input.last(), 3 * units));
    specs.add(WeightSpec.trainable("recurrent_kernel", units, 3 * units));
    if (useBias) {
      specs.add(resetAfter ? WeightSpec.trainable("bias", 2, 3 * units) : WeightSpec.trainable("bias", 3 * units));
    }
    return specs;
  }

  @Override
  Operation operation(Shape input, int givenStates, List<float[]> weights) {
    return over(new GruCell(input.last(), units, weights.get(0), weights.get(1), useBias ? weights.get(2) : null, resetAfter,
        activation.function(), recurrentActivation.function()), input, givenStates);
  }

  public int units() {
    return units;
  }

  public boolean useBias() {
    return useBias;
  }

  public boolean resetAfter() {
    return resetAfter;
  }

  public ActivationChoice activation() {
    return activation;
  }

  public ActivationChoice recurrentActivation() {
    return recurrentActivation;
  }
}
