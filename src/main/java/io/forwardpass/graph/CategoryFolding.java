package io.forwardpass.graph;

import io.forwardpass.layers.CategoryLayer;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.core.CategoryDense;
import io.forwardpass.layers.core.Dense;
import io.forwardpass.layers.merging.Concatenate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets a dense layer take categories by their index where a layer makes ones among zeros of them for it alone, by itself or joined with
 * other features, as models of tables have it. With a thousand categories that is a thousandth of the work.
 */
final class CategoryFolding {
  private final Graph graph;
  private final List<Graph.Call> calls;
  private final int[] readers; // by value: how many calls and model outputs read it
  private final Map<Integer, Graph.Call> makers = new HashMap<>(); // by value

  private CategoryFolding(Graph graph, List<Graph.Call> calls) {
    this.graph = graph;
    this.calls = new ArrayList<>(calls);
    readers = new int[graph.shapes().size()];
    calls.forEach(call -> call.inputs().forEach(value -> readers[value]++));
    graph.outputs().forEach(value -> readers[value]++);
    calls.forEach(call -> call.outputs().forEach(value -> makers.put(value, call)));
  }

  static List<Graph.Call> fold(Graph graph, List<Graph.Call> calls) {
    CategoryFolding folding = new CategoryFolding(graph, calls);
    calls.stream().filter(call -> call.layer() instanceof Dense).forEach(folding::fold);
    return folding.calls;
  }

  private void fold(Graph.Call dense) {
    List<Integer> parts = parts(dense.inputs().get(0));
    List<Optional<Graph.Call>> categories = parts.stream().map(this::category).toList();
    if (categories.stream().noneMatch(Optional::isPresent) || graph.shapes().get(dense.inputs().get(0)).rank() != 1) {
      return;
    }
    int[] widths = parts.stream().mapToInt(value -> graph.shapes().get(value).elements()).toArray();
    boolean[] indexed = new boolean[widths.length];
    for (int p = 0; p < indexed.length; p++) {
      indexed[p] = categories.get(p).isPresent();
      categories.get(p).ifPresent(call -> replace(call, ((CategoryLayer) call.layer()).asIndex().orElseThrow(), call.inputs()));
    }
    if (!parts.equals(dense.inputs())) {
      calls.remove(makers.get(dense.inputs().get(0)));
    }
    replace(dense, new CategoryDense((Dense) dense.layer(), widths, indexed), parts);
  }

  /** What is joined into a value that nothing else reads; or the value itself. */
  private List<Integer> parts(int value) {
    Graph.Call maker = makers.get(value);
    boolean joins = maker != null && maker.layer() instanceof Concatenate && readers[value] == 1 && maker.mask() < 0
        && maker.inputs().stream().allMatch(part -> graph.shapes().get(part).rank() == 1);
    return joins ? maker.inputs() : List.of(value);
  }

  /** The call that makes ones among zeros of a category, for one reader alone. */
  private Optional<Graph.Call> category(int value) {
    Graph.Call maker = makers.get(value);
    boolean folds = maker != null && readers[value] == 1 && maker.layer() instanceof CategoryLayer layer && layer.asIndex().isPresent()
        && graph.shapes().get(value).rank() == 1;
    return folds ? Optional.of(maker) : Optional.empty();
  }

  private void replace(Graph.Call call, Layer layer, List<Integer> inputs) {
    calls.set(calls.indexOf(call), new Graph.Call(call.path(), call.className(), layer, inputs, call.mask(), call.outputs(),
        call.weights()));
  }
}
