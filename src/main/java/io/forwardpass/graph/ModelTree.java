package io.forwardpass.graph;

import io.forwardpass.layers.Layer;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A model's wiring, whichever way Keras spelled it: its members in the order of its config, and how they are called.
 *
 * @param calls in an order in which they can run
 * @param inputs its input layers
 * @param outputNames unique, one per output
 */
record ModelTree(String name, List<Member> members, List<Invocation> calls, List<Member.Input> inputs, List<Tensor> outputs,
    List<String> outputNames) {

  /** One output of one call of a member. Input layers have one call, number 0. */
  record Tensor(String member, int call, int output) {}

  /**
   * A call of a member.
   *
   * @param layer the member's layer as the call uses it; null for a model
   * @param call its number among the member's calls
   * @param arguments the tensors it is given, in the order in which the layer takes them
   * @param masks masks that it names, by argument, null for none; or an empty list
   */
  record Invocation(Member member, Layer layer, int call, List<Tensor> arguments, List<Tensor> masks) {
    Stream<Tensor> needs() {
      return Stream.concat(arguments.stream(), masks.stream().filter(Objects::nonNull));
    }
  }
}
