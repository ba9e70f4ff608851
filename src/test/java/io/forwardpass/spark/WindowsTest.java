package io.forwardpass.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.config.WindowsConfig.ShortHistory;
import io.forwardpass.network.Network;
import io.forwardpass.network.Shape;
import io.forwardpass.testing.JobBuilder;
import io.forwardpass.testing.Networks;
import io.forwardpass.testing.Sessions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowsTest {
  private static final int LOOK_BACK = 4;

  private final SparkSession session = Sessions.shared();
  private final Network network = Networks.of(Shape.of(LOOK_BACK, 2), Shape.of(1));

  @TempDir
  Path folder;
  private Path table;

  /** Rows in no order, 41 series and one without a key, some of three rows. */
  @BeforeEach
  void writeTable() {
    table = folder.resolve("table");
    session.range(0, 3000, 1, 5)
        .selectExpr("id", "if(id % 43 = 0, null, if(id < 15, concat('short', id % 5), concat('s', id % 37))) as series",
            "(id * 1237) % 3001 as t", "cast(sin(id) as float) as x1", "cos(id) as x2")
        .orderBy("x2").write().parquet(table.toString());
  }

  /** Predictions by id, by the obvious loop. */
  private Map<Long, Float> expected() {
    Map<String, TreeMap<Long, Row>> series = new HashMap<>();
    for (Row row : session.read().parquet(table.toString()).collectAsList()) {
      series.computeIfAbsent(String.valueOf(row.<Object>getAs("series")), s -> new TreeMap<>()).put(row.getAs("t"), row);
    }
    Map<Long, Float> predictions = new HashMap<>();
    for (TreeMap<Long, Row> rows : series.values()) {
      List<Row> sorted = List.copyOf(rows.values());
      for (int last = 0; last < sorted.size(); last++) {
        predictions.put(sorted.get(last).getAs("id"), last < LOOK_BACK - 1 ? null : answer(sorted.subList(last - LOOK_BACK + 1, last + 1)));
      }
    }
    return predictions;
  }

  private float answer(List<Row> window) {
    float[] x = new float[LOOK_BACK * 2];
    for (int t = 0; t < LOOK_BACK; t++) {
      x[t * 2] = window.get(t).<Float>getAs("x1");
      x[t * 2 + 1] = (float) window.get(t).<Double>getAs("x2").doubleValue();
    }
    return Networks.answer(network, 0, x)[0];
  }

  private static Map<Long, Float> predictions(Dataset<Row> scored) {
    Map<Long, Float> predictions = new HashMap<>();
    for (Row row : scored.collectAsList()) {
      predictions.put(row.getAs("id"), row.getAs("prediction"));
    }
    return predictions;
  }

  @Test
  void scoresTheRowsBeforeEachRowOfItsSeries() throws Exception {
    Map<Long, Float> expected = expected();
    assertEquals(3000, expected.size());
    for (int blockRows : List.of(64, 512)) {
      JobBuilder jobs = JobBuilder.from(table).features("x1", "x2").windows(List.of("series"), "t").to(folder.resolve("out" + blockRows));
      jobs.blockRows = blockRows;
      Summary summary = jobs.job(network).run();
      assertEquals(expected, predictions(session.read().parquet(summary.output())));
      long without = expected.values().stream().filter(prediction -> prediction == null).count();
      assertTrue(without > 100);
      assertEquals(List.of(3000L, 3000 - without, without, 0L, 0L),
          List.of(summary.rows().read(), summary.rows().scored(), summary.windows().without(), summary.rows().invalid(),
              summary.rows().dropped()));
    }
  }

  @Test
  void dropsRowsWithTooLittleHistoryWhenAsked() throws Exception {
    Map<Long, Float> expected = expected();
    expected.values().removeIf(prediction -> prediction == null);
    JobBuilder jobs =
        JobBuilder.from(table).features("x1", "x2").windows(List.of("series"), "t", ShortHistory.DROP).to(folder.resolve("out"));
    Summary summary = jobs.job(network).run();
    Dataset<Row> scored = session.read().parquet(summary.output());
    assertEquals(expected, predictions(scored));
    assertEquals(List.of("id", "series", "t", "x1", "x2", "prediction"), List.of(scored.columns()));
    assertEquals(3000 - expected.size(), summary.rows().dropped());
    assertEquals(expected.size(), summary.rows().scored());
  }

  @Test
  void takesAllRowsForOneSeriesWhereNoneIsNamed() throws Exception {
    List<Row> sorted = session.read().parquet(table.toString()).orderBy("t").collectAsList();
    Map<Long, Float> scored = predictions(JobBuilder.from(table).features("x1", "x2").windows(List.of(), "t").job(network).scored());
    for (int last = 0; last < sorted.size(); last++) {
      Float expected = last < LOOK_BACK - 1 ? null : (Float) answer(sorted.subList(last - LOOK_BACK + 1, last + 1));
      assertEquals(expected, scored.get(sorted.get(last).<Long>getAs("id")));
    }
  }

  @Test
  void asksSparkForShuffleAndSort() throws Exception {
    String plan = JobBuilder.from(table).features("x1", "x2").windows(List.of("series"), "t").job(network).dryRun().plan();
    assertTrue(plan.contains("ForwardpassWindows model.keras, [x1, x2, series, t], look-back 4, partitioned by series, [prediction]"),
        plan);
    assertTrue(plan.matches("(?s).*Sort \\[series#\\d+ ASC NULLS FIRST, t#\\d+L ASC NULLS FIRST\\].*Exchange hashpartitioning\\(series.*"),
        plan);
  }

  @Test
  void sortsNothingAgainWhereTheTableIsClusteredAndSorted() throws Exception {
    session.sql("drop table if exists bucketed");
    session.read().parquet(table.toString()).write().bucketBy(3, "series").sortBy("series", "t").saveAsTable("bucketed");
    JobBuilder jobs = JobBuilder.from("none").features("x1", "x2").windows(List.of("series"), "t");
    jobs.inputPath = java.util.Optional.empty();
    jobs.inputTable = java.util.Optional.of("bucketed");
    ScoreJob job = jobs.job(network);
    String plan = job.dryRun().plan();
    assertTrue(!plan.contains("Exchange"), plan);
    assertEquals(expected(), predictions(job.scored()));
    session.sql("drop table bucketed");
  }

  @Test
  void everyWindowThatHoldsAnInvalidRowIsInvalidAndNoOther() throws Exception {
    Path holes = folder.resolve("holes");
    session.range(0, 20, 1, 1).selectExpr("id", "id as t", "if(id = 2 or id = 9, null, cast(id as float)) x1", "cast(id as double) x2")
        .write().parquet(holes.toString());
    JobBuilder jobs = JobBuilder.from(holes).features("x1", "x2").windows(List.of(), "t").policy(InvalidPolicy.KEEP);
    Summary summary = jobs.job(network).run();
    List<Row> rows = session.read().parquet(summary.output()).orderBy("id").collectAsList();
    for (Row row : rows) {
      long id = row.getLong(0);
      boolean invalid = (id >= 3 && id <= 5) || (id >= 9 && id <= 12);
      assertEquals(id < 3 || invalid, row.isNullAt(row.fieldIndex("prediction")), "id " + id);
      assertEquals(id < 3 ? "too little history" : invalid ? "x1 is null" : null, row.<String>getAs("prediction_error"), "id " + id);
    }
    assertEquals(Map.of("x1 is null", 7L), summary.rows().invalidByReason());
    assertEquals(List.of(20L, 10L, 3L, 7L),
        List.of(summary.rows().read(), summary.rows().scored(), summary.windows().without(), summary.rows().invalid()));
  }

  @Test
  void feedsStaticInputsFromAWindowsLastRow() throws Exception {
    Network two = Networks.twoInputs(Shape.of(1), Shape.of(3, 1));
    Path rows = folder.resolve("rows");
    session.range(0, 10, 1, 1).selectExpr("id as t", "cast(id as float) h", "if(id = 4, null, id * 10) c").write().parquet(rows.toString());
    JobBuilder jobs = JobBuilder.from(rows).input("history", "h").input("customer", "c").windows(List.of(), "t").policy(InvalidPolicy.KEEP);
    for (Row row : jobs.job(two).scored().collectAsList()) {
      long t = row.<Long>getAs("t");
      float[] customer = {t * 10};
      float[] history = {t - 2, t - 1, t};
      assertEquals(t < 2 ? "too little history" : t == 4 ? "c is null" : null, row.<String>getAs("prediction_error"));
      if (t >= 2 && t != 4) {
        assertEquals(Networks.answer(two, 0, customer, history)[0], row.<Float>getAs("prediction_risk"));
        float[] parts = Networks.answer(two, 1, customer, history);
        assertEquals(List.of(parts[0], parts[1]), row.getList(row.fieldIndex("prediction_parts")));
      }
    }
  }

  @Test
  void aRowWithoutATimeIsInvalidAndInNoWindow() throws Exception {
    Path holes = folder.resolve("holes");
    session.range(0, 10, 1, 1).selectExpr("id", "if(id = 7, null, id) as t", "cast(id as float) x1", "cast(id as double) x2")
        .write().parquet(holes.toString());
    JobBuilder jobs = JobBuilder.from(holes).features("x1", "x2").windows(List.of(), "t").policy(InvalidPolicy.KEEP);
    Map<Long, String> errors = new TreeMap<>();
    for (Row row : jobs.job(network).scored().collectAsList()) {
      errors.put(row.getLong(0), String.valueOf(row.<Object>getAs("prediction_error")));
    }
    String shortHistory = "too little history";
    assertEquals(Map.of(7L, "t is null", 0L, shortHistory, 1L, shortHistory, 2L, shortHistory, 3L, "null", 4L, "null", 5L, "null", 6L,
        "null", 8L, "null", 9L, "null"), errors);
  }

  @Test
  void zeroAndMinusZeroAreOneSeries() throws Exception {
    Path zeros = folder.resolve("zeros");
    session.range(0, 10, 1, 1)
        .selectExpr("id", "id as t", "if(id % 2 = 0, 0.0d, -0.0d) as s", "cast(id as float) x1", "cast(id as double) x2").write()
        .parquet(zeros.toString());
    JobBuilder jobs = JobBuilder.from(zeros).features("x1", "x2").windows(List.of("s"), "t", ShortHistory.DROP);
    assertEquals(7, jobs.job(network).scored().count());
  }
}
