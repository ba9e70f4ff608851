package io.forwardpass.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.testing.Models;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read is refused with a message of its own, which says what is wrong and what to do. */
class RefusedFilesTest {
  private static final Path MLP = Models.GOLDEN.resolve("samples/mlp");

  @TempDir
  private Path folder;

  private Path write(String name, byte[] bytes) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    return Files.write(path, bytes);
  }

  private Path write(String name, String text) throws IOException {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private Path zip(String name, String... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < entries.length; i += 2) {
        zip.putNextEntry(new ZipEntry(entries[i]));
        zip.write(entries[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    }
    return write(name, bytes.toByteArray());
  }

  private static String where(Path path) {
    return "file:" + path;
  }

  @Test
  void aMissingModelByItsFullPath() {
    Path missing = folder.resolve("none.keras");
    assertEquals("Cannot read model " + missing + ": there is no file or folder " + where(missing) + ". Give the path of an existing one;"
        + " without a scheme it is looked for on fs.defaultFS, here file:///.", Models.refusal(() -> Models.read(missing)));
  }

  @Test
  void aSchemeThatNoFileSystemHas() {
    String message = Models.refusal(() -> ModelFiles.read("nowhere://host/m.keras", Optional.empty(), Optional.empty(), 3, Models.LOCAL));
    assertEquals("Cannot read model nowhere://host/m.keras: No FileSystem for scheme \"nowhere\". Check the path, its permissions and that"
        + " its file system can be reached.", message);
  }

  @Test
  void anEmptyPath() {
    String message = Models.refusal(() -> ModelFiles.read("", Optional.empty(), Optional.empty(), 3, Models.LOCAL));
    assertTrue(message.startsWith("Cannot read model '': it is not a path ("), message);
  }

  @Test
  void aTextFileNamedKeras() throws IOException {
    Path text = write("model.keras", "This is not the model you are looking for, only words\n");
    assertEquals("Cannot read model " + where(text) + ": it is neither a zip nor HDF5 nor NumPy, but text that starts with"
        + " 'This is not the model you are looking fo'. Export the model with model.save(\"model.keras\").",
        Models.refusal(() -> Models.read(text)));
  }

  @Test
  void bytesOfAnotherKind() throws IOException {
    Path bytes = write("model.keras", new byte[] {0, 1, 2, 3, (byte) 0xff});
    assertEquals("Cannot read model " + where(bytes) + ": it is neither a zip nor HDF5 nor NumPy, by its first bytes."
        + " Export the model with model.save(\"model.keras\").", Models.refusal(() -> Models.read(bytes)));
  }

  @Test
  void aPointerOfGitLfs() throws IOException {
    Path pointer = write("model.keras", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n");
    assertEquals("Cannot read model " + where(pointer) + ": it is a pointer of Git LFS, not the file itself. Fetch the file with git lfs"
        + " pull.", Models.refusal(() -> Models.read(pointer)));
  }

  @Test
  void anEmptyFile() throws IOException {
    Path empty = write("model.h5", "");
    assertEquals("Cannot read model " + where(empty) + ": the file is empty. Copy it again, in full.",
        Models.refusal(() -> Models.read(empty)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.3, 0.7, 0.99})
  void aTruncatedZip(double share) throws IOException {
    byte[] whole = Files.readAllBytes(MLP.resolve("model.keras"));
    Path cut = write("model.keras", Arrays.copyOf(whole, (int) (share * whole.length)));
    assertEquals("Cannot read model " + where(cut) + ": it is a damaged or truncated zip, the directory at its end is missing."
        + " Copy the file again, in full.", Models.refusal(() -> Models.read(cut)));
  }

  @Test
  void aZipWhoseContentWasDamaged() throws IOException {
    byte[] bytes = Files.readAllBytes(MLP.resolve("model.keras"));
    int config = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("Sequential");
    bytes[config] = 's';
    Path damaged = write("model.keras", bytes);
    assertEquals("Cannot read model " + where(damaged) + ": it is a damaged or truncated zip, the checksum of config.json in it is wrong."
        + " Copy the file again, in full.", Models.refusal(() -> Models.read(damaged)));
  }

  @Test
  void aTruncatedHdf5() throws IOException {
    byte[] whole = Files.readAllBytes(MLP.resolve("keras2.h5"));
    for (int length : new int[] {48, 100, 4096, whole.length / 2, whole.length - 1}) {
      Path cut = write("model.h5", Arrays.copyOf(whole, length));
      assertEquals("Cannot read model " + where(cut) + ": it is a damaged or truncated HDF5 file (it should have " + whole.length
          + " bytes and has " + length + "). Copy the file again, in full.", Models.refusal(() -> Models.read(cut)));
    }
    Path start = write("model.h5", Arrays.copyOf(whole, 20));
    assertEquals("Cannot read model " + where(start) + ": it is a damaged or truncated HDF5 file (it ends after 20 bytes). Copy the file"
        + " again, in full.", Models.refusal(() -> Models.read(start)));
  }

  /** Wherever its structure is overwritten, nothing but a refusal comes out, or the damage is in numbers alone. */
  @Test
  void aDamagedHdf5() throws IOException {
    byte[] whole = Files.readAllBytes(MLP.resolve("keras2.h5"));
    int refused = 0;
    for (int i = 0; 48 + 128 * (i + 1) < whole.length; i++) {
      byte[] bytes = whole.clone();
      Arrays.fill(bytes, 48 + 128 * i, 48 + 128 * (i + 1), (byte) new int[] {0x5a, 0x00, 0xff, 0x01}[i % 4]);
      Path damaged = write("model.h5", bytes);
      try {
        Models.read(damaged);
      } catch (Refusal refusal) {
        assertTrue(refusal.getMessage().contains(where(damaged)), refusal.getMessage());
        refused++;
      }
    }
    assertTrue(refused > 30, "refused " + refused);
  }

  @Test
  void aZipWithoutConfig() throws IOException {
    Path zip = zip("model.keras", "notes.txt", "hello");
    assertEquals("Cannot read model " + where(zip) + ": it is a zip without config.json, and so no .keras archive; it holds [notes.txt]."
        + " Export the model with model.save(\"model.keras\").", Models.refusal(() -> Models.read(zip)));
  }

  @Test
  void anArchiveWithoutWeights() throws IOException {
    Path zip = zip("model.keras", "config.json", "{\"class_name\": \"Sequential\", \"config\": {}}", "metadata.json",
        "{\"keras_version\": \"3.1.0\"}");
    assertEquals("Cannot read model " + where(zip) + ": there is neither model.weights.h5 nor model.weights.npz in it, but [config.json,"
        + " metadata.json]. Save the model again with model.save(\"model.keras\"), in one piece.", Models.refusal(() -> Models.read(zip)));
  }

  @Test
  void anArchiveWhoseConfigIsNoJson() throws IOException {
    Path zip = zip("model.keras", "config.json", "{\"class_name\": ", "metadata.json", "{}");
    String message = Models.refusal(() -> Models.read(zip));
    assertTrue(message.startsWith("Cannot read config.json of model " + where(zip) + ": it is not JSON ("), message);
  }

  @Test
  void weightsAlone() {
    for (String file : new String[] {"model.weights.h5", "keras2_weights.h5", "get_weights.npz", "weights_npy", "weights_csv"}) {
      assertEquals("Cannot read model " + where(MLP.resolve(file).toAbsolutePath()) + ": it holds weights alone, without the layers they"
          + " belong to. Give its architecture, a file made by model.to_json() (model.architecture, --architecture), or the layers in the"
          + " job file (model.layers).", Models.refusal(() -> Models.read(MLP.resolve(file))));
    }
  }

  @Test
  void anArchitectureForAFileThatHasItsOwn() {
    for (String file : new String[] {"model.keras", "model.h5"}) {
      assertEquals("Cannot read model " + where(MLP.resolve(file).toAbsolutePath()) + " with architecture JSON: it is a whole model and has"
          + " an architecture of its own. Leave out the one given beside it.",
          Models.refusal(() -> Models.read(MLP.resolve(file), MLP.resolve("model.json"))));
    }
  }

  @Test
  void anArchitectureAndLayersAtOnce() {
    String message = Models.refusal(() -> ModelFiles.read(MLP.resolve("get_weights.npz").toString(), Optional.of("model.json"),
        Optional.of(JsonNodeFactory.instance.objectNode()), 3, Models.LOCAL));
    assertEquals("Cannot read the model: both an architecture file, model.json, and layers in the job file are given. Keep one of"
        + " model.architecture and model.layers.", message);
  }

  @Test
  void jsonGivenAsTheModel() {
    assertEquals("Cannot read model " + where(MLP.resolve("model.json").toAbsolutePath()) + ": it is JSON, an architecture without weights."
        + " Give the file of weights as the model's path, and this one as its architecture (model.architecture, --architecture).",
        Models.refusal(() -> Models.read(MLP.resolve("model.json"))));
  }

  @Test
  void anArchitectureThatIsNoModelsJson() throws IOException {
    Path json = write("model.json", "{\"layers\": []}");
    assertEquals("Cannot read architecture " + where(json) + ": it is JSON, and not a model's architecture, which has class_name and"
        + " config."
        + " Write it with model.to_json().", Models.refusal(() -> Models.read(MLP.resolve("get_weights.npz"), json)));
    String message = Models.refusal(() -> Models.read(MLP.resolve("get_weights.npz"), MLP.resolve("model.keras")));
    assertEquals("Cannot read architecture " + where(MLP.resolve("model.keras").toAbsolutePath()) + ": it is no JSON but a model file of"
        + " its"
        + " own. Give it as the model's path, or give the JSON file that model.to_json() makes.", message);
  }

  @Test
  void weightsAndArchitectureOfDifferentKeras() {
    Path weights = MLP.resolve("keras2_weights.h5");
    assertEquals("Cannot read model " + where(weights.toAbsolutePath()) + ": its weights are of Keras 2.21.0, and the architecture given"
        + " for"
        + " it is Keras 3's, whose layers compute otherwise. Give both from one Keras.",
        Models.refusal(() -> Models.read(weights, MLP.resolve("model.json"))));
  }

  @Test
  void aTensorFlowSavedModel() throws IOException {
    write("saved/saved_model.pb", "x");
    write("saved/variables/variables.index", "x");
    assertEquals("Cannot read model " + where(folder.resolve("saved")) + ": it is a TensorFlow SavedModel (saved_model.pb), a program"
        + " rather"
        + " than layers and weights. Load it in Python where it was made and export the model with model.save(\"model.keras\").",
        Models.refusal(() -> Models.read(folder.resolve("saved"))));
  }

  @Test
  void aFolderOfSomethingElse() throws IOException {
    write("data/part-0.parquet", "x");
    assertEquals("Cannot read model " + where(folder.resolve("data")) + ": it is a folder with neither config.json (an unzipped .keras"
        + " archive) nor .npy or .csv files; it holds [part-0.parquet]. Give a model file, or the folder of arrays itself.",
        Models.refusal(() -> Models.read(folder.resolve("data"))));
  }

  @Test
  void anHdf5FileThatKerasDidNotWrite() {
    Path data = Path.of("src/test/resources/keras/formats/foreign.h5");
    assertEquals("Cannot read model " + where(data.toAbsolutePath()) + ": it is an HDF5 file, and not of Keras: it has no model_config, no"
        + " layer_names and no layers, but [readings]. Save the model with model.save(\"model.keras\").",
        Models.refusal(() -> Models.read(data)));
  }
}
