package io.forwardpass.network;

import java.io.Serializable;

/**
 * A model compiled to a flat list of steps over planned buffers: immutable, serializable, shared by every task.
 *
 * <p>Fill the {@linkplain Workspace#input inputs}, call {@link #forward}, read the {@linkplain Workspace#output outputs}.
 */
public final class Network implements Serializable {
  private static final long serialVersionUID = 1L;

  final Step[] steps;
  final Shape[] shapes; // of every value
  final int[] buffers; // the buffer each value lies in
  final int[] bufferElements; // the size of each buffer, in numbers a row
  final int[] inputs; // value numbers
  final int[] outputs;
  private final String[] inputNames;
  private final String[] outputNames;

  Network(Step[] steps, Shape[] shapes, int[] buffers, int[] bufferElements, int[] inputs, int[] outputs,
      String[] inputNames, String[] outputNames) {
    this.steps = steps;
    this.shapes = shapes;
    this.buffers = buffers;
    this.bufferElements = bufferElements;
    this.inputs = inputs;
    this.outputs = outputs;
    this.inputNames = inputNames;
    this.outputNames = outputNames;
  }

  /** Scratch state for one thread, for batches of at most {@code capacity} rows, a multiple of {@link Block#LANES}. */
  public Workspace workspace(int capacity) {
    return new Workspace(this, capacity);
  }

  /** Computes the outputs of the workspace's first {@code rows} rows from its inputs. Allocates nothing. */
  public void forward(Workspace workspace, int rows) {
    int lanes = Block.lanes(rows);
    for (int i = 0; i < steps.length; i++) {
      steps[i].operation.forward(workspace.stepInputs[i], workspace.stepOutputs[i], workspace.scratch, lanes);
    }
  }

  public int inputs() {
    return inputs.length;
  }

  public int outputs() {
    return outputs.length;
  }

  public Shape inputShape(int input) {
    return shapes[inputs[input]];
  }

  public Shape outputShape(int output) {
    return shapes[outputs[output]];
  }

  public String inputName(int input) {
    return inputNames[input];
  }

  public String outputName(int output) {
    return outputNames[output];
  }
}
