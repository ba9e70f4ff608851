package io.forwardpass.keras.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.testing.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Pickles are read as data where Keras left arrays in them, and refused where there is anything else. */
class PickledVariablesTest {
  private static final Path NUMPY = Path.of("src/test/resources/keras/numpy");

  private static void read(byte[] bytes) {
    PickledVariables.read("w.npz", "layers/dense", bytes);
  }

  /** calls.npy asks Python to run os.system when it is loaded. */
  @Test
  void neverCallsWhatAPickleAsksFor() throws IOException {
    byte[] bytes = Files.readAllBytes(NUMPY.resolve("calls.npy"));
    assertEquals("Cannot read w.npz: the pickled layers/dense holds in 0 something else than an array, and pickles are never evaluated"
        + " here."
        + " Save the model where h5py is installed, so that it holds model.weights.h5.", Models.refusal(() -> read(bytes)));
  }

  @Test
  void refusesOtherData() throws IOException {
    byte[] bytes = Files.readAllBytes(NUMPY.resolve("object.npy"));
    String message = Models.refusal(() -> read(bytes));
    assertTrue(message.startsWith("Cannot read w.npz: the pickled layers/dense holds in kernel something else than an array"), message);
  }

  @Test
  void refusesATruncatedPickle() throws IOException {
    byte[] whole = Files.readAllBytes(NUMPY.resolve("calls.npy"));
    for (int length = 128; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertEquals("Cannot read w.npz: the pickled layers/dense holds a pickle that is not read: it is damaged or truncated, and pickles"
          + " are"
          + " never evaluated here. Save the model where h5py is installed, so that it holds model.weights.h5.",
          Models.refusal(() -> read(cut)));
    }
  }
}
