package io.forwardpass.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.refusal.Refusal;
import io.forwardpass.testing.JobTexts;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads job files as people write them. */
class JobFileTest {
  @TempDir
  private Path folder;

  @Test
  void takesEveryDefaultFromTheReference() {
    JobConfig job = JobTexts.parse(JobTexts.SMALLEST);
    assertEquals(new JobConfig.Model("m.keras", Optional.empty(), Optional.empty(), 3), job.model());
    assertEquals(new JobConfig.Input(new Storage(Optional.of("t.parquet"), Optional.empty(), "parquet", Map.of()), Optional.empty(),
        Optional.empty(), List.of(), Optional.empty()), job.input());
    assertEquals(new JobConfig.Features(List.of(new JobConfig.FeatureInput(Optional.empty(), List.of("a", "b"), Optional.empty())),
        Map.of()), job.features());
    assertEquals(Optional.empty(), job.windows());
    assertEquals(new JobConfig.Output(new Storage(Optional.of("out"), Optional.empty(), "parquet", Map.of()), JobConfig.WriteMode.ERROR,
        JobConfig.WriteMethod.AUTO, List.of(), List.of("*"),
        new JobConfig.PredictionColumns("prediction", JobConfig.PredictionAs.ARRAY, List.of(), Optional.empty()),
        new JobConfig.Reconstruction(JobConfig.ReconstructionError.NONE, true)), job.output());
    assertEquals(new JobConfig.InvalidRows(JobConfig.InvalidPolicy.ERROR, true), job.invalidRows());
    assertEquals(new JobConfig.Spark(256), job.spark());
  }

  @Test
  void readsEveryKeyOfWindows() {
    JobConfig job = JobTexts.parse(JobTexts.SMALLEST + """

        windows { series = [m], order-by = [t, n], look-back = 6, on-duplicate = last, step = 15 minutes, on-gap = fill, fill-limit = 2
          short-history = repeat-first, stride = 3, label-offset = -2, score-from = 2026-11-20, score-until = "current_date()"
          context = "1 day 2 hours", partitioning = range }
        input.partition-time = "day = date(t)"
        output { reconstruction-error = rmse, reconstruction = drop }
        """);
    assertEquals(new WindowsConfig(new WindowsConfig.Keys(List.of("m"), List.of("t", "n"), WindowsConfig.OnDuplicate.LAST),
        new WindowsConfig.Spacing(Optional.of(new Span(900_000_000L, true, "15 minutes")), WindowsConfig.OnGap.FILL, OptionalInt.of(2)),
        new WindowsConfig.Form(OptionalInt.of(6), WindowsConfig.ShortHistory.REPEAT_FIRST, 3),
        new WindowsConfig.Range(Optional.of("2026-11-20"), Optional.of("current_date()"),
            Optional.of(new Span(26 * 3_600_000_000L, true, "1 day 2 hours"))),
        OptionalInt.of(-2), WindowsConfig.WindowPartitioning.RANGE), job.windows().orElseThrow());
    assertEquals(Optional.of("day = date(t)"), job.input().partitionTime());
    assertEquals(JobConfig.ReconstructionError.RMSE, job.output().reconstruction().error());
    assertEquals(false, job.output().reconstruction().isKept());
    assertEquals(Optional.of(new Span(7, false, "7")),
        JobTexts.parse(JobTexts.SMALLEST + "\nwindows { order-by = [t], step = 7 }").windows().get().spacing().step());
  }

