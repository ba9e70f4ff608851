package io.forwardpass.graph;

import io.forwardpass.graph.ModelTree.Invocation;
import io.forwardpass.graph.ModelTree.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order in which Keras 3 runs the calls of a functional model ({@code map_graph} in keras/src/ops/function.py 3.15). It shows where a
 * layer takes away the masks of what it reads: what else reads that after it sees none.
 */
final class KerasOrder {
  private final Map<String, Invocation> byOutput = new HashMap<>();
  private final Set<Invocation> finished = new LinkedHashSet<>(); // what a call needs before it

  private KerasOrder(List<Invocation> calls) {
    calls.forEach(call -> byOutput.put(call.member().name() + "#" + call.call(), call));
  }

  /** Calls that are not needed for an output come last, as they were. */
  static List<Invocation> of(List<Invocation> calls, List<Tensor> outputs) {
    KerasOrder order = new KerasOrder(calls);
    outputs.forEach(order::visit);
    List<Invocation> reversed = new ArrayList<>(order.finished);
    Collections.reverse(reversed);
    Map<Invocation, Integer> depths = new LinkedHashMap<>();
    Map<Member, Integer> depthsOfMembers = new HashMap<>();
    for (Invocation call : reversed) {
      depths.putIfAbsent(call, 0);
      int depth = Math.max(depths.get(call), depthsOfMembers.getOrDefault(call.member(), 0));
      depths.put(call, depth);
      depthsOfMembers.put(call.member(), depth);
      call.needs().map(order::maker).filter(order.finished::contains).forEach(before -> depths.merge(before, depth + 1, Math::max));
    }
    List<Invocation> sorted = new ArrayList<>(depths.keySet());
    sorted.sort(Comparator.comparing((Invocation call) -> depths.get(call)).reversed()); // stable
    calls.stream().filter(call -> !depths.containsKey(call)).forEach(sorted::add);
    return sorted;
  }

  private Invocation maker(Tensor tensor) {
    return byOutput.get(tensor.member() + "#" + tensor.call());
  }

  private void visit(Tensor tensor) {
    Invocation call = maker(tensor);
    if (call != null && !finished.contains(call)) {
      call.needs().forEach(this::visit);
      finished.add(call);
    }
  }
}
