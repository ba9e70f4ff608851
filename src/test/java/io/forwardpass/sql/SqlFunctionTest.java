package io.forwardpass.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.Scorer;
import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.config.Scaling;
import io.forwardpass.testing.Models;
import io.forwardpass.testing.Sessions;
import io.forwardpass.testing.SqlQueries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a call may be given, and that it gives what a job gives. */
class SqlFunctionTest {
  private static final SparkSession SESSION = Sessions.shared().newSession();
  private static final String MLP = "jobs/samples/mlp/model.keras";
  private static final String CALL = "forwardpass('" + MLP + "', x1, x2, x3, x4)";

  @TempDir
  static Path folder;

  @BeforeAll
  static void writeTables() {
    SqlQueries.writeTables(SESSION, folder);
  }

  private static List<Row> rows(String sql) {
    return SESSION.sql(sql).orderBy("id").collectAsList();
  }

  private static List<Row> expected() {
    return rows("SELECT id, " + CALL + " AS p FROM t");
  }

  private static Scorer scorer() {
    return Scorer.of(MLP).features("x1", "x2", "x3", "x4").prediction("p").invalidRows(InvalidPolicy.KEEP);
  }

  @Test
  void givesTheBitsOfAJob() {
    List<Row> job = scorer().score(SESSION.table("t")).orderBy("id").select("id", "p").collectAsList();
    assertEquals(600, job.size());
    assertEquals(job, expected());
    assertEquals("p FLOAT", SESSION.sql("SELECT " + CALL + " AS p FROM t").schema().toDDL());
    assertEquals(List.of("forwardpass(" + MLP + ", x1, x2, x3, x4)"), List.of(SESSION.sql("SELECT " + CALL + " FROM t").columns()));
  }

  @Test
  void aColumnOfAProgramIsTheSameCall() {
    Column[] features = {functions.col("x1"), functions.col("x2"), functions.col("x3"), functions.col("x4")};
    Dataset<Row> byPosition = SESSION.table("t").select(functions.col("id"),
        Scorer.of(MLP).invalidRows(InvalidPolicy.KEEP).score(features).as("p"));
    assertEquals(expected(), byPosition.orderBy("id").collectAsList());
    assertTrue(byPosition.queryExecution().optimizedPlan().toString().contains("ForwardpassScore"));
    assertEquals(expected(), SESSION.table("t").select(functions.col("id"), scorer().score().as("p")).orderBy("id").collectAsList());
    Scorer scaled = scorer().scale("x2", Scaling.standard(0.5, 2));
    assertEquals(scaled.score(SESSION.table("t")).orderBy("id").select("id", "p").collectAsList(),
        SESSION.table("t").select(functions.col("id"), scaled.score(features).as("p")).orderBy("id").collectAsList());
    assertNotEquals(expected(), scaled.score(SESSION.table("t")).orderBy("id").select("id", "p").collectAsList());
  }

  @Test
  void featuresComeOneByOneAsAnArrayAsAVectorOrByTheInputsName() {
    for (String features : List.of("array(x1, x2, x3, x4)", "input_layer => array(x1, x2, x3, x4)",
        "INPUT_LAYER => array(x1, x2, x3, x4)")) {
      assertEquals(expected(), rows("SELECT id, forwardpass('" + MLP + "', " + features + ") AS p FROM t"), features);
    }
    assertEquals(expected(), rows("SELECT id, forwardpass('" + MLP + "', v) AS p FROM (SELECT id, array(x1, x2, x3, x4) AS v FROM t)"));
    String vector = "named_struct('type', 1Y, 'size', CAST(NULL AS INT), 'indices', CAST(NULL AS ARRAY<INT>), 'values',"
        + " array(CAST(x1 AS DOUBLE), x2, CAST(x3 AS DOUBLE), x4))";
    assertEquals(rows("SELECT id, " + CALL + " AS p FROM t WHERE x1 IS NOT NULL"),
        rows("SELECT id, forwardpass('" + MLP + "', " + vector + ") AS p FROM t WHERE x1 IS NOT NULL"));
  }

