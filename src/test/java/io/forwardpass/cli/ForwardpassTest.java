package io.forwardpass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.testing.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line prints and returns, whatever becomes of the command. */
class ForwardpassTest {
  @TempDir
  private Path folder;

  @Test
  void printsHelpWithExamplesAndExitCodes() {
    Ran ran = Ran.forwardpass("--help");
    assertEquals(0, ran.exitCode());
    assertEquals("", ran.err());
    assertTrue(ran.out().startsWith("Usage: forwardpass [-hV] [--stacktrace] [COMMAND]\n"), ran.out());
    assertTrue(ran.out().contains("  jobs/forwardpass score jobs/mlp.conf\n"), ran.out());
    assertTrue(ran.out().contains("refused, 5 verification differs, 6 the invalid-rows policy stopped the run.\n"), ran.out());
  }

  @Test
  void printsAHelpForEachCommand() {
    assertTrue(Ran.forwardpass("score", "--help").out().startsWith(
        "Usage: forwardpass score [-hV] [--dry-run] [--stacktrace] [--set=key=value]... JOB.conf\n"));
    assertTrue(Ran.forwardpass("inspect", "--help").out()
        .startsWith("Usage: forwardpass inspect [-hV] [--stacktrace] [--architecture=FILE] MODEL\n"));
    assertTrue(Ran.forwardpass("verify", "--help").out().contains("(default: 1e-5)"));
  }

  @Test
  void refusesBadCommandLinesWithAHint() {
    assertEquals(
        new Ran(2, "",
            "Unmatched arguments from index 0: 'skore', 'a.conf'\nDid you mean: forwardpass score?\nTry 'forwardpass --help'.\n"),
        Ran.forwardpass("skore", "a.conf"));
    assertEquals(new Ran(2, "", "Missing required parameter: 'JOB.conf'\nTry 'forwardpass score --help'.\n"), Ran.forwardpass("score"));
    Ran nothing = Ran.forwardpass();
    assertEquals(2, nothing.exitCode());
    assertTrue(nothing.err().startsWith("Usage: forwardpass"), nothing.err());
    for (String[] contradiction : new String[][] {{"verify"}, {"verify", "m.keras"}, {"verify", "--cases", "c.npz"},
        {"verify", "m.keras", "--cases", "c.npz", "--all", "x"}, {"verify", "--all", "x", "--architecture", "y"}}) {
      assertEquals(new Ran(2, "", "Give either MODEL with --cases FILE, or --all FOLDER alone.\nTry 'forwardpass verify --help'.\n"),
          Ran.forwardpass(contradiction));
    }
    assertEquals(new Ran(2, "", "--tolerance should be 0 or more, not -1.0.\nTry 'forwardpass verify --help'.\n"),
        Ran.forwardpass("verify", "--all", "x", "--tolerance", "-1"));
  }

  @Test
  void printsARefusalAloneAndItsOriginOnlyWhenAsked() throws IOException {
    Path job = Files.writeString(folder.resolve("job.conf"), "model.path = m.keras");
    String refusal = "Cannot run the job file " + job + ": 3 problems.\n"
        + "  - input has neither path nor table. Give input.path or input.table.\n"
        + "  - features names no column. Give columns = [...], one number column per feature in the model's order, or column, "
        + "one array or vector column.\n"
        + "  - output has neither path nor table. Give output.path or output.table.\n";
    assertEquals(new Ran(2, "", refusal), Ran.forwardpass("score", job.toString()));
    for (String[] asked : new String[][] {{"--stacktrace", "score", job.toString()}, {"score", job.toString(), "--stacktrace"}}) {
      Ran ran = Ran.forwardpass(asked);
      assertEquals(2, ran.exitCode());
      assertTrue(ran.err().startsWith(refusal + "io.forwardpass.refusal.Refusal: "), ran.err());
      assertTrue(ran.err().contains("\tat io.forwardpass.config.JobKeys.job("), ran.err());
    }
  }

  @Test
  void putsSettingsOverTheJobFile() throws IOException {
    Path job = Files.writeString(folder.resolve("job.conf"),
        "model.path = m.keras\ninput.path = t\nfeatures.columns = [a]\noutput.path = out");
    assertEquals(new Ran(2, "", "Cannot run the job file " + job + ": 2 problems.\n"
        + "  - output.mode (--set) should be error, overwrite or append, not \"replace\".\n"
        + "  - spark.block-rows (--set) should be a multiple of 16 from 64 to 512, not 65.\n"),
        Ran.forwardpass("score", job.toString(), "--set", "output.mode=replace", "--set=spark.block-rows=65"));
  }

  @Test
  void refusesAModelBeforeSparkStarts() throws IOException {
    Path model = folder.resolve("gone.keras");
    Path job = Files.writeString(folder.resolve("job.conf"), "model.path = \"file:" + model + "\"\ninput.path = t\nfeatures.columns = [a]\n"
        + "output.path = \"" + folder.resolve("out") + "\"");
    Ran ran = Ran.forwardpass("score", job.toString());
    assertEquals(3, ran.exitCode());
    assertEquals("", ran.out());
    assertTrue(ran.err().startsWith("Cannot read ") && ran.err().contains("gone.keras"), ran.err());
    assertEquals(1, ran.err().lines().count(), ran.err());
    assertTrue(Files.notExists(folder.resolve("out")));
  }
}
