package io.forwardpass.layers.recurrent;

import io.forwardpass.layers.LayerConfig;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.List;

/** The fully connected recurrent layer, whose output is its state; {@link SimpleRnnCell} is one step of it. */
public final class SimpleRnn extends RecurrentLayer {
  public SimpleRnn(LayerConfig config) {
    super(config);
  }

  @Override
  List<Integer> stateSizes() {
    return List.of(units());
  }

  @Override
  int gates() {
    return 1;
  }

  @Override
  Operation operation(Shape input, int givenStates, List<float[]> weights) {
    return over(new SimpleRnnCell(input.last(), units(), weights.get(0), weights.get(1), useBias() ? weights.get(2) : null,
        activation().function()), input, givenStates);
  }
}
