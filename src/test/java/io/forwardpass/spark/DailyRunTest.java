package io.forwardpass.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.config.WindowsConfig;
import io.forwardpass.network.Network;
import io.forwardpass.network.Shape;
import io.forwardpass.testing.JobBuilder;
import io.forwardpass.testing.Networks;
import io.forwardpass.testing.Sessions;
import io.forwardpass.testing.WindowsBuilder;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thirty days in date partitions, three meters, a reading every two hours; each day is scored with the days before as context. */
class DailyRunTest {
  private static final int DAYS = 30;
  private static final int LOOK_BACK = 20;
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 15); // with a change of the clocks, where there is one

  private final SparkSession session = Sessions.shared();
  private final Network network = Networks.of(Shape.of(LOOK_BACK, 1), Shape.of(1));

  @TempDir
  Path folder;

  @BeforeEach
  void writeTable() {
    session.range(0, 3 * 12 * DAYS, 1, 2).selectExpr("id", "id % 3 as meter",
        "timestamp '2026-03-15 00:00:00' + make_dt_interval(0, 2 * (id div 3)) as t", "cast(sin(id) as float) x")
        .filter("id <> 400").selectExpr("*", "date(t) as day").write().partitionBy("day").parquet(folder.resolve("table").toString());
  }

  private JobBuilder jobs(String from, String until) {
    WindowsBuilder of = new WindowsBuilder(List.of("meter"), "t");
    of.step = WindowsBuilder.hours(2);
    of.labelOffset = OptionalInt.of(3);
    of.scoreFrom = Optional.of(from);
    of.scoreUntil = Optional.of(until);
    JobBuilder jobs = JobBuilder.from(folder.resolve("table")).features("x").windows(of).to(folder.resolve("out"));
    jobs.partitionTime = Optional.of("day = date(t)");
    return jobs;
  }

  private Map<Long, String> answers(JobBuilder jobs) throws Exception {
    Map<Long, String> answers = new TreeMap<>();
    for (Row row : jobs.job(network).scored().collectAsList()) {
      assertEquals(row.<java.sql.Timestamp>getAs("t").getTime() + 6 * 3_600_000L,
          row.<java.sql.Timestamp>getAs("prediction_time").getTime());
      Float prediction = row.getAs("prediction");
      answers.put(row.getAs("id"), prediction == null ? "null" : Integer.toHexString(Float.floatToRawIntBits(prediction)));
    }
    return answers;
  }

  @Test
  void aMonthOfDailyRunsGivesTheBitsOfOneRunOverTheMonth() throws Exception {
    Map<Long, String> whole = answers(jobs(FIRST.toString(), FIRST.plusDays(DAYS).toString()));
    assertEquals(3 * 12 * DAYS - 1, whole.size());
    assertEquals(3 * (LOOK_BACK - 1) + LOOK_BACK - 1, whole.values().stream().filter("null"::equals).count());
    Map<Long, String> daily = new TreeMap<>();
    for (int day = 0; day < DAYS; day++) {
      daily.putAll(answers(jobs(FIRST.plusDays(day).toString(), "date '" + FIRST.plusDays(day) + "' + interval 1 day")));
    }
    assertEquals(whole, daily);
  }

  @Test
  void readsOnlyTheDaysThatItsWindowsNeed() throws Exception {
    JobBuilder jobs = jobs("2026-04-10", "2026-04-11");
    String plan = jobs.job(network).dryRun().plan();
    // 19 steps of two hours reach back to the morning of the 8th
    assertTrue(plan.matches("(?s).*PartitionFilters: \\[[^]]*\\(day#\\d+ >= 2026-04-08\\)[^]]*\\(day#\\d+ <= 2026-04-10\\).*"), plan);
    Summary summary = jobs.job(network).run();
    assertEquals(List.of(3L * (19 + 12), 3L * 19, 36L, 0L),
        List.of(summary.rows().read(), summary.windows().context(), summary.rows().scored(), summary.windows().cut()));
  }

  @Test
  void countsSeriesThatMayBeginBeforeTheContext() throws Exception {
    WindowsBuilder of = new WindowsBuilder(List.of("meter"), "t");
    of.scoreFrom = Optional.of("2026-04-10");
    of.scoreUntil = Optional.of("2026-04-11");
    of.context = WindowsBuilder.hours(24);
    of.shortHistory = WindowsConfig.ShortHistory.ZERO;
    Summary summary = JobBuilder.from(folder.resolve("table")).features("x").windows(of).to(folder.resolve("out2")).job(network).run();
    assertEquals(List.of(72L, 36L, 15L, 21L, 21L),
        List.of(summary.rows().read(), summary.windows().context(), summary.rows().scored(), summary.windows().without(),
            summary.windows().cut()));
  }
}
