package io.forwardpass.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.config.JobConfig.ReconstructionError;
import io.forwardpass.config.Span;
import io.forwardpass.config.WindowsConfig.OnDuplicate;
import io.forwardpass.config.WindowsConfig.OnGap;
import io.forwardpass.config.WindowsConfig.WindowPartitioning;
import io.forwardpass.network.Network;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.testing.JobBuilder;
import io.forwardpass.testing.Networks;
import io.forwardpass.testing.Sessions;
import io.forwardpass.testing.WindowsBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of windows one by one, by what they say of a small table: refusals by their text, and types of time. */
class WindowKeysTest {
  private final SparkSession session = Sessions.shared();
  private final Network network = Networks.of(Shape.of(2, 1), Shape.of(1));

  @TempDir
  Path folder;

  private JobBuilder jobs(String rows, Consumer<WindowsBuilder> change, String... orderBy) {
    session.sql(rows).createOrReplaceTempView("keys");
    WindowsBuilder of = new WindowsBuilder(List.of("s"), orderBy);
    change.accept(of);
    JobBuilder jobs = JobBuilder.from(folder.resolve("none")).features("x").windows(of);
    jobs.inputPath = Optional.empty();
    jobs.inputTable = Optional.of("keys");
    return jobs;
  }

  private String refusal(String rows, Consumer<WindowsBuilder> change, String... orderBy) {
    return assertThrows(Refusal.class, () -> jobs(rows, change, orderBy).job(network).run()).getMessage();
  }

  private Map<String, Boolean> scored(String rows, Consumer<WindowsBuilder> change, String... orderBy) throws Exception {
    Map<String, Boolean> scored = new TreeMap<>();
    for (Row row : jobs(rows, change, orderBy).job(network).scored().collectAsList()) {
      scored.put(String.valueOf(row.<Object>getAs("t")), !row.isNullAt(row.fieldIndex("prediction")));
    }
    return scored;
  }

  @Test
  void namesSeriesAndTimeOfADuplicate() {
    String rows = "select * from values ('a', 1L, 1f), ('b', 2L, 1f), ('b', 2L, 2f) as t(s, t, x)";
    assertEquals("Cannot score the table: there is more than one row with s = b, t = 2. Remove all but one, or set windows.on-duplicate to"
        + " first or last.", refusal(rows, of -> {}, "t"));
  }

  @Test
  void refusesDuplicatesThatNothingTellsApart() {
    String rows = "select * from values ('b', 2L, 7, 1f), ('b', 2L, 7, 2f) as t(s, t, n, x)";
    for (WindowPartitioning partitioning : List.of(WindowPartitioning.SERIES, WindowPartitioning.RANGE)) {
      assertEquals("Cannot score the table: there is more than one row with s = b, t = 2, and all columns of windows.order-by are equal."
          + " Remove all but one, or name a further column that tells them apart.", refusal(rows, of -> {
            of.onDuplicate = OnDuplicate.LAST;
            of.partitioning = partitioning;
          }, "t", "n"));
    }
  }

  @Test
  void namesAGapWithBothTimes() {
    String rows =
        "select 'a' as s, timestamp '2026-01-01 00:00:00' + make_dt_interval(0, 0, if(id = 2, 45, id * 15)) as t, 1f as x from range(3)";
    String message = refusal(rows, of -> {
      of.step = Optional.of(new Span(900_000_000L, true, "15 minutes"));
      of.onGap = OnGap.ERROR;
    }, "t");
    assertEquals(
        "Cannot score the table: there is a gap in its series, from 2026-01-01 00:15:00.0 to 2026-01-01 00:45:00.0, before the row with"
            + " s = a, t = 2026-01-01 00:45:00.0, and windows.step expects another spacing. Mend the rows, or set windows.on-gap to restart,"
            + " ignore or fill.",
        message);
  }

  @Test
  void refusesALengthOfAnotherKindThanTheTime() {
    String start = "Cannot score keys: windows.step is ";
    assertEquals(start + "15 minutes, but windows.order-by names a column of type bigint. Give a whole number.",
        refusal("select 'a' s, 1L t, 1f x", of -> of.step = Optional.of(new Span(900_000_000L, true, "15 minutes")), "t"));
    assertEquals(start + "15 minutes, but windows.order-by names a column of type date. Give whole days, such as \"1 day\".",
        refusal("select 'a' s, date '2026-01-01' t, 1f x", of -> of.step = Optional.of(new Span(900_000_000L, true, "15 minutes")), "t"));
    assertEquals(start + "1, but windows.order-by names a column of type timestamp. Give a length of time such as \"15 minutes\".",
        refusal("select 'a' s, timestamp '2026-01-01' t, 1f x", of -> of.step = WindowsBuilder.number(1), "t"));
  }

