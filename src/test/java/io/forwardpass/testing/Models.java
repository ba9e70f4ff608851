package io.forwardpass.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.forwardpass.keras.ModelFiles;
import io.forwardpass.keras.SavedModel;
import io.forwardpass.refusal.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.function.Executable;

/** Short ways for tests to read models from the local file system. */
public final class Models {
  public static final Path GOLDEN = Path.of("src/test/resources/golden");
  public static final Path FORMATS = Path.of("src/test/resources/keras/formats");
  public static final Configuration LOCAL = new Configuration();

  private Models() {}

  public static SavedModel read(Path path) throws IOException {
    return ModelFiles.read(path.toString(), Optional.empty(), Optional.empty(), 3, LOCAL);
  }

  public static SavedModel read(Path path, Path architecture) throws IOException {
    return ModelFiles.read(path.toString(), Optional.of(architecture.toString()), Optional.empty(), 3, LOCAL);
  }

  public static SavedModel read(Path path, JsonNode layers, int kerasMajor) throws IOException {
    return ModelFiles.read(path.toString(), Optional.empty(), Optional.of(layers), kerasMajor, LOCAL);
  }

  /** The message of the refusal of kind MODEL that this must end in. */
  public static String refusal(Executable reading) {
    Refusal refusal = assertThrows(Refusal.class, reading);
    assertEquals(Refusal.Kind.MODEL, refusal.kind());
    return refusal.getMessage();
  }
}
