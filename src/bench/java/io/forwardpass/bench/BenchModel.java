package io.forwardpass.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.forwardpass.graph.Graph;
import io.forwardpass.graph.GraphBuilder;
import io.forwardpass.keras.KerasVersion;
import io.forwardpass.keras.SavedModel;
import io.forwardpass.keras.weights.WeightArray;
import io.forwardpass.network.Network;
import java.util.List;

/** The four networks that are measured, each as ours and as ONNX with the same weights. */
@SuppressWarnings("ImmutableEnumChecker") // graph and network are made when first asked for
public enum BenchModel {
  W1("MLP 4-20-10-1", 0, 4, 20, 10, 1),
  W2("MLP 33-64-32-1", 0, 33, 64, 32, 1),
  W3("LSTM of 3 units, 4 steps of 3 features", 4, 3, 3, 1),
  W4("LSTM of 64 units, 24 steps of 8 features", 24, 8, 64, 1);

  private final String title;
  private final int steps; // 0 for those that look at one row
  private final int[] widths; // features, then of every layer
  private final RandomWeights weights = new RandomWeights();
  private Graph graph;
  private Network network;

  BenchModel(String title, int steps, int... widths) {
    this.title = title;
    this.steps = steps;
    this.widths = widths;
  }

  public String title() {
    return title;
  }

  /** Numbers a row. */
  int elements() {
    return Math.max(steps, 1) * widths[0];
  }

  long[] inputShape(int rows) {
    return steps == 0 ? new long[] {rows, widths[0]} : new long[] {rows, steps, widths[0]};
  }

  /** Of the table it is measured on end to end, unless told otherwise. */
  long rows() {
    return this == W1 || this == W3 ? 8_000_000 : 2_000_000;
  }

  synchronized Network network() {
    if (network == null) {
      network = graph().compile();
    }
    return network;
  }

  synchronized Graph graph() {
    if (graph == null) {
      try {
        SavedModel model =
            new SavedModel(name(), "benchmark", KerasVersion.parse("3"), new ObjectMapper().readTree(architecture()), weights, List.of());
        graph = GraphBuilder.build(model);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
    return graph;
  }

  private String architecture() {
    StringBuilder layers = new StringBuilder("{\"class_name\":\"InputLayer\",\"config\":{\"name\":\"in\",\"batch_shape\":[null,"
        + (steps == 0 ? "" : steps + ",") + widths[0] + "]}}");
    for (int i = 1; i < widths.length; i++) {
      boolean recurrent = steps > 0 && i == 1;
      String activation = recurrent ? "tanh" : i == widths.length - 1 ? "linear" : "relu";
      layers.append(",{\"class_name\":\"").append(recurrent ? "LSTM" : "Dense").append("\",\"config\":{\"name\":\"layer_").append(i)
          .append("\",\"units\":").append(widths[i]).append(",\"activation\":\"").append(activation).append("\"}}");
    }
    return "{\"module\":\"keras\",\"class_name\":\"Sequential\",\"config\":{\"name\":\"" + name() + "\",\"layers\":[" + layers + "]}}";
  }

  byte[] onnx() {
    network();
    OnnxModel onnx = steps == 0 ? new OnnxModel(widths[0]) : new OnnxModel(steps, widths[0]);
    List<WeightArray> arrays = weights.given();
    int at = 0;
    for (int i = 1; i < widths.length; i++) {
      if (steps > 0 && i == 1) {
        onnx.lstm(arrays.get(at).values(), arrays.get(at + 1).values(), arrays.get(at + 2).values(), widths[0], widths[1]);
        at += 3;
      } else {
        onnx.dense(arrays.get(at).values(), arrays.get(at + 1).values(), widths[i - 1], widths[i], i < widths.length - 1);
        at += 2;
      }
    }
    return onnx.bytes(widths[widths.length - 1]);
  }
}
