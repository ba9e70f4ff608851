package io.forwardpass.layers.core;

import io.forwardpass.layers.Layer;
import io.forwardpass.math.Activation;
import io.forwardpass.math.Kernels;
import io.forwardpass.math.Matrix;
import io.forwardpass.network.Block;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * A {@link Dense} over parts that follow one another, of which some are categories: of those it takes the index, and adds that
 * category's row of the kernel, rather than multiply all rows with a one and many zeros. The sums run in the same order.
 */
public final class CategoryDense implements Layer {
  private final Dense dense;
  private final int[] widths; // by part, its rows of the kernel
  private final boolean[] indexed; // by part, whether it is a category's index

  public CategoryDense(Dense dense, int[] widths, boolean[] indexed) {
    this.dense = dense;
    this.widths = widths.clone();
    this.indexed = indexed.clone();
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    return List.of(Shape.of(dense.units()));
  }

  @Override
  public void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, List<float[]> weights) {
    float[] bias = dense.useBias() ? weights.get(1) : new float[dense.units()];
    network.step(new Pass(weights.get(0), bias, widths, indexed, dense.activation().function()), from, to);
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final float[] bias;
    private final float[][] rows; // by part of categories: (categories, units); otherwise null
    private final Matrix[] matrices; // by part of numbers; otherwise null
    private final Activation activation;

    Pass(float[] kernel, float[] bias, int[] widths, boolean[] indexed, Activation activation) {
      this.bias = bias.clone();
      this.activation = activation;
      rows = new float[widths.length][];
      matrices = new Matrix[widths.length];
      int from = 0;
      for (int p = 0; p < widths.length; p++) {
        float[] part = Arrays.copyOfRange(kernel, from, from + widths[p] * bias.length);
        from += part.length;
        if (indexed[p]) {
          rows[p] = part;
        } else {
          matrices[p] = Matrix.of(part, null, widths[p], bias.length);
        }
      }
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = outputs[0].capacity();
      float[] y = outputs[0].data();
      for (int j = 0; j < bias.length; j++) {
        Arrays.fill(y, j * capacity, j * capacity + lanes, bias[j]);
      }
      for (int p = 0; p < inputs.length; p++) {
        if (rows[p] == null) {
          Kernels.best().denseFrom(y, 0, capacity, inputs[p].data(), 0, matrices[p], y, 0, capacity, lanes);
        } else {
          add(rows[p], inputs[p].data(), y, capacity, lanes);
        }
      }
      activation.apply(y, 0, bias.length, capacity, lanes);
    }

    /** What is no category adds nothing. */
    private void add(float[] kernel, float[] x, float[] y, int capacity, int lanes) {
      int units = bias.length;
      int categories = kernel.length / units;
      for (int r = 0; r < lanes; r++) {
        float index = x[r];
        if (index > -1 && index < categories) { // as Categories has it
          int row = ((int) index) * units;
          for (int j = 0; j < units; j++) {
            y[j * capacity + r] += kernel[row + j];
          }
        }
      }
    }
  }
}
