package io.forwardpass.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.forwardpass.graph.GraphBuilder;
import io.forwardpass.keras.ModelFiles;
import io.forwardpass.network.Network;
import io.forwardpass.network.RowPart;
import io.forwardpass.network.RowWindows;
import io.forwardpass.network.Workspace;
import io.forwardpass.windows.WindowRows;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Projecting each row once gives the bits of projecting it in every window. */
class SharedRowsTest {
  @ParameterizedTest
  @CsvSource({"layers/lstm, 1", "layers/lstm_backwards, 1", "layers/lstm_no_bias, 1", "layers/lstm_stacked, 1", "layers/lstm_sequences, 1",
      "layers/lstm_hard_sigmoid, 1", "layers/lstm_states_out, 1", "layers/lstm_wide_long, 1", "layers/lstm_one_unit_one_step, 1",
      "samples/lstm, 1", "layers/gru, 1", "layers/gru_backwards, 1", "layers/gru_reset_before, 1", "layers/gru_no_bias, 1",
      "layers/gru_stacked, 1", "sequences/gru_unusual, 1", "layers/simplernn, 1", "layers/simplernn_backwards, 1", "layers/rnn_of_cells, 1",
      "layers/gru_bidirectional, 2", "layers/bidirectional_ave, 2", "layers/lstm_bidirectional, 2"})
  void sharedProjectionHasTheSameBits(String golden, int parts) throws Exception {
    Network network = GraphBuilder.build(ModelFiles.read("src/test/resources/golden/" + golden + "/model.keras", Optional.empty(),
        Optional.empty(), 3, new Configuration())).compile();
    assertEquals(parts, network.rowParts().size());
    assertEquals(false, network.readsWindows(0));
    int lookBack = network.inputShape(0).size(0);
    int width = network.inputShape(0).last();
    for (int block : List.of(16, 64)) {
      List<RowPart> shares = network.rowParts();
      int[] widths = shares.stream().mapToInt(RowPart::width).toArray();
      WindowRows rows = new WindowRows(new int[] {lookBack}, new int[] {width}, widths, block, 0);
      RowWindows[] windows = new RowWindows[parts];
      Workspace shared = network.workspace(block);
      for (int p = 0; p < parts; p++) {
        windows[p] = new RowWindows(rows.features(1 + p), rows.capacity(), rows.lastRows());
        shared.feed(shares.get(p), windows[p]);
      }
      Workspace plain = network.workspace(block);
      Random random = new Random(5);
      for (int batch = 0; batch < 12; batch++) {
        rows.advance();
        int change = 1 + random.nextInt(3 * lookBack);
        while (!rows.isFull()) {
          if (random.nextInt(change) == 0) {
            rows.start(io.forwardpass.windows.Padding.NONE, null, true);
          }
          for (int f = 0; f < width; f++) {
            rows.features(0)[f * rows.capacity() + rows.next()] = (float) random.nextGaussian();
          }
          rows.add(random.nextInt(30) == 0 ? 1 : 0, 0, true);
        }
        rows.fill(0, plain.input(0).data(), block);
        network.forward(plain, rows.windows());
        for (int p = 0; p < parts; p++) {
          shares.get(p).project(rows.features(0), rows.features(1 + p), rows.carried(), rows.capacity(),
              (rows.next() - rows.carried() + 15) / 16 * 16);
          windows[p].take(rows.windows());
        }
        network.forward(shared, rows.windows());
        for (int o = 0; o < network.outputs(); o++) {
          for (int e = 0; e < network.outputShape(o).elements(); e++) {
            float[] expected = java.util.Arrays.copyOfRange(plain.output(o).data(), e * block, e * block + rows.windows());
            float[] actual = java.util.Arrays.copyOfRange(shared.output(o).data(), e * block, e * block + rows.windows());
            assertArrayEquals(expected, actual, 0f, golden + " output " + o + " element " + e);
          }
        }
      }
    }
  }
}
