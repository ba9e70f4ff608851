package io.forwardpass.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.config.JobConfig.PredictionAs;
import io.forwardpass.config.JobConfig.WriteMethod;
import io.forwardpass.network.Network;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.testing.JobBuilder;
import io.forwardpass.testing.Networks;
import io.forwardpass.testing.Sessions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Appending writes what writing rows writes: the same columns, the same predictions to the bit. */
class AppendedTableTest {
  private final SparkSession session = Sessions.shared();
  private final Network one = Networks.of(Shape.of(3), Shape.of(1));
  private final Network three = Networks.of(Shape.of(3), Shape.of(3));

  @TempDir
  Path folder;
  private Path table;

  @BeforeEach
  void writeTable() {
    table = folder.resolve("table");
    rows(10_000).write().parquet(table.toString());
  }

  private Dataset<Row> rows(long count) {
    return session.range(0, count, 1, 3).selectExpr("id", "if(id % 5 = 0, null, concat('r', id % 7)) as region",
        "cast(sin(id) as float) as x1", "if(id % 11 = 3, null, cos(id)) as n", "cos(id) as x2", "cast(id % 100 as int) as x3",
        "id % 4 as part", "array(id, id + 1) as ids", "named_struct('a', cast(id as string), 'b', array(id)) as s");
  }

  /** Runs a job both ways and holds the outputs together; returns the summary of the appended one. */
  private Summary assertSameAsRows(JobBuilder jobs, Network network) throws Exception {
    jobs.write = WriteMethod.APPEND;
    Path appended = folder.resolve("appended");
    Summary summary = jobs.to(appended).job(network).run();
    jobs.write = WriteMethod.ROWS;
    Path written = folder.resolve("written");
    Summary other = jobs.to(written).job(network).run();
    assertTrue(summary.way().startsWith("append, "), summary.way());
    assertEquals("rows, as output.write says", other.way());
    assertEquals(other.rows(), summary.rows());
    Dataset<Row> a = session.read().parquet(appended.toString());
    Dataset<Row> b = session.read().parquet(written.toString());
    String[] columns = b.columns();
    assertEquals(List.of(columns).stream().sorted().toList(), List.of(a.columns()).stream().sorted().toList());
    assertEquals(b.count(), a.count());
    assertEquals(b.orderBy("id").collectAsList().toString(), a.select(columns[0], java.util.Arrays.copyOfRange(columns, 1, columns.length))
        .orderBy("id").collectAsList().toString());
    return summary;
  }

  @Test
  void appendsByItselfFromParquetToParquet() throws Exception {
    Path out = folder.resolve("out");
    Summary summary = JobBuilder.from(table).to(out).features("x1", "x2", "x3").job(one).run();
    assertEquals("append, 3 row groups of 3 files carried over in 2 tasks", summary.way());
    assertEquals(10_000, summary.rows().read());
    assertEquals(10_000, summary.rows().scored());
    assertEquals(List.of("out", "table"), ScoreJobTest.names(folder));
    assertTrue(names(out).stream().allMatch(name -> name.equals("_SUCCESS") || name.equals("._SUCCESS.crc") || name.contains("part-0000")),
        names(out).toString());
  }

  @Test
  void writesOneNumber() throws Exception {
    assertSameAsRows(JobBuilder.from(table).features("x1", "x2", "x3"), one);
  }

  @Test
  void writesArrays() throws Exception {
    assertSameAsRows(JobBuilder.from(table).features("x1", "x2", "x3"), three);
  }

  @Test
  void writesColumnsAndLabels() throws Exception {
    JobBuilder jobs = JobBuilder.from(table).features("x1", "x2", "x3");
    jobs.predictionAs = PredictionAs.COLUMNS;
    jobs.labels = List.of("low", "middle", "high");
    assertSameAsRows(jobs, three);
  }

