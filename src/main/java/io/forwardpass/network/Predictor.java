package io.forwardpass.network;

import java.util.Arrays;
import java.util.List;

/** Runs a network over arrays that lie row by row, as NumPy keeps them; for one thread. */
public final class Predictor {
  private final Network network;
  private final Workspace workspace;

  /** @param blockRows rows per batch, a multiple of {@link Block#LANES}; the predictions do not depend on it */
  public Predictor(Network network, int blockRows) {
    this.network = network;
    this.workspace = network.workspace(blockRows);
  }

  /**
   * Predicts all outputs.
   *
   * @param inputs the rows of every model input
   * @return one array per model output, {@code (rows, elements of the output)}
   */
  public float[][] predict(List<InputRows> inputs, int rows) {
    float[][] taken = new float[network.inputs()][];
    for (int i = 0; i < taken.length; i++) {
      InputRows given = inputs.get(network.modelInput(i));
      taken[i] = network.keyInput(i).map(keys -> given.codes(keys.encoding())).orElseGet(given::floats);
    }
    return predict(taken, rows);
  }

  /**
   * Predicts all outputs.
   *
   * @param inputs one array per network input, {@code (rows, elements of the input)}
   * @return one array per model output, {@code (rows, elements of the output)}
   */
  public float[][] predict(float[][] inputs, int rows) {
    float[][] outputs = new float[network.outputs()][];
    for (int o = 0; o < outputs.length; o++) {
      outputs[o] = new float[Math.multiplyExact(rows, network.outputShape(o).elements())];
    }
    for (int from = 0; from < rows; from += workspace.capacity()) {
      int count = Math.min(workspace.capacity(), rows - from);
      for (int i = 0; i < inputs.length; i++) {
        fill(workspace.input(i), inputs[i], from, count);
      }
      network.forward(workspace, count);
      for (int o = 0; o < outputs.length; o++) {
        empty(workspace.output(o), outputs[o], from, count);
      }
    }
    return outputs;
  }

  /** Lanes behind the last row are zeroed: stale numbers there could be slow ones. */
  private static void fill(Block block, float[] rows, int from, int count) {
    int elements = block.shape().elements();
    for (int e = 0; e < elements; e++) {
      int to = e * block.capacity();
      for (int r = 0; r < count; r++) {
        block.data()[to + r] = rows[(from + r) * elements + e];
      }
      Arrays.fill(block.data(), to + count, to + Block.lanes(count), 0f);
    }
  }

  private static void empty(Block block, float[] rows, int from, int count) {
    int elements = block.shape().elements();
    for (int e = 0; e < elements; e++) {
      for (int r = 0; r < count; r++) {
        rows[(from + r) * elements + e] = block.data()[e * block.capacity() + r];
      }
    }
  }
}
