package io.forwardpass.math;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A dense layer's weights as the kernels read them: panels of 8 outputs, each with its 8 weights of an input side by
 * side, zeros behind the last output; and each output's bias as often as a vector has lanes. Made once at load time from
 * Keras' row-major {@code (inputs, outputs)}.
 */
public final class Matrix implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Outputs a panel. */
  static final int PANEL = 8;

  /** How often each bias stands there: the lanes of the longest vectors. */
  static final int LANES = 16;

  private final int inputs;
  private final int outputs;
  private final int panelInputs; // of which those from firstInput on are ours
  private final int firstInput;
  private final float[] panels; // (outputs / PANEL rounded up, panelInputs, PANEL)
  private final float[] starts; // (outputs rounded up, LANES)

  private Matrix(int inputs, int outputs, int panelInputs, int firstInput, float[] panels, float[] starts) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.panelInputs = panelInputs;
    this.firstInput = firstInput;
    this.panels = panels;
    this.starts = starts;
  }

  /**
   * @param rowMajor {@code (inputs, outputs)}, output by output for each input, as Keras saves a kernel; copied
   * @param bias {@code (outputs)}, or null for zeros; copied
   * @throws IllegalArgumentException where the arrays are of other lengths
   * @throws ArithmeticException where there are more weights than one array holds
   */
  public static Matrix of(float[] rowMajor, float[] bias, int inputs, int outputs) {
    if (rowMajor.length != inputs * outputs || (bias != null && bias.length != outputs)) {
      throw new IllegalArgumentException(rowMajor.length + " weights" + (bias == null ? "" : " and a bias of " + bias.length)
          + " are not " + inputs + " x " + outputs);
    }
    int rounded = (outputs + PANEL - 1) / PANEL * PANEL;
    float[] panels = new float[Math.multiplyExact(rounded, inputs)];
    float[] starts = new float[rounded * LANES];
    for (int j = 0; j < outputs; j++) {
      for (int k = 0; k < inputs; k++) {
        panels[(j / PANEL * inputs + k) * PANEL + j % PANEL] = rowMajor[k * outputs + j];
      }
      Arrays.fill(starts, j * LANES, (j + 1) * LANES, bias == null ? 0f : bias[j]);
    }
    return new Matrix(inputs, outputs, inputs, 0, panels, starts);
  }

  /**
   * The weights of some inputs, {@code from} to before {@code to}, over the same array; the bias goes with input 0, the other parts
   * begin with zeros.
   *
   * @throws IllegalArgumentException where there are no such inputs
   */
  public Matrix part(int from, int to) {
    if (from < 0 || to < from || to > inputs) {
      throw new IllegalArgumentException("there are " + inputs + " inputs, not " + from + " to " + to);
    }
    return new Matrix(to - from, outputs, panelInputs, firstInput + from, panels, from == 0 ? starts : new float[starts.length]);
  }

  /** How many numbers of a row one output is a sum over. */
  public int inputs() {
    return inputs;
  }

  /** How many numbers a row becomes. */
  public int outputs() {
    return outputs;
  }

  /** Where the weights from input k to the outputs of j's panel from j on begin: {@code at(j, k)}; those of the next input follow. */
  int at(int j, int k) {
    return (j / PANEL * panelInputs + firstInput + k) * PANEL + j % PANEL;
  }

  /** {@code (panels, inputs, 8)}, of which {@link #at} knows the places; not to be written to. */
  float[] panels() {
    return panels;
  }

  /** What the sum of output j begins with. */
  float bias(int j) {
    return starts[j * LANES];
  }

  /** The bias of output j from {@code j * LANES} on, as often as a vector has lanes. */
  float[] starts() {
    return starts;
  }
}