  @Test
  void keepsRowsThatCannotBeScoredWithTheirReason() throws Exception {
    Summary summary = assertSameAsRows(JobBuilder.from(table).features("x1", "n", "x3").policy(InvalidPolicy.KEEP), three);
    assertEquals(909, summary.rows().invalid());
    Dataset<Row> kept = session.read().parquet(folder.resolve("appended").toString()).where("prediction is null");
    assertEquals(909, kept.where("prediction_error = 'n is null'").count());
  }

  @Test
  void leavesOutColumnsThatAreNotKept() throws Exception {
    JobBuilder jobs = JobBuilder.from(table).features("x1", "x2", "x3");
    jobs.columns = List.of("s", "id");
    assertSameAsRows(jobs, one);
    assertEquals(List.of("s", "id", "prediction"), List.of(session.read().parquet(folder.resolve("appended").toString()).columns()));
  }

  @Test
  void keepsPartitionFolders() throws Exception {
    Path parted = folder.resolve("parted");
    rows(1_000).write().partitionBy("part", "region").parquet(parted.toString());
    JobBuilder jobs = JobBuilder.from(parted).features("x1", "part", "x3");
    assertSameAsRows(jobs, one);
    assertEquals(List.of("part=0", "part=1", "part=2", "part=3"),
        names(folder.resolve("appended")).stream().filter(name -> name.startsWith("part=")).toList());
  }

  @Test
  void writesATableOfNoRows() throws Exception {
    Path empty = folder.resolve("empty");
    rows(10).where("id < 0").write().parquet(empty.toString());
    Summary summary = assertSameAsRows(JobBuilder.from(empty).features("x1", "x2", "x3"), one);
    assertEquals(0, summary.rows().read());
  }

