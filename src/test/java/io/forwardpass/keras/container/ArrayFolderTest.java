package io.forwardpass.keras.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.forwardpass.keras.SavedModel;
import io.forwardpass.keras.weights.LayerWeights;
import io.forwardpass.keras.weights.WeightArray;
import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.refusal.Problems;
import io.forwardpass.testing.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of arrays are put in the order of the numbers in their names. */
class ArrayFolderTest {
  @TempDir
  private Path folder;

  private void write(String... names) throws IOException {
    for (String name : names) {
      Files.writeString(folder.resolve(name), "1\n");
    }
  }

  private SavedModel read() throws IOException {
    return Models.read(folder, JsonNodeFactory.instance.objectNode(), 3);
  }

  private List<String> order(int count) throws IOException {
    LayerWeights layer = new LayerWeights("l", "L", Collections.nCopies(count, WeightSpec.trainable("w", 1)));
    Problems problems = new Problems();
    List<WeightArray> arrays = read().weights().resolve(List.of(layer), problems).get(0);
    assertEquals(List.of(), problems.all());
    return arrays.stream().map(WeightArray::name).toList();
  }

  @Test
  void putsTenAfterNine() throws IOException {
    write(IntStream.range(0, 12).mapToObj(i -> i + ".csv").toArray(String[]::new));
    assertEquals(IntStream.range(0, 12).mapToObj(i -> i + ".csv").toList(), order(12));
  }

  @Test
  void takesTheLastNumberOfAName() throws IOException {
    write("model2_w1.csv", "model2_w2.csv", "model2_w03.csv", ".w2.csv.crc", "_SUCCESS");
    assertEquals(List.of("model2_w1.csv", "model2_w2.csv", "model2_w03.csv"), order(3));
  }

  @Test
  void refusesAMissingNumber() throws IOException {
    write("w0.csv", "w1.csv", "w3.csv");
    assertEquals("Cannot read model file:" + folder + ": array number 2 is missing; the next is w3.csv. Put every array of get_weights()"
        + " into"
        + " the folder.", Models.refusal(this::read));
  }

  @Test
  void refusesAMissingStart() throws IOException {
    write("w2.csv", "w3.csv");
    assertEquals("Cannot read model file:" + folder + ": array number 0 is missing; the next is w2.csv. Put every array of get_weights()"
        + " into"
        + " the folder.", Models.refusal(this::read));
  }

  @Test
  void refusesANumberThatComesTwice() throws IOException {
    write("a_1.csv", "b_1.csv");
    assertEquals("Cannot read model file:" + folder + ": a_1.csv and b_1.csv have the same number, which tells the order of get_weights()."
        + " Name the files 0, 1, 2, … in that order.", Models.refusal(this::read));
  }

  @Test
  void refusesANameWithoutANumber() throws IOException {
    write("0.csv", "bias.csv");
    assertEquals("Cannot read model file:" + folder + ": the name of bias.csv has no number, which tells the order of get_weights()."
        + " Name the files 0, 1, 2, … in that order.", Models.refusal(this::read));
  }

  @Test
  void refusesTwoKindsInOneFolder() throws IOException {
    write("0.csv", "1.npy");
    assertEquals("Cannot read model file:" + folder + ": the folder holds .npy and .csv files. Keep one kind in it.",
        Models.refusal(this::read));
  }

  @Test
  void refusesAFileThatIsNoNpy() throws IOException {
    write("0.npy");
    assertEquals("Cannot read array file:" + folder.resolve("0.npy") + ": it is not a .npy file, whatever its name. Write it with np.save.",
        Models.refusal(this::read));
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    Files.writeString(folder.resolve("0.csv"), "\n");
    String message = Models.refusal(this::read);
    assertTrue(message.startsWith("Cannot read array file:" + folder.resolve("0.csv") + ": there is no number in it."), message);
  }
}
