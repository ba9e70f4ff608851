package io.forwardpass.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.config.WindowsConfig.ShortHistory;
import io.forwardpass.graph.GraphBuilder;
import io.forwardpass.keras.ModelFiles;
import io.forwardpass.keras.container.NpzFile;
import io.forwardpass.network.Network;
import io.forwardpass.network.Predictor;
import io.forwardpass.network.Shape;
import io.forwardpass.testing.JobBuilder;
import io.forwardpass.testing.Sessions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Keras' own recurrent cases as tables: each row of a case is a series whose rows are its steps, in no order. Inputs of fewer
 * steps stand in the last ones; what is no sequence stands in the last row alone.
 */
class GoldenWindowsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Configuration HADOOP = new Configuration();

  /** The cases with a layer that carries a state, over an input of steps. */
  static List<String> recurrentCases() throws Exception {
    List<String> cases = new ArrayList<>();
    for (String part : List.of("layers", "sequences")) {
      try (Stream<Path> folders = Files.list(GOLDEN.resolve(part))) {
        folders.map(folder -> part + "/" + folder.getFileName()).filter(name -> name.matches(".*(lstm|gru|rnn|bidirectional|seq2seq|history"
            + "|encoder|mask|batch_normalization_on_sequence).*") && !name.contains("global")).sorted().forEach(cases::add);
      }
    }
    return cases;
  }

  @Test
  void thereAreCasesOfEveryKind() throws Exception {
    assertTrue(recurrentCases().size() > 70, recurrentCases().toString());
    assertTrue(recurrentCases().containsAll(List.of("layers/wide_and_deep_with_history", "layers/gru_masked_bidirectional",
        "layers/encoder_decoder_states", "layers/cnn_lstm", "layers/rnn_of_cells")));
  }

  private static Network network(String name) throws Exception {
    return GraphBuilder.build(ModelFiles.read(GOLDEN.resolve(name).resolve("model.keras").toString(), Optional.empty(), Optional.empty(), 3,
        HADOOP)).compile();
  }

  @ParameterizedTest
  @MethodSource("recurrentCases")
  void aTableOfACasesStepsGivesItsAnswer(String name) throws Exception {
    Network network = network(name);
    NpzFile cases = ModelFiles.readNpz(GOLDEN.resolve(name).resolve("cases.npz").toString(), HADOOP);
    int count = cases.array("x0").shape()[0];
    float[][] x = new float[network.inputs()][];
    int[] steps = new int[x.length];
    int[] widths = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = cases.array("x" + i).floats();
      Shape shape = network.inputShape(i);
      steps[i] = shape.rank() > 1 ? shape.size(0) : 1;
      widths[i] = shape.elements() / steps[i];
    }
    int lookBack = IntStream.of(steps).max().getAsInt();
    List<Row> rows = new ArrayList<>();
    for (int series = 0; series < count; series++) {
      for (int t = 0; t < lookBack; t++) {
        List<Object> values = new ArrayList<>(List.of(series, t));
        for (int i = 0; i < x.length; i++) {
          int step = t - (lookBack - steps[i]);
          for (int f = 0; f < widths[i]; f++) {
            values.add(step < 0 ? 0f : x[i][(series * steps[i] + step) * widths[i] + f]);
          }
        }
        rows.add(RowFactory.create(values.toArray()));
      }
    }
    Collections.shuffle(rows, new Random(1));
    JobBuilder jobs = JobBuilder.from("none");
    StringBuilder schema = new StringBuilder("s int, t int");
    for (int i = 0; i < x.length; i++) {
      int input = i;
      String[] columns = IntStream.range(0, widths[i]).mapToObj(f -> "x" + input + "_" + f).toArray(String[]::new);
      schema.append(Stream.of(columns).map(column -> ", " + column + " float").collect(Collectors.joining()));
      jobs = x.length == 1 ? jobs.features(columns) : jobs.input(network.inputName(i), columns);
    }
    if (lookBack > 1) {
      jobs.windows(List.of("s"), "t", ShortHistory.DROP);
    } else if (network.inputShape(0).rank() > 1) {
      jobs.windows(List.of("s"), "t");
    }
    Sessions.shared().createDataFrame(rows, StructType.fromDDL(schema.toString())).createOrReplaceTempView("golden_steps");
    jobs.inputPath = Optional.empty();
    jobs.inputTable = Optional.of("golden_steps");
    List<Row> scored = jobs.job(network).scored().collectAsList();
    assertEquals(count, scored.size());
    float[][] answers = new Predictor(network, 64).predict(x, count);
    for (int o = 0; o < answers.length; o++) {
      int width = answers[o].length / count;
      String column = answers.length == 1 ? "prediction" : "prediction_" + network.outputName(o);
      for (Row row : scored) {
        List<Float> numbers = new ArrayList<>();
        flatten(row.getAs(column), numbers);
        assertEquals(width, numbers.size());
        for (int e = 0; e < width; e++) {
          assertEquals(bits(answers[o][row.getInt(0) * width + e]), bits(numbers.get(e)), column + " of series " + row.getInt(0));
        }
      }
    }
    assertTrue(count > 5);
  }

  private static int bits(float number) {
    return Float.floatToIntBits(number);
  }

  /** What is missing before a series' first row is what the model's Masking layer masks. */
  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(
      strings = {"layers/lstm_masked", "layers/lstm_masked_sequences", "layers/gru_masked_bidirectional"})
  void shortHistoryIsPaddedWithTheMaskValue(String name) throws Exception {
    Network network = network(name);
    float pad = network.maskValue(0).orElseThrow();
    assertEquals(name.endsWith("sequences") ? -1f : 0f, pad);
    int steps = network.inputShape(0).size(0);
    List<Row> rows = new ArrayList<>();
    float[] windows = new float[steps * steps * 3];
    java.util.Arrays.fill(windows, pad);
    Random random = new Random(4);
    for (int t = 0; t < steps; t++) {
      float[] x = {(float) random.nextGaussian(), (float) random.nextGaussian(), (float) random.nextGaussian()};
      rows.add(RowFactory.create(t, x[0], x[1], x[2]));
      for (int window = t; window < steps; window++) {
        System.arraycopy(x, 0, windows, (window * steps + steps - 1 - window + t) * 3, 3);
      }
    }
    Sessions.shared().createDataFrame(rows, StructType.fromDDL("t int, a float, b float, c float"))
        .createOrReplaceTempView("short_history");
    JobBuilder jobs = JobBuilder.from("none").features("a", "b", "c").windows(List.of(), "t", ShortHistory.MASK);
    jobs.inputPath = Optional.empty();
    jobs.inputTable = Optional.of("short_history");
    List<Row> scored = jobs.job(network).scored().orderBy("t").collectAsList();
    float[] answers = new Predictor(network, 64).predict(new float[][] {windows}, steps)[0];
    assertEquals(steps, scored.size());
    for (Row row : scored) {
      List<Float> numbers = new ArrayList<>();
      flatten(row.getAs("prediction"), numbers);
      for (int e = 0; e < numbers.size(); e++) {
        assertEquals(bits(answers[row.getInt(0) * numbers.size() + e]), bits(numbers.get(e)), "row " + row.getInt(0));
      }
    }
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
