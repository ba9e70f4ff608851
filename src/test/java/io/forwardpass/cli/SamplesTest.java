package io.forwardpass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.testing.Ran;
import io.forwardpass.testing.Sessions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The four samples, from a job file and real files to predictions that are compared with Keras', row by row. */
class SamplesTest {
  private static final String GOLDEN = "src/test/resources/golden/samples/";

  private static SparkSession session;

  @TempDir
  private Path folder;

  @BeforeAll
  static void startSpark() {
    session = Sessions.shared();
  }

  @ParameterizedTest
  @CsvSource({"mlp,parquet,parquet", "mlp,csv,csv", "relu33,parquet,csv", "relu33,csv,parquet", "xor,csv,csv", "xor,parquet,parquet"})
  void everyRowGetsKerasPrediction(String sample, String from, String to) throws Exception {
    List<String> features = new ArrayList<>(List.of(session.read().parquet(GOLDEN + sample + "/table.parquet").columns()));
    features.remove("id");
    Map<List<Object>, Double> ours = score(sample + "/model.keras", sample + "/table." + from, from, to,
        "features.columns = [" + String.join(", ", features) + "]", List.of("id"));
    assertEqualToKeras(sample + "/expected.parquet", List.of("id"), ours);
  }

  @ParameterizedTest
  @CsvSource({"parquet,parquet", "csv,csv", "parquet,csv", "csv,parquet"})
  void everyRowOfASeriesGetsThePredictionOfItsWindow(String from, String to) throws Exception {
    String features = "features.columns = [temperature, humidity, load]\n";
    Map<List<Object>, Double> single =
        score("lstm/model.keras", "lstm/single_series." + from, from, to, features + "windows.order-by = [t]", List.of("t"));
    assertEquals(10, single.size());
    assertEquals(7, single.values().stream().filter(Objects::nonNull).count());
    assertEqualToKeras("lstm/single_series_expected.parquet", List.of("t"), single);
    Map<List<Object>, Double> many = score("lstm/keras2.h5", "lstm/many_series." + from, from, to,
        features + "windows { series = [meter], order-by = [t] }", List.of("meter", "t"));
    assertEqualToKeras("lstm/many_series_expected.parquet", List.of("meter", "t"), many);
  }

  private Map<List<Object>, Double> score(String model, String table, String from, String to, String more, List<String> key)
      throws Exception {
    Path out = folder.resolve(table.replace('/', '-') + "-" + to);
    Path job = folder.resolve("job.conf");
    Files.writeString(job, "model.path = \"" + GOLDEN + model + "\"\ninput { path = \"" + GOLDEN + table + "\", format = " + from + " }\n"
        + more + "\noutput { path = \"" + out + "\", format = " + to + " }\n");
    Ran ran = Ran.forwardpass("score", job.toString());
    assertEquals("", ran.err());
    assertEquals(0, ran.exitCode());
    return predictions(
        session.read().format(to).option("header", "true").option("inferSchema", "true").load(out.toString()).collectAsList(), key);
  }

  private static Map<List<Object>, Double> predictions(List<Row> rows, List<String> key) {
    Map<List<Object>, Double> predictions = new HashMap<>();
    for (Row row : rows) {
      List<Object> name = key.stream().map(column -> name(row.getAs(column))).toList();
      Number prediction = row.getAs("prediction");
      boolean absent = prediction == null || Double.isNaN(prediction.doubleValue()); // pandas has NaN for null
      assertTrue(!predictions.containsKey(name), "twice: " + name);
      predictions.put(name, absent ? null : prediction.doubleValue());
    }
    return predictions;
  }

  /** CSV has timestamps where Parquet has timestamps without a zone. */
  private static Object name(Object value) {
    return value instanceof Timestamp timestamp ? timestamp.toLocalDateTime().toString() : value.toString();
  }

  private static void assertEqualToKeras(String file, List<String> key, Map<List<Object>, Double> ours) {
    Map<List<Object>, Double> expected = predictions(session.read().parquet(GOLDEN + file).collectAsList(), key);
    assertEquals(expected.size(), ours.size());
    assertTrue(expected.keySet().containsAll(ours.keySet()));
    expected.forEach((name, keras) -> {
      Double our = ours.get(name);
      if (keras == null || our == null) {
        assertEquals(keras, our, name.toString());
      } else {
        assertEquals(keras, our, 1e-5 + 1e-5 * Math.abs(keras), name.toString());
      }
    });
  }
}
