package io.forwardpass.reference;

import io.forwardpass.graph.Graph;
import io.forwardpass.network.InputRows;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A model computed in float64, layer by layer from each layer's formula: what the fast network is compared with. */
public final class ReferenceNetwork {
  static {
    QuietBlas.load();
  }

  private final Graph graph;

  public ReferenceNetwork(Graph graph) {
    this.graph = graph;
  }

  /**
   * The model's outputs for a table of rows.
   *
   * @param inputs by model input, in the graph's order: the rows one after another, each with all its elements
   * @return by model output the same way
   */
  public List<double[]> predict(List<double[]> inputs, int rows) {
    return compute(IntStream.range(0, inputs.size()).mapToObj(i -> Tensor.ofRows(inputs.get(i), rows, graph.inputShape(i))).toList());
  }

  /** The same for inputs that may be texts or whole numbers. */
  public List<double[]> predictRows(List<InputRows> inputs, int rows) {
    return compute(IntStream.range(0, inputs.size()).mapToObj(i -> Tensor.ofInput(inputs.get(i), rows, graph.inputShape(i))).toList());
  }

  private List<double[]> compute(List<Tensor> inputs) {
    if (inputs.size() != graph.inputs().size()) {
      throw new IllegalArgumentException("the model has " + graph.inputs().size() + " inputs, not " + inputs.size());
    }
    Tensor[] values = new Tensor[graph.shapes().size()];
    for (int i = 0; i < inputs.size(); i++) {
      values[graph.inputs().get(i)] = inputs.get(i);
    }
    for (Graph.Call call : graph.calls()) {
      List<Tensor> arguments = new ArrayList<>();
      call.inputs().forEach(input -> arguments.add(values[input]));
      if (call.mask() >= 0) {
        arguments.set(0, arguments.get(0).masked(values[call.mask()]));
      }
      List<Shape> shapes = call.outputs().stream().map(graph.shapes()::get).toList();
      List<Tensor> results = Formulas.apply(call, arguments, shapes);
      for (int i = 0; i < results.size(); i++) {
        values[call.outputs().get(i)] = results.get(i);
      }
    }
    return graph.outputs().stream().map(output -> values[output].toRows()).toList();
  }
}
