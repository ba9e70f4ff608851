package io.forwardpass.testing;

import io.forwardpass.math.Kernels;
import io.forwardpass.math.Matrix;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import java.util.Arrays;
import java.util.Random;

/** A dense layer over all numbers of all its inputs, for networks that tests put together by hand. */
final class DenseOperation implements Operation {
  private static final long serialVersionUID = 1L;

  private final float[] weights; // (inputs, outputs)
  private final float[] bias;

  DenseOperation(int inputs, int outputs, long seed) {
    Random random = new Random(seed);
    weights = new float[inputs * outputs];
    bias = new float[outputs];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < outputs; i++) {
      bias[i] = (float) random.nextGaussian();
    }
  }

  @Override
  public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
    int before = 0;
    int width = bias.length;
    for (int i = 0; i < inputs.length; i++) {
      Block x = inputs[i];
      Block y = outputs[0];
      int elements = x.shape().elements();
      Matrix part = Matrix.of(Arrays.copyOfRange(weights, before * width, (before + elements) * width), bias, elements, width);
      if (i == 0) {
        Kernels.best().dense(x.data(), 0, part, y.data(), 0, x.capacity(), lanes);
      } else {
        Kernels.best().denseFrom(y.data(), 0, y.capacity(), x.data(), 0, part, y.data(), 0, x.capacity(), lanes);
      }
      before += elements;
    }
  }
}