  @Test
  void stopsAtARowThatCannotBeScoredAndLeavesNothing() throws Exception {
    JobBuilder jobs = JobBuilder.from(table).to(folder.resolve("out")).features("x1", "n", "x3");
    Refusal refusal = assertThrows(Refusal.class, () -> jobs.job(one).run());
    assertTrue(refusal.getMessage().startsWith("Cannot score the table: n is null in a row of file://" + table + "/part-"),
        refusal.getMessage());
    assertEquals(List.of("table"), ScoreJobTest.names(folder));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x1", "region"}) // decoded, and carried over only
  void namesTheFileThatCannotBeRead(String column) throws Exception {
    Path file;
    try (Stream<Path> files = Files.list(table)) {
      file = files.filter(path -> path.getFileName().toString().startsWith("part-00001")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(file);
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file.toString()), new Configuration()))) {
      ColumnChunkMetaData chunk = reader.getFooter().getBlocks().get(0).getColumns().stream()
          .filter(candidate -> candidate.getPath().toDotString().equals(column)).findFirst().orElseThrow();
      bytes[(int) (chunk.getFirstDataPageOffset() + chunk.getTotalSize() / 2)] ^= 1;
    }
    Files.write(file, bytes);
    Refusal refusal = assertThrows(Refusal.class, () -> jobs(table).to(folder.resolve("out")).job(one).run());
    assertTrue(refusal.getMessage().matches("Cannot read file:.*/" + Pattern.quote(file.getFileName().toString())
        + ": ChecksumException: Checksum error: .*" + " Mend or replace the file\\."), refusal.getMessage());
    assertEquals(List.of("table"), ScoreJobTest.names(folder));
  }

  @Test
  void refusesAFeatureInAnEncodingThatSparkDoesNotRead() throws Exception {
    Path split = folder.resolve("split");
    session.range(1000).selectExpr("id", "cast(id as float) as x1", "cast(id as double) as x2", "cast(id as int) as x3").coalesce(1).write()
        .option("parquet.enable.dictionary", "false").option("parquet.enable.bytestreamsplit", "true").parquet(split.toString());
    Refusal refusal = assertThrows(Refusal.class, () -> jobs(split).to(folder.resolve("out")).job(one).run());
    assertTrue(refusal.getMessage().matches("Cannot read file:.*/split/part-00000.*: SparkUnsupportedOperationException: "
        + "Unsupported encoding: BYTE_STREAM_SPLIT\\. Mend or replace the file\\."), refusal.getMessage());
    assertEquals(List.of("split", "table"), ScoreJobTest.names(folder));
  }

  @Test
  void refusesToAppendWhereItCannot() throws Exception {
    JobBuilder jobs = JobBuilder.from(table).to(folder.resolve("out")).features("x1", "x2", "x3");
    jobs.write = WriteMethod.APPEND;
    jobs.filter = Optional.of("id > 5");
    Refusal refusal = assertThrows(Refusal.class, () -> jobs.job(one).check());
    assertEquals("Cannot score " + table + ": output.write is append, but input.filter leaves rows out. Set output.write to auto or rows.",
        refusal.getMessage());
  }

  private String way(JobBuilder jobs) throws Exception {
    return jobs.to(folder.resolve("out")).job(one).dryRun().way();
  }

  private static JobBuilder jobs(Path input) {
    return JobBuilder.from(input).features("x1", "x2", "x3");
  }

  @Test
  void saysWhyItWritesRows() throws Exception {
    assertEquals("append, 3 row groups of 3 files carried over in 2 tasks", way(jobs(table)));
    assertEquals("rows, because rows that cannot be scored are left out (invalid-rows.policy = skip)",
        way(jobs(table).policy(InvalidPolicy.SKIP)));
    JobBuilder csv = jobs(table);
    csv.outputFormat = "csv";
    csv.columns = List.of("id");
    assertEquals("rows, because output.format is csv", way(csv));
    JobBuilder cut = jobs(table);
    cut.partitionBy = List.of("part");
    assertEquals("rows, because output.partition-by = [part] cuts the table anew", way(cut));
    JobBuilder merged = jobs(table);
    merged.inputOptions.put("mergeschema", "true");
    assertEquals("rows, because the files' schemas are merged", way(merged));
    JobBuilder typed = jobs(table);
    typed.schema = Optional.of("id bigint, x1 double, x2 double, x3 int");
    assertEquals("rows, because x1 is float in "
        + ScoreJobTest.names(table).stream().filter(name -> name.startsWith("part-")).findFirst().orElseThrow() + ", but is read as double",
        way(typed));
    JobBuilder packed = jobs(table);
    packed.outputOptions.put("compression", "brotli");
    assertEquals("rows, because appending does not compress with brotli", way(packed));
    JobBuilder limited = jobs(table);
    limited.outputOptions.put("maxRecordsPerFile", "10");
    assertEquals("rows, because maxRecordsPerFile is set", way(limited));
  }

  @Test
  void writesRowsWhereTheFilesDiffer() throws Exception {
    Path mixed = Files.createDirectory(folder.resolve("mixed"));
    rows(100).coalesce(1).write().parquet(folder.resolve("a").toString());
    rows(100).selectExpr("id", "region", "x1", "n", "cast(x2 as float) as x2", "x3").coalesce(1).write()
        .parquet(folder.resolve("b").toString());
    for (String name : List.of("a", "b")) {
      Path file =
          folder.resolve(name).resolve(names(folder.resolve(name)).stream().filter(f -> f.startsWith("part-")).findFirst().orElseThrow());
      Files.copy(file, mixed.resolve(name + ".parquet"));
    }
    JobBuilder jobs = jobs(mixed);
    jobs.columns = List.of("id");
    assertEquals("rows, because the files' schemas differ in x2: optional float in b.parquet, optional double in a.parquet", way(jobs));
    jobs.write = WriteMethod.APPEND;
    assertEquals(
        "Cannot score " + mixed + ": output.write is append, but the files' schemas differ in x2: optional float in b.parquet, "
            + "optional double in a.parquet. Set output.write to auto or rows.",
        assertThrows(Refusal.class, () -> jobs.job(one).check()).getMessage());
  }

  @Test
  void compressesTheNewColumnsAsTheJobSays() throws Exception {
    JobBuilder jobs = jobs(table);
    jobs.outputOptions.put("compression", "zstd");
    assertSameAsRows(jobs, one);
  }

  static List<String> names(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
