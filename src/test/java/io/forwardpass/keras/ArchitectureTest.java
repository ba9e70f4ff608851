package io.forwardpass.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.forwardpass.testing.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which Keras an architecture is of, and the forms in which people keep it. */
class ArchitectureTest {
  private static final Path ARRAYS = Models.GOLDEN.resolve("samples/mlp/get_weights.npz");

  @TempDir
  private Path folder;

  private SavedModel read(String json) throws IOException {
    return Models.read(ARRAYS, Files.writeString(folder.resolve("model.json"), json));
  }

  @Test
  void goesByTheVersionInIt() throws IOException {
    assertEquals("2.4.0", read("{\"class_name\": \"Sequential\", \"config\": [], \"keras_version\": \"2.4.0\"}").kerasVersion().toString());
    assertEquals(1, read("{\"class_name\": \"Sequential\", \"config\": [], \"keras_version\": \"1.2.2\"}").kerasVersion().major());
    // what Keras 2.13 and later write has modules, too
    assertEquals(2, read("{\"class_name\": \"Sequential\", \"config\": {\"layers\": [{\"module\": \"keras.layers\"}]},"
        + " \"keras_version\": \"2.15.0\"}").kerasVersion().major());
  }

  @Test
  void takesModulesAndRegisteredNamesWithoutAVersionForKeras3() throws IOException {
    assertEquals(3, read("{\"module\": \"keras\", \"class_name\": \"Sequential\", \"config\": {}}").kerasVersion().major());
    assertEquals(3, read("{\"class_name\": \"Sequential\", \"config\": {\"layers\": [{\"registered_name\": null}]}}").kerasVersion()
        .major());
    assertEquals(2, read("{\"class_name\": \"Sequential\", \"config\": {\"layers\": [{}]}}").kerasVersion().major());
  }

  @Test
  void refusesAVersionThatIsNone() {
    String message = Models.refusal(() -> read("{\"class_name\": \"Sequential\", \"config\": [], \"keras_version\": \"latest\"}"));
    assertTrue(message.endsWith("/model.json: its keras_version is 'latest', which is not a version such as 2.15.0. Save the model again"
        + " with"
        + " Keras."), message);
  }

  @Test
  void readsJsonThatWasEncodedTwice() throws IOException {
    String once = Files.readString(Models.GOLDEN.resolve("samples/mlp/model.json"));
    SavedModel model = read(JsonMapper.builder().build().writeValueAsString(once));
    assertEquals("Sequential", model.architecture().path("class_name").asText());
    assertEquals("NumPy arrays (.npz) with architecture JSON", model.format());
  }

  @Test
  void readsTheNumbersThatOnlyPythonWritesAsJson() throws IOException {
    SavedModel model = read("{\"class_name\": \"Sequential\", \"config\": {\"a\": NaN, \"b\": -Infinity}}");
    assertTrue(Double.isNaN(model.architecture().path("config").path("a").doubleValue()));
    assertEquals(Double.NEGATIVE_INFINITY, model.architecture().path("config").path("b").doubleValue());
  }

  @Test
  void refusesWhatIsNoJson() {
    String message = Models.refusal(() -> read("class_name: Sequential"));
    assertTrue(message.startsWith("Cannot read architecture file:" + folder + "/model.json: it is not JSON ("), message);
    assertTrue(message.endsWith(", line 1). Write it with model.to_json()."), message);
  }

  @Test
  void refusesAFolder() {
    assertEquals("Cannot read architecture file:" + folder + ": it is a folder. Give the JSON file that model.to_json() makes.",
        Models.refusal(() -> Models.read(ARRAYS, folder)));
  }

  @Test
  void takesBareLayersForTheKerasOfTheJobFile() throws IOException {
    SavedModel model = Models.read(ARRAYS, JsonMapper.builder().build().readTree("{\"class_name\": \"Sequential\", \"config\": {}}"), 2);
    assertEquals(2, model.kerasVersion().major());
    assertEquals("NumPy arrays (.npz) with the layers of the job file", model.format());
    assertEquals(List.of("The layers of the job file are taken as Keras 2's (model.keras-version)."), model.notices());
  }
}