  @Test
  void readsEveryKeyOfAFullJobFile() {
    JobConfig job = JobTexts.parse("""
        model { path = w.h5, architecture = model.json, keras-version = 2 }
        input { table = db.t, format = csv, options { sep = ";", header = false, a.b = 1.50 }, schema = "id long, x double"
                filter = "x > 0", key = [id] }
        features { columns = [x, y, z], scaling { x { mean = 5, std = 2 }, y { min = 0, max = 100 }, z { offset = 1, scale = 0.1 } } }
        windows { series = [meter], order-by = [t], short-history = drop }
        output { table = db.p, format = orc, options { compression = zstd }, mode = append, partition-by = [day], columns = [id, day]
                 prediction = p, prediction-as = columns, inverse-scaling { min = 10, max = 20 }, write = rows }
        invalid-rows { policy = keep, nan = pass }
        spark.block-rows = 64
        """);
    assertEquals("model.json", job.model().architecture().orElseThrow());
    assertEquals(2, job.model().kerasVersion());
    assertEquals("db.t", job.input().table().orElseThrow());
    assertEquals(Map.of("sep", ";", "header", "false", "a.b", "1.50"), job.input().options());
    assertEquals("id long, x double", job.input().schema().orElseThrow());
    assertEquals(JobConfig.WriteMethod.ROWS, job.output().write());
    assertEquals("x > 0", job.input().filter().orElseThrow());
    assertEquals(List.of("id"), job.input().key());
    assertEquals(1.5, job.features().scaling().get("x").apply(8));
    assertEquals(0.25, job.features().scaling().get("y").apply(25));
    assertEquals(8 * 0.1 + 1, job.features().scaling().get("z").apply(8));
    assertEquals(new WindowsConfig(new WindowsConfig.Keys(List.of("meter"), List.of("t"), WindowsConfig.OnDuplicate.ERROR),
        new WindowsConfig.Spacing(Optional.empty(), WindowsConfig.OnGap.RESTART, OptionalInt.empty()),
        new WindowsConfig.Form(OptionalInt.empty(), WindowsConfig.ShortHistory.DROP, 1),
        new WindowsConfig.Range(Optional.empty(), Optional.empty(), Optional.empty()), OptionalInt.empty(),
        WindowsConfig.WindowPartitioning.AUTO), job.windows().orElseThrow());
    assertEquals("db.p", job.output().table().orElseThrow());
    assertEquals(JobConfig.WriteMode.APPEND, job.output().mode());
    assertEquals(List.of("day"), job.output().partitionBy());
    assertEquals(List.of("id", "day"), job.output().columns());
    assertEquals("p", job.output().predictions().name());
    assertEquals(JobConfig.PredictionAs.COLUMNS, job.output().predictions().as());
    assertEquals(15, job.output().predictions().inverseScaling().orElseThrow().invert(0.5));
    assertEquals(new JobConfig.InvalidRows(JobConfig.InvalidPolicy.KEEP, false), job.invalidRows());
    assertEquals(64, job.spark().blockRows());
  }

  @Test
  void readsSeveralModelInputs() {
    JobConfig job = JobTexts.parse(JobTexts.with("features { inputs { customer { columns = [age, spend] }, history { column = h } } }",
        "features.columns"));
    Map<String, JobConfig.FeatureInput> inputs = job.features().inputs().stream()
        .collect(Collectors.toMap(input -> input.modelInput().orElseThrow(), input -> input));
    assertEquals(List.of("age", "spend"), inputs.get("customer").columns());
    assertEquals("h", inputs.get("history").column().orElseThrow());
    assertEquals(2, inputs.size());
  }

  @Test
  void takesColumnNamesWithDotsAndBlanksAsScalingKeysInQuotes() {
    JobConfig job = JobTexts.parse(JobTexts.with("features { columns = [\"a.b\", \"größe in cm\"], "
        + "scaling { \"a.b\" { mean = 1, std = 2 }, \"größe in cm\" { scale = 2 } } }", "features.columns"));
    assertEquals(2, job.features().scaling().get("a.b").apply(5));
    assertEquals(10, job.features().scaling().get("größe in cm").apply(5));
  }

  @Test
  void putsSettingsOfTheCommandLineOverTheFileAndIntoItsSubstitutions() {
    JobConfig job = JobTexts.parse(JobTexts.SMALLEST + "\nday = null\noutput.path = \"out/\"${input.path}".replace("day = null\n", ""),
        List.of("input.path=hdfs://host/t/*.parquet", "features.columns=[c]", "output.mode=overwrite", "spark.block-rows=128",
            "input.options.\"a.b\"=\"x\"", "features.scaling.c={mean = 1, std = 2}"),
        Map.of());
    assertEquals("hdfs://host/t/*.parquet", job.input().path().orElseThrow());
    assertEquals("out/hdfs://host/t/*.parquet", job.output().path().orElseThrow());
    assertEquals(List.of("c"), job.features().inputs().get(0).columns());
    assertEquals(JobConfig.WriteMode.OVERWRITE, job.output().mode());
    assertEquals(128, job.spark().blockRows());
    assertEquals(Map.of("a.b", "x"), job.input().options());
    assertEquals(2, job.features().scaling().get("c").apply(5));
  }

  @Test
  void unsetsAKeyByNullOnTheCommandLine() {
    JobConfig job = JobTexts.parse(JobTexts.SMALLEST + "\nwindows { order-by = [t] }\ninput.filter = x",
        List.of("windows=null", "input.filter=null"), Map.of());
    assertTrue(job.windows().isEmpty());
    assertTrue(job.input().filter().isEmpty());
  }

  @Test
  void takesTheDefaultOfWhateverIsNull() {
    JobConfig job = JobTexts.parse(JobTexts.SMALLEST + "\nmodel.keras-version = null\ninput.format = null\nspark.block-rows = null"
        + "\nwindows { order-by = [t], stride = null, partitioning = null }\noutput { columns = null, prediction = null }");
    assertEquals(3, job.model().kerasVersion());
    assertEquals("parquet", job.input().format());
    assertEquals(256, job.spark().blockRows());
    assertEquals(1, job.windows().orElseThrow().form().stride());
    assertEquals(WindowsConfig.WindowPartitioning.AUTO, job.windows().orElseThrow().partitioning());
    assertEquals(List.of("*"), job.output().columns());
    assertEquals("prediction", job.output().predictions().name());
  }

