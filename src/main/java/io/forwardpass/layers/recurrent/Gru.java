package io.forwardpass.layers.recurrent;

import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.ActivationChoice;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.List;

/** Gated recurrent unit; {@link GruCell} is one step of it. */
public final class Gru extends RecurrentLayer {
  private final boolean resetAfter;
  private final ActivationChoice recurrentActivation;

  public Gru(LayerConfig config) {
    super(config);
    resetAfter = config.flag("reset_after", config.kerasVersion().isKeras3() || isCudnn()); // before Keras 2.1.3 there was no such option
    recurrentActivation = config.activation("recurrent_activation", "sigmoid");
  }

  @Override
  List<Integer> stateSizes() {
    return List.of(units());
  }

  @Override
  int gates() {
    return 3;
  }

  /** Where the reset comes after the product, the state's part of each sum has a bias of its own. */
  @Override
  WeightSpec bias() {
    return resetAfter ? WeightSpec.trainable("bias", 2, 3 * units()) : super.bias();
  }

  @Override
  Operation operation(Shape input, int givenStates, List<float[]> weights) {
    return over(new GruCell(input.last(), units(), weights.get(0), weights.get(1), useBias() ? weights.get(2) : null, resetAfter,
        activation().function(), recurrentActivation.function()), input, givenStates);
  }

  public boolean resetAfter() {
    return resetAfter;
  }

  public ActivationChoice recurrentActivation() {
    return recurrentActivation;
  }
}
