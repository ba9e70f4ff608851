package io.forwardpass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.testing.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What inspect says about model files. */
class InspectTest {
  private static final String GOLDEN = "src/test/resources/golden/";

  @TempDir
  private Path folder;

  private static String afterTheFile(Ran ran) {
    return ran.out().substring(ran.out().indexOf('\n') + 1);
  }

  @Test
  void showsFormatVersionLayersShapesAndParameters() {
    Ran ran = Ran.forwardpass("inspect", GOLDEN + "samples/mlp/model.keras");
    assertEquals(0, ran.exitCode());
    assertEquals("", ran.err());
    assertTrue(ran.out().matches("(?s)file        \\S*/golden/samples/mlp/model.keras\n.*"), ran.out());
    assertEquals("""
        format      Keras 3 archive (.keras)
        Keras       3.15.1
        parameters  321

        layer    class  output shape  parameters
        dense    Dense  (20,)                100
        dense_1  Dense  (10,)                210
        dense_2  Dense  (1,)                  11

        input   input_layer  (4,)
        output  dense_2      (1,)
        """, afterTheFile(ran));
  }

  @Test
  void takesWeightsWithTheirArchitecture() {
    Ran ran = Ran.forwardpass("inspect", GOLDEN + "samples/lstm/model.weights.h5", "--architecture", GOLDEN + "samples/lstm/model.json");
    assertEquals(0, ran.exitCode(), ran.err());
    assertTrue(ran.out().contains("parameters  88\n"), ran.out());
    assertTrue(ran.out().contains("lstm      LSTM   (3,)                  84\n"), ran.out());
    assertTrue(ran.out().contains("(4, 3)\n"), ran.out());
  }

  @Test
  void countsASharedLayerOnce() {
    Ran ran = Ran.forwardpass("inspect", GOLDEN + "layers/shared_layer/model.keras");
    assertEquals(0, ran.exitCode(), ran.err());
    assertTrue(ran.out().contains("shared\n"), ran.out());
  }

  @Test
  void showsWhatItKnowsOfAModelItRefuses() throws IOException {
    String json =
        Files.readString(Path.of(GOLDEN, "samples/xor/model.json")).replace("\"class_name\": \"Dense\"", "\"class_name\": \"FancyDense\"");
    Path architecture = Files.writeString(folder.resolve("model.json"), json);
    Ran ran = Ran.forwardpass("inspect", GOLDEN + "samples/xor/model.weights.h5", "--architecture", architecture.toString());
    assertEquals(3, ran.exitCode());
    assertTrue(ran.out().contains("\nlayer          class\ninput_layer_4  InputLayer\ndense_10       FancyDense\n"), ran.out());
    assertTrue(ran.err().startsWith("Cannot use model "), ran.err());
    assertTrue(ran.err().contains(": 2 problems.\n  - layer dense_10 (FancyDense) is not supported"), ran.err());
    assertTrue(ran.err().contains("\n  - layer dense_11 (FancyDense) is not supported"), ran.err());
  }

  @Test
  void refusesATextNamedAsAModel() throws IOException {
    Path text = Files.writeString(folder.resolve("model.keras"), "not a model");
    Ran ran = Ran.forwardpass("inspect", text.toString());
    assertEquals(3, ran.exitCode());
    assertEquals("", ran.out());
    assertTrue(ran.err().startsWith("Cannot read ") && ran.err().contains("model.keras"), ran.err());
    assertEquals(1, ran.err().lines().count(), ran.err());
  }
}
