package io.forwardpass.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.keras.KerasVersion;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.core.CategoryDense;
import io.forwardpass.network.InputRows;
import io.forwardpass.network.Predictor;
import io.forwardpass.network.Shape;
import io.forwardpass.reference.ReferenceNetwork;
import io.forwardpass.testing.LayerCase;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CategoryFoldingTest {
  private static final Shape ONE = Shape.of(1);

  private static Layer layer(String className, String options) {
    return LayerCase.keras3(className, options).layer();
  }

  private static float[] random(int count) {
    Random random = new Random(count);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  /** Of two columns: bins of the first as ones and zeros, the second, and ones and zeros of the second, joined, into a dense layer. */
  private static Graph graph(List<Integer> outputs) {
    List<Shape> shapes = List.of(ONE, ONE, Shape.of(4), Shape.of(5), Shape.of(10), Shape.of(3));
    return new Graph(KerasVersion.parse("3"), shapes,
        List.of(
            new Graph.Call("bins", "Discretization", layer("Discretization", "{bin_boundaries: [-1, 0, 1], output_mode: 'one_hot'}"),
                List.of(0), -1, List.of(2), List.of()),
            new Graph.Call("ones", "CategoryEncoding", layer("CategoryEncoding", "{num_tokens: 5, output_mode: 'one_hot'}"), List.of(1), -1,
                List.of(3), List.of()),
            new Graph.Call("join", "Concatenate", layer("Concatenate", "{}"), List.of(2, 1, 3), -1, List.of(4), List.of()),
            new Graph.Call("dense", "Dense", layer("Dense", "{units: 3, activation: 'tanh'}"), List.of(4), -1, List.of(5),
                List.of(random(30), random(3)))),
        List.of(0, 1), outputs, List.of("a", "b"), outputs.stream().map(value -> "y" + value).toList(), List.of());
  }

  private static List<String> folded(Graph graph) {
    return CategoryFolding.fold(graph, graph.calls()).stream().map(call -> call.layer().getClass().getSimpleName()).toList();
  }

  @Test
  void aDenseLayerTakesCategoriesByTheirIndex() {
    assertEquals(List.of("Discretization", "CategoryEncoding", "CategoryDense"), folded(graph(List.of(5))));
  }

  @Test
  void whatIsReadElsewhereStaysAsItIs() {
    assertEquals(List.of("Discretization", "CategoryEncoding", "Concatenate", "Dense"), folded(graph(List.of(5, 4))));
    List<Graph.Call> calls = CategoryFolding.fold(graph(List.of(5, 2)), graph(List.of(5, 2)).calls());
    assertEquals(4, calls.get(0).layer().outputShapes(List.of(ONE)).get(0).elements());
    assertEquals(1, calls.get(1).layer().outputShapes(List.of(ONE)).get(0).elements());
    assertTrue(calls.get(2).layer() instanceof CategoryDense);
  }

  @Test
  void itComputesWhatTheReferenceDoes() {
    for (List<Integer> outputs : List.of(List.of(5), List.of(5, 2), List.of(5, 4))) {
      Graph graph = graph(outputs);
      int rows = 40;
      float[] a = random(rows);
      float[] b = random(rows);
      for (int r = 0; r < rows; r++) {
        b[r] = r % 7 - 1; // -1 and 5 are no categories
      }
      List<InputRows> inputs = List.of(InputRows.numbers(a), InputRows.numbers(b));
      float[][] found = new Predictor(graph.compile(), 16).predict(inputs, rows);
      List<double[]> expected = new ReferenceNetwork(graph).predictRows(inputs, rows);
      for (int o = 0; o < found.length; o++) {
        for (int i = 0; i < found[o].length; i++) {
          assertEquals(expected.get(o)[i], found[o][i], 1e-6, "output " + o + ", number " + i);
        }
      }
    }
  }
}