  @Test
  void readsTheEnvironmentWhereTheFileAsksForIt() {
    String text = JobTexts.SMALLEST + "\nspark.block-rows = ${?BLOCK}\noutput.path = ${?NOWHERE}";
    assertEquals(512, JobTexts.parse(text, List.of(), Map.of("BLOCK", "512")).spark().blockRows());
    JobConfig without = JobTexts.parse(text, List.of(), Map.of());
    assertEquals(256, without.spark().blockRows());
    assertEquals("out", without.output().path().orElseThrow());
  }

  @Test
  void readsAJobFileAndWhatItIncludesFromALocalPath() throws IOException {
    Files.writeString(folder.resolve("base.conf"), JobTexts.SMALLEST);
    Path file = Files.writeString(folder.resolve("job one.conf"), "include \"base.conf\"\noutput.mode = append");
    JobConfig job = JobFile.read("file:" + file, List.of(), new Configuration());
    assertEquals(JobConfig.WriteMode.APPEND, job.output().mode());
    assertEquals("m.keras", job.model().path());
    assertEquals("t.parquet", JobFile.read(file.toString(), List.of(), new Configuration()).input().path().orElseThrow());
  }

  @Test
  void findsAPlainNameInTheWorkingDirectoryWhereTheDefaultFileSystemHasNone() throws IOException {
    Configuration cluster = new Configuration();
    cluster.set("fs.defaultFS", "empty:///");
    cluster.setClass("fs.empty.impl", EmptyFileSystem.class, FileSystem.class);
    Path file = Files.createTempFile(Path.of(""), "shipped", ".conf");
    try {
      Files.writeString(file, JobTexts.SMALLEST);
      assertEquals("m.keras", JobFile.read(file.toString(), List.of(), cluster).model().path());
      Refusal refusal = assertThrows(Refusal.class, () -> JobFile.read("./" + file, List.of(), cluster));
      assertTrue(refusal.getMessage().contains(": there is no such file on empty:///. Give"), refusal.getMessage());
    } finally {
      Files.delete(file);
    }
  }

  /** A default file system that is not the local one, with nothing on it. */
  static final class EmptyFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("empty:///");
    }

    @Override
    public boolean exists(org.apache.hadoop.fs.Path file) {
      return false;
    }

    @Override
    public FileStatus getFileStatus(org.apache.hadoop.fs.Path file) throws IOException {
      throw new FileNotFoundException(file.toString());
    }
  }

  @Test
  void refusesAMissingJobFileAFolderAndAMissingInclude() throws IOException {
    String missing = folder.resolve("none.conf").toString();
    assertEquals("Cannot read the job file " + missing + ": there is no such file on file:///. "
        + "Give the path of a readable job file, with its scheme if it is not on fs.defaultFS.", refusal(missing).getMessage());
    assertEquals("Cannot read the job file " + folder + ": it is a folder. "
        + "Give the path of a readable job file, with its scheme if it is not on fs.defaultFS.", refusal(folder.toString()).getMessage());
    Path file = Files.writeString(folder.resolve("job.conf"), "include \"gone.conf\"");
    assertTrue(refusal(file.toString()).getMessage().contains("gone.conf: there is no such file"));
  }

  private static Refusal refusal(String path) {
    Refusal refusal = assertThrows(Refusal.class, () -> JobFile.read(path, List.of(), new Configuration()));
    assertEquals(Refusal.Kind.COMMAND, refusal.kind());
    return refusal;
  }

  @Test
  void readsTheSampleJobs() throws IOException {
    try (Stream<Path> jobs = Files.list(Path.of("jobs"))) {
      List<Path> files = jobs.filter(file -> file.toString().endsWith(".conf")).collect(Collectors.toList());
      assertEquals(4, files.size());
      for (Path file : files) {
        JobConfig job = JobFile.read(file.toString(), List.of(), new Configuration());
        String sample = file.getFileName().toString().replace(".conf", "");
        assertEquals("target/predictions/" + sample, job.output().path().orElseThrow());
        assertTrue(Files.exists(Path.of(job.model().path())), job.model().path());
        assertTrue(Files.exists(Path.of(job.input().path().orElseThrow())), job.input().toString());
        assertEquals(sample.equals("lstm"), job.windows().isPresent());
        assertFalse(job.features().inputs().get(0).columns().isEmpty());
      }
    }
  }
}
