package io.forwardpass.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.network.Network;
import io.forwardpass.network.Shape;
import io.forwardpass.testing.JobBuilder;
import io.forwardpass.testing.Networks;
import io.forwardpass.testing.Sessions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreJobTest {
  private final SparkSession session = Sessions.shared();
  private final Network network = Networks.of(Shape.of(3), Shape.of(1));

  @TempDir
  Path folder;
  private Path table;

  @BeforeEach
  void writeTable() {
    table = folder.resolve("table");
    session.range(0, 10_000, 1, 3).selectExpr("id", "concat('r', id % 7) as region", "cast(sin(id) as float) as x1", "cos(id) as x2",
        "cast(id % 100 as int) as x3").write().parquet(table.toString());
  }

  private static float expected(Network network, long id) {
    return Networks.answer(network, 0, new float[] {(float) Math.sin((double) id), (float) Math.cos((double) id), id % 100})[0];
  }

  private void assertScored(Dataset<Row> scored, int rows) {
    List<Row> all = scored.orderBy("id").collectAsList();
    assertEquals(rows, all.size());
    for (Row row : all) {
      assertEquals(expected(network, row.<Long>getAs("id")), row.<Float>getAs("prediction"), "id " + row.getAs("id"));
    }
  }

  @Test
  void scoresParquetToParquetWithAllColumnsKept() throws Exception {
    Path out = folder.resolve("out");
    Summary summary = JobBuilder.from(table).to(out).features("x1", "x2", "x3").job(network).run();
    Dataset<Row> scored = session.read().parquet(out.toString());
    assertEquals(List.of("id", "region", "x1", "x2", "x3", "prediction"), List.of(scored.columns()));
    assertScored(scored, 10_000);
    assertEquals(10_000, summary.rows().read());
    assertEquals(10_000, summary.rows().scored());
    assertEquals("file:" + out, summary.output());
    assertEquals(List.of("out", "table"), names(folder));
  }

  @Test
  void showsItsOperatorAndReadsOnlyWhatIsNeeded() throws Exception {
    JobBuilder jobs = JobBuilder.from(table).features("x1", "x2", "x3");
    jobs.columns = List.of("id");
    DryRun run = jobs.job(network).dryRun();
    assertTrue(run.plan().contains("ForwardpassScore model.keras, [x1, x2, x3], [prediction]"), run.plan());
    assertTrue(run.plan().contains("ReadSchema: struct<id:bigint,x1:float,x2:double,x3:int>"), run.plan());
    assertEquals(List.of("id", "prediction"), List.of(run.schema().fieldNames()));
    assertEquals(5, run.rows().size());
    for (Row row : run.rows()) {
      assertEquals(expected(network, row.getLong(0)), row.getFloat(1));
    }
    assertEquals(List.of("table"), names(folder));
  }

  @Test
  void scoresBatchesByTheColumnarOperator() throws Exception {
    String plan = JobBuilder.from(table).features("x1", "x2", "x3").job(network).dryRun().plan();
    assertTrue(plan.indexOf("ColumnarToRow") >= 0 && plan.indexOf("ColumnarToRow") < plan.indexOf("ForwardpassScore"), plan);
  }

  @Test
  void pushesTheFilterToTheScan() throws Exception {
    JobBuilder jobs = JobBuilder.from(table).features("x1", "x2", "x3");
    jobs.filter = java.util.Optional.of("id < 100");
    ScoreJob job = jobs.job(network);
    String plan = job.dryRun().plan();
    assertTrue(plan.contains("PushedFilters: [IsNotNull(id), LessThan(id,100)]"), plan);
    assertScored(job.scored(), 100);
  }

  static List<String> names(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