  @Test
  void theModelMayBeAnythingConstant() throws Exception {
    assertEquals(expected(), rows("SELECT id, forwardpass(model => '" + MLP + "', input_layer => array(x1, x2, x3, x4)) AS p FROM t"));
    assertEquals(expected(),
        rows("SELECT id, forwardpass(concat('jobs/samples/', lower('MLP'), '/model.keras'), x1, x2, x3, x4) AS p FROM t"));
    SESSION.sql("DECLARE OR REPLACE VARIABLE m STRING DEFAULT '" + MLP + "'");
    assertEquals(expected(), rows("SELECT id, forwardpass(m, x1, x2, x3, x4) AS p FROM t"));
    String hex = HexFormat.of().formatHex(Files.readAllBytes(Path.of(MLP)));
    assertEquals(expected(), rows("SELECT id, forwardpass(X'" + hex + "', x1, x2, x3, x4) AS p FROM t"));
    assertEquals(expected(), SESSION.sql("SELECT id, forwardpass(:model, x1, x2, x3, x4) AS p FROM t", Map.of("model", MLP)).orderBy("id")
        .collectAsList());
    assertEquals(expected(),
        SESSION.sql("SELECT id, forwardpass(?, x1, x2, x3, x4) AS p FROM t", new Object[] {MLP}).orderBy("id").collectAsList());
    SESSION.sql("SET VAR m = 'nix.keras'");
    assertTrue(SqlRefusalsTest.message(SESSION, "SELECT forwardpass(m, x1, x2, x3, x4) FROM t").startsWith("Cannot read model nix.keras"));
  }

  @Test
  void aJobFileNamesModelFeaturesScalingAndLabels() throws Exception {
    Path job = Files.writeString(folder.resolve("churn.conf"), """
        model.path = "jobs/samples/mlp/model.keras"
        input.path = elsewhere
        output { path = elsewhere, prediction = churn, labels = [stays, leaves], format = csv }
        features { columns = [X1, x2, x3, x4], scaling.x2 { mean = 0.25, std = 3 } }
        """);
    List<Row> expected = scorer().prediction("churn").scale("x2", Scaling.standard(0.25, 3)).labels("stays",
        "leaves").score(SESSION.table("t"))
        .orderBy("id").select("id", "churn", "label", "probability").collectAsList();
    for (String features : List.of("struct(*)", "x1, x2, x3, x4", "named_struct('x4', x4, 'x3', x3, 'x2', x2, 'X1', x1)", "s")) {
      assertEquals(expected, rows("SELECT id, r.* FROM (SELECT id, forwardpass('" + job + "', " + features + ") AS r FROM"
          + " (SELECT *, struct(x3, x2, x4, x1) AS s FROM t))"), features);
    }
    String plan = SESSION.sql("SELECT id, forwardpass('" + job + "', struct(*)) AS r FROM t").queryExecution().executedPlan().toString();
    assertTrue(plan.contains("ReadSchema: struct<id:bigint,x1:float,x2:double,x3:int,x4:double>"), plan);
  }

  @Test
  void invalidRowsAreNullOrReported() {
    assertEquals(55, SESSION.sql("SELECT * FROM t WHERE " + CALL + " IS NULL").count());
    List<Row> reported = SESSION.sql("SELECT r.prediction_error AS e, count(*) AS n, count(r.prediction) AS p FROM (SELECT forwardpass('"
        + MLP
        + "', IF(id = 0, double('NaN'), x1), x2, x3, x4, on_invalid => 'report') AS r FROM t) GROUP BY 1 ORDER BY 1").collectAsList();
    assertEquals("[[null,544,544], [(IF((id = 0), NaN, x1)) is NaN,1,0], [(IF((id = 0), NaN, x1)) is null,55,0]]", reported.toString());
    assertEquals("STRUCT<prediction: FLOAT, prediction_error: STRING>", SESSION.sql("SELECT forwardpass('" + MLP
        + "', x1, x2, x3, x4, on_invalid => 'report') AS r FROM t").schema().apply("r").dataType().sql());
  }

  @Test
  void structuresAreNullAsAWholeForAnInvalidRow() {
    String call = "forwardpass('" + MLP + "', x1, x2, x3, x4, labels => array('no', 'yes'))";
    assertEquals(55, SESSION.sql("SELECT * FROM t WHERE " + call + " IS NULL").count());
    assertEquals("STRUCT<prediction: FLOAT, label: STRING, probability: FLOAT>",
        SESSION.sql("SELECT " + call + " AS r FROM t").schema().apply("r").dataType().sql());
  }

