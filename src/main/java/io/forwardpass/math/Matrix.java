package io.forwardpass.math;

import java.io.Serializable;

/**
 * A dense layer's weights as the kernels read them: panels of 8 outputs, each with its 8 weights of an input side by
 * side, zeros behind the last output. Made once at load time from Keras' row-major {@code (inputs, outputs)}.
 */
public final class Matrix implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Outputs a panel. */
  static final int PANEL = 8;

  private final int inputs;
  private final int outputs;
  private final float[] panels; // (outputs / PANEL rounded up, inputs, PANEL)

  private Matrix(int inputs, int outputs, float[] panels) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.panels = panels;
  }

  /** @param rowMajor {@code inputs * outputs} numbers, output by output for each input */
  public static Matrix of(float[] rowMajor, int inputs, int outputs) {
    if (rowMajor.length != inputs * outputs) {
      throw new IllegalArgumentException(rowMajor.length + " weights are not " + inputs + " x " + outputs);
    }
    float[] panels = new float[Math.multiplyExact((outputs + PANEL - 1) / PANEL * PANEL, inputs)];
    for (int k = 0; k < inputs; k++) {
      for (int j = 0; j < outputs; j++) {
        panels[(j / PANEL * inputs + k) * PANEL + j % PANEL] = rowMajor[k * outputs + j];
      }
    }
    return new Matrix(inputs, outputs, panels);
  }

  public int inputs() {
    return inputs;
  }

  public int outputs() {
    return outputs;
  }

  /** Where the weights from input k to the 8 outputs from j on begin: {@code at(j, k)}; those of the next input follow. */
  int at(int j, int k) {
    return (j / PANEL * inputs + k) * PANEL + j % PANEL;
  }

  float[] panels() {
    return panels;
  }
}
