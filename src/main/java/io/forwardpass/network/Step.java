package io.forwardpass.network;

import java.io.Serializable;

/** One operation and the values it reads and writes. */
final class Step implements Serializable {
  private static final long serialVersionUID = 1L;

  final Operation operation;
  final int[] inputs; // value numbers
  final int[] outputs;

  Step(Operation operation, int[] inputs, int[] outputs) {
    this.operation = operation;
    this.inputs = inputs;
    this.outputs = outputs;
  }
}
