package io.forwardpass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.testing.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What verify says about models whose right answers are recorded. */
class VerifyTest {
  private static final Path SAMPLES = Path.of("src/test/resources/golden/samples");

  @TempDir
  private Path folder;

  @Test
  void verifiesOneModel() {
    Ran ran = Ran.forwardpass("verify", SAMPLES + "/xor/model.keras", "--cases", SAMPLES + "/xor/cases.npz");
    assertEquals(0, ran.exitCode(), ran.err());
    List<String> lines = ran.out().lines().collect(Collectors.toList());
    assertEquals(2, lines.size());
    assertTrue(lines.get(0).matches("\\S+/xor/model.keras: \\d\\.\\de[-+]\\d\\d from Keras; from the float64 truth \\d\\.\\de[-+]\\d\\d, "
        + "Keras \\d\\.\\de[-+]\\d\\d; verified"), lines.get(0));
    assertEquals("1 verified, 0 differ, 0 refused", lines.get(1));
  }

  @Test
  void verifiesEveryWholeModelBesideItsCasesAndLeavesWeightsAlone() {
    Ran ran = Ran.forwardpass("verify", "--all", SAMPLES.toString());
    assertEquals(0, ran.exitCode(), ran.out());
    List<String> names = ran.out().lines().filter(line -> line.endsWith("; verified")).map(line -> line.substring(0, line.indexOf(':')))
        .collect(Collectors.toList());
    assertEquals(List.of("lstm/keras2.h5", "lstm/keras2.keras", "lstm/model.h5", "lstm/model.keras", "mlp/keras2.h5", "mlp/keras2.keras",
        "mlp/model.h5", "mlp/model.keras", "relu33/keras2.h5", "relu33/keras2.keras", "relu33/model.h5", "relu33/model.keras",
        "xor/keras2.h5", "xor/keras2.keras", "xor/model.h5", "xor/model.keras"), names);
    assertTrue(ran.out().endsWith("\n16 verified, 0 differ, 0 refused\n"), ran.out());
  }

  @Test
  void knowsAModelByItsContentAndRefusesAFileThatOnlyClaimsToBeOne() throws IOException {
    Files.copy(SAMPLES.resolve("xor/cases.npz"), folder.resolve("cases.npz"));
    Files.copy(SAMPLES.resolve("xor/model.h5"), folder.resolve("checkpoint.best"));
    Files.copy(SAMPLES.resolve("xor/model.keras"), folder.resolve("archive"));
    Files.writeString(folder.resolve("notes.txt"), "model_config");
    Files.writeString(folder.resolve("broken.keras"), "not a model");
    Files.createDirectory(folder.resolve("elsewhere"));
    Files.copy(SAMPLES.resolve("xor/model.keras"), folder.resolve("elsewhere/model.keras"));
    Ran ran = Ran.forwardpass("verify", "--all", folder.toString());
    assertEquals(3, ran.exitCode());
    List<String> lines = ran.out().lines().collect(Collectors.toList());
    assertEquals(4, lines.size(), ran.out());
    assertTrue(lines.get(0).startsWith("archive: ") && lines.get(0).endsWith("; verified"), lines.get(0));
    assertTrue(lines.get(1).startsWith("broken.keras: refused. Cannot read "), lines.get(1));
    assertTrue(lines.get(2).startsWith("checkpoint.best: ") && lines.get(2).endsWith("; verified"), lines.get(2));
    assertEquals("2 verified, 0 differ, 1 refused", lines.get(3));
  }

  @Test
  void saysThatAModelDiffersWhereTheToleranceIsTooSmallForIt() {
    Ran ran = Ran.forwardpass("verify", SAMPLES + "/mlp/model.keras", "--cases", SAMPLES + "/mlp/cases.npz", "--tolerance", "0");
    assertEquals(5, ran.exitCode(), ran.out());
    assertTrue(ran.out().contains("; differs\n  "), ran.out());
    assertTrue(ran.out().endsWith("\n0 verified, 1 differ, 0 refused\n"), ran.out());
  }

  @Test
  void saysWhatInspectWouldNoticeOfAModel() {
    String folder = "src/test/resources/golden/recurrent/stateful";
    Ran ran = Ran.forwardpass("verify", folder + "/model.keras", "--cases", folder + "/cases.npz");
    assertEquals(0, ran.exitCode(), ran.out());
    List<String> lines = ran.out().lines().toList();
    assertEquals("1 verified, 0 differ, 0 refused", lines.get(lines.size() - 1));
    List<String> notices = lines.subList(1, lines.size() - 1);
    assertTrue(notices.get(0).matches("  notice: .* is stateful; here every row's sequence starts from zero, as the first batch after "
        + "a reset does in Keras\\."), ran.out());
    assertEquals(Ran.forwardpass("inspect", folder + "/model.keras").out().lines().filter(line -> line.startsWith("notice: "))
        .map(line -> "  " + line).toList(), notices);
  }

  @Test
  void refusesCasesOfAnotherShapeAndAFolderWithoutModels() {
    Ran ran = Ran.forwardpass("verify", SAMPLES + "/xor/model.keras", "--cases", SAMPLES + "/mlp/cases.npz");
    assertEquals(3, ran.exitCode());
    assertTrue(ran.err().startsWith("Cannot "), ran.err());
    assertEquals(new Ran(3, "", "Cannot verify the models below " + folder + ": no whole-model file lies beside a cases.npz. "
        + "Record cases beside the models.\n"), Ran.forwardpass("verify", "--all", folder.toString()));
    assertEquals(new Ran(3, "", "Cannot verify the models below nowhere: there is no such folder. Give an existing one.\n"),
        Ran.forwardpass("verify", "--all", "nowhere"));
  }
}
