package io.forwardpass.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.config.JobConfig.ShortHistory;
import io.forwardpass.keras.ModelFiles;
import io.forwardpass.keras.NpzFile;
import io.forwardpass.layers.GraphBuilder;
import io.forwardpass.network.Network;
import io.forwardpass.network.Predictor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keras' own recurrent cases as tables: each case is a series whose rows are its steps, in no order. */
class GoldenWindowsTest {
  private static final String GOLDEN = "src/test/resources/golden/layers/";

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "lstm_backwards", "lstm_hard_sigmoid", "lstm_no_bias", "lstm_one_unit_one_step", "lstm_relu", "lstm_sequences",
      "lstm_stacked", "lstm_wide_long"})
  void aTableOfACasesStepsGivesItsAnswer(String name) throws Exception {
    Network network = GraphBuilder.build(ModelFiles.read(GOLDEN + name + "/model.keras", Optional.empty(), Optional.empty(), 3,
        new Configuration())).compile();
    NpzFile cases = ModelFiles.readNpz(GOLDEN + name + "/cases.npz", new Configuration());
    int steps = network.inputShape(0).size(0);
    int features = network.inputShape(0).last();
    float[] x = cases.array("x0").floats();
    int count = x.length / (steps * features);
    float[] answers = new Predictor(network, 64).predict(new float[][] {x}, count)[0];
    int width = answers.length / count;
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < count * steps; row++) {
      Object[] values = new Object[features + 2];
      values[0] = row / steps;
      values[1] = row % steps;
      for (int f = 0; f < features; f++) {
        values[f + 2] = x[row * features + f];
      }
      rows.add(RowFactory.create(values));
    }
    Collections.shuffle(rows, new Random(1));
    String[] columns = IntStream.range(0, features).mapToObj(f -> "x" + f).toArray(String[]::new);
    StructType schema = StructType.fromDDL("s int, t int, " + String.join(" float, ", columns) + " float");
    Sessions.shared().createDataFrame(rows, schema).createOrReplaceTempView("golden_steps");
    Jobs jobs = Jobs.from("none").features(columns).windows(List.of("s"), "t", ShortHistory.DROP);
    jobs.inputPath = Optional.empty();
    jobs.inputTable = Optional.of("golden_steps");
    List<Row> scored = jobs.job(network).scored().collectAsList();
    assertEquals(count, scored.size());
    for (Row row : scored) {
      int series = row.getInt(0);
      List<Float> numbers = new ArrayList<>();
      flatten(row.getAs("prediction"), numbers);
      assertEquals(width, numbers.size());
      for (int e = 0; e < width; e++) {
        assertEquals(Float.floatToRawIntBits(answers[series * width + e]), Float.floatToRawIntBits(numbers.get(e)), name + " series " + series);
      }
    }
    assertTrue(count > 5);
  }

  /** An output per step is an array of arrays. */
  private static void flatten(Object value, List<Float> numbers) {
    if (value instanceof Float number) {
      numbers.add(number);
    } else {
      scala.jdk.javaapi.CollectionConverters.asJava((scala.collection.Seq<?>) value).forEach(each -> flatten(each, numbers));
    }
  }
}