  @Test
  void refusesALookBackThatIsNotTheModels() {
    assertEquals(
        "Cannot score keys: windows.look-back is 3, but the model takes 2 steps. Leave windows.look-back out, or use the model that"
            + " was trained with it.",
        refusal("select 'a' s, 1L t, 1f x", of -> of.lookBack = OptionalInt.of(3), "t"));
  }

  @Test
  void refusesBoundsThatAreNeitherValuesNorExpressions() {
    String rows = "select 'a' s, date '2026-01-01' t, 1f x";
    String message = refusal(rows, of -> of.scoreFrom = Optional.of("next tuesday"), "t");
    assertTrue(
        message.startsWith("Cannot score keys: windows.score-from \"next tuesday\" is neither a value of type date, as windows.order-by"
            + " is, nor an expression for one. Spark says: "),
        message);
    assertEquals("Cannot score keys: windows.score-until, 2026-01-02, is not after windows.score-from, 2026-01-02: nothing would be scored."
        + " Change one of them.", refusal(rows, of -> {
          of.scoreFrom = Optional.of("2026-01-02");
          of.scoreUntil = Optional.of("date '2026-01-01' + 1");
        }, "t"));
  }

  @Test
  void refusesATimeTooWideToCountWith() {
    assertEquals(
        "Cannot score keys: windows.order-by names t, which is of type decimal(38,0), and windows.step, score-from and score-until count"
            + " with at most 18 digits. Cast it, or leave them out.",
        refusal("select 'a' s, cast(1 as decimal(38, 0)) t, 1f x", of -> of.step = WindowsBuilder.number(1), "t"));
  }

  @Test
  void countsInStepsOfEveryTypeOfTime() throws Exception {
    Consumer<WindowsBuilder> one = of -> of.step = WindowsBuilder.number(1);
    Consumer<WindowsBuilder> day = of -> of.step = WindowsBuilder.hours(24);
    for (String type : List.of("tinyint", "smallint", "int", "bigint", "decimal(9, 0)")) {
      assertEquals(Map.of("1", false, "2", true, "4", false, "5", true),
          scored("select 'a' s, cast(id as " + type + ") t, 1f x from values (1), (2), (4), (5) as v(id)", one, "t"), type);
    }
    assertEquals(Map.of("0.50", false, "1.50", true, "2.75", false),
        scored("select 'a' s, cast(id as decimal(9, 2)) t, 1f x from values (0.5), (1.5), (2.75) as v(id)", one, "t"));
    assertEquals(Map.of("2026-01-01", false, "2026-01-02", true, "2026-01-04", false),
        scored("select 'a' s, date(id) t, 1f x from values ('2026-01-01'), ('2026-01-02'), ('2026-01-04') as v(id)", day, "t"));
    assertEquals(Map.of("2026-01-01T00:00", false, "2026-01-02T00:00", true, "2026-01-03T01:00", false),
        scored("select 'a' s, id t, 1f x from values (timestamp_ntz '2026-01-01'), (timestamp_ntz '2026-01-02'),"
            + " (timestamp_ntz '2026-01-03 01:00:00') as v(id)", day, "t"));
    String wide = "cast('1000000000000000000000' as decimal(30, 0))";
    assertEquals(2, scored("select 'a' s, " + wide + " + id t, 1f x from range(2)", of -> {}, "t").size());
    assertTrue(refusal("select 'a' s, " + wide + " t, 1f x from range(2)", of -> {}, "t")
        .contains("there is more than one row with s = a, t = 1000"));
  }

  @Test
  void labelOffsetTellsWhichTimeAPredictionIsFor() throws Exception {
    Consumer<WindowsBuilder> two = of -> {
      of.step = WindowsBuilder.hours(24);
      of.labelOffset = OptionalInt.of(-2);
    };
    Row date = jobs("select 'a' s, date '2026-03-01' t, 1f x", two, "t").job(network).scored().collectAsList().get(0);
    assertEquals("2026-02-27", String.valueOf(date.<Object>getAs("prediction_time")));
    Row local = jobs("select 'a' s, timestamp_ntz '2026-03-01 10:00:00' t, 1f x", two, "t").job(network).scored().collectAsList().get(0);
    assertEquals("2026-02-27T10:00", String.valueOf(local.<Object>getAs("prediction_time")));
    Consumer<WindowsBuilder> numbers = of -> {
      of.step = WindowsBuilder.number(5);
      of.labelOffset = OptionalInt.of(3);
    };
    Row small = jobs("select 'a' s, 100S t, 1f x", numbers, "t").job(network).scored().collectAsList().get(0);
    assertEquals((short) 115, small.<Short>getAs("prediction_time"));
    Row decimal = jobs("select 'a' s, cast(0.25 as decimal(5, 2)) t, 1f x", numbers, "t").job(network).scored().collectAsList().get(0);
    assertEquals("15.25", String.valueOf(decimal.<Object>getAs("prediction_time")));
  }

