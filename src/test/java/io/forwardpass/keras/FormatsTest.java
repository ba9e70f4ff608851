package io.forwardpass.keras;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.forwardpass.keras.weights.LayerWeights;
import io.forwardpass.keras.weights.WeightArray;
import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.refusal.Problems;
import io.forwardpass.testing.ExpectedWeights;
import io.forwardpass.testing.Models;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One nested model, with batch normalization at two depths and a frozen tower, in every layout Keras has had. */
class FormatsTest {
  private static JsonNode expected(String name) throws IOException {
    return ExpectedWeights.file(Models.FORMATS.resolve("expected.json")).path(name);
  }

  @ParameterizedTest
  @CsvSource({
      "keras3.keras, keras3, 3.15.1, Keras 3 archive (.keras)",
      "keras3_npz.keras, keras3, 3.15.1, Keras 3 archive (.keras)",
      "keras2_npz.keras, keras2, 2.21.0, Keras 2 archive (.keras)",
      "keras3.h5, keras3, 3.15.1, Keras 3 whole-model HDF5",
      "keras3_parted.h5, keras3, 3.15.1, Keras 3 whole-model HDF5",
      "keras2.keras, keras2, 2.21.0, Keras 2 archive (.keras)",
      "keras2_13.keras, keras2, 2.21.0, Keras 2 archive (.keras)",
      "keras2_windows.keras, keras2, 2.21.0, Keras 2 archive (.keras)",
      "keras2_13_windows.keras, keras2, 2.21.0, Keras 2 archive (.keras)",
      "keras2.h5, keras2, 2.21.0, Keras 2 whole-model HDF5",
      "keras2_fixed_length.h5, keras2, 2.21.0, Keras 2 whole-model HDF5",
      "keras2_parted.h5, keras2, 2.21.0, Keras 2 whole-model HDF5",
  })
  void readsAWholeModel(String file, String weights, String version, String format) throws IOException {
    SavedModel model = Models.read(Models.FORMATS.resolve(file));
    assertEquals(version, model.kerasVersion().toString());
    assertEquals(format, model.format());
    assertEquals("Functional", model.architecture().path("class_name").asText());
    ExpectedWeights.of(expected(weights)).assertIn(model);
  }

  @ParameterizedTest
  @CsvSource({
      "keras3.weights.h5, keras3, 3, HDF5 weights by object (.weights.h5) with architecture JSON",
      "keras3.npz, keras3, 3, NumPy arrays (.npz) with architecture JSON",
      "keras2.weights.h5, keras2, 2.21.0, HDF5 weights by object (.weights.h5) with architecture JSON",
      "keras2_save_weights.h5, keras2, 2.21.0, HDF5 weights by layer with architecture JSON",
      "keras2.npz, keras2, 2.21.0, NumPy arrays (.npz) with architecture JSON",
  })
  void readsWeightsWithTheirArchitecture(String file, String weights, String version, String format) throws IOException {
    SavedModel model = Models.read(Models.FORMATS.resolve(file), Models.FORMATS.resolve(weights + ".json"));
    assertEquals(version, model.kerasVersion().toString());
    assertEquals(format, model.format());
    ExpectedWeights.of(expected(weights)).assertIn(model);
  }

