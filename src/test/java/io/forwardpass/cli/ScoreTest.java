package io.forwardpass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.testing.Ran;
import io.forwardpass.testing.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample jobs, run through the command line on real Spark. */
class ScoreTest {
  @TempDir
  private Path folder;

  @BeforeAll
  static void startSpark() {
    // a session that is there already stays: the command leaves it to whoever started it
    Sessions.shared();
  }

  private Ran score(String sample, String... more) {
    List<String> args = new ArrayList<>(List.of("score", "jobs/" + sample + ".conf", "--set", "output.path=" + folder.resolve(sample)));
    args.addAll(List.of(more));
    return Ran.forwardpass(args.toArray(new String[0]));
  }

  private static List<String> lines(Ran ran) {
    assertEquals("", ran.err());
    assertEquals(0, ran.exitCode());
    return ran.out().lines().collect(Collectors.toList());
  }

  @Test
  void endsWithASummaryAndTheFirstRows() {
    List<String> lines = lines(score("mlp"));
    assertEquals("model           jobs/samples/mlp/model.keras", lines.get(0));
    assertEquals("rows read       2,000", lines.get(1));
    assertEquals("scored          2,000", lines.get(2));
    assertEquals("without window  0", lines.get(3));
    assertEquals("invalid         0", lines.get(4));
    assertTrue(lines.get(5).matches("seconds         \\d+\\.\\d"), lines.get(5));
    assertTrue(lines.get(6).matches("rows/s          [\\d,]+"), lines.get(6));
    assertTrue(lines.get(7).matches("output          \\S+/mlp"), lines.get(7));
    assertEquals("written by      rows, because the input is not Parquet", lines.get(8));
    assertEquals("", lines.get(9));
    assertTrue(lines.get(10).matches("  id +x1 +x2 +x3 +x4  prediction"), lines.get(10));
    assertEquals(16, lines.size());
    for (String row : lines.subList(11, 16)) {
      assertTrue(row.matches("\\d{4}( +-?\\d+\\.\\d+){5}"), row);
    }
  }

  @Test
  void scoresWindowsAndCountsRowsWithoutOne() {
    List<String> lines = lines(score("lstm"));
    assertEquals("rows read       1,530", lines.get(1));
    assertEquals("scored          1,425", lines.get(2));
    assertEquals("without window  105", lines.get(3));
  }

  @Test
  void writesClassesWithTheirNames() {
    List<String> lines = lines(score("xor"));
    assertTrue(lines.contains("rows read       4"), lines.toString());
    List<String> classes = lines.stream().filter(line -> line.matches("1\\d{3} .*")).sorted()
        .map(line -> line.trim().split(" +")[4]).collect(Collectors.toList());
    assertEquals(List.of("same", "different", "different", "same"), classes);
  }

  @Test
  void showsThePlanAndScoredRowsOfADryRunAndWritesNothing() throws IOException {
    List<String> lines = lines(score("relu33", "--dry-run"));
    assertTrue(lines.stream().anyMatch(line -> line.contains("ForwardpassScore jobs/samples/relu33/keras2.h5")), lines.toString());
    int head = lines.indexOf("  id  prediction");
    assertTrue(head > 0, lines.toString());
    assertTrue(lines.get(head + 5).matches("\\d{4} +\\d+\\.\\d+"), lines.get(head + 5));
    assertEquals("Nothing was written (--dry-run).", lines.get(lines.size() - 1));
    assertNothingLeft();
  }

  @Test
  void refusesAMissingFeatureColumnWithTheNearestAndLeavesNothing() throws IOException {
    Ran ran = score("mlp", "--set", "features.columns=[x1, x2, x3, x_4]");
    assertEquals(4, ran.exitCode(), ran.err());
    assertTrue(ran.err().startsWith("Cannot ") && ran.err().contains("x_4") && ran.err().contains("x4"), ran.err());
    assertEquals("", ran.out());
    assertNothingLeft();
  }

