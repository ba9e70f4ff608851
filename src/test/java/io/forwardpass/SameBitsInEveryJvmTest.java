package io.forwardpass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Predictions of real models in JVMs with vectors of every width, and with none. */
class SameBitsInEveryJvmTest {
  private static final String VECTORS = "--add-modules=jdk.incubator.vector";
  private static final String SAMPLES = "src/test/resources/golden/samples/";

  @Test
  void predictionsHaveTheSameBitsWhateverTheWidthOfVectors() throws Exception {
    List<String> expected = bits(VECTORS);
    assertEquals(3, expected.size(), () -> "three models, but " + expected);
    assertEquals(expected, bits(VECTORS, "-XX:UseAVX=2"));
    assertEquals(expected, bits(VECTORS, "-Dforwardpass.kernels=scalar"));
    assertEquals(expected, bits()); // without the module
  }

  private static List<String> bits(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+IgnoreUnrecognizedVMOptions", "-Xmx512m", "-Xshare:auto", "-XX:+UseSerialGC"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        "io.forwardpass.testing.PredictionBits", SAMPLES + "mlp/model.keras", SAMPLES + "relu33/model.keras",
        SAMPLES + "lstm/model.keras"));
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor() == 0, () -> "failed: " + command + "\n" + printed);
    return printed.lines().filter(line -> line.startsWith(SAMPLES)).toList();
  }
}
