package io.forwardpass.layers.convolution;

import io.forwardpass.layers.Blocks;
import io.forwardpass.math.Activation;
import io.forwardpass.math.Kernels;
import io.forwardpass.math.Matrix;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import java.util.Arrays;

/** At every place one dense product of the positions looked at; they are gathered first where they do not lie next to each other. */
final class ConvolutionOperation implements Operation {
  private static final long serialVersionUID = 1L;

  private final int[][] taps; // by place: positions, -1 for padding
  private final int[] kernelOf; // by place
  private final Matrix[][] kernels; // by kernel and group of features
  private final boolean[] isContiguous; // by place
  private final int features; // of the input
  private final int filters;
  private final Activation activation;

  ConvolutionOperation(int[][] taps, int[] kernelOf, Matrix[][] kernels, int features, int filters, Activation activation) {
    this.taps = taps;
    this.kernelOf = kernelOf;
    this.kernels = kernels;
    this.features = features;
    this.filters = filters;
    this.activation = activation;
    isContiguous = new boolean[taps.length];
    for (int place = 0; place < taps.length; place++) {
      boolean follow = kernels[kernelOf[place]].length == 1 && taps[place].length > 0 && taps[place][0] >= 0;
      for (int k = 1; k < taps[place].length; k++) {
        follow &= taps[place][k] == taps[place][0] + k;
      }
      isContiguous[place] = follow;
    }
  }

  @Override
  public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
    int capacity = outputs[0].capacity();
    float[] x = inputs[0].data();
    float[] y = outputs[0].data();
    for (int place = 0; place < taps.length; place++) {
      int to = place * filters * capacity;
      Matrix[] groups = kernels[kernelOf[place]];
      if (isContiguous[place]) {
        Kernels.best().dense(x, taps[place][0] * features * capacity, groups[0], activation, y, to, capacity, lanes);
        continue;
      }
      for (int g = 0; g < groups.length; g++) {
        gather(x, taps[place], g, features / groups.length, scratch, capacity, lanes);
        Kernels.best().dense(scratch, 0, groups[g], y, to + g * groups[g].outputs() * capacity, capacity, lanes);
      }
      activation.apply(y, to, filters, capacity, lanes);
    }
  }

  /** What a place looks at of one group's features, one position behind the other. */
  private void gather(float[] x, int[] positions, int group, int width, float[] scratch, int capacity, int lanes) {
    for (int k = 0; k < positions.length; k++) {
      int to = k * width * capacity;
      if (positions[k] >= 0) {
        Blocks.copy(x, (positions[k] * features + group * width) * capacity, scratch, to, width, capacity, lanes);
      } else {
        Arrays.fill(scratch, to, to + width * capacity, 0f);
      }
    }
  }

  @Override
  public int scratch(int capacity) {
    int most = 0;
    for (int place = 0; place < taps.length; place++) {
      most = Math.max(most, taps[place].length * features / kernels[kernelOf[place]].length);
    }
    return most * capacity;
  }
}
