package io.forwardpass.layers;

import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Shape;
import java.util.List;
import java.util.Optional;

/**
 * One layer as its config describes it: knows its shapes, the weights it needs, and how to make its forward pass.
 * Driver side only. A constructor takes a {@link LayerConfig} and refuses what it cannot do.
 */
public interface Layer {
  /** The shapes of its outputs for inputs of these shapes; throws a refusal that prints both where they do not fit. */
  List<Shape> outputShapes(List<Shape> inputs);

  /** The weights it needs for inputs of these shapes, in the order in which Keras creates them. */
  default List<WeightSpec> weights(List<Shape> inputs) {
    return List.of();
  }

  /**
   * Adds its forward pass to a network, in one operation or in several.
   *
   * @param from the values it reads, behind them the mask where it reads one
   * @param to the values it writes, behind them the mask where it makes one
   * @param inputs the shapes of what it reads, without the mask
   * @param weights row-major arrays, one per spec, never written to
   */
  void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, List<float[]> weights);

  /**
   * The shape of the mask that it makes, where it makes one: its operation's last output, 1 for the steps that count and 0 for
   * others.
   */
  default Optional<Shape> madeMask(List<Shape> inputs) {
    return Optional.empty();
  }

  /**
   * Whether its operation takes the mask of its first input as one more input; throws a refusal where Keras would heed the mask
   * and this layer cannot.
   */
  default boolean readsMask(Shape mask, Shape input) {
    return false;
  }

  /** Whether its first output has the mask of its inputs, as Keras' {@code compute_mask} says. */
  default boolean handsOnMask() {
    return false;
  }

  /** How many of its first outputs have that mask. */
  default int maskedOutputs() {
    return 1;
  }

  /**
   * Where it hands on a mask and several inputs have masks, or only some of them: what makes one of those that are there. Empty where its
   * output then has none.
   *
   * @param masks the shapes of the masks by input
   */
  default Optional<Layer> meetMasks(List<Optional<Shape>> masks, List<Shape> inputs) {
    return Optional.empty();
  }

  /**
   * Which of so many inputs have masks that it reads each by itself, as attention does: {@link #readingMasks} takes those that there are
   * as further inputs.
   */
  default List<Integer> maskedInputs(int inputs) {
    return List.of();
  }

  /** The same layer with further inputs: the masks of these inputs, in this order. */
  default Layer readingMasks(List<Integer> maskedInputs) {
    return this;
  }

  /** Whether the mask of its output is the one of its first input, whatever masks the others have. */
  default boolean handsOnFirstMask() {
    return !tensorKeywords().isEmpty();
  }

  /** Whether Keras forgets the masks of its inputs once it has read them. */
  default boolean takesMasksAway() {
    return false;
  }

  /**
   * The layer as a call uses it, where its calls may hold more than tensors in their first argument and in {@link #tensorKeywords}; empty
   * where they may not.
   *
   * @throws io.forwardpass.refusal.Refusal where it cannot honour an argument
   */
  default Optional<LayerCall> called(CallArguments arguments) {
    return Optional.empty();
  }

  /** Keyword arguments of a call that may carry tensors; they follow the positional inputs, in this order. */
  default List<String> tensorKeywords() {
    return List.of();
  }

  /** What the user should know though nothing is wrong. */
  default List<String> notices() {
    return List.of();
  }
}
