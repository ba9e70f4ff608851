package io.forwardpass.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.forwardpass.keras.SavedModel;
import io.forwardpass.keras.weights.LayerWeights;
import io.forwardpass.keras.weights.WeightArray;
import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.refusal.Problems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.StreamSupport;
import java.util.zip.CRC32;

/** What real Keras holds after loading a file, as the recipes beside the fixtures wrote it down. */
public final class ExpectedWeights {
  private final JsonNode layers;

  private ExpectedWeights(JsonNode layers) {
    this.layers = layers;
  }

  public static JsonNode file(Path path) throws IOException {
    return JsonMapper.builder().build().readTree(path.toFile());
  }

  public static ExpectedWeights of(JsonNode layers) {
    return new ExpectedWeights(layers);
  }

  List<LayerWeights> layers() {
    List<LayerWeights> list = new ArrayList<>();
    for (JsonNode layer : layers) {
      List<WeightSpec> specs = new ArrayList<>();
      for (JsonNode weight : layer.path("weights")) {
        String name = weight.path("name").asText();
        int[] shape = StreamSupport.stream(weight.path("shape").spliterator(), false).mapToInt(JsonNode::asInt).toArray();
        WeightSpec spec = weight.path("trainable").asBoolean() ? WeightSpec.trainable(name, shape) : WeightSpec.nonTrainable(name, shape);
        specs.add(spec.under(StreamSupport.stream(weight.path("path").spliterator(), false).map(JsonNode::asText).toArray(String[]::new)));
      }
      list.add(new LayerWeights(layer.path("layer").asText(), layer.path("class").asText(), specs));
    }
    return list;
  }

  /** Every array in its place, to the bit. */
  public void assertIn(SavedModel model) {
    Problems problems = new Problems();
    List<List<WeightArray>> resolved = model.weights().resolve(layers(), problems);
    assertEquals(List.of(), problems.all(), model.source());
    Iterator<List<WeightArray>> next = resolved.iterator();
    for (JsonNode layer : layers) {
      List<WeightArray> arrays = next.next();
      assertEquals(layer.path("weights").size(), arrays.size());
      for (int i = 0; i < arrays.size(); i++) {
        JsonNode weight = layer.path("weights").get(i);
        int[] shape = StreamSupport.stream(weight.path("shape").spliterator(), false).mapToInt(JsonNode::asInt).toArray();
        String which = model.source() + " " + layer.path("layer").asText() + " " + weight;
        assertArrayEquals(shape, arrays.get(i).shape(), which);
        assertEquals(weight.path("crc").asLong(), crc(arrays.get(i).values()), which);
      }
    }
  }

  private static long crc(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    CRC32 crc = new CRC32();
    crc.update(bytes.array());
    return crc.getValue();
  }
}
