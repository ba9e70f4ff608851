package io.forwardpass.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.layers.operations.Operations;
import io.forwardpass.layers.operations.TensorFlowFunctions;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.testing.LayerCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operation on tensors cannot do is refused by name: above all whatever would let a row's prediction depend on other rows. */
class OperationRefusalsTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
      "Sum | {} | ['T'] | works over all axes, the batch among them: its result would depend on what other rows there are. Give it an axis.",
      "Mean | {axis: 0} | ['T'] | has axis 0, which is the batch, not an axis of its input (5, 4). Choose one of 1 to 2, or -1 for the last.",
      "GetItem | {} | ['T', [0]] | takes a part of the batch: its result would depend on what other rows there are. Let the first index be a colon.",
      "GetItem | {} | ['T', [{class_name: '__slice__', config: {}}, 5]] | takes place 5 of an axis of size 5 of its input (5, 4).",
      "Add | {} | ['T', [[[1]], [[2]]]] | is called with a constant of shape (2, 1, 1) beside tensors of 2 axes and the batch: it would be another for every row. Make its first size 1.",
      "Add | {} | ['T', [1, 2, 3]] | cannot combine shapes (5, 4) and (3,). Sizes have to be equal, or 1, along every axis counted from the last.",
      "Add | {} | ['T', 'text'] | is called with \"text\", which is no number. Only tensors and numbers are supported there.",
      "Add | {} | ['T'] | is called without x2: the file does not say what it works on. Rebuild the model with a layer that does the same.",
      "Add | {} | ['T', 1, 2] | has arguments this release does not know: argument 2. Ignoring them could change the predictions.",
      "Negative | {zzz: 1} | ['T'] | has arguments this release does not know: zzz = 1. Ignoring them could change the predictions.",
      "Transpose | {axes: [1, 0, 2]} | ['T'] | puts the axes of an input (5, 4) in the order [1, 0, 2], where the batch is not the first. Leave the batch, 0, where it is.",
      "Reshape | {newshape: [-1, 4]} | ['T'] | cannot give an input of shape (5, 4) the shape [-1, 4] and keep every row's numbers together.",
      "ExpandDims | {axis: 0} | ['T'] | puts a new axis 0 before the batch of an input (5, 4). Put it behind the batch.",
      "Einsum | {subscripts: 'abc,dbc->abd'} | ['T', 'T'] | multiplies shapes (5, 4) and (5, 4), which is supported only where the batch stays the first axis, each axis appears once in every shape, and sizes fit."})
  void isRefused(String className, String json, String arguments, String problem) {
    Shape[] shapes = arguments.indexOf("'T'") == arguments.lastIndexOf("'T'") ? new Shape[] {Shape.of(5, 4)}
        : new Shape[] {Shape.of(5, 4), Shape.of(5, 4)};
    Refusal refusal = assertThrows(Refusal.class, () -> LayerCase.operation(className, json, arguments).agreesWithReference(shapes));
    assertEquals("layer tested (" + className + ") " + problem, refusal.getMessage());
  }

  @Test
  void tensorsOfDifferentRankAreNotCombinedAsTheirBatchesWouldMeetOtherAxes() {
    Refusal refusal = assertThrows(Refusal.class,
        () -> LayerCase.operation("Add", "{}", "['T', 'T']").agreesWithReference(Shape.of(5, 4), Shape.of(4)));
    assertEquals(
        "layer tested (Add) combines tensors of shapes [(5, 4), (4,)], whose batches would meet other axes. Give them as many axes, with "
            + "Reshape or expand_dims.",
        refusal.getMessage());
  }

  @Test
  void everyFunctionOfTensorFlowStandsForAnOperationThatIsThere() {
    TensorFlowFunctions.names().forEach(name -> assertTrue(TensorFlowFunctions.find(name).isPresent(), name));
    assertTrue(Operations.find("Sort").isEmpty());
    assertTrue(TensorFlowFunctions.find("sort").isEmpty());
  }
}
