package io.forwardpass.layers;

import io.forwardpass.keras.WeightSpec;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.List;

/** Long short-term memory; {@link LstmCell} is one step of it. */
public final class Lstm extends RecurrentLayer {
  private final int units;
  private final boolean useBias;
  private final ActivationChoice activation;
  private final ActivationChoice recurrentActivation;

  Lstm(LayerConfig config) {
    super(config);
    units = config.integer("units");
    useBias = config.flag("use_bias", true);
    activation = config.activation("activation", "tanh");
    recurrentActivation = config.activation("recurrent_activation", "sigmoid");
    config.ignore("unit_forget_bias"); // where training starts
  }

  @Override
  List<Integer> stateSizes() {
    return List.of(units, units);
  }

  @Override
  List<WeightSpec> cellWeights(Shape input) {
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(WeightSpec.trainable("kernel", input.last(), 4 * units));
    specs.add(WeightSpec.trainable("recurrent_kernel", units, 4 * units));
    if (useBias) {
      specs.add(WeightSpec.trainable("bias", 4 * units));
    }
    return specs;
  }

  @Override
  Operation operation(Shape input, int givenStates, List<float[]> weights) {
    return over(new LstmCell(input.last(), units, weights.get(0), weights.get(1), useBias ? weights.get(2) : null, activation.function(),
        recurrentActivation.function()), input, givenStates);
  }

  public int units() {
    return units;
  }

  public boolean useBias() {
    return useBias;
  }

  public ActivationChoice activation() {
    return activation;
  }

  public ActivationChoice recurrentActivation() {
    return recurrentActivation;
  }
}
