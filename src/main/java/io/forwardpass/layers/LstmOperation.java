package io.forwardpass.layers;

import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import java.util.Arrays;

/** An LSTM over all steps of a sequence, from zero or from a given state; its state and one step's gates are scratch. */
final class LstmOperation implements Operation {
  private static final long serialVersionUID = 1L;

  private final LstmCell cell;
  private final int steps;
  private final boolean goBackwards;
  private final boolean returnSequences;
  private final boolean returnState;

  LstmOperation(LstmCell cell, int steps, boolean goBackwards, boolean returnSequences, boolean returnState) {
    this.cell = cell;
    this.steps = steps;
    this.goBackwards = goBackwards;
    this.returnSequences = returnSequences;
    this.returnState = returnState;
  }

  @Override
  public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
    int capacity = inputs[0].capacity();
    int state = cell.units * capacity;
    int hAt = 0; // in scratch: h, c, the gates of one step
    int cAt = state;
    int zAt = 2 * state;
    start(inputs, scratch, hAt, cAt, capacity, lanes);
    for (int t = 0; t < steps; t++) {
      int step = goBackwards ? steps - 1 - t : t;
      cell.project(inputs[0].data(), step * cell.features * capacity, scratch, zAt, 1, capacity, lanes);
      cell.recur(scratch, hAt, scratch, zAt, capacity, lanes);
      cell.advance(scratch, zAt, scratch, cAt, scratch, hAt, capacity, lanes);
      if (returnSequences) {
        Blocks.copy(scratch, hAt, outputs[0].data(), t * state, cell.units, capacity, lanes);
      }
    }
    if (!returnSequences) {
      Blocks.copy(scratch, hAt, outputs[0].data(), 0, cell.units, capacity, lanes);
    }
    if (returnState) {
      Blocks.copy(scratch, hAt, outputs[1].data(), 0, cell.units, capacity, lanes);
      Blocks.copy(scratch, cAt, outputs[2].data(), 0, cell.units, capacity, lanes);
    }
  }

  private void start(Block[] inputs, float[] scratch, int hAt, int cAt, int capacity, int lanes) {
    if (inputs.length == 3) {
      Blocks.copy(inputs[1].data(), 0, scratch, hAt, cell.units, capacity, lanes);
      Blocks.copy(inputs[2].data(), 0, scratch, cAt, cell.units, capacity, lanes);
    } else {
      Arrays.fill(scratch, hAt, hAt + 2 * cell.units * capacity, 0f);
    }
  }

  @Override
  public int scratch(int capacity) {
    return 6 * cell.units * capacity;
  }
}
