package io.forwardpass.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.forwardpass.config.WindowsConfig.ShortHistory;
import io.forwardpass.graph.GraphBuilder;
import io.forwardpass.keras.KerasVersion;
import io.forwardpass.keras.SavedModel;
import io.forwardpass.keras.weights.WeightArray;
import io.forwardpass.network.Network;
import io.forwardpass.network.Predictor;
import io.forwardpass.network.Shape;
import io.forwardpass.testing.JobBuilder;
import io.forwardpass.testing.Sessions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of many features, which windows share once projected. */
class SharedRowsInSparkTest {
  private static final int STEPS = 5;
  private static final int FEATURES = 30;
  private static final int ROWS = 700;

  private static Network network(String layer) throws Exception {
    String architecture = "{'class_name': 'Sequential', 'config': {'name': 's', 'layers': ["
        + "{'class_name': 'InputLayer', 'config': {'name': 'x', 'batch_shape': [null, " + STEPS + ", " + FEATURES + "]}},"
        + layer + "]}}";
    Random random = new Random(3);
    SavedModel model =
        new SavedModel("m.keras", "test", KerasVersion.parse("3.15.1"), new ObjectMapper().readTree(architecture.replace('\'', '"')),
            (layers, problems) -> layers.stream().map(wanted -> wanted.specs().stream().map(spec -> {
              float[] values = new float[Shape.of(spec.shape()).elements()];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian() / 3;
              }
              return new WeightArray(spec.name(), "float32", spec.shape(), values);
            }).toList()).toList(), List.of());
    return GraphBuilder.build(model).compile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'class_name': 'LSTM', 'config': {'name': 'l', 'units': 1}}",
      "{'class_name': 'GRU', 'config': {'name': 'g', 'units': 1}}",
      "{'class_name': 'Bidirectional', 'config': {'name': 'b', 'merge_mode': 'sum', 'layer': {'class_name': 'SimpleRNN', 'config': {'units': 1}}}}"})
  void haveTheBitsOfWindowsThatProjectThemAgain(String layer) throws Exception {
    Network network = network(layer);
    Random random = new Random(4);
    float[] table = new float[ROWS * FEATURES];
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      Float[] x = new Float[FEATURES];
      for (int f = 0; f < FEATURES; f++) {
        x[f] = table[r * FEATURES + f] = (float) random.nextGaussian();
      }
      rows.add(RowFactory.create(r < 300 ? -1 : r / 9, r, x));
    }
    Sessions.shared().createDataFrame(rows, StructType.fromDDL("s int, t int, x array<float>")).createOrReplaceTempView("wide_rows");
    JobBuilder jobs = JobBuilder.from("none").column("x").windows(List.of("s"), "t", ShortHistory.DROP);
    jobs.inputPath = Optional.empty();
    jobs.inputTable = Optional.of("wide_rows");
    List<Row> scored = jobs.job(network).scored().collectAsList();
    assertEquals(516, scored.size());
    Predictor predictor = new Predictor(network, 16);
    for (Row row : scored) {
      int from = (row.getInt(1) - STEPS + 1) * FEATURES;
      float[] window = Arrays.copyOfRange(table, from, from + STEPS * FEATURES);
      float expected = predictor.predict(new float[][] {window}, 1)[0][0];
      assertEquals(Float.floatToRawIntBits(expected), Float.floatToRawIntBits(row.<Float>getAs("prediction")), "row " + row.getInt(1));
    }
  }
}