  @Test
  void autoGoesByTheCatalogsStatistics() throws Exception {
    session.conf().set("spark.sql.cbo.enabled", "true"); // without it Spark's plans do not know of columns
    int cores = session.sparkContext().defaultParallelism();
    try {
      for (int series : new int[] {1, 40}) {
        session.sql("select concat('s', id % " + series + ") s, id t, 1f x from range(200)").write().mode("overwrite")
            .saveAsTable("analyzed");
        session.sql("analyze table analyzed compute statistics for columns s");
        JobBuilder jobs = jobs("select 1", of -> of.partitioning = WindowPartitioning.AUTO, "t").to(folder.resolve("analyzed" + series));
        jobs.inputPath = Optional.empty();
        jobs.inputTable = Optional.of("analyzed");
        String decided = jobs.job(network).run().windows().partitioning();
        String number = series == 1 ? "1" : "(3[5-9]|4[0-5])"; // as near as Spark's estimate
        assertTrue(
            decided
                .matches((series == 1 ? "by series and time" : "by series") + " \\(auto: " + number + " series for " + cores + " cores\\)"),
            decided);
      }
    } finally {
      session.conf().unset("spark.sql.cbo.enabled");
      session.sql("drop table if exists analyzed");
    }
  }

  @Test
  void autoTakesRangesWhereThereIsOneSeriesAndSaysSo() throws Exception {
    JobBuilder jobs = jobs("select 'a' s, id t, 1f x from range(10)", of -> of.partitioning = WindowPartitioning.AUTO, "t");
    assertEquals("by series (auto: how many series there are is not known)", jobs.job(network).run().windows().partitioning());
    JobBuilder one = jobs("select 'a' s, id t, 1f x from range(10)", of -> {
      of.series = List.of();
      of.partitioning = WindowPartitioning.AUTO;
    }, "t").to(folder.resolve("one"));
    Summary summary = one.job(network).run();
    assertEquals("by time (auto: there is one series)", summary.windows().partitioning());
    assertEquals(List.of(10L, 9L, 1L), List.of(summary.rows().read(), summary.rows().scored(), summary.windows().without()));
    assertTrue(one.to(folder.resolve("two")).job(network).dryRun().plan().contains("rangepartitioning(t#"));
  }

  @Test
  void reconstructionErrorIsTheDistanceBetweenAWindowAndWhatTheModelMakesOfIt() throws Exception {
    Network coder = Networks.of(Shape.of(2, 1), Shape.of(2, 1));
    float[] window = {3, 5};
    float[] made = Networks.answer(coder, 0, window);
    double a = (double) window[0] - made[0];
    double b = (double) window[1] - made[1];
    Map<ReconstructionError, Double> expected = Map.of(ReconstructionError.MAE, (Math.abs(a) + Math.abs(b)) / 2,
        ReconstructionError.MSE, (a * a + b * b) / 2, ReconstructionError.RMSE, Math.sqrt((a * a + b * b) / 2));
    for (ReconstructionError error : expected.keySet()) {
      JobBuilder jobs = jobs("select 'a' s, id t, cast(2 * id + 3 as float) x from range(2)", of -> {}, "t");
      jobs.reconstructionError = error;
      jobs.reconstruction = error == ReconstructionError.MAE;
      List<Row> rows = jobs.job(coder).scored().orderBy("t").collectAsList();
      assertEquals(expected.get(error).floatValue(), rows.get(1).<Float>getAs("reconstruction_error"));
      assertTrue(rows.get(0).isNullAt(rows.get(0).fieldIndex("reconstruction_error")));
      assertEquals(jobs.reconstruction, List.of(rows.get(0).schema().fieldNames()).contains("prediction"));
    }
  }

  @Test
  void refusesAReconstructionErrorOfAModelThatReconstructsNothing() {
    List<String> messages = new ArrayList<>();
    JobBuilder jobs = jobs("select 'a' s, 1L t, 1f x", of -> {}, "t");
    jobs.reconstructionError = ReconstructionError.MSE;
    messages.add(assertThrows(Refusal.class, () -> jobs.job(network).run()).getMessage());
    assertEquals(
        List.of("Cannot score keys: output.reconstruction-error compares what a model is given with what it gives back, but its inputs"
            + " are (2, 1) and its outputs (1,). Leave it out, or use an autoencoder."),
        messages);
  }
}
