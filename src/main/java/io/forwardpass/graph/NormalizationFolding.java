package io.forwardpass.graph;

import io.forwardpass.layers.core.Dense;
import io.forwardpass.layers.normalization.BatchNormalization;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a batch normalization into the weights of the dense layer before it, in float64, narrowed once: the network then has
 * one step less. Only where nothing else reads the dense layer's output and no activation stands between.
 */
final class NormalizationFolding {
  private final Graph graph;
  private final int[] readers; // by value: how many calls and model outputs read it

  private NormalizationFolding(Graph graph) {
    this.graph = graph;
    readers = new int[graph.shapes().size()];
    graph.calls().forEach(call -> call.inputs().forEach(value -> readers[value]++));
    graph.outputs().forEach(value -> readers[value]++);
  }

  /** The graph's calls, each dense layer with its normalization as one call that writes what the normalization wrote. */
  static List<Graph.Call> fold(Graph graph) {
    NormalizationFolding folding = new NormalizationFolding(graph);
    List<Graph.Call> folded = new ArrayList<>();
    for (Graph.Call call : graph.calls()) {
      int dense = folding.denseBefore(call, folded);
      if (dense < 0) {
        folded.add(call);
      } else {
        folded.set(dense, asOne(folded.get(dense), call));
      }
    }
    return folded;
  }

  /** Where in the list the dense layer stands that this call can go into; -1 where there is none. */
  private int denseBefore(Graph.Call call, List<Graph.Call> before) {
    if (!(call.layer() instanceof BatchNormalization normalization) || readers[call.inputs().get(0)] != 1) {
      return -1;
    }
    Shape input = graph.shapes().get(call.inputs().get(0));
    if (normalization.axisOf(input) != input.rank() - 1) {
      return -1;
    }
    for (int i = before.size() - 1; i >= 0; i--) {
      Graph.Call candidate = before.get(i);
      if (candidate.outputs().contains(call.inputs().get(0))) {
        return candidate.layer() instanceof Dense dense && dense.isLinear() ? i : -1;
      }
    }
    return -1;
  }

  private static Graph.Call asOne(Graph.Call call, Graph.Call normalization) {
    Dense dense = (Dense) call.layer();
    BatchNormalization layer = (BatchNormalization) normalization.layer();
    double[] factors = layer.factors(normalization.weights());
    double[] shifts = layer.shifts(normalization.weights());
    float[] kernel = call.weights().get(0).clone();
    float[] bias = new float[factors.length];
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = (float) (kernel[i] * factors[i % factors.length]);
    }
    for (int j = 0; j < bias.length; j++) {
      bias[j] = (float) ((dense.useBias() ? call.weights().get(1)[j] : 0.0) * factors[j] + shifts[j]);
    }
    return new Graph.Call(call.path(), call.className(), dense.withBias(), call.inputs(), call.mask(), normalization.outputs(),
        List.of(kernel, bias));
  }
}
