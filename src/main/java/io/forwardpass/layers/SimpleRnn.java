package io.forwardpass.layers;

import io.forwardpass.keras.WeightSpec;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.List;

/** The fully connected recurrent layer, whose output is its state; {@link SimpleRnnCell} is one step of it. */
public final class SimpleRnn extends RecurrentLayer {
  private final int units;
  private final boolean useBias;
  private final ActivationChoice activation;

  SimpleRnn(LayerConfig config) {
    super(config);
    units = config.integer("units");
    useBias = config.flag("use_bias", true);
    activation = config.activation("activation", "tanh");
  }

  @Override
  List<Integer> stateSizes() {
    return List.of(units);
  }

  @Override
  List<WeightSpec> cellWeights(Shape input) {
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(WeightSpec.trainable("kernel", input.last(), units));
    specs.add(WeightSpec.trainable("recurrent_kernel", units, units));
    if (useBias) {
      specs.add(WeightSpec.trainable("bias", units));
    }
    return specs;
  }

  @Override
  Operation operation(Shape input, int givenStates, List<float[]> weights) {
    return over(new SimpleRnnCell(input.last(), units, weights.get(0), weights.get(1), useBias ? weights.get(2) : null,
        activation.function()), input, givenStates);
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
}
