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
    float[] h = outputs[0].data();
    int rowAt = 4 * state;
    int stateAt = rowAt + cell.features * capacity;
    float[] c = carry(outputs, scratch);
    int cAt = returnState ? 0 : stateAt + state;
    startCarry(inputs, c, cAt, capacity, lanes);
    boolean isFree = inputs.length == 1 && cell.startsFree();
    if (!isFree) {
      startState(inputs, scratch, stateAt, capacity, lanes);
    }
    int hAt = 0;
    for (int t = 0; t < steps; t++) {
      int xAt = (goBackwards ? steps - 1 - t : t) * cell.features * capacity;
      if (t == 0 && isFree) {
        cell.project(x, xAt, scratch, 0, capacity, lanes);
      } else {
        Blocks.copy(x, xAt, scratch, rowAt, cell.features, capacity, lanes);
        cell.sum(scratch, rowAt, scratch, 0, capacity, lanes);
      }
      hAt = returnSequences ? t * state : 0;
      cell.advance(scratch, 0, c, cAt, h, hAt, capacity, lanes);
      if (t < steps - 1) {
        Blocks.copy(h, hAt, scratch, stateAt, cell.units, capacity, lanes);
      }
    }
    returnState(outputs, hAt, capacity, lanes);
  }

  @Override
  public int projectedWidth() {
    return 4 * cell.units;
  }

  @Override
  public void project(float[] x, int xOffset, float[] projected, int offset, int capacity, int lanes) {
    cell.project(x, xOffset, projected, offset, capacity, lanes);
  }

  @Override
  public void forward(RowWindows windows, Block[] outputs, float[] scratch, int lanes) {
    int capacity = outputs[0].capacity();
    int state = cell.units * capacity;
    float[] h = outputs[0].data(); // the state lives in the output: step after step in a sequence, else in one place
    float[] c = carry(outputs, scratch);
    int cAt = returnState ? 0 : 4 * state;
    Arrays.fill(c, cAt, cAt + state, 0f);
    int hAt = 0;
    for (int t = 0; t < steps; t++) {
      int before = goBackwards ? t : steps - 1 - t;
      int from = hAt;
      hAt = returnSequences ? t * state : 0;
      if (t == 0) {
        windows.gather(before, 4 * cell.units, scratch, 0, capacity);
        if (!cell.startsFree()) {
          Arrays.fill(h, 0, state, 0f);
          cell.recur(scratch, 0, capacity, h, 0, scratch, 0, capacity, lanes);
        }
      } else if (windows.areNeighbours(lanes)) {
        cell.recur(windows.rows(), windows.first(before), windows.capacity(), h, from, scratch, 0, capacity, lanes);
      } else {
        windows.gather(before, 4 * cell.units, scratch, 0, capacity);
        cell.recur(scratch, 0, capacity, h, from, scratch, 0, capacity, lanes);
      }
      cell.advance(scratch, 0, c, cAt, h, hAt, capacity, lanes);
    }
    returnState(outputs, hAt, capacity, lanes);
  }

  private float[] carry(Block[] outputs, float[] scratch) {
    return returnState ? outputs[2].data() : scratch;
  }

  private void startCarry(Block[] inputs, float[] c, int cAt, int capacity, int lanes) {
    if (inputs.length == 3) {
      Blocks.copy(inputs[2].data(), 0, c, cAt, cell.units, capacity, lanes);
    } else {
      Arrays.fill(c, cAt, cAt + cell.units * capacity, 0f);
    }
  }

  private void startState(Block[] inputs, float[] scratch, int stateAt, int capacity, int lanes) {
    if (inputs.length == 3) {
      Blocks.copy(inputs[1].data(), 0, scratch, stateAt, cell.units, capacity, lanes);
    } else {
      Arrays.fill(scratch, stateAt, stateAt + cell.units * capacity, 0f);
    }
  }

  private void returnState(Block[] outputs, int hAt, int capacity, int lanes) {
    if (returnState) {
      Blocks.copy(outputs[0].data(), hAt, outputs[1].data(), 0, cell.units, capacity, lanes);
    }
  }

  /** The gates' sums, a row with the state before it, and the carry where no output holds it. */
  @Override
  public int scratch(int capacity) {
    return (cell.features + (returnState ? 5 : 6) * cell.units) * capacity;
  }
}
