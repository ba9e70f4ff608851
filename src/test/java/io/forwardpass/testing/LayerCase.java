package io.forwardpass.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.forwardpass.graph.Graph;
import io.forwardpass.graph.LayerRegistry;
import io.forwardpass.keras.KerasVersion;
import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.Argument;
import io.forwardpass.layers.CallArguments;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.operations.Operations;
import io.forwardpass.network.Network;
import io.forwardpass.network.Shape;
import io.forwardpass.network.Workspace;
import io.forwardpass.reference.ReferenceNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One layer as a model of its own: made from its config, run fast and by reference on the same numbers. */
public final class LayerCase {
  private static final JsonMapper JSON = JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
      .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES).build();

  private final LayerConfig config;
  private final Layer layer;
  private List<float[]> weights;

  private LayerCase(String className, String keras, String json) {
    config = config(className, keras, json);
    layer = LayerRegistry.find(className).orElseThrow().apply(config);
  }

  private LayerCase(LayerConfig config, Layer layer) {
    this.config = config;
    this.layer = layer;
  }

  /**
   * An operation on tensors.
   *
   * @param arguments what it is called with, where {@code 'T'} stands for the next tensor
   */
  public static LayerCase operation(String className, String json, String arguments) {
    LayerConfig config = config(className, "3.15.1", json);
    int[] next = {0};
    List<Argument> positions = new ArrayList<>();
    tree(arguments).forEach(item -> positions.add(argument(item, next)));
    Layer node = Operations.find(className).orElseThrow().apply(config);
    return new LayerCase(config, node.called(new CallArguments(positions, Map.of())).orElseThrow().layer());
  }

  private static Argument argument(JsonNode item, int[] next) {
    if (item.asText().equals("T")) {
      return new Argument.Tensor(next[0]++);
    }
    if (item.isArray() && item.path(0).asText().equals("T")) {
      List<Argument> items = new ArrayList<>();
      item.forEach(each -> items.add(argument(each, next)));
      return new Argument.Several(items);
    }
    return new Argument.Constant(item);
  }

  public static LayerCase keras3(String className, String json) {
    return new LayerCase(className, "3.15.1", json);
  }

  public static LayerCase keras2(String className, String json) {
    return new LayerCase(className, "2.4.0", json);
  }

  public static LayerConfig config(String className, String keras, String json) {
    return new LayerConfig(className, "tested", KerasVersion.parse(keras), tree(json));
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  /** Uses these arrays, in the order of the layer's specs, instead of random ones. */
  public LayerCase weights(float[]... arrays) {
    weights = List.of(arrays);
    return this;
  }

  public Layer layer() {
    return layer;
  }

  public List<String> unread() {
    return config.unread();
  }

  public Graph graph(Shape... inputs) {
    List<Shape> shapes = new ArrayList<>(List.of(inputs));
    List<Integer> from = numbers(0, inputs.length);
    List<Shape> results = new ArrayList<>(layer.outputShapes(List.of(inputs)));
    layer.madeMask(List.of(inputs)).ifPresent(results::add);
    shapes.addAll(results);
    List<Integer> to = numbers(inputs.length, results.size());
    Graph.Call call = new Graph.Call("tested", config.className(), layer, from, -1, to, arrays(List.of(inputs)));
    return new Graph(config.kerasVersion(), shapes, List.of(call), from, to, names("in", from), names("out", to), layer.notices());
  }

  /** Twice in a row, so that the second may work in place. */
  private Graph twice(Shape input) {
    List<float[]> arrays = arrays(List.of(input));
    List<Graph.Call> calls = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      calls.add(new Graph.Call("tested", config.className(), layer, List.of(i), -1, List.of(i + 1), arrays));
    }
    return new Graph(config.kerasVersion(), List.of(input, input, input), calls, List.of(0), List.of(2), List.of("in"), List.of("out"),
        List.of());
  }

  private List<float[]> arrays(List<Shape> inputs) {
    if (weights != null) {
      return weights;
    }
    Random random = new Random(11);
    List<float[]> arrays = new ArrayList<>();
    for (WeightSpec spec : layer.weights(inputs)) {
      float[] array = new float[Shape.of(spec.shape()).elements()];
      for (int i = 0; i < array.length; i++) {
        array[i] = spec.name().contains("variance") ? 0.5f + random.nextFloat() : (float) random.nextGaussian() * 0.5f;
      }
      arrays.add(array);
    }
    return arrays;
  }

  /** Compares fast and reference on random rows, in blocks of several capacities, each partly filled. */
  public void agreesWithReference(Shape... inputs) {
    agree(graph(inputs), inputs);
    if (inputs.length == 1 && layer.outputShapes(List.of(inputs)).equals(List.of(inputs)) && layer.madeMask(List.of(inputs)).isEmpty()) {
      agree(twice(inputs[0]), inputs);
    }
  }

  private static void agree(Graph graph, Shape... inputs) {
    int rows = 64;
    List<double[]> x = new ArrayList<>();
    Random random = new Random(5);
    for (Shape input : inputs) {
      x.add(random.doubles((long) rows * input.elements(), -3, 3).map(value -> (float) value).toArray());
    }
    List<double[]> expected = new ReferenceNetwork(graph).predict(x, rows);
    List<float[]> first = fast(graph, x, rows, 64);
    for (int output = 0; output < expected.size(); output++) {
      assertClose(expected.get(output), first.get(output), "output " + output);
    }
    for (int[] block : new int[][] {{1, 16}, {7, 16}, {16, 16}, {17, 32}, {31, 64}, {33, 48}}) {
      List<float[]> again = fast(graph, x, block[0], block[1]);
      for (int output = 0; output < expected.size(); output++) {
        for (int i = 0; i < again.get(output).length; i++) {
          assertEquals(first.get(output)[i], again.get(output)[i], "bits of number " + i + " with " + block[0] + " rows in " + block[1]);
        }
      }
    }
  }

  /** The fast network's answer for one row, which the reference network has to share. */
  public float[] answer(Shape input, double... row) {
    return answers(List.of(input), List.of(row)).get(0);
  }

  public List<float[]> answers(List<Shape> inputs, List<double[]> row) {
    Graph graph = graph(inputs.toArray(new Shape[0]));
    List<double[]> expected = new ReferenceNetwork(graph).predict(row, 1);
    List<float[]> fast = fast(graph, row, 1, 16);
    for (int output = 0; output < fast.size(); output++) {
      assertClose(expected.get(output), fast.get(output), "output " + output);
    }
    return fast;
  }

  /** The reference network's answer for one row. */
  public double[] reference(Shape input, double... row) {
    return new ReferenceNetwork(graph(input)).predict(List.of(row), 1).get(0);
  }

  private static List<float[]> fast(Graph graph, List<double[]> x, int rows, int capacity) {
    Network network = graph.compile();
    Workspace workspace = network.workspace(capacity);
    for (int i = 0; i < x.size(); i++) {
      int elements = network.inputShape(i).elements();
      for (int r = 0; r < capacity; r++) {
        for (int e = 0; e < elements; e++) {
          workspace.input(i).data()[e * capacity + r] = r < rows ? (float) x.get(i)[r * elements + e] : Float.NaN;
        }
      }
    }
    network.forward(workspace, rows);
    List<float[]> outputs = new ArrayList<>();
    for (int o = 0; o < network.outputs(); o++) {
      int elements = network.outputShape(o).elements();
      float[] y = new float[rows * elements];
      for (int i = 0; i < y.length; i++) {
        y[i] = workspace.output(o).data()[i % elements * capacity + i / elements];
      }
      outputs.add(y);
    }
    return outputs;
  }

  private static void assertClose(double[] expected, float[] found, String what) {
    assertEquals(expected.length, found.length, what);
    for (int i = 0; i < expected.length; i++) {
      double off = Math.abs(expected[i] - found[i]);
      boolean equal = Double.isNaN(expected[i]) ? Float.isNaN(found[i]) : expected[i] == found[i];
      assertTrue(equal || off <= 4e-6 + 4e-6 * Math.abs(expected[i]),
          what + "[" + i + "]: expected " + expected[i] + ", found " + found[i]);
    }
  }

  private static List<Integer> numbers(int from, int count) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(from + i);
    }
    return numbers;
  }

  private static List<String> names(String prefix, List<Integer> numbers) {
    return numbers.stream().map(number -> prefix + number).toList();
  }
}
