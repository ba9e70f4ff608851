package io.forwardpass.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.config.JobConfig.WriteMode;
import io.forwardpass.network.Network;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.spark.io.FileOutput;
import io.forwardpass.testing.JobBuilder;
import io.forwardpass.testing.Networks;
import io.forwardpass.testing.Sessions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What output.mode = overwrite replaces, and what it leaves alone. */
class OverwriteTest {
  private final SparkSession session = Sessions.shared();
  private final Network network = Networks.of(Shape.of(2), Shape.of(1));

  @TempDir
  Path folder;
  private Path table;
  private Path out;

  @BeforeEach
  void writeTable() throws Exception {
    table = folder.resolve("table");
    out = Files.createDirectory(folder.resolve("out"));
    session.range(0, 10, 1, 1).selectExpr("id", "id % 2 as part", "cast(id as float) as x1", "id / 7 as x2").write()
        .parquet(table.toString());
  }

  private JobBuilder jobs() {
    JobBuilder jobs = JobBuilder.from(table).features("x1", "x2").to(out);
    jobs.mode = WriteMode.OVERWRITE;
    return jobs;
  }

  private Path write(String path) throws Exception {
    Path file = out.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "written by hand: " + path);
  }

  private List<String> tree() throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(file -> folder.relativize(file).toString()).sorted().toList();
    }
  }

  /** The message after "Cannot score …: " of a run that leaves everything as it was. */
  private String refusal(JobBuilder jobs) throws Exception {
    List<String> before = tree();
    Refusal refusal = assertThrows(Refusal.class, () -> jobs.job(network).run());
    assertEquals(Refusal.Kind.TABLE, refusal.kind());
    assertEquals(before, tree());
    String start = "Cannot score " + jobs.inputPath.orElseThrow() + ": ";
    assertTrue(refusal.getMessage().startsWith(start), refusal.getMessage());
    return refusal.getMessage().substring(start.length());
  }

  private String holds(String what) {
    return "output.mode is overwrite, but the output file:" + out + " holds " + what;
  }

  private void assertReplaced(JobBuilder jobs) throws Exception {
    jobs.job(network).run();
    assertEquals(10, session.read().parquet(out.toString()).where("prediction is not null").count());
    try (Stream<Path> files = Files.walk(out)) {
      assertEquals(List.of(), files.map(file -> file.getFileName().toString())
          .filter(name -> !name.matches("out|\\.?_SUCCESS(\\.crc)?|\\.?part-0000.*")).toList());
    }
    assertEquals(List.of("out", "table"), ScoreJobTest.names(folder));
  }

  @Test
  void leavesDocumentsAlone() throws Exception {
    write("thesis.docx");
    assertEquals(holds("thesis.docx, which no table writer made and overwriting would delete. Move it elsewhere, "
        + "or choose another output.path."), refusal(jobs()));
    write("notes.txt");
    write(".ssh/id_rsa");
    assertEquals(holds(".ssh/, notes.txt and thesis.docx, which no table writer made and overwriting would delete. Move them elsewhere, "
        + "or choose another output.path."), refusal(jobs()));
    write("budget.csv");
    write("part-time.doc");
    write("Documents/a/b.txt");
    assertTrue(refusal(jobs()).startsWith(holds(".ssh/, Documents/, budget.csv, notes.txt, part-time.doc and more, which no table writer")),
        refusal(jobs()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"readme.md", "data.parquet", "budget.csv", ".profile", "_notes", "_SUCCESS.txt", "part-list.xlsx", "part-1.txt",
      "000000", "._SUCCESS.txt", ".thesis.docx.crc2", "customers/part-00000-a-c000.parquet", "=1/part-00000", "delta_1_1/bucket_00000",
      ".hidden=1/part-00000", "manifests/a.avro"})
  void leavesAloneWhatNoTableWriterMakes(String path) throws Exception {
    write("part-00000-a-c000.snappy.parquet");
    write(path);
    String named = path.contains("/") ? path.substring(0, path.indexOf('/') + 1) : path;
    assertEquals(holds(named + ", which no table writer made and overwriting would delete. Move it elsewhere, "
        + "or choose another output.path."), refusal(jobs()));
  }

  @Test
  void leavesAloneWhatLiesInPartitionFolders() throws Exception {
    write("_SUCCESS");
    write("day=1/hour=2/part-00000-a-c000.parquet");
    write("day=1/notes about day 1.txt");
    assertEquals(holds("day=1/notes about day 1.txt, which no table writer made and overwriting would delete. Move it elsewhere, "
        + "or choose another output.path."), refusal(jobs()));
    write("day=2/hour=1/photos/a.jpg");
    assertTrue(refusal(jobs()).startsWith(holds("day=1/notes about day 1.txt and day=2/hour=1/photos/a.jpg, which")), refusal(jobs()));
  }

  /** An empty folder, and what Spark, Hive, MapReduce and Forwardpass itself write or leave when they break off. */
  @ParameterizedTest
  @ValueSource(strings = {"", "part-00000-3f2a-c000.snappy.parquet", "part-00001-3f2a_00003.c000.csv.gz", "part-00000", "part-r-00000",
      "part-m-00012.avro", "part-100000-3f2a.c000.json", "00003_0_part-00000-3f2a_00003.c000.snappy.orc", "000000_0", "000003_0.snappy",
      "000000_0_copy_1", "part-00000-17-c000.parquet", "0f8e0a53-5a6c-4a11-9d3e-0123456789ab-part-00000-17-c000.parquet", "_SUCCESS",
      "._SUCCESS.crc", "_metadata", "_common_metadata", "._metadata.crc", ".part-00000-3f2a-c000.snappy.parquet.crc", "_committed_123",
      "_started_123", "day=1/hour=a%3Ab/part-00000-3f2a-c000.parquet", "day=1/.part-00000-3f2a-c000.parquet.crc",
      "name=__HIVE_DEFAULT_PARTITION__/000000_0", "_col=1/part-00000", "day=1_$folder$", "_temporary/0/_temporary/attempt_1/anything",
      "_attempts/part-00000-1-c000.parquet", ".hive-staging_hive_2026-01-01/-ext-10000/000000_0", "day=1/.hive-staging_hive_1/tmp",
      ".spark-staging-3f2a/day=1/part-00000"})
  void replacesWhatTableWritersMake(String path) throws Exception {
    if (!path.isEmpty()) {
      write(path);
    }
    assertReplaced(jobs());
  }

  @ParameterizedTest
  @CsvSource({"parquet, true", "csv, true", "json, false", "orc, true"})
  void replacesWhatItWroteBefore(String format, boolean parted) throws Exception {
    JobBuilder before = jobs();
    before.outputFormat = format;
    before.partitionBy = parted ? List.of("part") : List.of();
    before.job(network).run();
    before.job(network).run();
    before.mode = WriteMode.APPEND;
    before.job(network).run();
    assertReplaced(jobs());
  }

  @ParameterizedTest
  @CsvSource({"_delta_log/00000000000000000000.json, a Delta table", "metadata/v1.metadata.json, an Iceberg table",
      ".hoodie/hoodie.properties, a Hudi table", "_spark_metadata/0, the output of a streaming query"})
  void leavesTablesAloneThatKeepTheirOwnHistory(String path, String what) throws Exception {
    write("part-00000-a-c000.snappy.parquet");
    write(path);
    assertEquals("output.mode is overwrite, but the output file:" + out + " is " + what + ", as " + path.substring(0, path.indexOf('/'))
        + " shows, and overwriting would delete its history. Write to it as a table of a catalog (output.table), "
        + "or choose another output.path.", refusal(jobs()));
  }

  @Test
  void leavesTheModelTheJobFileAndTheInputAlone() throws Exception {
    Path input = out.resolve("input");
    session.read().parquet(table.toString()).write().parquet(input.toString());
    JobBuilder jobs = JobBuilder.from(input).features("x1", "x2").to(out);
    jobs.mode = WriteMode.OVERWRITE;
    jobs.model = write("models/weights.npz").toString();
    jobs.architecture = Optional.of(write("models/model.json").toString());
    jobs.jobFiles = List.of("file:" + write("job.conf"), "file:" + write("base.conf"));
    String advice = ". Choose another output.path.";
    assertEquals(String.join("\n  - ", "5 problems.", holds("the model " + jobs.model) + advice,
        holds("the model's architecture " + jobs.architecture.get()) + advice, holds("the job file " + jobs.jobFiles.get(0)) + advice,
        holds("the job file " + jobs.jobFiles.get(1)) + advice,
        "the input file:" + input + " lies inside the output file:" + out + ". Write to a folder apart from the input."), refusal(jobs));
    write("thesis.docx");
    String refusal = refusal(jobs);
    assertTrue(refusal.startsWith("6 problems.") && refusal.contains(holds("thesis.docx, which no table writer made")), refusal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/part-*", "{input,other}", "{input/part-0,other/part-1}*"})
  void leavesAnInputAloneThatAPatternNames(String pattern) throws Exception {
    Path input = out.resolve("input");
    session.read().parquet(table.toString()).write().parquet(input.toString());
    JobBuilder jobs = jobs();
    jobs.inputPath = Optional.of(out + "/" + pattern);
    String refusal = refusal(jobs);
    assertTrue(refusal.contains("lies inside the output file:" + out + ". Write to a folder apart from the input."), refusal);
    assertTrue(!refusal.contains("no table writer"), refusal);
  }

  @Test
  void leavesAModelAloneWhoseFilesLookLikeATables() throws Exception {
    JobBuilder jobs = jobs();
    jobs.model = out.toString();
    write("part-00000.csv"); // an array of get_weights() has any name with a number
    assertEquals("output.mode is overwrite, but the output file:" + out + " is the model " + out + ". Choose another output.path.",
        refusal(jobs));
    Files.createSymbolicLink(folder.resolve("model"), write("day=1/part-00001.csv"));
    jobs.model = folder.resolve("model").toString();
    assertEquals(holds("the model " + jobs.model + ". Choose another output.path."), refusal(jobs));
  }

  @Test
  void appendingDeletesNothingAndIsNotRefused() throws Exception {
    Path document = write("thesis.docx");
    JobBuilder jobs = jobs();
    jobs.mode = WriteMode.APPEND;
    jobs.job(network).run();
    assertEquals("written by hand: thesis.docx", Files.readString(document));
    assertEquals(10, session.read().option("pathGlobFilter", "part-*").parquet(out.toString()).count());
  }

  @Test
  void leavesAloneWhatCameWhileTheJobRan() throws Exception {
    write("part-00000-a-c000.parquet");
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(out.toString());
    FileOutput output = new FileOutput(path.getFileSystem(new Configuration()), path);
    output.stage();
    write("thesis.docx");
    Refusal refusal = assertThrows(Refusal.class, () -> output.publish(WriteMode.OVERWRITE));
    assertEquals("Cannot overwrite " + out + ": it holds thesis.docx, which no table writer made and overwriting would delete. "
        + "Move it elsewhere, or choose another output.path.", refusal.getMessage());
    output.discard(true);
    assertEquals(List.of("out", "table"), ScoreJobTest.names(folder));
    assertEquals(List.of("part-00000-a-c000.parquet", "thesis.docx"), ScoreJobTest.names(out));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void writesThroughASymbolicLink(boolean relative) throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk/2026"));
    Files.writeString(disk.resolve("part-00000-a-c000.parquet"), "old");
    Files.delete(out);
    Files.createSymbolicLink(out, relative ? Path.of("disk/2026") : disk);
    for (WriteMode mode : List.of(WriteMode.OVERWRITE, WriteMode.OVERWRITE, WriteMode.APPEND)) {
      JobBuilder jobs = jobs();
      jobs.mode = mode;
      assertEquals("file:" + out, jobs.job(network).run().output());
      assertTrue(Files.isSymbolicLink(out));
      assertEquals(mode == WriteMode.APPEND ? 20 : 10, session.read().parquet(disk.toString()).count());
    }
    assertEquals(List.of("disk", "out", "table"), ScoreJobTest.names(folder));
    assertEquals(List.of("2026"), ScoreJobTest.names(folder.resolve("disk")));
    Files.writeString(disk.resolve("thesis.docx"), "chapter one");
    assertTrue(refusal(jobs()).startsWith(holds("thesis.docx, which no table writer made")), refusal(jobs()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ERROR", "OVERWRITE"})
  void makesTheFolderThatASymbolicLinkLeadsTo(WriteMode mode) throws Exception {
    Files.delete(out);
    Files.createSymbolicLink(out, Path.of("disk/2026"));
    JobBuilder jobs = jobs();
    jobs.mode = mode;
    jobs.job(network).run();
    assertTrue(Files.isSymbolicLink(out));
    assertEquals(10, session.read().parquet(folder.resolve("disk/2026").toString()).count());
    assertEquals(List.of("2026"), ScoreJobTest.names(folder.resolve("disk")));
  }

  @Test
  void aRunThatFailsLeavesALinkAndWhatItLeadsTo() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk/2026"));
    Files.writeString(disk.resolve("part-00000-a-c000.parquet"), "old");
    Files.delete(out);
    Files.createSymbolicLink(out, disk);
    session.range(0, 10, 1, 1).selectExpr("id", "id % 2 as part", "if(id = 7, null, cast(id as float)) as x1", "id / 7 as x2").write()
        .mode("overwrite").parquet(table.toString());
    List<String> before = tree();
    assertEquals(Refusal.Kind.INVALID_ROWS, assertThrows(Refusal.class, () -> jobs().job(network).run()).kind());
    assertTrue(Files.isSymbolicLink(out));
    assertEquals(before, tree());
  }
}
