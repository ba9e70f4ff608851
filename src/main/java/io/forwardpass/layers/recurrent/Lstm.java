package io.forwardpass.layers.recurrent;

import io.forwardpass.layers.ActivationChoice;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.List;

/** Long short-term memory; {@link LstmCell} is one step of it. */
public final class Lstm extends RecurrentLayer {
  private final ActivationChoice recurrentActivation;

  public Lstm(LayerConfig config) {
    super(config);
    recurrentActivation = config.activation("recurrent_activation", "sigmoid");
    config.ignore("unit_forget_bias"); // where training starts
  }

  @Override
  List<Integer> stateSizes() {
    return List.of(units(), units());
  }

  @Override
  int gates() {
    return 4;
  }

  @Override
  Operation operation(Shape input, int givenStates, List<float[]> weights) {
    return over(new LstmCell(input.last(), units(), weights.get(0), weights.get(1), useBias() ? weights.get(2) : null,
        activation().function(), recurrentActivation.function()), input, givenStates);
  }

  public ActivationChoice recurrentActivation() {
    return recurrentActivation;
  }
}
