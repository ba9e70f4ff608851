package io.forwardpass.keras.weights;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.forwardpass.keras.array.CsvArray;
import io.forwardpass.keras.array.StoredArray;
import io.forwardpass.refusal.Problems;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Weights that do not fit their layers are named one by one, all at once. */
class WeightChecksTest {
  private static StoredArray array(String name, int... shape) {
    return StoredArray.of(name, "float32", shape, new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)]);
  }

  private static LayerWeights dense(String name, int inputs, int units) {
    return new LayerWeights(name, "Dense", List.of(WeightSpec.trainable("kernel", inputs, units), WeightSpec.trainable("bias", units)));
  }

  private static List<String> problems(WeightStore store, LayerWeights... layers) {
    Problems problems = new Problems();
    store.resolve(List.of(layers), problems);
    return problems.all();
  }

  @Test
  void namesATransposedKernel() {
    assertEquals(List.of("weight kernel of layer dense (Dense) (arr_0) is (20, 4), which looks like the transpose of the expected (4, 20)."
        + " Store it as Keras does, (inputs, outputs)."),
        problems(new FlatStore(List.of(array("arr_0", 20, 4), array("arr_1", 20))), dense("dense", 4, 20)));
  }

  @Test
  void namesEveryWrongShapeWithBothShapes() {
    FlatStore store = new FlatStore(List.of(array("a", 5, 20), array("b", 20), array("c", 20, 3), array("d", 2)));
    Problems problems = new Problems();
    List<List<WeightArray>> resolved = store.resolve(List.of(dense("dense", 4, 20), dense("out", 20, 3)), problems);
    assertEquals(List.of(
        "weight kernel of layer dense (Dense) (a) should have shape (4, 20), and has (5, 20). Give the weights that were saved with this"
            + " architecture.",
        "weight bias of layer out (Dense) (d) should have shape (3,), and has (2,). Give the weights that were saved with this"
            + " architecture."),
        problems.all());
    assertNull(resolved.get(0).get(0));
    assertNotNull(resolved.get(0).get(1));
    assertNotNull(resolved.get(1).get(0));
    assertNull(resolved.get(1).get(1));
  }

  @Test
  void saysWhatIsNeededAndWhatIsThereWhenTheCountDiffers() {
    assertEquals(List.of("the layers need 2 arrays and there are 1. Needed: layer dense (Dense) 2 weights (kernel (4, 20), bias (20,));"
        + " there: arr_0 (4, 20). Save every array of model.get_weights(), in its order."),
        problems(new FlatStore(List.of(array("arr_0", 4, 20))), dense("dense", 4, 20)));
    assertEquals(List.of("layer dense (Dense) needs 2 weights (kernel (4, 20), bias (20,)), and the file has 1: layers/dense/vars/0 (4,"
        + " 20)."
        + " Give the weights that were saved with this architecture."),
        problems(new PathStore(Map.of("layers/dense", List.of(array("layers/dense/vars/0", 4, 20))), false), dense("dense", 4, 20)));
    assertEquals(List.of("layer dense (Dense) needs 2 weights (kernel (4, 20), bias (20,)), and the file has none. Give the weights that"
        + " were"
        + " saved with this architecture."), problems(new LayerNameStore(Map.of("dense", List.of())), dense("dense", 4, 20)));
  }

  @Test
  void namesWeightsOfLayersThatTheArchitectureDoesNotHave() {
    Map<String, List<StoredArray>> byObject = Map.of("layers/dense", List.of(array("k", 4, 20), array("b", 20)),
        "layers/dense_1", List.of(array("k1", 20, 1), array("b1", 1)));
    assertEquals(List.of("the file has weights for an object layers/dense_1 [k1 (20, 1), b1 (1,)], and the architecture has no layer for"
        + " it."
        + " Give the weights that were saved with this architecture."), problems(new PathStore(byObject, false), dense("any", 4, 20)));
    Map<String, List<StoredArray>> byLayer = Map.of("dense", List.of(array("k", 4, 20), array("b", 20)), "more", List.of(array("x", 1)));
    assertEquals(List.of("the file has weights for a layer more [x (1,)], and the architecture has no such layer. Give the weights that"
        + " were"
        + " saved with this architecture."), problems(new LayerNameStore(byLayer), dense("dense", 4, 20)));
  }

  @Test
  void namesAWeightThatStandsInThePlaceOfAnother() {
    List<StoredArray> swapped = List.of(array("dense/bias:0", 20), array("dense/kernel:0", 4, 20));
    assertEquals(List.of(
        "weight kernel of layer dense (Dense) is expected where the file has dense/bias:0 (20,). Give the weights that were saved with this"
            + " architecture.",
        "weight bias of layer dense (Dense) is expected where the file has dense/kernel:0 (4, 20). Give the weights that were saved with"
            + " this"
            + " architecture."),
        problems(new LayerNameStore(Map.of("dense", swapped)), dense("dense", 4, 20)));
  }

  @Test
  void takesGenericNamesAndScopes() {
    List<StoredArray> generic = List.of(array("dense_1/xxx/Variable:0", 4, 20), array("dense_1/xxx/yyy", 20));
    assertEquals(List.of(), problems(new LayerNameStore(Map.of("dense", generic)), dense("dense", 4, 20)));
  }

  @Test
  void refusesADtypeThatIsNotRead() {
    assertEquals(List.of("weight kernel of layer dense (Dense) is stored as int8 (arr_0), and float16, float32 and float64 are read. Save"
        + " it"
        + " as float32."),
        problems(new FlatStore(List.of(StoredArray.unreadable("arr_0", "int8", new int[] {4, 20}), array("arr_1", 20))), dense("dense", 4,
            20)));
  }

  @Test
  void goesByOrderWhereTheNamesOfOldFilesDiffer() {
    Map<String, List<StoredArray>> byLayer = new LinkedHashMap<>();
    byLayer.put("dense_7", List.of(array("dense_7/kernel:0", 4, 20), array("dense_7/bias:0", 20)));
    byLayer.put("dropout_3", List.of());
    byLayer.put("dense_8", List.of(array("dense_8/kernel:0", 20, 1), array("dense_8/bias:0", 1)));
    LayerWeights dropout = new LayerWeights("dropout", "Dropout", List.of());
    Problems problems = new Problems();
    List<List<WeightArray>> resolved = new LayerNameStore(byLayer)
        .resolve(List.of(dense("dense", 4, 20), dropout, dense("dense_1", 20, 1)), problems);
    assertEquals(List.of(), problems.all());
    assertEquals("dense_8/kernel:0", resolved.get(2).get(0).name());
    assertEquals(List.of(), resolved.get(1));
  }

  @Test
  void putsFrozenWeightsBehindTheOthersInOldFiles() {
    LayerWeights model = new LayerWeights("tower", "Sequential", List.of(WeightSpec.trainable("kernel", 2, 2).frozen(),
        WeightSpec.trainable("gamma", 3), WeightSpec.nonTrainable("moving_mean", 3), WeightSpec.trainable("kernel", 4, 4)));
    List<StoredArray> stored = List.of(array("gamma", 3), array("b/kernel", 4, 4), array("a/kernel", 2, 2), array("moving_mean", 3));
    Problems problems = new Problems();
    List<WeightArray> resolved = new LayerNameStore(Map.of("tower", stored)).resolve(List.of(model), problems).get(0);
    assertEquals(List.of(), problems.all());
    assertEquals(List.of("a/kernel", "gamma", "moving_mean", "b/kernel"), resolved.stream().map(WeightArray::name).toList());
  }

  @Test
  void takesARowOrAColumnOfTextAsAVector() {
    StoredArray row = CsvArray.parse("b", "0.csv", "1,2,3\n".getBytes(UTF_8));
    StoredArray column = CsvArray.parse("b", "1.csv", "1\n2\n3\n".getBytes(UTF_8));
    LayerWeights biases = new LayerWeights("l", "L", List.of(WeightSpec.trainable("bias", 3), WeightSpec.trainable("bias", 3)));
    Problems problems = new Problems();
    List<WeightArray> resolved = new FlatStore(List.of(row, column)).resolve(List.of(biases), problems).get(0);
    assertEquals(List.of(), problems.all());
    assertArrayEquals(new int[] {3}, resolved.get(0).shape());
    assertArrayEquals(new float[] {1, 2, 3}, resolved.get(1).values());
  }

  @Test
  void findsAttributesThatWerePrivateInOtherReleases() {
    LayerWeights attention = new LayerWeights("a", "MultiHeadAttention", List.of(WeightSpec.trainable("kernel", 2).under("key_dense")));
    assertEquals(List.of(),
        problems(new PathStore(Map.of("layers/multi_head_attention/_key_dense", List.of(array("0", 2))), false), attention));
  }

  @Test
  void namesObjectsByClassAndOrder() {
    ObjectNames names = new ObjectNames();
    assertEquals(List.of("dense", "lstm", "dense_1", "leaky_re_lu", "p_re_lu", "conv1d", "max_pooling1d", "global_average_pooling1d",
        "dense_2"),
        List.of("Dense", "LSTM", "Dense", "LeakyReLU", "PReLU", "Conv1D", "MaxPooling1D", "GlobalAveragePooling1D", "Dense").stream()
            .map(names::next).toList());
  }

  @Test
  void warnsOfWeightsThatAreNaN() {
    StoredArray lost = StoredArray.of("a", "float32", new int[] {2}, new float[] {Float.NaN, Float.NaN});
    assertEquals(List.of("All weights are NaN, and so will be the predictions: the training went wrong."), WeightNotices.of(List.of(lost)));
    assertEquals(List.of("2 of 5 weights are NaN, and predictions may be NaN for it."), WeightNotices.of(List.of(lost, array("b", 3))));
    assertEquals(List.of(), WeightNotices.of(List.of(array("b", 3))));
  }
}
