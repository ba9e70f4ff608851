package io.forwardpass.keras;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.forwardpass.keras.container.NpzFile;
import io.forwardpass.keras.weights.LayerWeights;
import io.forwardpass.keras.weights.WeightArray;
import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.refusal.Problems;
import io.forwardpass.testing.Models;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each of the four samples in every format that people export gives the arrays of its {@code get_weights()}. */
class SampleFormatsTest {
  private static final Map<String, List<LayerWeights>> SAMPLES = Map.of(
      "mlp", List.of(dense("dense", 4, 20), dense("dense_1", 20, 10), dense("dense_2", 10, 1)),
      "relu33", List.of(dense("dense_3", 33, 64), dense("dense_4", 64, 32), dense("dense_5", 32, 1)),
      "xor", List.of(dense("dense_10", 2, 4), dense("dense_11", 4, 1)),
      "lstm", List.of(new LayerWeights("lstm", "LSTM", List.of(WeightSpec.trainable("kernel", 3, 12).under("cell"),
          WeightSpec.trainable("recurrent_kernel", 3, 12).under("cell"), WeightSpec.trainable("bias", 12).under("cell"))),
          dense("dense_12", 3, 1)));

  private static LayerWeights dense(String name, int inputs, int units) {
    return new LayerWeights(name, "Dense", List.of(WeightSpec.trainable("kernel", inputs, units), WeightSpec.trainable("bias", units)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "relu33", "xor", "lstm"})
  void readsWholeModels(String sample) throws IOException {
    for (String file : List.of("model.keras", "model.h5", "keras2.keras", "keras2.h5")) {
      assertWeights(sample, Models.read(folder(sample).resolve(file)), file.startsWith("keras2") ? 2 : 3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "relu33", "xor", "lstm"})
  void readsWeightsWithAnArchitecture(String sample) throws IOException {
    Path folder = folder(sample);
    for (String file : List.of("model.weights.h5", "get_weights.npz", "weights_npy", "weights_csv")) {
      assertWeights(sample, Models.read(folder.resolve(file), folder.resolve("model.json")), 3);
    }
    for (String file : List.of("keras2_weights.h5", "get_weights.npz", "weights_npy", "weights_csv")) {
      assertWeights(sample, Models.read(folder.resolve(file), folder.resolve("keras2.json")), 2);
    }
  }

  @ParameterizedTest
  @CsvSource({"3, get_weights.npz", "2, weights_npy", "3, weights_csv"})
  void readsBareArraysWithTheLayersOfAJobFile(int kerasMajor, String file) throws IOException {
    JsonNode layers = JsonMapper.builder().build().readTree("{\"layers\": [{\"class_name\": \"Dense\", \"config\": {\"units\": 20}}]}");
    SavedModel model = Models.read(folder("mlp").resolve(file), layers, kerasMajor);
    assertWeights("mlp", model, kerasMajor);
    assertEquals("Sequential", model.architecture().path("class_name").asText());
    assertEquals(20, model.architecture().path("config").path("layers").get(0).path("config").path("units").asInt());
    assertEquals(List.of("The layers of the job file are taken as Keras " + kerasMajor + "'s (model.keras-version)."), model.notices());
  }

  private static void assertWeights(String sample, SavedModel model, int kerasMajor) throws IOException {
    assertEquals(kerasMajor, model.kerasVersion().major());
    Problems problems = new Problems();
    List<WeightArray> resolved = model.weights().resolve(SAMPLES.get(sample), problems).stream().flatMap(List::stream).toList();
    assertEquals(List.of(), problems.all(), model.source());
    NpzFile expected = ModelFiles.readNpz(folder(sample).resolve("get_weights.npz").toString(), Models.LOCAL);
    assertEquals(expected.names().size(), resolved.size());
    for (int i = 0; i < resolved.size(); i++) {
      assertArrayEquals(expected.array("arr_" + i).shape(), resolved.get(i).shape(), model.source());
      assertArrayEquals(expected.array("arr_" + i).floats(), resolved.get(i).values(), 0f, model.source() + " array " + i);
    }
  }

  private static Path folder(String sample) {
    return Models.GOLDEN.resolve("samples").resolve(sample);
  }
}
