package io.forwardpass.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.forwardpass.keras.KerasVersion;
import io.forwardpass.keras.SavedModel;
import io.forwardpass.keras.weights.WeightArray;
import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.network.Predictor;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {
  /** Weights of the n-th array asked for are all n + 1, so that a prediction tells which arrays went where. */
  private static SavedModel model(String kerasVersion, String architecture) {
    int[] next = {1};
    try {
      return new SavedModel(
          "m.keras", "test", KerasVersion.parse(kerasVersion), new ObjectMapper().readTree(architecture.replace('\'', '"')), (layers,
              problems) -> layers.stream().map(layer -> layer.specs().stream().map(spec -> constant(spec, next[0]++)).toList()).toList(),
          List.of());
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  private static WeightArray constant(WeightSpec spec, int value) {
    float[] values = new float[Shape.of(spec.shape()).elements()];
    Arrays.fill(values, value);
    return new WeightArray(spec.name(), "float32", spec.shape(), values);
  }

  private static String refusal(String kerasVersion, String architecture) {
    Refusal refusal = assertThrows(Refusal.class, () -> GraphBuilder.build(model(kerasVersion, architecture)));
    assertEquals(Refusal.Kind.MODEL, refusal.kind());
    return refusal.getMessage();
  }

  private static float[] predict(SavedModel model, float... row) {
    return new Predictor(GraphBuilder.build(model).compile(), 16).predict(new float[][] {row}, 1)[0];
  }

  private static String sequential(String... layers) {
    return "{'class_name': 'Sequential', 'config': {'name': 's', 'layers': [" + String.join(", ", layers) + "]}}";
  }

  private static final String INPUT = "{'class_name': 'InputLayer', 'config': {'name': 'in', 'batch_shape': [null, 2]}}";

  private static String dense(String name, int units) {
    return "{'class_name': 'Dense', 'config': {'name': '" + name + "', 'units': " + units + ", 'activation': 'linear', 'use_bias': true}}";
  }

  @Test
  void theFirstLayerOfASequentialModelMayCarryTheInputShape() {
    Graph graph = GraphBuilder
        .build(model("2.4.0", sequential("{'class_name': 'Dense', 'config': {'name': 'd', 'units': 1, 'batch_input_shape': [null, 3]}}")));
    assertEquals(Shape.of(3), graph.inputShape(0));
    assertEquals("d_input", graph.inputNames().get(0));
    assertEquals("d", graph.outputNames().get(0));
  }

  @Test
  void theConfigOfASequentialModelMayBeABareList() {
    SavedModel model = model("2.2.0", "{'class_name': 'Sequential', 'config': [{'class_name': 'Dense', 'config': {'name': 'd', 'units': 1, "
        + "'batch_input_shape': [null, 2]}}]}");
    assertEquals(1 * 3f + 1 * 4f + 2, predict(model, 3f, 4f)[0]);
  }

  @Test
  void theBuiltShapeServesWhereNoLayerSaysIt() {
    String architecture = "{'class_name': 'Sequential', 'config': {'name': 's', 'build_input_shape': [null, 5], 'layers': ["
        + "{'class_name': 'Dense', 'config': {'name': 'd', 'units': 1}}]}}";
    assertEquals(Shape.of(5), GraphBuilder.build(model("2.4.0", architecture)).inputShape(0));
  }

  @Test
  void aModelWithoutAnyInputShapeIsRefused() {
    assertEquals(
        "Cannot use model m.keras: it has no input shape: its first layer, d, does not say it. Build the model (call it once, or add "
            + "keras.Input) before it is saved.",
        refusal("2.4.0", sequential("{'class_name': 'Dense', 'config': {'name': 'd', 'units': 1}}")));
  }

  @Test
  void everyUnsupportedLayerAndOptionIsNamedAtOnce() {
    String message = refusal("3.0.0", sequential(INPUT, "{'class_name': 'Lambda', 'config': {'name': 'squares'}}",
        "{'class_name': 'Dens', 'config': {'name': 'typo', 'units': 1}}",
        "{'class_name': 'Mine', 'registered_name': 'shop>Mine', 'config': {'name': 'own'}}",
        "{'class_name': 'Dense', 'config': {'name': 'd', 'units': 1, 'zzz': 4}}"));
    assertEquals("""
        Cannot use model m.keras: 4 problems.
          - layer squares (Lambda) is not supported: its Python code is never evaluated. \
        Rebuild the model with built-in layers in its place.
          - layer typo (Dens) is not supported: no such layer is known; Dense is.
          - layer own (Mine) is not supported: it is a custom class (shop>Mine), whose Python code is not in the file.
          - layer d (Dense) has options this release does not know: zzz = 4. Ignoring them could change the predictions.""", message);
  }

  @Test
  void aLayerOfKerasThatIsNotHereIsNotTakenForASlip() {
    assertEquals("Cannot use model m.keras: layer n (Conv3D) is not supported: this release does not have it.",
        refusal("3.0.0", sequential(INPUT, "{'class_name': 'Conv3D', 'config': {'name': 'n'}}")));
  }

  @Test
  void textsGoToLayersThatLookThemUpAndWholeNumbersToThoseThatLookThemUp() {
    String texts = "{'class_name': 'InputLayer', 'config': {'name': 'city', 'batch_shape': [null, 1], 'dtype': 'string'}}";
    assertEquals(
        "Cannot use model m.keras: layer f (IntegerLookup) cannot read its input city, which is of dtype string. Save the model with an "
            + "input of the dtype that the layer looks up.",
        refusal("3.0.0", sequential(texts, "{'class_name': 'IntegerLookup', 'config': {'name': 'f', 'vocabulary': [1]}}")));
    assertEquals(
        "Cannot use model m.keras: layer m (Masking) reads the texts of input city, and computes with numbers. Look them up first, by "
            + "StringLookup or Hashing.",
        refusal("3.0.0",
            sequential(texts.replace("null, 1", "null, 1, 1"), "{'class_name': 'Masking', 'config': {'name': 'm', 'mask_value': 0}}")));
    assertEquals("Cannot use model m.keras: its output is the texts of its input city, and only numbers can be predicted.",
        refusal("3.0.0", sequential(texts, "{'class_name': 'Flatten', 'config': {'name': 'f'}}")));
  }

  @Test
  void whatAWrapperHoldsIsReadAsStrictly() {
    assertEquals(
        "Cannot use model m.keras: layer t/d (Dense) has options this release does not know: zzz = 4. Ignoring them could change the "
            + "predictions.",
        refusal("3.0.0", sequential(INPUT, "{'class_name': 'TimeDistributed', 'config': {'name': 't', 'layer': "
            + "{'class_name': 'Dense', 'config': {'name': 'd', 'units': 1, 'zzz': 4}}}}")));
    assertEquals(
        "Cannot use model m.keras: layer b (Bidirectional) has a forward_layer of class Dense, which is not supported; CuDNNGRU, CuDNNLSTM, "
            + "GRU, LSTM, SimpleRNN are.",
        refusal("3.0.0", sequential(INPUT, "{'class_name': 'Bidirectional', 'config': {'name': 'b', 'merge_mode': 'sum', 'layer': "
            + "{'class_name': 'Dense', 'config': {'name': 'd', 'units': 1}}}}")));
    assertEquals(
        "Cannot use model m.keras: layer r (RNN) has a cell of class Mine, which is not supported; LSTMCell, GRUCell and SimpleRNNCell "
            + "are.",
        refusal("3.0.0",
            sequential(INPUT, "{'class_name': 'RNN', 'config': {'name': 'r', 'cell': {'class_name': 'Mine', 'config': {}}}}")));
  }

  @Test
  void anOperationOnTensorsIsNotMistakenForTheLayerOfThatName() {
    String message =
        refusal("3.0.0", sequential(INPUT, "{'class_name': 'Multiply', 'module': 'keras.src.ops.numpy', 'config': {'name': 'm'}}"));
    assertEquals(
        "Cannot use model m.keras: layer m (Multiply) is called without x2: the file does not say what it works on. Rebuild the model "
            + "with a layer that does the same.",
        message);
  }

  @Test
  void aSubclassedModelIsRefused() {
    assertEquals("Cannot use model m.keras: its architecture is of class MyModel, not Sequential or Functional. Subclassed models keep no "
        + "architecture; rebuild it with the functional interface.", refusal("3.0.0", "{'class_name': 'MyModel', 'config': {}}"));
  }

  private static String functional2(String inner, String outerNodes, String merge, String output) {
    return "{'class_name': 'Functional', 'config': {'name': 'f', 'layers': ["
        + "{'class_name': 'InputLayer', 'name': 'a', 'config': {'name': 'a', 'batch_input_shape': [null, 1]}, 'inbound_nodes': []}, "
        + "{'class_name': 'InputLayer', 'name': 'b', 'config': {'name': 'b', 'batch_input_shape': [null, 1]}, 'inbound_nodes': []}, "
        + "{'class_name': 'Sequential', 'name': 'tower', 'config': {'name': 'tower', 'layers': [" + inner + "]}, 'inbound_nodes': "
        + outerNodes + "}, " + "{'class_name': 'Subtract', 'name': 'minus', 'config': {'name': 'minus'}, 'inbound_nodes': " + merge + "}], "
        + "'input_layers': [['a', 0, 0], ['b', 0, 0]], 'output_layers': " + output + "}}";
  }

  private static final String TOWER = "{'class_name': 'InputLayer', 'config': {'name': 'i', 'batch_input_shape': [null, 1]}}, "
      + "{'class_name': 'Dense', 'config': {'name': 'd', 'units': 1, 'activation': 'linear'}}";

  @Test
  void keras2CountsTheCallsOfANestedModelFromOne() {
    SavedModel model = model("2.15.0",
        functional2(TOWER, "[[['a', 0, 0, {}]], [['b', 0, 0, {}]]]", "[[['tower', 2, 0, {}], ['tower', 1, 0, {}]]]", "[['minus', 0, 0]]"));
    float[][] predicted = new Predictor(GraphBuilder.build(model).compile(), 16).predict(new float[][] {{3f}, {10f}}, 1);
    assertEquals(7f, predicted[0][0]);
  }

  @Test
  void aCallThatWaitsForALayerListedBehindItRunsAfterIt() {
    String architecture = "{'class_name': 'Functional', 'config': {'name': 'f', 'layers': ["
        + "{'class_name': 'Activation', 'name': 'late', 'config': {'name': 'late', 'activation': 'relu'}, 'inbound_nodes': [[['early', 0, 0, {}]]]}, "
        + "{'class_name': 'Activation', 'name': 'early', 'config': {'name': 'early', 'activation': 'linear'}, 'inbound_nodes': [[['a', 0, 0, {}]]]}, "
        + "{'class_name': 'InputLayer', 'name': 'a', 'config': {'name': 'a', 'batch_input_shape': [null, 1]}, 'inbound_nodes': []}], "
        + "'input_layers': [['a', 0, 0]], 'output_layers': [['late', 0, 0]]}}";
    assertEquals(0f, predict(model("2.15.0", architecture), -3f)[0]);
    assertEquals(3f, predict(model("2.15.0", architecture), 3f)[0]);
  }

  @Test
  void aLayerThatTakesWhatIsNotThereIsRefused() {
    String message =
        refusal("2.15.0", functional2(TOWER, "[[['gone', 0, 0, {}]]]", "[[['a', 0, 0, {}], ['b', 0, 0, {}]]]", "[['minus', 0, 0]]"));
    assertEquals("Cannot use model m.keras: layer tower (Sequential) takes the output of a layer that is not in the file.", message);
  }

  @Test
  void outputsOfOneLayerGetNamesOfTheirOwn() {
    String architecture = "{'class_name': 'Functional', 'config': {'name': 'f', 'layers': ["
        + "{'class_name': 'InputLayer', 'name': 'a', 'config': {'name': 'a', 'batch_shape': [null, 4, 3]}, 'inbound_nodes': []}, "
        + "{'class_name': 'LSTM', 'name': 'l', 'config': {'name': 'l', 'units': 2, 'return_state': true}, 'inbound_nodes': ["
        + "{'args': [{'class_name': '__keras_tensor__', 'config': {'shape': [null, 4, 3], 'keras_history': ['a', 0, 0]}}], 'kwargs': {'mask': null}}]}], "
        + "'input_layers': ['a', 0, 0], 'output_layers': [['l', 0, 0], ['l', 0, 1], ['l', 0, 2]]}}";
    assertEquals(List.of("l", "l_1", "l_2"), GraphBuilder.build(model("3.0.0", architecture)).outputNames());
  }

  @Test
  void aCallWithTrainingSwitchedOnIsRefused() {
    String architecture = "{'class_name': 'Functional', 'config': {'name': 'f', 'layers': ["
        + "{'class_name': 'InputLayer', 'name': 'a', 'config': {'name': 'a', 'batch_shape': [null, 3]}, 'inbound_nodes': []}, "
        + "{'class_name': 'Dropout', 'name': 'd', 'config': {'name': 'd', 'rate': 0.5}, 'inbound_nodes': ["
        + "{'args': [{'class_name': '__keras_tensor__', 'config': {'keras_history': ['a', 0, 0]}}], 'kwargs': {'training': true}}]}], "
        + "'input_layers': [['a', 0, 0]], 'output_layers': [['d', 0, 0]]}}";
    assertEquals("Cannot use model m.keras: layer d (Dropout) is called with training = true, which is not supported.",
        refusal("3.0.0", architecture));
  }

  @Test
  void whatTheModelLeavesOpenIsSettledByTheCaller() {
    String architecture =
        sequential("{'class_name': 'InputLayer', 'config': {'name': 'in', 'batch_shape': [null, null, 2]}}", dense("d", 3));
    List<Shape> shapes = new ArrayList<>(List.of(Shape.of(7, 2)));
    assertEquals(Shape.of(7, 3), GraphBuilder.build(model("3.0.0", architecture), shapes).outputShape(0));
    Refusal refusal = assertThrows(Refusal.class, () -> GraphBuilder.build(model("3.0.0", architecture), List.of(Shape.of(7, 4))));
    assertEquals("Cannot use model m.keras: its input in has shape (None, 2) and cannot take (7, 4).", refusal.getMessage());
  }

  /** One LSTM over steps of two features, as many as the job says. */
  private static final String OPEN = "{'class_name': 'Sequential', 'config': {'name': 's', 'layers': ["
      + "{'class_name': 'InputLayer', 'config': {'name': 'x', 'batch_shape': [null, null, 2]}},"
      + "{'class_name': 'LSTM', 'config': {'name': 'l', 'units': 3}}]}}";

  @Test
  void theLookBackSettlesStepsThatTheModelLeavesOpen() {
    assertEquals(Shape.of(5, 2), GraphBuilder.build(model("3.15.1", OPEN), OptionalInt.of(5)).compile().inputShape(0));
    Refusal refusal = assertThrows(Refusal.class, () -> GraphBuilder.build(model("3.15.1", OPEN), OptionalInt.empty()).compile());
    assertEquals(
        "Cannot run the model: its input x has shape (None, 2), of which a size is open. Give windows.look-back, or save it with the"
            + " number of steps it is to be used with, keras.Input((steps, features)).",
        refusal.getMessage());
  }

  @Test
  void theLookBackChangesNoStepsThatTheModelSays() {
    SavedModel fixed = model("3.15.1", OPEN.replace("null, null", "null, 4"));
    assertEquals(Shape.of(4, 2), GraphBuilder.build(fixed, OptionalInt.of(5)).compile().inputShape(0));
  }

  private static String layer(String className, String name, String config, String... from) {
    String nodes = from.length == 0 ? ""
        : "[" + Arrays.stream(from).map(each -> "['" + each + "', 0, 0, {}]").collect(java.util.stream.Collectors.joining(", ")) + "]";
    return "{'class_name': '" + className + "', 'name': '" + name + "', 'config': {'name': '" + name + "', " + config
        + "}, 'inbound_nodes': [" + nodes + "]}";
  }

  private static String functional(String output, String... layers) {
    return "{'class_name': 'Functional', 'config': {'name': 'f', 'layers': [" + String.join(", ", layers)
        + "], 'input_layers': [['in', 0, 0]], 'output_layers': [['" + output + "', 0, 0]]}}";
  }

  private static final String STEPS = layer("InputLayer", "in", "'batch_shape': [null, 3, 2]");

  @Test
  void masksOfDifferentLayersMeetAsEachReleaseHasIt() {
    String[] layers = {STEPS, layer("Masking", "a", "'mask_value': 7.0", "in"), layer("Masking", "b", "'mask_value': 8.0", "in"),
        layer("Add", "sum", "'dtype': 'float32'", "a", "b"),
        layer("SimpleRNN", "r", "'units': 1, 'activation': 'linear', 'use_bias': false", "sum")};
    float[] row = {1, 1, 7, 7, 8, 8}; // sums: 2 2, then 7 7, then 8 8; kernel 1 1, recurrent kernel 2
    assertEquals(4f, predict(model("2.4.0", functional("r", layers)), row)[0]); // in all: the first step alone counts
    assertEquals(4f, predict(model("3.3.0", functional("r", layers)), row)[0]);
    assertEquals(16f + 2 * (14 + 2 * 4), predict(model("3.4.0", functional("r", layers)), row)[0]); // in any: every step counts
  }

  @Test
  void aMaskThatNobodyReadsIsNotComputed() {
    Graph graph = GraphBuilder.build(model("2.4.0", functional("flat", STEPS, layer("Masking", "a", "'mask_value': 0.0", "in"),
        layer("Masking", "b", "'mask_value': 1.0", "in"), layer("Add", "sum", "'dtype': 'float32'", "a", "b"),
        layer("Flatten", "flat", "'dtype': 'float32'", "sum"))));
    assertEquals(List.of("Masking", "Masking", "Add", "Flatten"), graph.calls().stream().map(Graph.Call::className).toList());
  }

  @Test
  void aMaskThatALayerWouldHeedInKerasIsRefused() {
    String masking = layer("Masking", "a", "'mask_value': 0.0", "in");
    assertEquals(
        "Cannot use model m.keras: layer s (Softmax) is given a mask of shape (3,) for an input of shape (3, 2). Give a mask with a "
            + "number for each of the input's, or use the activation softmax, which heeds none.",
        refusal("2.4.0", functional("s", STEPS, masking, layer("Softmax", "s", "'axis': -1", "a"))));
  }

  @Test
  void masksFollowOneAnotherAsSequencesThatAreJoinedDo() {
    String rnn = "'units': 1, 'activation': 'linear', 'use_bias': false";
    SavedModel model = model("2.4.0", functional("r", STEPS, layer("Masking", "a", "'mask_value': 7.0", "in"),
        layer("Concatenate", "c", "'axis': 1", "a", "a"), layer("SimpleRNN", "r", rnn, "c")));
    assertEquals(2f + 2 * 2, predict(model, 1, 1, 7, 7, 7, 7)[0]); // kernel 1 1, recurrent kernel 2, two steps that count
  }

  @Test
  void aMaskChangesTheAnswerOnlyWhereItReachesARecurrentLayer() {
    String masking = layer("Masking", "a", "'mask_value': 7.0", "in");
    String rnn = "'units': 1, 'activation': 'linear', 'use_bias': false";
    float[] row = {1, 1, 7, 7, 7, 2};
    // kernel 1 1, recurrent kernel 2: h = 2, then kept, then 9 + 2 * 2
    assertEquals(13f, predict(model("2.4.0", functional("r", STEPS, masking, layer("SimpleRNN", "r", rnn, "a"))), row)[0]);
    // the reshape ends the mask, not the zeros: h = 2, then 4, then 9 + 8
    assertEquals(17f, predict(model("2.4.0", functional("r", STEPS, masking, layer("Reshape", "same", "'target_shape': [3, 2]", "a"),
        layer("SimpleRNN", "r", rnn, "same"))), row)[0]);
  }
}