  @Test
  void viewsAndFunctionsThatLast() {
    SESSION.sql("CREATE OR REPLACE VIEW scored AS SELECT id, " + CALL + " AS p FROM parquet.`" + folder.resolve("t") + "`");
    assertEquals(expected(), rows("SELECT * FROM scored"));
    SESSION.sql("CREATE OR REPLACE FUNCTION churn(a FLOAT, b DOUBLE, c INT, d DOUBLE) RETURNS FLOAT RETURN forwardpass('" + MLP
        + "', a, b, c, d)");
    String sql = "SELECT id, churn(x1, x2, x3, x4) AS p FROM t";
    assertEquals(expected(), rows(sql));
    String plan = SESSION.sql(sql).queryExecution().optimizedPlan().toString();
    assertTrue(plan.contains("ForwardpassScore"), plan);
    SESSION.sql("CREATE OR REPLACE TEMPORARY VIEW lasting AS SELECT id, churn(x1, x2, x3, x4) AS p FROM t");
    assertEquals(expected(), rows("SELECT * FROM lasting"));
    SESSION.sql("CREATE OR REPLACE VIEW windowed AS SELECT * FROM forwardpass_windows(TABLE(SELECT * FROM parquet.`"
        + folder.resolve("meters")
        + "`) PARTITION BY meter ORDER BY t, model => 'jobs/samples/lstm/model.keras', features => array('a', 'b', 'c'))");
    assertEquals(240, SESSION.sql("SELECT * FROM windowed").count());
    SESSION.sql("DROP VIEW windowed");
    SESSION.sql("DROP FUNCTION churn");
    SESSION.sql("DROP VIEW scored");
  }

  @Test
  void aCachedTableIsFoundAgain() {
    SESSION.sql("CACHE TABLE cached AS SELECT id, x3, " + CALL + " AS p FROM t");
    assertEquals(expected(), rows("SELECT id, p FROM cached"));
    String plan = SESSION.sql("SELECT id, x3, " + CALL + " AS p FROM t").queryExecution().executedPlan().toString();
    assertTrue(plan.contains("Scan In-memory table cached"), plan);
    SESSION.sql("UNCACHE TABLE cached");
  }

  @Test
  void aPlanKeepsTheModelItWasMadeWithAndANewOneReadsTheChangedFile() throws Exception {
    Path model = Files.copy(Path.of(MLP), folder.resolve("changing.keras"));
    String sql = "SELECT id, forwardpass('" + model + "', x1, x2, x3, x4) AS p FROM t";
    Dataset<Row> before = SESSION.sql(sql).orderBy("id");
    Files.delete(model);
    Files.copy(Models.GOLDEN.resolve("layers/dense_no_bias/model.keras"), model);
    assertEquals(expected(), before.collectAsList());
    assertTrue(SqlRefusalsTest.message(SESSION, sql).contains(" features, but the call gives 4."));
    Files.delete(model);
    Files.copy(Path.of(MLP), model);
    assertEquals(expected(), rows(sql));
  }

  @Test
  void aStreamIsScoredAsATableIs() throws Exception {
    Dataset<Row> stream = SESSION.readStream().schema(SESSION.table("t").schema()).parquet(folder.resolve("t").toString());
    stream.createOrReplaceTempView("stream");
    String name = "scored_stream";
    SESSION.sql("SELECT id, " + CALL + " AS p FROM stream").writeStream().format("memory").queryName(name)
        .trigger(Trigger.AvailableNow()).start().awaitTermination();
    assertEquals(expected(), rows("SELECT * FROM " + name));
  }

  @Test
  void theFunctionsExplainThemselves() {
    String scalar = SESSION.sql("DESCRIBE FUNCTION EXTENDED forwardpass").collectAsList().toString();
    assertTrue(scalar.contains("forwardpass(model, features... [, on_invalid => 'null']")
        && scalar.contains("* on_invalid - for a row with a null")
        && scalar.contains("> SELECT *, forwardpass('models/mlp.keras', x1, x2, x3, x4) AS p FROM t;"), scalar);
    String windows = SESSION.sql("DESCRIBE FUNCTION EXTENDED forwardpass_windows").collectAsList().toString();
    assertTrue(windows.contains("PARTITION BY series ORDER BY time"), windows);
  }
}
