package io.forwardpass.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.forwardpass.keras.KerasVersion;
import io.forwardpass.keras.SavedModel;
import io.forwardpass.keras.weights.WeightArray;
import io.forwardpass.network.Predictor;
import io.forwardpass.network.Shape;
import io.forwardpass.reference.ReferenceNetwork;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NormalizationFoldingTest {
  private static final String INPUT = layer("InputLayer", "in", "'batch_shape': [null, 5, 3]", "");
  private static final String NORM = layer("BatchNormalization", "norm", "'axis': -1", "dense");

  private static String layer(String className, String name, String options, String from) {
    String nodes = from.isEmpty() ? "[]" : "[[['" + from + "', 0, 0, {}]]]";
    return "{'class_name': '" + className + "', 'name': '" + name + "', 'config': {'name': '" + name + "', " + options
        + "}, 'inbound_nodes': " + nodes + "}";
  }

  private static Graph graph(String output, String... layers) throws Exception {
    String json = "{'class_name': 'Functional', 'config': {'name': 'f', 'layers': [" + String.join(", ", layers)
        + "], 'input_layers': [['in', 0, 0]], " + "'output_layers': " + output + "}}";
    Random random = new Random(3);
    return GraphBuilder
        .build(new SavedModel("m", "test", KerasVersion.parse("2.15.0"), new ObjectMapper().readTree(json.replace('\'', '"')),
            (wanted, problems) -> wanted.stream().map(each -> each.specs().stream().map(spec -> {
              float[] values = new float[Shape.of(spec.shape()).elements()];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) Math.abs(random.nextGaussian()) + 0.1f;
              }
              return new WeightArray(spec.name(), "float32", spec.shape(), values);
            }).toList()).toList(), List.of()));
  }

  private static void assertLikeReference(Graph graph) {
    Random random = new Random(4);
    float[] rows = new float[20 * 15];
    double[] wide = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
      wide[i] = rows[i];
    }
    float[][] ours = new Predictor(graph.compile(), 32).predict(new float[][] {rows}, 20);
    List<double[]> reference = new ReferenceNetwork(graph).predict(List.of(wide), 20);
    for (int o = 0; o < ours.length; o++) {
      double[] mine = new double[ours[o].length];
      for (int i = 0; i < mine.length; i++) {
        mine[i] = ours[o][i];
      }
      assertArrayEquals(reference.get(o), mine, 2e-5);
    }
  }

  @Test
  void aNormalizationBehindALinearDenseLayerGoesIntoItsWeights() throws Exception {
    for (String bias : List.of("true", "false")) {
      Graph graph =
          graph("[['norm', 0, 0]]", INPUT, layer("Dense", "dense", "'units': 4, 'activation': 'linear', 'use_bias': " + bias, "in"), NORM);
      assertEquals(1, NormalizationFolding.fold(graph).size());
      assertLikeReference(graph);
    }
  }

  @Test
  void aNormalizationBehindAnActivationStays() throws Exception {
    Graph graph = graph("[['norm', 0, 0]]", INPUT, layer("Dense", "dense", "'units': 4, 'activation': 'relu'", "in"), NORM);
    assertEquals(2, NormalizationFolding.fold(graph).size());
    assertLikeReference(graph);
  }

  @Test
  void aNormalizationStaysWhereTheDenseOutputIsReadElsewhere() throws Exception {
    Graph graph =
        graph("[['norm', 0, 0], ['dense', 0, 0]]", INPUT, layer("Dense", "dense", "'units': 4, 'activation': 'linear'", "in"), NORM);
    assertEquals(2, NormalizationFolding.fold(graph).size());
    assertLikeReference(graph);
  }

  @Test
  void aNormalizationAlongTheStepsStays() throws Exception {
    Graph graph = graph("[['norm', 0, 0]]", INPUT, layer("Dense", "dense", "'units': 4, 'activation': 'linear'", "in"),
        layer("BatchNormalization", "norm", "'axis': 1", "dense"));
    assertEquals(2, NormalizationFolding.fold(graph).size());
    assertLikeReference(graph);
  }
}
