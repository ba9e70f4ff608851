package io.forwardpass.layers;

import io.forwardpass.network.Block;
import io.forwardpass.network.RowOperation;
import io.forwardpass.network.RowWindows;
import java.util.Arrays;

/** An LSTM over all steps of a sequence, from zero or from a given state; only one step's gates and the carry are scratch. */
final class LstmOperation implements RowOperation {
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
    float[] x = inputs[0].data();
    float[] z = scratch;
    float[] h = outputs[0].data(); // the state lives in the output: step after step in a sequence, else in one place
    float[] c = returnState ? outputs[2].data() : scratch;
    int cAt = returnState ? 0 : 4 * state;
    startCarry(inputs, c, cAt, capacity, lanes);
    for (int t = 0; t < steps; t++) {
      int step = goBackwards ? steps - 1 - t : t;
      int xAt = step * cell.features * capacity;
      if (t > 0) {
        cell.sum(x, xAt, h, returnSequences ? (t - 1) * state : 0, z, 0, capacity, lanes);
      } else {
        cell.project(x, xAt, z, 0, 1, capacity, lanes);
        recurFromStart(inputs, h, z, capacity, lanes);
      }
      cell.advance(z, 0, c, cAt, h, returnSequences ? t * state : 0, capacity, lanes);
    }
    if (returnState) {
      Blocks.copy(h, returnSequences ? (steps - 1) * state : 0, outputs[1].data(), 0, cell.units, capacity, lanes);
    }
  }

  @Override
  public int projectedWidth() {
    return 4 * cell.units;
  }

  @Override
  public void project(float[] x, int xOffset, float[] projected, int offset, int capacity, int lanes) {
    cell.project(x, xOffset, projected, offset, 1, capacity, lanes);
  }

  @Override
  public void forward(RowWindows windows, Block[] outputs, float[] scratch, int lanes) {
    int capacity = outputs[0].capacity();
    int state = cell.units * capacity;
    float[] z = scratch;
    float[] h = outputs[0].data();
    float[] c = returnState ? outputs[2].data() : scratch;
    int cAt = returnState ? 0 : 4 * state;
    Arrays.fill(c, cAt, cAt + state, 0f);
    for (int t = 0; t < steps; t++) {
      windows.gather(goBackwards ? t : steps - 1 - t, 4 * cell.units, z, 0, capacity);
      if (t > 0) {
        cell.recur(h, returnSequences ? (t - 1) * state : 0, z, 0, capacity, lanes);
      } else if (!cell.startsFree()) {
        Arrays.fill(h, 0, state, 0f);
        cell.recur(h, 0, z, 0, capacity, lanes);
      }
      cell.advance(z, 0, c, cAt, h, returnSequences ? t * state : 0, capacity, lanes);
    }
    if (returnState) {
      Blocks.copy(h, returnSequences ? (steps - 1) * state : 0, outputs[1].data(), 0, cell.units, capacity, lanes);
    }
  }

  private void startCarry(Block[] inputs, float[] c, int cAt, int capacity, int lanes) {
    if (inputs.length == 3) {
      Blocks.copy(inputs[2].data(), 0, c, cAt, cell.units, capacity, lanes);
    } else {
      Arrays.fill(c, cAt, cAt + cell.units * capacity, 0f);
    }
  }

  private void recurFromStart(Block[] inputs, float[] h, float[] z, int capacity, int lanes) {
    if (inputs.length == 3) {
      cell.recur(inputs[1].data(), 0, z, 0, capacity, lanes);
    } else if (!cell.startsFree()) {
      Arrays.fill(h, 0, cell.units * capacity, 0f);
      cell.recur(h, 0, z, 0, capacity, lanes);
    }
  }

  @Override
  public int scratch(int capacity) {
    return (returnState ? 4 : 5) * cell.units * capacity;
  }
}
