package io.forwardpass.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.config.JobConfig.FeatureInput;
import io.forwardpass.graph.Graph;
import io.forwardpass.graph.GraphBuilder;
import io.forwardpass.keras.ModelFiles;
import io.forwardpass.keras.array.NpyArray;
import io.forwardpass.keras.container.NpzFile;
import io.forwardpass.network.InputRows;
import io.forwardpass.network.InputType;
import io.forwardpass.network.Network;
import io.forwardpass.network.Predictor;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.testing.JobBuilder;
import io.forwardpass.testing.Models;
import io.forwardpass.testing.Sessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Keras' own cases as tables, a row each: a column for every number, text or whole number of an input, or one column of arrays where
 * an input has steps. The predictions have the bits of those that {@code verify} compares with Keras'.
 */
class GoldenTablesTest {
  static List<String> cases() throws Exception {
    List<String> cases = new ArrayList<>();
    for (String part : List.of("layers", "normalization", "preprocessing")) {
      try (Stream<Path> folders = Files.list(Models.GOLDEN.resolve(part))) {
        folders.map(folder -> part + "/" + folder.getFileName()).filter(GoldenTablesTest::isSupported).sorted().forEach(cases::add);
      }
    }
    return cases;
  }

  private static boolean isSupported(String name) {
    try {
      graph(name);
      return true;
    } catch (Refusal refused) {
      return false; // GoldenTest knows which
    }
  }

  private static Graph graph(String name) {
    try {
      return GraphBuilder.build(Models.read(Models.GOLDEN.resolve(name).resolve("model.keras")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void thereAreCasesOfTextsOfWholeNumbersAndOfSteps() throws Exception {
    assertTrue(cases().size() > 250, () -> "few cases are supported");
    assertTrue(cases().containsAll(List.of("preprocessing/census", "preprocessing/texts_adapted", "preprocessing/hash_numbers",
        "layers/conv1d_same", "normalization/layer_over_steps")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aTableOfACasesInputsGivesItsAnswers(String name) throws Exception {
    Graph graph = graph(name);
    NpzFile arrays = ModelFiles.readNpz(Models.GOLDEN.resolve(name).resolve("cases.npz").toString(), Models.LOCAL);
    int count = arrays.array("x0").shape()[0];
    List<StructField> fields = new ArrayList<>(List.of(DataTypes.createStructField("id", DataTypes.IntegerType, false)));
    Object[][] rows = new Object[count][1];
    Arrays.setAll(rows, row -> new Object[] {row});
    List<InputRows> inputs = new ArrayList<>();
    JobBuilder jobs = JobBuilder.from("none");
    jobs.nanIsInvalid = false;
    for (int i = 0; i < graph.inputs().size(); i++) {
      NpyArray x = arrays.array("x" + i);
      int input = i;
      int width = graph.inputShape(i).elements();
      Object[] values = values(x, graph.inputType(i));
      inputs.add(graph.inputType(i) == InputType.TEXTS ? InputRows.texts(x.texts()) : x.isWhole() ? InputRows.wholeNumbers(x.longs())
          : InputRows.numbers(x.floats()));
      DataType type = graph.inputType(i) == InputType.TEXTS ? DataTypes.StringType : x.isWhole() ? DataTypes.LongType : DataTypes.FloatType;
      Optional<String> whole = graph.inputShape(i).rank() > 1 ? Optional.of("x" + i) : Optional.empty();
      List<String> columns = whole.isPresent() ? List.of() : IntStream.range(0, width).mapToObj(e -> "x" + input + "_" + e).toList();
      fields.addAll(whole.isPresent() ? List.of(DataTypes.createStructField("x" + i, DataTypes.createArrayType(type), true))
          : columns.stream().map(column -> DataTypes.createStructField(column, type, true)).toList());
      for (int row = 0; row < count; row++) {
        List<Object> part = Arrays.asList(values).subList(row * width, (row + 1) * width);
        rows[row] = Stream.concat(Stream.of(rows[row]), whole.isPresent() ? Stream.of((Object) part) : part.stream()).toArray();
      }
      Optional<String> modelInput = graph.inputs().size() == 1 ? Optional.empty() : Optional.of(graph.inputNames().get(i));
      jobs.features.add(new FeatureInput(modelInput, columns, whole));
    }
    Sessions.shared().createDataFrame(Stream.of(rows).map(RowFactory::create).toList(), new StructType(fields.toArray(StructField[]::new)))
        .createOrReplaceTempView("golden_rows");
    jobs.inputPath = Optional.empty();
    jobs.inputTable = Optional.of("golden_rows");
    Network network = graph.compile();
    List<Row> scored = jobs.job(network).scored().collectAsList();
    assertEquals(count, scored.size());
    float[][] answers = new Predictor(network, 64).predict(inputs, count);
    for (int o = 0; o < answers.length; o++) {
      String column = answers.length == 1 ? "prediction" : "prediction_" + network.outputName(o);
      int width = answers[o].length / count;
      for (Row row : scored) {
        List<Float> numbers = new ArrayList<>();
        flatten(row.getAs(column), numbers);
        int from = row.getInt(0) * width;
        assertArrayEquals(bits(answers[o], from, from + width), numbers.stream().mapToInt(Float::floatToIntBits).toArray(),
            column + " of row " + row.getInt(0));
      }
    }
  }

  private static Object[] values(NpyArray x, InputType type) {
    if (type == InputType.TEXTS) {
      return x.texts();
    }
    if (x.isWhole()) {
      return Arrays.stream(x.longs()).boxed().toArray();
    }
    float[] floats = x.floats();
    return IntStream.range(0, floats.length).mapToObj(i -> floats[i]).toArray();
  }

  private static int[] bits(float[] numbers, int from, int to) {
    return IntStream.range(from, to).map(i -> Float.floatToIntBits(numbers[i])).toArray();
  }

  private static void flatten(Object value, List<Float> numbers) {
    if (value instanceof Float number) {
      numbers.add(number);
    } else {
      CollectionConverters.asJava((scala.collection.Seq<?>) value).forEach(each -> flatten(each, numbers));
    }
  }
}
