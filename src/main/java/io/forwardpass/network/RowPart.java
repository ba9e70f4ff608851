package io.forwardpass.network;

/** The part of a network that can be computed once per row, before rows become windows: how its first operation begins. */
public final class RowPart {
  final int step;
  private final int input;
  private final RowOperation operation;

  RowPart(int step, int input, RowOperation operation) {
    this.step = step;
    this.input = input;
    this.operation = operation;
  }

  /** The model input whose rows it projects. */
  public int input() {
    return input;
  }

  /** How many numbers a projected row has. */
  public int width() {
    return operation.projectedWidth();
  }

  /** Projects rows from {@code offset} on, to the same places. */
  public void project(float[] rows, float[] projected, int offset, int capacity, int lanes) {
    operation.project(rows, offset, projected, offset, capacity, lanes);
  }
}
