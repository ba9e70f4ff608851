package io.forwardpass.layers.preprocessing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.network.KeyEncoding;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.testing.LayerCase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class PreprocessingLayersTest {
  private static String refusal(Executable executable) {
    return assertThrows(Refusal.class, executable).getMessage();
  }

  private static Lookup texts(String options) {
    return (Lookup) LayerCase.keras3("StringLookup", options).layer();
  }

  private static long code(Lookup lookup, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return lookup.encoding().ofText(utf8, 0, utf8.length);
  }

  @Test
  void aMaskComesFirstThenWhatIsUnknownThenTheVocabulary() {
    Lookup lookup = texts("{vocabulary: ['b', 'a', 'ü'], mask_token: '', num_oov_indices: 1}");
    assertEquals(List.of(0L, 1L, 2L, 3L, 4L), List.of("", "c", "b", "a", "ü").stream().map(text -> code(lookup, text)).toList());
    Lookup counted = texts("{vocabulary: ['b', 'a'], mask_token: '', output_mode: 'count'}");
    assertEquals(List.of(-1L, 0L, 1L, 2L), List.of("", "c", "b", "a").stream().map(text -> code(counted, text)).toList());
    assertEquals(KeyEncoding.UNKNOWN, code(texts("{vocabulary: ['b'], num_oov_indices: 0}"), "c"));
  }

  @Test
  void everyTextOfALargeVocabularyIsFoundAndNoOther() {
    String listed = IntStream.range(0, 5000).mapToObj(i -> "'key " + i * 31 + "'").collect(Collectors.joining(","));
    Lookup lookup = texts("{vocabulary: [" + listed + "]}");
    for (int i = 0; i < 5000; i++) {
      assertEquals(1 + i, code(lookup, "key " + i * 31));
      assertEquals(0, code(lookup, "key " + (i * 31 + 1)));
    }
  }

  @Test
  void wholeNumbersOf64BitsAreToldApart() {
    KeyEncoding encoding =
        ((Lookup) LayerCase.keras3("IntegerLookup", "{vocabulary: [9007199254740993, -3, 9007199254740992]}").layer()).encoding();
    assertEquals(1, encoding.ofNumber(9007199254740993L));
    assertEquals(3, encoding.ofNumber(9007199254740992L));
    assertEquals(2, encoding.ofNumber(-3));
    assertEquals(0, encoding.ofNumber(9007199254740994L));
  }

  @Test
  void aVocabularyFileIsReadAsPythonSplitsLines() {
    Lookup lookup = texts("{'vocabulary.txt': '[UNK]\\na b\\r\\n\\nc\\u2028d\\n\\n'}");
    assertEquals(List.of("a b", "", "c", "d"), lookup.tokens());
    assertEquals(2, code(lookup, ""));
  }

  @Test
  void whatCannotBeIsRefusedByName() {
    assertEquals(
        "layer tested (StringLookup) has no vocabulary: its config lists none, and the file brings no vocabulary.txt for it. Save the model "
            + "as .keras, or give the layer its vocabulary.",
        refusal(() -> texts("{vocabulary: null}")));
    assertEquals(
        "layer tested (StringLookup) turns indices into texts (invert), and only numbers are computed. Take the model's output before it.",
        refusal(() -> texts("{vocabulary: ['a'], invert: true}")));
    assertEquals("layer tested (StringLookup) has a twice in its vocabulary, which Keras refuses too. Keep one.",
        refusal(() -> texts("{vocabulary: ['a', 'b', 'a']}")));
    assertEquals(
        "layer tested (Hashing) has 16777217 bins, and 1 to 16777216 are supported, the whole numbers that float32 holds exactly. Hash into "
            + "fewer bins.",
        refusal(() -> LayerCase.keras3("Hashing", "{num_bins: 16777217}")));
    assertEquals(
        "layer tested (IntegerLookup) turns indices into whole numbers (invert), and 16777217 is beyond 16777216, up to which float32 "
            + "holds all exactly. Take the model's output before it.",
        refusal(() -> LayerCase.keras3("IntegerLookup", "{vocabulary: [16777217], invert: true}")));
    assertEquals(
        "layer tested (CategoryEncoding) with output_mode count takes the categories of a row, and its input is (3, 2). Give it an input of "
            + "shape (categories,).",
        refusal(() -> LayerCase.keras3("CategoryEncoding", "{num_tokens: 3, output_mode: 'count'}").graph(Shape.of(3, 2))));
    assertEquals("layer tested (Discretization) has bin_boundaries that do not ascend, [1,0]. Sort them.",
        refusal(() -> LayerCase.keras3("Discretization", "{bin_boundaries: [1, 0]}")));
    assertTrue(refusal(() -> LayerCase.keras2("Discretization", "{num_bins: 4}"))
        .contains("where Keras 2 does not keep those that adapt() found"));
  }

  @Test
  void aBoundaryBelongsToTheBinAboveIt() {
    LayerCase bins = LayerCase.keras3("Discretization", "{bin_boundaries: [0, 0.1, 2]}");
    assertArrayEquals(new float[] {0, 1, 1, 2, 3, 3, 0, 3},
        bins.answer(Shape.of(8), -1e-9, 0, 0.09, 0.1f, 2, 5, Double.NEGATIVE_INFINITY, Double.NaN));
  }

  @Test
  void anIndexBeyondTheCategoriesIsNone() {
    LayerCase encoding = LayerCase.keras3("CategoryEncoding", "{num_tokens: 3, output_mode: 'one_hot'}");
    assertArrayEquals(new float[] {0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1}, encoding.answer(Shape.of(4), -1, 3, 0.9, 2));
  }
}
