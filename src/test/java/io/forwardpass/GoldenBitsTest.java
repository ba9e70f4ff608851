package io.forwardpass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.forwardpass.network.Predictor;
import io.forwardpass.reference.Cases;
import io.forwardpass.refusal.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The predictions of every golden case, bit for bit as they were when they were last recorded: a change that is not about numbers
 * changes none. One that is says so in CHANGELOG.md and brings the new list, which a failing run leaves in {@code target/}.
 */
class GoldenBitsTest {
  private static final Path RECORDED = Path.of("src/test/resources/golden/bits.txt");
  private static final Path FOUND = Path.of("target/golden-bits.txt");

  @Test
  void everyCaseGivesTheBitsThatWereRecorded() throws Exception {
    List<String> found = new ArrayList<>();
    List<String> parts = new ArrayList<>(GoldenTest.PARTS);
    parts.add("samples");
    for (String part : parts) {
      for (Path folder : GoldenTest.folders(part)) {
        try {
          found.add(part + "/" + folder.getFileName() + " " + bits(folder));
        } catch (Refusal refused) {
          // GoldenTest knows which
        }
      }
    }
    Files.write(FOUND, found);
    assertEquals(Files.readAllLines(RECORDED), found);
  }

  /** The first half of the SHA-256 of all outputs, row by row; all NaNs are one. */
  private static String bits(Path folder) throws IOException, NoSuchAlgorithmException {
    Cases cases = GoldenTest.cases(folder.resolve("cases.npz"));
    Path model = folder.resolve(Files.exists(folder.resolve("model.keras")) ? "model.keras" : "model.h5");
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (float[] output : new Predictor(GoldenTest.load(model, Optional.empty()).compile(), 64).predict(cases.inputs(), cases.rows())) {
      ByteBuffer bytes = ByteBuffer.allocate(4 * output.length);
      for (float value : output) {
        bytes.putInt(Float.floatToIntBits(value));
      }
      digest.update(bytes.array());
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }
}
