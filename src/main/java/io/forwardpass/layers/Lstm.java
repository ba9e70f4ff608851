package io.forwardpass.layers;

import io.forwardpass.keras.WeightSpec;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.List;

/** Long short-term memory over the steps of a sequence; {@link LstmCell} is one step of it, {@link LstmOperation} all. */
public final class Lstm implements Layer {
  private final LayerConfig config;
  private final int units;
  private final boolean useBias;
  private final boolean returnSequences;
  private final boolean returnState;
  private final boolean goBackwards;
  private final boolean stateful;
  private final ActivationChoice activation;
  private final ActivationChoice recurrentActivation;

  Lstm(LayerConfig config) {
    this.config = config;
    units = config.integer("units");
    useBias = config.flag("use_bias", true);
    returnSequences = config.flag("return_sequences", false);
    returnState = config.flag("return_state", false);
    goBackwards = config.flag("go_backwards", false);
    stateful = config.flag("stateful", false);
    activation = config.activation("activation", "tanh");
    recurrentActivation = config.activation("recurrent_activation", "sigmoid");
    config.allow("time_major", "false");
    // how it is trained, how Keras computes it, and what a mask would do
    config.ignore("unit_forget_bias", "dropout", "recurrent_dropout", "implementation", "unroll", "seed", "use_cudnn",
        "zero_output_for_mask");
  }

  @Override
  public List<String> tensorKeywords() {
    return List.of("initial_state");
  }

  @Override
  public List<String> notices() {
    return stateful
        ? List.of(config + " is stateful; here every row's sequence starts from zero, as the first batch after a reset does in Keras.")
        : List.of();
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape state = Shape.of(units);
    Shape input = inputs.isEmpty() ? Shape.of() : inputs.get(0);
    if (input.rank() != 2 || input.last() < 0) {
      throw config.refusal("needs an input of shape (steps, features), and it is " + input + ". Give it a sequence, or Reshape its input.");
    }
    if (inputs.size() != 1 && !inputs.subList(1, inputs.size()).equals(List.of(state, state))) {
      throw config.refusal("needs an initial state of two arrays of shape " + state + ", and it is " + inputs.subList(1, inputs.size())
          + ". Check how the model calls it.");
    }
    List<Shape> outputs = new ArrayList<>();
    outputs.add(returnSequences ? Shape.of(input.size(0), units) : state);
    if (returnState) {
      outputs.add(state);
      outputs.add(state);
    }
    return outputs;
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(WeightSpec.trainable("kernel", inputs.get(0).last(), 4 * units).under("cell"));
    specs.add(WeightSpec.trainable("recurrent_kernel", units, 4 * units).under("cell"));
    if (useBias) {
      specs.add(WeightSpec.trainable("bias", 4 * units).under("cell"));
    }
    return specs;
  }

  @Override
  public Operation operation(List<Shape> inputs, List<float[]> weights) {
    Shape input = inputs.get(0);
    LstmCell cell = new LstmCell(input.last(), units, weights.get(0), weights.get(1), useBias ? weights.get(2) : null,
        activation.function(), recurrentActivation.function());
    return new LstmOperation(cell, input.size(0), goBackwards, returnSequences, returnState);
  }

  public int units() {
    return units;
  }

  public boolean useBias() {
    return useBias;
  }

  public boolean returnSequences() {
    return returnSequences;
  }

  public boolean returnState() {
    return returnState;
  }

  public boolean goBackwards() {
    return goBackwards;
  }

  public ActivationChoice activation() {
    return activation;
  }

  public ActivationChoice recurrentActivation() {
    return recurrentActivation;
  }
}
