package io.forwardpass.keras.array;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.keras.ModelFiles;
import io.forwardpass.keras.container.NpzFile;
import io.forwardpass.testing.Models;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays as NumPy itself wrote them (numpy.py), and recorded answers. */
class NumpyFilesTest {
  private static final Path NUMPY = Path.of("src/test/resources/keras/numpy");

  private static NpyArray read(String file) throws IOException {
    return NpyArray.parse("array " + file, file, Files.readAllBytes(NUMPY.resolve(file)));
  }

  /** Every file holds 0, 1.5, -2, 3, 4, 5 or the whole numbers nearest to them, in the shape (2, 3). */
  @ParameterizedTest
  @CsvSource({"f4, float32", "f8, float64", "f2, float16", "f4_big, float32", "f8_big, float64", "f2_big, float16", "fortran, float32",
      "version2, float32", "version3, float32"})
  void readsEveryLayoutOfRealNumbers(String file, String dtype) throws IOException {
    NpyArray array = read(file + ".npy");
    assertEquals(dtype, array.dtype());
    assertArrayEquals(new int[] {2, 3}, array.shape());
    assertArrayEquals(new double[] {0, 1.5, -2, 3, 4, 5}, array.doubles());
    assertArrayEquals(new float[] {0, 1.5f, -2, 3, 4, 5}, array.floats());
  }

  @ParameterizedTest
  @CsvSource({"i8, int64", "i4, int32", "i2, int16", "i1, int8", "i8_big, int64"})
  void readsWholeNumbers(String file, String dtype) throws IOException {
    NpyArray array = read(file + ".npy");
    assertEquals(dtype, array.dtype());
    assertArrayEquals(new double[] {0, 1, -2, 3, 4, 5}, array.doubles());
  }

  @Test
  void readsUnsignedNumbersBooleansAndScalars() throws IOException {
    assertArrayEquals(new double[] {0, 255, 200}, read("u1.npy").doubles());
    assertArrayEquals(new double[] {18446744073709551615.0}, read("u8.npy").doubles());
    assertArrayEquals(new double[] {1, 0, 1}, read("bool.npy").doubles());
    assertArrayEquals(new int[0], read("scalar.npy").shape());
    assertArrayEquals(new float[] {7}, read("scalar.npy").floats());
    assertArrayEquals(new int[] {0, 3}, read("empty.npy").shape());
    assertEquals(0, read("empty.npy").floats().length);
  }

  @Test
  void readsHalfPrecisionToItsLimits() throws IOException {
    float[] expected = {0x1p-24f, 0x1p-14f - 0x1p-24f, 0x1p-14f, 65504f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, -0f};
    assertArrayEquals(expected, read("half_limits.npy").floats());
  }

  @Test
  void readsFortranOrderInThreeDimensions() throws IOException {
    double[] expected = new double[24];
    Arrays.setAll(expected, i -> i);
    assertArrayEquals(new int[] {2, 3, 4}, read("fortran3.npy").shape());
    assertArrayEquals(expected, read("fortran3.npy").doubles());
  }

  @Test
  void neverEvaluatesPickledObjects() {
    assertEquals("Cannot read array object.npy: array object.npy holds pickled Python objects, which are never evaluated here. Save plain"
        + " arrays: np.savez(file, *model.get_weights()).", Models.refusal(() -> read("object.npy")));
  }

  @Test
  void refusesATruncatedArray() throws IOException {
    byte[] whole = Files.readAllBytes(NUMPY.resolve("f4.npy"));
    assertEquals("Cannot read x: array f4 is a damaged or truncated .npy, shape (2, 3) of float32 needs 24 bytes and 23 are there. Copy the"
        + " file again, in full.", Models.refusal(() -> NpyArray.parse("x", "f4", Arrays.copyOf(whole, whole.length - 1))));
    assertEquals("Cannot read x: array f4 is a damaged or truncated .npy, it ends within its header. Copy the file again, in full.",
        Models.refusal(() -> NpyArray.parse("x", "f4", Arrays.copyOf(whole, 40))));
  }

