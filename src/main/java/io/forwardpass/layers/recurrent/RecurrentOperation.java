package io.forwardpass.layers.recurrent;

import io.forwardpass.layers.Blocks;
import io.forwardpass.network.Block;
import io.forwardpass.network.RowOperation;
import io.forwardpass.network.RowWindows;
import java.util.Arrays;

/**
 * A recurrent layer over all steps of a sequence, from zeros or from a given state. Inputs are the sequence, the initial state
 * where the model gives one, and the mask where there is one: where it is 0, a row keeps its state and repeats its last output,
 * as {@code keras.backend.rnn} has it.
 */
final class RecurrentOperation implements RowOperation {
  private static final long serialVersionUID = 1L;

  private final RecurrentCell cell;
  private final int steps;
  private final int givenStates; // the inputs behind the first that are the initial state
  private final boolean goBackwards;
  private final boolean returnSequences;
  private final boolean returnState;
  private final boolean zeroOutputForMask;

  RecurrentOperation(RecurrentCell cell, int steps, int givenStates, boolean goBackwards, boolean returnSequences, boolean returnState,
      boolean zeroOutputForMask) {
    this.cell = cell;
    this.steps = steps;
    this.givenStates = givenStates;
    this.goBackwards = goBackwards;
    this.returnSequences = returnSequences;
    this.returnState = returnState;
    this.zeroOutputForMask = zeroOutputForMask;
  }

  @Override
  public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
    int capacity = inputs[0].capacity();
    int state = cell.stateAt() * capacity;
    if (givenStates == 0) {
      Arrays.fill(scratch, state, state + cell.stateWidth() * capacity, 0f);
    }
    for (int s = 0; s < givenStates; s++) {
      Blocks.copy(inputs[1 + s].data(), 0, scratch, state + s * cell.units * capacity, cell.units, capacity, lanes);
    }
    if (inputs.length > 1 + givenStates) {
      masked(inputs[0].data(), inputs[1 + givenStates].data(), outputs[0].data(), scratch, capacity, lanes);
    } else {
      for (int t = 0; t < steps; t++) {
        cell.step(inputs[0].data(), at(t) * cell.features * capacity, t == 0 && givenStates == 0, scratch, capacity, lanes);
        keep(t, outputs, scratch, capacity, lanes);
      }
    }
    returnState(outputs, scratch, capacity, lanes);
  }

  /** Where in the sequence its step number t stands. */
  private int at(int t) {
    return goBackwards ? steps - 1 - t : t;
  }

  private void keep(int t, Block[] outputs, float[] scratch, int capacity, int lanes) {
    if (returnSequences || t == steps - 1) {
      Blocks.copy(scratch, cell.stateAt() * capacity, outputs[0].data(), returnSequences ? t * cell.units * capacity : 0, cell.units,
          capacity, lanes);
    }
  }

  private void returnState(Block[] outputs, float[] scratch, int capacity, int lanes) {
    for (int s = 0; returnState && s < outputs.length - 1; s++) {
      Blocks.copy(scratch, (cell.stateAt() + s * cell.units) * capacity, outputs[1 + s].data(), 0, cell.units, capacity, lanes);
    }
  }

  private void masked(float[] x, float[] mask, float[] y, float[] scratch, int capacity, int lanes) {
    int state = cell.stateAt() * capacity;
    int before = cell.scratchWidth() * capacity; // a copy of the state
    int last = before + cell.stateWidth() * capacity; // where the output of the step before lies; zeros before the first
    float[] lastOutput = scratch;
    Arrays.fill(scratch, last, last + cell.units * capacity, 0f);
    for (int t = 0; t < steps; t++) {
      int maskAt = at(t) * capacity;
      int to = returnSequences ? t * cell.units * capacity : 0;
      int counting = counting(mask, maskAt, lanes);
      if (counting > 0) {
        Blocks.copy(scratch, state, scratch, before, cell.stateWidth(), capacity, lanes);
        cell.step(x, at(t) * cell.features * capacity, false, scratch, capacity, lanes);
      }
      if (counting == lanes) {
        Blocks.copy(scratch, state, y, to, cell.units, capacity, lanes);
      } else {
        for (int u = 0; u < cell.units * capacity; u += capacity) {
          for (int r = 0; r < lanes; r++) {
            float instead = zeroOutputForMask ? 0f : lastOutput[last + u + r];
            y[to + u + r] = mask[maskAt + r] != 0 ? scratch[state + u + r] : instead;
          }
        }
        for (int u = 0; counting > 0 && u < cell.stateWidth() * capacity; u += capacity) {
          for (int r = 0; r < lanes; r++) {
            scratch[state + u + r] = mask[maskAt + r] != 0 ? scratch[state + u + r] : scratch[before + u + r];
          }
        }
      }
      lastOutput = y;
      last = to;
    }
  }

  /** How many rows have a step that counts: mostly all, or none. */
  private static int counting(float[] mask, int at, int lanes) {
    int counting = 0;
    for (int r = at; r < at + lanes; r++) {
      counting += mask[r] != 0 ? 1 : 0;
    }
    return counting;
  }

  @Override
  public int projectedWidth() {
    return cell.projectedWidth();
  }

  @Override
  public void project(float[] x, int xOffset, float[] projected, int offset, int capacity, int lanes) {
    cell.project(x, xOffset, projected, offset, capacity, lanes);
  }

  @Override
  public void forward(RowWindows windows, Block[] outputs, float[] scratch, int lanes) {
    int capacity = outputs[0].capacity();
    int state = cell.stateAt() * capacity;
    Arrays.fill(scratch, state, state + cell.stateWidth() * capacity, 0f);
    int gathered = cell.scratchWidth() * capacity;
    boolean neighbours = windows.areNeighbours(lanes);
    for (int t = 0; t < steps; t++) {
      int before = steps - 1 - at(t);
      if (neighbours) {
        cell.stepProjected(windows.rows(), windows.first(before), windows.capacity(), t == 0, scratch, capacity, lanes);
      } else {
        windows.gather(before, cell.projectedWidth(), scratch, gathered, capacity);
        cell.stepProjected(scratch, gathered, capacity, t == 0, scratch, capacity, lanes);
      }
      keep(t, outputs, scratch, capacity, lanes);
    }
    returnState(outputs, scratch, capacity, lanes);
  }

  /** The cell's own, and behind it gathered projections, or the state and output before a masked step. */
  @Override
  public int scratch(int capacity) {
    return (cell.scratchWidth() + Math.max(cell.projectedWidth(), cell.stateWidth() + cell.units)) * capacity;
  }
}
