package io.forwardpass.layers.merging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.forwardpass.graph.Graph;
import io.forwardpass.keras.KerasVersion;
import io.forwardpass.layers.Layer;
import io.forwardpass.network.Network;
import io.forwardpass.network.Shape;
import io.forwardpass.network.Workspace;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.testing.LayerCase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeLayersTest {
  private static final Shape TWO = Shape.of(2);

  @ParameterizedTest
  @CsvSource({"Add, 5, 3", "Subtract, -1, -7", "Multiply, 6, -10", "Average, 2.5, 1.5", "Maximum, 3, 5", "Minimum, 2, -2"})
  void combineNumberByNumber(String className, float first, float second) {
    float[] y = LayerCase.keras3(className, "{}").answers(List.of(TWO, TWO), List.of(new double[] {2, -2}, new double[] {3, 5})).get(0);
    assertArrayEquals(new float[] {first, second}, y);
  }

  @Test
  void maximumAndMinimumHandNanOnAsKerasDoes() {
    for (String className : List.of("Maximum", "Minimum")) {
      float[] y = LayerCase.keras3(className, "{}")
          .answers(List.of(TWO, TWO), List.of(new double[] {Double.NaN, 1}, new double[] {1, Double.NaN})).get(0);
      assertArrayEquals(new float[] {Float.NaN, Float.NaN}, y, className);
    }
  }

  @Test
  void aSmallerShapeIsRepeatedAlongMissingAxesAndThoseOfOne() {
    float[] y = LayerCase.keras3("Add", "{}").answers(List.of(TWO, Shape.of(3, 2), Shape.of(3, 1)),
        List.of(new double[] {10, 20}, new double[] {1, 2, 3, 4, 5, 6}, new double[] {100, 200, 300})).get(0);
    assertArrayEquals(new float[] {111, 122, 213, 224, 315, 326}, y);
  }

  @Test
  void theSameValueThreeTimesIsAddedThreeTimes() {
    Layer twice = LayerCase.keras3("Add", "{}").layer();
    Graph graph = new Graph(KerasVersion.parse("3"), List.of(TWO, TWO, TWO),
        List.of(new Graph.Call("twice", "Add", twice, List.of(0, 0), -1, List.of(1), List.of()),
            new Graph.Call("thrice", "Add", twice, List.of(1, 1, 1), -1, List.of(2), List.of())),
        List.of(0), List.of(2), List.of("in"), List.of("out"), List.of());
    Network network = graph.compile();
    Workspace workspace = network.workspace(16);
    workspace.input(0).data()[0] = 1;
    workspace.input(0).data()[16] = 5;
    network.forward(workspace, 1);
    assertEquals(6, workspace.output(0).data()[0]);
    assertEquals(30, workspace.output(0).data()[16]);
  }

  @Test
  void refusesShapesThatDoNotFitPrintingAll() {
    assertEquals("layer tested (Multiply) cannot combine inputs of shapes [(4,), (3,)]. Sizes have to be equal, or 1, along every axis "
        + "counted from the last.",
        assertThrows(Refusal.class,
            () -> LayerCase.keras3("Multiply", "{}").graph(Shape.of(4), Shape.of(3))).getMessage());
    assertEquals("layer tested (Subtract) takes two inputs, not 3. Check how the model calls it.", assertThrows(Refusal.class,
        () -> LayerCase.keras3("Subtract", "{}").graph(TWO, TWO, TWO)).getMessage());
    assertEquals(
        "layer tested (Concatenate) cannot join inputs of shapes [(5, 4), (2, 3)] along axis 1. They have to agree along all other "
            + "axes.",
        assertThrows(Refusal.class, () -> LayerCase.keras3("Concatenate", "{axis: 1}").graph(Shape.of(5, 4), Shape.of(2, 3))).getMessage());
  }

  @Test
  void concatenateJoinsAlongItsAxis() {
    List<double[]> x = List.of(new double[] {1, 2, 3, 4}, new double[] {5, 6});
    assertArrayEquals(new float[] {1, 2, 5, 3, 4, 6},
        LayerCase.keras3("Concatenate", "{}").answers(List.of(Shape.of(2, 2), Shape.of(2, 1)), x).get(0));
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6},
        LayerCase.keras3("Concatenate", "{axis: 1}").answers(List.of(Shape.of(2, 2), Shape.of(1, 2)), x).get(0));
  }

  @Test
  void concatenateLeavesAnOpenAxisOpen() {
    Layer layer = LayerCase.keras3("Concatenate", "{axis: 1}").layer();
    assertEquals(List.of(Shape.of(Shape.OPEN, 2)), layer.outputShapes(List.of(Shape.of(Shape.OPEN, 2), Shape.of(3, 2))));
  }
}
