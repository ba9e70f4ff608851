package io.forwardpass.layers;

import java.util.List;
import java.util.stream.Stream;

/**
 * A model's wiring, whichever way Keras spelled it: its members in the order of its config, and how they are called.
 *
 * @param calls in an order in which they can run
 * @param inputs its input layers
 * @param outputNames unique, one per output
 */
record ModelTree(String name, List<Member> members, List<Invocation> calls, List<Member> inputs, List<Tensor> outputs,
    List<String> outputNames) {

  /** One output of one call of a member. Input layers have one call, number 0. */
  record Tensor(String member, int call, int output) {}

  /** A call of a member: the how many-th, and what it is given; the mask is null unless the call names one. */
  record Invocation(Member member, int call, List<Tensor> arguments, Tensor mask) {
    Stream<Tensor> needs() {
      return Stream.concat(arguments.stream(), Stream.ofNullable(mask));
    }
  }
}
