package io.forwardpass.layers.recurrent;

import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.ActivationChoice;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.List;

/** What the layers that carry a state over the steps of a sequence have in common; {@link RecurrentCell} is one step of them. */
public abstract class RecurrentLayer extends OperationLayer {
  final LayerConfig config;
  private final int units;
  private final boolean useBias;
  private final ActivationChoice activation;
  private final boolean returnSequences;
  private final boolean returnState;
  private final boolean goBackwards;
  private final boolean stateful;
  private final boolean zeroOutputForMask;
  private final boolean isCudnn;

  RecurrentLayer(LayerConfig config) {
    this.config = config;
    isCudnn = config.className().startsWith("CuDNN");
    units = config.integer("units");
    useBias = config.flag("use_bias", true);
    activation = config.activation("activation", "tanh");
    returnSequences = config.flag("return_sequences", false);
    returnState = config.flag("return_state", false);
    goBackwards = config.flag("go_backwards", false);
    stateful = config.flag("stateful", false);
    zeroOutputForMask = config.flag("zero_output_for_mask", false);
    config.allow("time_major", "false");
    // how it is trained, and how Keras computes it
    config.ignore("dropout", "recurrent_dropout", "implementation", "unroll", "seed", "use_cudnn");
  }

  /** The sizes of its states; the first is its output's. */
  abstract List<Integer> stateSizes();

  /** How many sums of {@code units} numbers a step forms, each with kernels and a bias of its own. */
  abstract int gates();

  /** What its cell needs for rows of an input. */
  final List<WeightSpec> cellWeights(Shape input) {
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(WeightSpec.trainable("kernel", input.last(), gates() * units));
    specs.add(WeightSpec.trainable("recurrent_kernel", units, gates() * units));
    if (useBias) {
      specs.add(isCudnn ? WeightSpec.trainable("bias", 2 * gates() * units) : bias());
    }
    return specs;
  }

  /** Whether it is a CuDNNLSTM or CuDNNGRU of Keras 2, whose arrays lie as NVIDIA's library has them. */
  public final boolean isCudnn() {
    return isCudnn;
  }

  /** Its arrays as the layers without CuDNN have them. */
  public final List<float[]> plain(List<float[]> weights) {
    return isCudnn ? CudnnWeights.plain(weights, units, gates(), bias().shape().length == 1) : weights;
  }

  WeightSpec bias() {
    return WeightSpec.trainable("bias", gates() * units);
  }

  /** Its forward pass over so many steps, from so many given states. */
  abstract Operation operation(Shape input, int givenStates, List<float[]> weights);

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
  public boolean readsMask(Shape mask, Shape input) {
    if (!mask.equals(Shape.of(input.size(0)))) {
      throw config.refusal("is given a mask of shape " + mask + " for a sequence of shape " + input
          + ". A mask has one number a step; check the layer that makes it.");
    }
    return true;
  }

  @Override
  public boolean handsOnMask() {
    return returnSequences;
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    List<Shape> states = stateSizes().stream().map(Shape::of).toList();
    Shape input = config.sequence(inputs.isEmpty() ? Shape.of() : inputs.get(0));
    if (inputs.size() != 1 && !inputs.subList(1, inputs.size()).equals(states)) {
      throw config.refusal("needs an initial state of shapes " + states + ", and it is " + inputs.subList(1, inputs.size())
          + ". Check how the model calls it.");
    }
    List<Shape> outputs = new ArrayList<>();
    outputs.add(returnSequences ? Shape.of(input.size(0), stateSizes().get(0)) : states.get(0));
    if (returnState) {
      outputs.addAll(states);
    }
    return outputs;
  }

  @Override
  public final List<WeightSpec> weights(List<Shape> inputs) {
    return cellWeights(inputs.get(0)).stream().map(spec -> spec.under("cell")).toList();
  }

  @Override
  protected final Operation operation(List<Shape> inputs, List<float[]> weights) {
    return operation(inputs.get(0), inputs.size() - 1, plain(weights));
  }

  final RecurrentOperation over(RecurrentCell cell, Shape input, int givenStates) {
    return new RecurrentOperation(cell, input.size(0), givenStates, goBackwards, returnSequences, returnState, zeroOutputForMask);
  }

  public final int units() {
    return units;
  }

  public final boolean useBias() {
    return useBias;
  }

  public final ActivationChoice activation() {
    return activation;
  }

  public final boolean returnSequences() {
    return returnSequences;
  }

  public final boolean returnState() {
    return returnState;
  }

  public final boolean goBackwards() {
    return goBackwards;
  }

  public final boolean zeroOutputForMask() {
    return zeroOutputForMask;
  }
}