  @Test
  void refusesWindowsForAModelOfRowsAndAModelOfWindowsWithoutThem() throws IOException {
    Ran without = score("lstm", "--set", "windows=null");
    assertTrue(without.exitCode() >= 2 && without.exitCode() <= 4, without.err());
    assertTrue(without.err().startsWith("Cannot ") && without.err().contains("windows"), without.err());
    Ran with = score("mlp", "--set", "windows={order-by = [id]}");
    assertEquals(without.exitCode(), with.exitCode(), with.err());
    assertTrue(with.err().startsWith("Cannot ") && with.err().contains("windows"), with.err());
    assertNothingLeft();
  }

  @Test
  void refusesAnOutputThatExistsAndLeavesItAlone() throws IOException {
    Files.createDirectories(folder.resolve("mlp"));
    Files.writeString(folder.resolve("mlp/precious"), "kept");
    Ran ran = score("mlp", "--set", "output.mode=error");
    assertEquals(4, ran.exitCode(), ran.err());
    assertTrue(ran.err().startsWith("Cannot ") && ran.err().contains("/mlp"), ran.err());
    assertEquals("kept", Files.readString(folder.resolve("mlp/precious")));
  }

  @Test
  void refusesToOverwriteAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("mlp"), "precious");
    Ran ran = score("mlp", "--set", "output.mode=overwrite");
    assertEquals(4, ran.exitCode(), ran.err());
    assertEquals("Cannot score jobs/samples/mlp/table.csv: the output path file:" + file + " is not a folder, and predictions are written "
        + "to a folder. Choose another output.path.\n", ran.err());
    assertEquals("precious", Files.readString(file));
  }

  @Test
  void refusesToOverwriteTheFolderInWhichItsOwnFilesLie() throws IOException {
    Path home = Files.createDirectory(folder.resolve("home"));
    Files.copy(Path.of("jobs/samples/mlp/model.keras"), home.resolve("model.keras"));
    Files.copy(Path.of("jobs/samples/mlp/table.csv"), home.resolve("table.csv"));
    Files.writeString(home.resolve("base.conf"), "features.columns = [x1, x2, x3, x4]");
    Files.writeString(home.resolve("thesis.txt"), "chapter one");
    Path job = Files.writeString(home.resolve("job.conf"), "include \"base.conf\"\nmodel.path = \"" + home + "/model.keras\"\n"
        + "input { path = \"" + home + "/table.csv\", format = csv }\noutput { path = \"" + home + "\", mode = overwrite }");
    Ran ran = Ran.forwardpass("score", job.toString());
    String holds = "\n  - output.mode is overwrite, but the output file:" + home + " holds ";
    assertEquals(
        "Cannot score " + home + "/table.csv: 5 problems." + holds + "the model " + home + "/model.keras. Choose another output.path."
            + holds + "the job file file:" + home + "/job.conf. Choose another output.path." + holds + "the job file file:" + home
            + "/base.conf. Choose another output.path." + "\n  - the input file:" + home + "/table.csv lies inside the output file:" + home
            + ". Write to a folder apart from the input." + holds
            + "thesis.txt, which no table writer made and overwriting would delete. Move it elsewhere, or choose another output.path.\n",
        ran.err());
    assertEquals(4, ran.exitCode());
    try (Stream<Path> left = Files.list(home)) {
      assertEquals(List.of("base.conf", "job.conf", "model.keras", "table.csv", "thesis.txt"),
          left.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void stopsAtAnInvalidRowWithAnExitCodeOfItsOwn() throws IOException {
    Path table = Files.writeString(folder.resolve("table.csv"), "id,x1,x2,x3,x4\n7,1,2,3,4\n8,1,,3,4\n");
    Ran ran = score("mlp", "--set", "input.path=" + table);
    assertEquals(6, ran.exitCode(), ran.err());
    assertTrue(ran.err().startsWith("Cannot ") && ran.err().contains("x2") && ran.err().contains("8"), ran.err());
    assertTrue(Files.notExists(folder.resolve("mlp")));
    List<String> kept = lines(score("mlp", "--set", "input.path=" + table, "--set", "invalid-rows.policy=keep"));
    assertTrue(kept.contains("invalid         1"), kept.toString());
  }

  private void assertNothingLeft() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.collect(Collectors.toList()));
    }
  }
}
