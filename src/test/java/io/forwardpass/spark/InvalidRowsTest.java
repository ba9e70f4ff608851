package io.forwardpass.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.graph.GraphBuilder;
import io.forwardpass.keras.ModelFiles;
import io.forwardpass.network.Network;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.testing.JobBuilder;
import io.forwardpass.testing.Networks;
import io.forwardpass.testing.Sessions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidRowsTest {
  private final SparkSession session = Sessions.shared();
  private final Network network = Networks.of(Shape.of(2), Shape.of(1));

  @TempDir
  Path folder;
  private Path table;

  /** x1 is NaN where id % 100 = 17, x2 is null where id % 100 = 50, infinite where id % 100 = 60. */
  @BeforeEach
  void writeTable() {
    table = folder.resolve("table");
    session.range(0, 1000, 1, 1).selectExpr("id", "date_add(date'2026-01-01', cast(id as int)) as day",
        "if(id % 100 = 17, float('NaN'), cast(id as float)) as x1",
        "if(id % 100 = 50, null, if(id % 100 = 60, double('Infinity'), cast(id as double))) as x2").write().parquet(table.toString());
  }

  /** Over batches, or over rows by way of a filter. */
  private JobBuilder jobs(boolean batches) {
    JobBuilder jobs = JobBuilder.from(table).features("x1", "x2").to(folder.resolve("out"));
    jobs.filter = batches ? Optional.empty() : Optional.of("id >= 0");
    return jobs;
  }

  private String refusal(JobBuilder jobs) throws Exception {
    Refusal refusal = assertThrows(Refusal.class, () -> jobs.job(network).run());
    assertEquals(Refusal.Kind.INVALID_ROWS, refusal.kind());
    assertEquals(List.of("table"), ScoreJobTest.names(folder));
    return refusal.getMessage();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void failsNamingColumnKeyAndValue(boolean batches) throws Exception {
    JobBuilder jobs = jobs(batches);
    jobs.key = List.of("id", "day");
    assertEquals("Cannot score the table: x1 is NaN in the row with id = 17, day = 2026-01-18. Mend the row, "
        + "or set invalid-rows.policy to keep or skip, or invalid-rows.nan to pass.", refusal(jobs));
    jobs.nanIsInvalid = false;
    jobs.columns = List.of("x1");
    assertEquals("Cannot score the table: x2 is null in the row with id = 50, day = 2026-02-20. Mend the row, "
        + "or set invalid-rows.policy to keep or skip.", refusal(jobs));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void namesTheFileWhereNoKeyIsGiven(boolean batches) throws Exception {
    String message = refusal(jobs(batches));
    assertTrue(message.startsWith("Cannot score the table: x1 is NaN in a row of file://" + table + "/part-00000"), message);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keepsInvalidRowsWithTheReason(boolean batches) throws Exception {
    Summary summary = jobs(batches).policy(InvalidPolicy.KEEP).job(network).run();
    List<Row> rows = session.read().parquet(summary.output()).orderBy("id").collectAsList();
    assertEquals(1000, rows.size());
    for (Row row : rows) {
      long id = row.getLong(0);
      String reason = id % 100 == 17 ? "x1 is NaN" : id % 100 == 50 ? "x2 is null" : null;
      assertEquals(reason, row.<String>getAs("prediction_error"));
      Float expected = reason != null ? null
          : (Float) Networks.answer(network, 0, new float[] {id, id % 100 == 60 ? Float.POSITIVE_INFINITY : id})[0];
      assertEquals(expected, row.<Float>getAs("prediction"));
    }
    assertEquals(Map.of("x1 is NaN", 10L, "x2 is null", 10L), summary.rows().invalidByReason());
    assertEquals(List.of(1000L, 980L, 20L, 0L),
        List.of(summary.rows().read(), summary.rows().scored(), summary.rows().invalid(), summary.rows().dropped()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void skipsInvalidRows(boolean batches) throws Exception {
    Summary summary = jobs(batches).policy(InvalidPolicy.SKIP).job(network).run();
    List<Row> rows = session.read().parquet(summary.output()).orderBy("id").collectAsList();
    assertEquals(List.of("id", "day", "x1", "x2", "prediction"), List.of(rows.get(0).schema().fieldNames()));
    assertEquals(980, rows.size());
    assertTrue(rows.stream().noneMatch(row -> row.isNullAt(4) || row.getLong(0) % 100 == 17 || row.getLong(0) % 100 == 50));
    assertEquals(List.of(1000L, 980L, 20L, 20L),
        List.of(summary.rows().read(), summary.rows().scored(), summary.rows().invalid(), summary.rows().dropped()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void letsNaNThroughToTheNetworkWhenAsked(boolean batches) throws Exception {
    JobBuilder jobs = jobs(batches).policy(InvalidPolicy.SKIP);
    jobs.nanIsInvalid = false;
    Summary summary = jobs.job(network).run();
    assertEquals(Map.of("x2 is null", 10L), summary.rows().invalidByReason());
    List<Row> rows = session.read().parquet(summary.output()).where("id % 100 = 17").collectAsList();
    assertEquals(10, rows.size());
    assertTrue(rows.stream().allMatch(row -> Float.isNaN(row.<Float>getAs("prediction"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", ""})
  void aWindowFailsNamingTheRowThatSpoilsIt(String key) throws Exception {
    Network sequence = Networks.of(Shape.of(30, 2), Shape.of(1));
    JobBuilder jobs = jobs(true).windows(List.of(), "day");
    jobs.key = key.isEmpty() ? List.of() : List.of(key);
    Refusal refusal = assertThrows(Refusal.class, () -> jobs.job(sequence).run());
    assertEquals("Cannot score the table: x1 is NaN in the row with " + (key.isEmpty() ? "day = 2026-01-18" : "id = 17")
        + ". Mend the row, or set invalid-rows.policy to keep or skip, or invalid-rows.nan to pass.", refusal.getMessage());
    assertEquals(Refusal.Kind.INVALID_ROWS, refusal.kind());
  }

  /** An embedding of 11 vectors: what Keras stops at, or counts from the end. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aNumberThatAnEmbeddingDoesNotKnowIsInvalid(boolean batches) throws Exception {
    Network embedding = GraphBuilder.build(ModelFiles.read("src/test/resources/golden/layers/embedding/model.keras", Optional.empty(),
        Optional.empty(), 3, new Configuration())).compile();
    Path stores = folder.resolve("stores");
    session.range(0, 500, 1, 1).selectExpr("id", "cast(id % 11 as int) as a", "if(id = 70, 11L, if(id = 300, -12L, id % 22 - 11)) as b")
        .write().parquet(stores.toString());
    JobBuilder jobs = JobBuilder.from(stores).features("a", "a", "a", "b", "a", "a", "a").to(folder.resolve("out"));
    jobs.filter = batches ? Optional.empty() : Optional.of("id >= 0");
    jobs.key = List.of("id");
    assertEquals("Cannot score the table: b holds 11, and the model knows -11 to 10 in the row with id = 70. Mend the row, or set "
        + "invalid-rows.policy to keep or skip.", assertThrows(Refusal.class, () -> jobs.job(embedding).run()).getMessage());
    Summary summary = jobs.policy(InvalidPolicy.KEEP).job(embedding).run();
    assertEquals(Map.of("b holds a number that the model does not know", 2L), summary.rows().invalidByReason());
    assertEquals(List.of("[70,b holds 11, and the model knows -11 to 10]", "[300,b holds -12, and the model knows -11 to 10]"),
        session.read().parquet(summary.output()).where("prediction is null").orderBy("id").select("id", "prediction_error").collectAsList()
            .stream().map(Row::toString).toList());
  }
}