  @Test
  void readsAnUnzippedArchive(@TempDir Path folder) throws IOException {
    try (InputStream in = Files.newInputStream(Models.FORMATS.resolve("keras3.keras")); ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.write(folder.resolve(entry.getName()), zip.readAllBytes());
      }
    }
    SavedModel model = Models.read(folder);
    assertEquals("Keras 3 archive (unzipped .keras)", model.format());
    ExpectedWeights.of(expected("keras3")).assertIn(model);
  }

  @Test
  void tellsTheKindByContentWhateverTheSuffix(@TempDir Path folder) throws IOException {
    Path hdf5 = Files.copy(Models.FORMATS.resolve("keras2.h5"), folder.resolve("model.keras"));
    Path zip = Files.copy(Models.FORMATS.resolve("keras3.keras"), folder.resolve("weights.best"));
    assertEquals("Keras 2 whole-model HDF5", Models.read(hdf5).format());
    assertEquals("Keras 3 archive (.keras)", Models.read(zip).format());
  }

  /** Where an HDF5 file may begin behind a user block, an archive's stored member may just as well. */
  @ParameterizedTest
  @ValueSource(ints = {512, 1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15, 1 << 16, 1 << 17, 1 << 18, 1 << 19, 1 << 20})
  void readsAnArchiveWhereverItsWeightsBegin(int offset, @TempDir Path folder) throws IOException {
    Map<String, byte[]> members = members(Models.FORMATS.resolve("keras3.keras"));
    byte[] weights = members.remove("model.weights.h5");
    int before = header("model.weights.h5");
    assertReadsKeras3(stored(members, weights, new byte[offset - before - header("notes")], new byte[0]), offset, folder);
    if (offset - before <= 0xffff) {
      assertReadsKeras3(stored(members, weights, null, extra(offset - before)), offset, folder);
    }
  }

  private static void assertReadsKeras3(byte[] zip, int offset, Path folder) throws IOException {
    assertEquals("HDF", new String(zip, offset + 1, 3, StandardCharsets.US_ASCII));
    SavedModel model = Models.read(Files.write(folder.resolve("model.keras"), zip));
    assertEquals("Keras 3 archive (.keras)", model.format());
    ExpectedWeights.of(expected("keras3")).assertIn(model);
  }

  private static Map<String, byte[]> members(Path archive) throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(archive); ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        members.put(entry.getName(), zip.readAllBytes());
      }
    }
    return members;
  }

  /** Of a zip's member, without its content. */
  private static int header(String name) {
    return 30 + name.length();
  }

  /** A field of so many bytes that no reader knows and every reader passes over. */
  private static byte[] extra(int length) {
    byte[] extra = new byte[length];
    extra[0] = 0x35;
    extra[1] = (byte) 0xd9;
    extra[2] = (byte) (length - 4);
    extra[3] = (byte) ((length - 4) >> 8);
    return extra;
  }

  /** @param notes what stands before the weights; null for nothing */
  private static byte[] stored(Map<String, byte[]> members, byte[] weights, byte[] notes, byte[] extra) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      if (notes != null) {
        put(zip, "notes", notes, new byte[0]);
      }
      put(zip, "model.weights.h5", weights, extra);
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        put(zip, member.getKey(), member.getValue(), new byte[0]);
      }
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content, byte[] extra) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setExtra(extra);
    zip.putNextEntry(entry);
    zip.write(content);
  }

  @Test
  void narrowsFloat64WithANotice() throws IOException {
    SavedModel model = Models.read(Models.FORMATS.resolve("keras3_float64.keras"));
    ExpectedWeights.of(expected("keras3_float64")).assertIn(model);
    assertEquals(List.of("24 of 24 weight arrays are float64 and are narrowed to float32."), model.notices());
  }

  private static final LayerWeights DENSE =
      new LayerWeights("dense", "Dense", List.of(WeightSpec.trainable("kernel", 2, 3), WeightSpec.trainable("bias", 3)));

  @Test
  void readsFloat16() throws IOException {
    Problems problems = new Problems();
    List<WeightArray> arrays = Models.read(Models.FORMATS.resolve("float16.keras")).weights().resolve(List.of(DENSE), problems).get(0);
    assertEquals(List.of(), problems.all());
    assertEquals("float16", arrays.get(0).dtype());
    assertArrayEquals(new float[] {0, 0.25f, 0.5f, 0.75f, 1, 1.25f}, arrays.get(0).values());
  }

  @Test
  void refusesBfloat16ByName() {
    Path file = Models.FORMATS.resolve("bfloat16.keras");
    assertEquals("Cannot read model.weights.h5 of model file:" + file.toAbsolutePath() + ": it holds arrays of an opaque HDF5 type, as"
        + " which"
        + " Keras stores bfloat16, and float16, float32 and float64 are read. Save the model with dtype float32.",
        Models.refusal(() -> Models.read(file)));
  }
}
