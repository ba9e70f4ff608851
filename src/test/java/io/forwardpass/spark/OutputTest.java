package io.forwardpass.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.config.JobConfig.PredictionAs;
import io.forwardpass.config.JobConfig.WriteMode;
import io.forwardpass.network.Network;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.testing.JobBuilder;
import io.forwardpass.testing.Networks;
import io.forwardpass.testing.Sessions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OutputTest {
  private final SparkSession session = Sessions.shared();
  private final Network network = Networks.of(Shape.of(2), Shape.of(1));

  @TempDir
  Path folder;
  private Path table;

  @BeforeEach
  void writeTable() {
    table = folder.resolve("table");
    session.range(0, 100, 1, 2).selectExpr("id", "id % 3 as part", "cast(id as float) x1", "id / 7 as x2").write()
        .parquet(table.toString());
  }

  private JobBuilder jobs() {
    return JobBuilder.from(table).features("x1", "x2").to(folder.resolve("out"));
  }

  private float expected(long id) {
    return Networks.answer(network, 0, new float[] {id, (float) (id / 7.0)})[0];
  }

  private void assertScored(Dataset<Row> scored, int copies) {
    List<Row> rows = scored.collectAsList();
    assertEquals(100 * copies, rows.size());
    for (Row row : rows) {
      long id = row.<Number>getAs("id").longValue();
      assertEquals(expected(id), row.<Number>getAs("prediction").floatValue());
    }
  }

  @ParameterizedTest
  @CsvSource({"csv, csv", "json, orc", "orc, json", "csv, parquet", "parquet, csv"})
  void readsAndWritesTheUsualFormats(String from, String to) throws Exception {
    Path input = folder.resolve("input");
    session.read().parquet(table.toString()).write().format(from).option("header", true).save(input.toString());
    JobBuilder jobs = JobBuilder.from(input).features("x1", "x2").to(folder.resolve("out"));
    jobs.inputFormat = from;
    jobs.outputFormat = to;
    Summary summary = jobs.job(network).run();
    assertScored(session.read().format(to).option("header", true).option("inferSchema", true).load(summary.output()), 1);
    assertEquals(100, summary.rows().read());
  }

  @Test
  void readsCsvWithoutHeaderByASchemaWhenToldTo() throws Exception {
    Path csv = Files.writeString(folder.resolve("a.csv"), "7;1.5;2\n8;2.5;3\n");
    JobBuilder jobs = JobBuilder.from(csv).features("x1", "x2").to(folder.resolve("out"));
    jobs.inputFormat = "csv";
    jobs.inputOptions = Map.of("HEADER", "false", "sep", ";");
    jobs.schema = Optional.of("id int, x1 double, x2 smallint");
    List<Row> rows = jobs.job(network).scored().collectAsList();
    assertEquals(2, rows.size());
    assertEquals(Networks.answer(network, 0, new float[] {1.5f, 2})[0], rows.get(0).<Float>getAs("prediction"));
  }

  @Test
  void partitionsTheOutput() throws Exception {
    JobBuilder jobs = jobs();
    jobs.partitionBy = List.of("part");
    jobs.job(network).run();
    assertEquals(List.of("part=0", "part=1", "part=2"), visible(folder.resolve("out")));
    assertScored(session.read().parquet(folder.resolve("out").toString()), 1);
  }

  @Test
  void appendPutsNewFilesIntoThePartitionsThatAreThere() throws Exception {
    JobBuilder jobs = jobs();
    jobs.partitionBy = List.of("part");
    jobs.mode = WriteMode.APPEND;
    jobs.filter = Optional.of("part < 2");
    jobs.job(network).run();
    jobs.filter = Optional.of("part > 0");
    jobs.job(network).run();
    assertEquals(List.of("part=0", "part=1", "part=2"), visible(folder.resolve("out")));
    Dataset<Row> out = session.read().parquet(folder.resolve("out").toString());
    assertEquals(34 + 2 * 33 + 33, out.count());
    assertEquals(2 * 33, out.where("part = 1").count());
    assertEquals(List.of("out", "table"), ScoreJobTest.names(folder));
  }

  @Test
  void appendKeepsPartitionFoldersOfOddNamesAndFilesWithoutPartitions() throws Exception {
    JobBuilder odd = jobs().to(folder.resolve("odd"));
    session.read().parquet(table.toString()).selectExpr("*", "concat('a b/c:', part, '%') as name").write().mode("overwrite")
        .parquet(folder.resolve("named").toString());
    odd.inputPath = Optional.of(folder.resolve("named").toString());
    odd.mode = WriteMode.APPEND;
    odd.partitionBy = List.of("name");
    odd.job(network).run();
    odd.job(network).run();
    Dataset<Row> out = session.read().parquet(folder.resolve("odd").toString());
    assertScored(out, 2);
    assertEquals(2 * 34, out.where("name = 'a b/c:0%'").count());
    JobBuilder plain = jobs();
    plain.mode = WriteMode.APPEND;
    plain.job(network).run();
    plain.job(network).run();
    assertScored(session.read().parquet(folder.resolve("out").toString()), 2);
    assertEquals(List.of("named", "odd", "out", "table"), ScoreJobTest.names(folder));
  }

  @Test
  void overwriteReplacesWhatWasThere() throws Exception {
    jobs().job(network).run();
    JobBuilder again = jobs();
    again.mode = WriteMode.OVERWRITE;
    again.filter = Optional.of("id < 10");
    again.job(network).run();
    assertEquals(10, session.read().parquet(folder.resolve("out").toString()).count());
    assertEquals(List.of("out", "table"), ScoreJobTest.names(folder));
  }

  /** The first file is written, the second holds the row that stops the run. */
  @ParameterizedTest
  @EnumSource(WriteMode.class)
  void aRunThatFailsMidwayLeavesWhatWasThereAndNothingElse(WriteMode mode) throws Exception {
    Path out = folder.resolve("deep/er/out");
    if (mode != WriteMode.ERROR) {
      jobs().to(out).job(network).run();
    }
    List<String> before = tree(folder);
    Path broken = folder.resolve("table/broken.parquet");
    Path one = folder.resolve("one");
    session.range(0, 20_000, 1, 1).selectExpr("id", "id % 3 as part", "if(id = 19999, null, cast(id as float)) x1", "id / 7 as x2")
        .write().parquet(one.toString());
    try (Stream<Path> files = Files.list(one)) {
      Files.move(files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow(), broken);
    }
    JobBuilder jobs = jobs().to(out);
    jobs.mode = mode;
    jobs.key = List.of("id");
    jobs.partitionBy = mode == WriteMode.ERROR ? List.of("part") : List.of();
    Refusal refusal = assertThrows(Refusal.class, () -> jobs.job(network).run());
    assertTrue(refusal.getMessage().startsWith("Cannot score the table: x1 is null in the row with id = 19999."), refusal.getMessage());
    Files.delete(broken);
    deleteRecursively(one);
    Files.deleteIfExists(folder.resolve("table/.broken.parquet.crc"));
    assertEquals(before, tree(folder));
  }

  private static void deleteRecursively(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static List<String> tree(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(file -> folder.relativize(file).toString()).sorted().toList();
    }
  }

  private static List<String> visible(Path folder) throws Exception {
    return ScoreJobTest.names(folder).stream().filter(name -> !name.startsWith("_") && !name.startsWith(".")).toList();
  }

  @Test
  void writesAnOutputOfManyNumbersAsArrayOrAsColumns() throws Exception {
    Network classes = Networks.of(Shape.of(2), Shape.of(3));
    JobBuilder arrays = jobs();
    JobBuilder columns = jobs();
    columns.predictionAs = PredictionAs.COLUMNS;
    columns.prediction = "p";
    columns.filter = Optional.of("id >= 0");
    List<Row> asArrays = arrays.job(classes).scored().orderBy("id").collectAsList();
    List<Row> asColumns = columns.job(classes).scored().orderBy("id").collectAsList();
    for (int id = 0; id < 100; id++) {
      float[] expected = Networks.answer(classes, 0, new float[] {id, (float) (id / 7.0)});
      assertEquals(List.of(expected[0], expected[1], expected[2]), asArrays.get(id).getList(4));
      assertEquals(List.of(expected[0], expected[1], expected[2]),
          List.of(asColumns.get(id).getAs("p_0"), asColumns.get(id).getAs("p_1"), asColumns.get(id).getAs("p_2")));
    }
  }

  @Test
  void writesAnOutputWithStepsAsArrayOfArrays() throws Exception {
    Network steps = Networks.of(Shape.of(2), Shape.of(3, 2));
    List<Row> rows = jobs().job(steps).scored().orderBy("id").collectAsList();
    assertEquals("array<array<float>>", rows.get(0).schema().apply("prediction").dataType().simpleString());
    for (int id = 0; id < 100; id++) {
      float[] y = Networks.answer(steps, 0, new float[] {id, (float) (id / 7.0)});
      assertEquals("ArraySeq(ArraySeq(%s, %s), ArraySeq(%s, %s), ArraySeq(%s, %s))".formatted(y[0], y[1], y[2], y[3], y[4], y[5]),
          rows.get(id).get(4).toString());
    }
    JobBuilder columns = jobs();
    columns.predictionAs = PredictionAs.COLUMNS;
    assertEquals(List.of("prediction_0_0", "prediction_0_1", "prediction_1_0", "prediction_1_1", "prediction_2_0", "prediction_2_1"),
        List.of(columns.job(steps).scored().columns()).subList(4, 10));
  }

  @Test
  void addsLabelAndItsProbability() throws Exception {
    JobBuilder jobs = jobs();
    jobs.labels = List.of("no", "yes");
    for (Row row : jobs.job(network).scored().collectAsList()) {
      float p = expected(row.<Long>getAs("id"));
      assertEquals(p > 0.5f ? "yes" : "no", row.<String>getAs("label"));
      assertEquals(p > 0.5f ? p : 1 - p, row.<Float>getAs("probability"));
    }
    jobs.labels = List.of("a", "b", "c");
    Network classes = Networks.of(Shape.of(2), Shape.of(3));
    for (Row row : jobs.job(classes).scored().collectAsList()) {
      long id = row.<Long>getAs("id");
      float[] y = Networks.answer(classes, 0, new float[] {id, (float) (id / 7.0)});
      int best = y[0] >= y[1] && y[0] >= y[2] ? 0 : y[1] >= y[2] ? 1 : 2;
      assertEquals(jobs.labels.get(best), row.<String>getAs("label"));
      assertEquals(y[best], row.<Float>getAs("probability"));
    }
  }

  @Test
  void writesCatalogTables() throws Exception {
    session.sql("drop table if exists predictions");
    JobBuilder jobs = jobs();
    jobs.outputTable = Optional.of("predictions");
    jobs.job(network).run();
    assertScored(session.table("predictions"), 1);
    assertEquals("Cannot score " + table + ": the table predictions is there already. Drop it, choose another output.table, "
        + "or set output.mode to overwrite or append.", assertThrows(Refusal.class, () -> jobs.job(network).check()).getMessage());
    jobs.mode = WriteMode.APPEND;
    jobs.job(network).run();
    assertScored(session.table("predictions"), 2);
    jobs.mode = WriteMode.OVERWRITE;
    jobs.job(network).run();
    assertScored(session.table("predictions"), 1);
    assertEquals(1, session.sql("show tables like 'predictions*'").count());
    session.sql("drop table predictions");
  }

  @ParameterizedTest
  @EnumSource(WriteMode.class)
  void aTableThatFailsMidwayStaysAsItWas(WriteMode mode) throws Exception {
    session.sql("drop table if exists halfway");
    JobBuilder jobs = jobs();
    jobs.outputTable = Optional.of("halfway");
    if (mode != WriteMode.ERROR) {
      jobs.job(network).run();
    }
    List<String> before = ScoreJobTest.names(Path.of("target/test-warehouse"));
    Path broken = folder.resolve("broken");
    session.range(0, 100, 1, 2).selectExpr("id", "id % 3 as part", "if(id = 99, null, cast(id as float)) x1", "id / 7 as x2")
        .write().parquet(broken.toString());
    jobs.inputPath = Optional.of(broken.toString());
    jobs.mode = mode;
    assertEquals(Refusal.Kind.INVALID_ROWS, assertThrows(Refusal.class, () -> jobs.job(network).run()).kind());
    assertEquals(before, ScoreJobTest.names(Path.of("target/test-warehouse")));
    if (mode != WriteMode.ERROR) {
      assertScored(session.table("halfway"), 1);
    }
    session.sql("drop table if exists halfway");
  }

  @ParameterizedTest
  @CsvSource({"parquet", "csv"})
  void aTableWithoutRowsGivesOneWithoutRows(String format) throws Exception {
    JobBuilder jobs = jobs();
    jobs.filter = Optional.of("id < 0");
    jobs.outputFormat = format;
    Summary summary = jobs.job(network).run();
    assertEquals(List.of("id", "part", "x1", "x2", "prediction"),
        List.of(session.read().format(format).option("header", true).load(summary.output()).columns()));
    assertEquals(0, session.read().format(format).option("header", true).load(summary.output()).count());
    assertEquals(0, summary.rows().read());
  }

  @Test
  void refusesAFileThatTurnsOutBrokenOnTheWay() throws Exception {
    Files.writeString(table.resolve("broken.parquet"), "no Parquet at all");
    JobBuilder jobs = jobs();
    jobs.schema = Optional.of("id long, part long, x1 float, x2 double");
    Refusal refusal = assertThrows(Refusal.class, () -> jobs.job(network).run());
    assertEquals(Refusal.Kind.TABLE, refusal.kind());
    assertTrue(refusal.getMessage().matches(
        "Cannot read file:.*/broken.parquet: RuntimeException: .*broken.parquet is not a Parquet file.* " + "Mend or replace the file\\."),
        refusal.getMessage());
    assertEquals(List.of("table"), ScoreJobTest.names(folder));
  }
}