  /** A .npy of version 1 that holds 24 bytes of float32 and claims another shape. */
  private static byte[] claiming(String shape) {
    byte[] header = ("{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }\n").getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(10 + header.length + 24).order(ByteOrder.LITTLE_ENDIAN).put((byte) 0x93)
        .put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 0).putShort((short) header.length).put(header).array();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-6,", "-1, 3", "-2, -3", "2, -3", "0, -1", "-2147483648,", "2147483648,", "99999999999999999999,",
      "65536, 65536", "2147483647, 2147483647, 2147483647", "4294967296, 4294967296", "2, 3.0", "two, 3"})
  void refusesAShapeThatCannotBe(String shape, @TempDir Path folder) throws IOException {
    String why = " is a damaged or truncated .npy, its shape is (" + shape + "), which cannot be. Copy the file again, in full.";
    Path npy = Files.write(folder.resolve("a.npy"), claiming(shape));
    assertEquals("Cannot read model file:" + npy + ": array a.npy" + why,
        Models.refusal(() -> Models.read(npy, Models.GOLDEN.resolve("samples/mlp/model.json"))));
    Path npz = folder.resolve("a.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(npz))) {
      zip.putNextEntry(new ZipEntry("x0.npy"));
      zip.write(claiming(shape));
    }
    assertEquals("Cannot read model file:" + npz + ": array x0" + why,
        Models.refusal(() -> Models.read(npz, Models.GOLDEN.resolve("samples/mlp/model.json"))));
    assertEquals("Cannot read arrays file:" + npz + ": array x0" + why,
        Models.refusal(() -> ModelFiles.readNpz(npz.toString(), Models.LOCAL)));
  }

  @Test
  void refusesMoreDimensionsThanNumPyHas() throws IOException {
    assertArrayEquals(new float[1], NpyArray.parse("x", "a", claiming("1, ".repeat(64))).floats());
    assertEquals("Cannot read x: array a is a damaged or truncated .npy, its shape has 65 dimensions, and NumPy's arrays at most 64. Copy"
        + " the file again, in full.", Models.refusal(() -> NpyArray.parse("x", "a", claiming("1, ".repeat(65)))));
    assertEquals("Cannot read x: array a is a damaged or truncated .npy, its shape has 10000 dimensions, and NumPy's arrays at most 64."
        + " Copy the file again, in full.", Models.refusal(() -> NpyArray.parse("x", "a", claiming("1, ".repeat(10_000)))));
    String message = Models.refusal(() -> NpyArray.parse("x", "a", claiming("9".repeat(30_000))));
    assertTrue(message.contains("its shape is (999") && message.contains("999 …), which cannot be.") && message.length() < 400, message);
  }

  @Test
  void readsRecordedAnswersInDouble() throws IOException {
    NpzFile cases = ModelFiles.readNpz(Models.GOLDEN.resolve("samples/xor/cases.npz").toString(), Models.LOCAL);
    assertEquals(List.of("x0", "y0", "t0"), cases.names());
    assertEquals("float64", cases.array("t0").dtype());
    double[] truth = cases.array("t0").doubles();
    float[] keras = cases.array("y0").floats();
    assertEquals(keras.length, truth.length);
    for (int i = 0; i < truth.length; i++) {
      assertEquals(truth[i], keras[i], 1e-5);
      assertTrue(truth[i] != (float) truth[i], "t0 is more than float32");
    }
  }

  @Test
  void readsCompressedArchivesOfArrays() throws IOException {
    NpzFile npz = ModelFiles.readNpz(NUMPY.resolve("compressed.npz").toString(), Models.LOCAL);
    assertEquals(List.of("kernel", "bias"), npz.names());
    assertArrayEquals(new float[] {1, 1, 1, 1}, npz.array("bias").floats());
    assertEquals(1000, npz.array("kernel").floats().length);
  }

  @Test
  void refusesAnNpzThatIsNone() {
    String message = Models.refusal(() -> ModelFiles.readNpz(NUMPY.resolve("f4.npy").toString(), Models.LOCAL));
    assertEquals("Cannot read arrays file:" + NUMPY.resolve("f4.npy").toAbsolutePath() + ": it is not a .npz file. Write it with np.savez.",
        message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1f", "0x1p3", "one", "1..2"})
  void refusesWordsInCsv(String cell, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("0.csv"), "1,2\n3," + cell + "\n");
    String message = Models.refusal(() -> Models.read(folder, Models.GOLDEN.resolve("samples/mlp/model.json")));
    assertEquals("Cannot read array file:" + file + ": line 2 has '" + cell + "', which is not a number. Write rows of plain numbers,"
        + " without"
        + " a header.", message);
  }

  @Test
  void parsesTextStraightToFloat() {
    // halfway between two floats but for its 20th digit: by way of double it would be rounded down
    StoredArray array = CsvArray.parse("a", "a", "# saved by numpy\n1.00000005960464477540 -1.5e+00\nnan inf\n".getBytes(UTF_8));
    assertArrayEquals(new int[] {2, 2}, array.shape());
    assertArrayEquals(new float[] {1.0000001f, -1.5f, Float.NaN, Float.POSITIVE_INFINITY}, array.values());
  }

  @Test
  void refusesRaggedCsv() {
    assertEquals("Cannot read a: line 2 has 1 numbers, and the lines before it 2. Write a row of the array on each line.",
        Models.refusal(() -> CsvArray.parse("a", "a", "1,2\n3\n".getBytes(UTF_8))));
  }
}
