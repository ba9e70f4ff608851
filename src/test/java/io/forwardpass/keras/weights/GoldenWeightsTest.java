package io.forwardpass.keras.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.forwardpass.keras.SavedModel;
import io.forwardpass.testing.ExpectedWeights;
import io.forwardpass.testing.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every golden whole-model file gives every layer the arrays that real Keras holds after loading it. */
class GoldenWeightsTest {
  @TestFactory
  List<DynamicTest> givesEachLayerTheArraysOfRealKeras() throws IOException {
    JsonNode expected = ExpectedWeights.file(Path.of("src/test/resources/keras/expected_weights.json"));
    List<DynamicTest> tests = new ArrayList<>();
    for (Map.Entry<String, JsonNode> model : expected.properties()) {
      for (String file : List.of("model.keras", "model.h5")) {
        Path path = Models.GOLDEN.resolve(model.getKey()).resolve(file);
        if (Files.exists(path)) {
          tests.add(DynamicTest.dynamicTest(model.getKey() + " " + file, () -> check(path, model.getValue())));
        }
      }
    }
    assertTrue(tests.size() >= 135 + 2 * 13, "golden models found: " + tests.size());
    return tests;
  }

  private static void check(Path path, JsonNode expected) throws IOException {
    SavedModel model = Models.read(path);
    boolean old = path.toString().contains("keras2");
    assertEquals(old ? "2.21.0" : "3.15.1", model.kerasVersion().toString());
    String kind = path.toString().endsWith(".h5") ? "whole-model HDF5" : "archive (.keras)";
    assertEquals("Keras " + (old ? 2 : 3) + " " + kind, model.format());
    assertTrue(model.architecture().path("config").has("layers"));
    assertEquals(List.of(), model.notices());
    ExpectedWeights.of(expected).assertIn(model);
  }
}
