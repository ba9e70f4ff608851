package io.forwardpass;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.config.Scaling;
import io.forwardpass.config.WindowsConfig.ShortHistory;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.testing.Models;
import io.forwardpass.testing.Sessions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class ScorerTest {
  private static final String MLP = "jobs/samples/mlp/model.keras";
  private static final String LSTM = "jobs/samples/lstm/model.keras";
  private static final String TWO_OUTPUTS = Models.GOLDEN.resolve("layers/two_outputs/model.keras").toString();
  private static final String EMBEDDING = Models.GOLDEN.resolve("layers/embedding/model.keras").toString();
  private static final Scorer MLP_BY_NAME = Scorer.of(MLP).features("x1", "x2", "x3", "x4");

  private final SparkSession session = Sessions.shared();

  @TempDir
  Path folder;

  private Dataset<Row> table() {
    return session.read().option("header",
        "true").schema("id long, x1 double, x2 double, x3 double, x4 double").csv("jobs/samples/mlp/table.csv");
  }

  private static float[][] features(Dataset<Row> table) {
    return table.orderBy("id").select("x1", "x2", "x3", "x4").collectAsList().stream()
        .map(row -> new float[] {(float) row.getDouble(0), (float) row.getDouble(1), (float) row.getDouble(2), (float) row.getDouble(3)})
        .toArray(float[][]::new);
  }

  private static float[] column(Dataset<Row> scored, String name) {
    List<Row> rows = scored.orderBy("id").select(name).collectAsList();
    float[] column = new float[rows.size()];
    for (int i = 0; i < column.length; i++) {
      column[i] = rows.get(i).getFloat(0);
    }
    return column;
  }

  private static float[] flat(float[][] rows) {
    float[] flat = new float[rows.length];
    for (int i = 0; i < flat.length; i++) {
      assertEquals(1, rows[i].length);
      flat[i] = rows[i][0];
    }
    return flat;
  }

  private static String refusal(Refusal.Kind kind, Executable call) {
    Refusal refusal = assertThrows(Refusal.class, call);
    assertEquals(kind, refusal.kind());
    return refusal.getMessage();
  }

  @Test
  void aTableTheRowsInMemoryAndTheJobHaveTheSameBits() throws Exception {
    Scorer job =
        Scorer.fromJob("jobs/mlp.conf", List.of("output.path=" + folder.resolve("out"), "output.format=parquet"), new Configuration());
    job.run(session);
    float[] written = column(session.read().parquet(folder.resolve("out").toString()), "prediction");
    assertTrue(written.length > 100);
    assertArrayEquals(written, column(MLP_BY_NAME.score(table()), "prediction"));
    assertArrayEquals(written, column(job.score(table()), "prediction"));
    assertArrayEquals(written, flat(MLP_BY_NAME.predict(features(table()))));
    assertArrayEquals(written, flat(Scorer.of(MLP).predict(features(table()))));
    assertArrayEquals(written, flat(Scorer.of(Files.readAllBytes(Path.of(MLP))).predict(features(table()))));
  }

  @Test
  void scalingIsTheSameOnTablesAndInMemory() {
    Scorer scaled = MLP_BY_NAME.scale("x2", Scaling.standard(0.25, 3)).scale("x3", Scaling.range(-2, 5)).scale("x4", Scaling.rescaling(1,
        0.5))
        .inverseScaling(Scaling.standard(7, 11)).prediction("y");
    Dataset<Row> floats = table().selectExpr("id", "float(x1)", "float(x2)", "float(x3)", "float(x4)");
    float[] inMemory = flat(scaled.predict(features(table())));
    assertArrayEquals(inMemory, column(scaled.score(floats), "y"));
    float[][] byHand = features(table());
    for (float[] row : byHand) {
      row[1] = (float) ((row[1] - 0.25) / 3);
      row[2] = (float) ((row[2] + 2.0) / 7);
      row[3] = (float) (row[3] * 0.5 + 1);
    }
    float[] expected = flat(MLP_BY_NAME.predict(byHand));
    for (int i = 0; i < expected.length; i++) {
      assertEquals((float) (expected[i] * 11.0 + 7), inMemory[i]);
    }
  }

  @Test
  void manyThreadsPredictAtOnce() throws Exception {
    Random random = new Random(3);
    float[][] rows = new float[300][4];
    for (float[] row : rows) {
      for (int e = 0; e < row.length; e++) {
        row[e] = (float) random.nextGaussian();
      }
    }
    Scorer scorer = Scorer.of(MLP);
    float[] expected = flat(scorer.predict(rows));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<float[]>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        int from = i;
        answers.add(threads.submit(() -> flat(scorer.predict(Arrays.copyOfRange(rows, from, from + 100)))));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertArrayEquals(Arrays.copyOfRange(expected, i, i + 100), answers.get(i).get());
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void labelsAndInvalidRowsShowInTheSchemaAndInTheTable() {
    Scorer scorer = Scorer.of("jobs/samples/xor/model.weights.h5").set("model.architecture", "jobs/samples/xor/model.json")
        .features("a", "b").labels("same", "different").invalidRows(InvalidPolicy.KEEP).prediction("p");
    StructType table = new StructType().add("a", DataTypes.FloatType).add("b", DataTypes.FloatType);
    assertEquals("a FLOAT,b FLOAT,p FLOAT,label STRING,probability FLOAT,prediction_error STRING", scorer.schema(table).toDDL());
    Dataset<Row> rows = session.sql("SELECT * FROM VALUES (0f, 1f), (1f, 1f), (null, 1f) AS t(a, b)");
    List<Row> scored = scorer.score(rows).collectAsList();
    assertEquals("different", scored.get(0).getAs("label"));
    assertEquals("same", scored.get(1).getAs("label"));
    assertEquals("a is null", scored.get(2).getAs("prediction_error"));
    assertEquals(scorer.schema(rows.schema()), scorer.score(rows).schema());
  }

  @Test
  void windowsOverATableAndOneWindowInMemory() {
    Dataset<Row> readings = session.read().option("header", "true").option("inferSchema", "true").csv("jobs/samples/lstm/many_series.csv");
    Scorer scorer = Scorer.of(LSTM).features("temperature", "humidity", "load")
        .windows(Windows.by("meter").orderBy("t").step("1 hour").shortHistory(ShortHistory.DROP));
    List<Row> scored = scorer.score(readings).orderBy("meter", "t").collectAsList();
    assertTrue(scored.size() > 10);
    Row last = scored.get(0);
    List<Row> window = readings.filter("meter = '" + last.getAs("meter") + "' AND t <= timestamp'" + last.getAs("t") + "'").orderBy("t")
        .collectAsList();
    float[] flat = new float[12];
    for (int step = 0; step < 4; step++) {
      for (int f = 0; f < 3; f++) {
        flat[step * 3 + f] = (float) window.get(window.size() - 4 + step).getDouble(2 + f);
      }
    }
    assertEquals(last.<Float>getAs("prediction"), scorer.predict(new float[][] {flat})[0][0]);
  }

  @Test
  void severalOutputsByName() {
    Map<String, float[][]> answers = Scorer.of(TWO_OUTPUTS).predict(Map.of("input_layer_136", new float[3][5]));
    assertEquals(List.of("amount", "class"), List.copyOf(answers.keySet()));
    assertEquals(1, answers.get("amount")[2].length);
    assertEquals(3, answers.get("class")[2].length);
  }

  @Test
  void aScoredTableJoinsItself() {
    Dataset<Row> scored = MLP_BY_NAME.score(table());
    Dataset<Row> joined = scored.as("a").join(scored.as("b"), "id").filter("a.prediction <> b.prediction OR a.prediction IS NULL");
    assertEquals(0, joined.count());
  }

  @Test
  void aScorerIsNeverChanged() {
    Scorer plain = Scorer.of(MLP).features("x1", "x2", "x3", "x4");
    plain.prediction("y").labels("a", "b").scale("x1", Scaling.standard(1, 2));
    assertEquals(List.of("id", "x1", "x2", "x3", "x4", "prediction"), List.of(plain.score(table()).columns()));
  }

  @Test
  void refusesWhatIsWrongWithAllOfItAtOnce() {
    assertEquals("Cannot score with " + MLP + ": 3 problems.\n"
        + "  - features.scaling.x9 scales no feature. Did you mean x1?\n"
        + "  - output.labels should name every class, but names one alone. A single sigmoid has two.\n"
        + "  - invalid-rows.nan (--set) should be invalid or pass, not \"maybe\".",
        refusal(Refusal.Kind.COMMAND, () -> MLP_BY_NAME.scale("x9", Scaling.standard(0, 1)).labels("one").set("invalid-rows.nan", "maybe")
            .score(table())));
    assertEquals("Cannot score the table: 2 problems.\n"
        + "  - the model's input input_layer takes 4 features, but features.columns lists 2. List one column per feature, in the order of"
        + " training.\n"
        + "  - the table has no column x5, which features.columns names. Did you mean x1?",
        refusal(Refusal.Kind.TABLE, () -> Scorer.of(MLP).features("x5", "x1").score(table())));
    assertEquals("Cannot score with " + MLP
        + ": features.scaling.x1.std should be above 0, not 0.0: it is a divisor. Leave the column unscaled if"
        + " it never varied.",
        refusal(Refusal.Kind.COMMAND, () -> MLP_BY_NAME.scale("x1", Scaling.standard(3,
            0)).schema(table().schema())));
    assertTrue(refusal(Refusal.Kind.MODEL, () -> Scorer.of("none.keras").predict(new float[1][4])).startsWith(
        "Cannot read model none.keras: there is no file or folder file:/"));
  }

  @Test
  void refusesRowsInMemoryThatDoNotFit() {
    assertEquals(
        "Cannot predict: the model's input input_layer takes 4 numbers, (4,), but row 1 has 3. Give one per feature, in the order of"
            + " training.",
        refusal(Refusal.Kind.TABLE, () -> Scorer.of(MLP).predict(new float[][] {new float[4], new float[3]})));
    float[][] nan = {{1, 2, 3, 4}, {1, Float.NaN, 3, 4}};
    assertEquals("Cannot predict: x2 is NaN in row 1. Mend the row, or have invalid rows kept, which get NaN: invalidRows(KEEP).",
        refusal(Refusal.Kind.INVALID_ROWS, () -> MLP_BY_NAME.predict(nan)));
    float[][] kept = MLP_BY_NAME.invalidRows(InvalidPolicy.KEEP).predict(nan);
    assertTrue(!Float.isNaN(kept[0][0]) && Float.isNaN(kept[1][0]));
    assertTrue(refusal(Refusal.Kind.COMMAND, () -> Scorer.of(TWO_OUTPUTS).predict(new float[1][5])).endsWith(
        "and one array is neither. Call predict with a map by their names."));
    assertEquals(
        "Cannot predict: x6 is 1000000, and the model knows -11 to 10 in row 0. Mend the row, or have invalid rows kept, which get NaN:"
            + " invalidRows(KEEP).",
        refusal(Refusal.Kind.INVALID_ROWS, () -> Scorer.of(EMBEDDING).predict(new float[][] {{0, 1, 2, 3, 4, 5, 1e6f}})));
  }

  @Test
  void aChangedModelFileIsReadAnewAndAnOldDatasetKeepsItsOwn() throws Exception {
    Path model = Files.copy(Path.of(MLP), folder.resolve("m.keras"));
    Scorer scorer = Scorer.of(model.toString()).features("x1", "x2", "x3", "x4");
    Dataset<Row> before = scorer.score(table());
    float[] old = column(before, "prediction");
    Files.copy(Models.GOLDEN.resolve("samples/mlp/model.h5"), model, StandardCopyOption.REPLACE_EXISTING);
    Files.delete(model);
    Files.write(model, "no model".getBytes(UTF_8));
    assertArrayEquals(old, column(before, "prediction"));
    assertTrue(refusal(Refusal.Kind.MODEL, () -> scorer.score(table())).contains("it is neither a zip nor HDF5 nor NumPy"));
  }
}
