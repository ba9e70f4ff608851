package io.forwardpass.layers.normalization;

import io.forwardpass.math.normalization.NormalizationKernels;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;

/** {@code (x - mean) / sqrt(variance + epsilon) * gamma + beta} over groups of elements. */
final class CenteredGroups implements Operation {
  private static final long serialVersionUID = 1L;

  private final int[] elements; // those of a group next to each other
  private final int size; // of a group
  private final float[] gamma; // in the order of elements
  private final float[] beta; // likewise; null where the mean is not taken off
  private final float epsilon;

  CenteredGroups(int[] elements, int size, float[] gamma, float[] beta, double epsilon) {
    this.elements = elements;
    this.size = size;
    this.gamma = gamma;
    this.beta = beta;
    this.epsilon = (float) epsilon;
  }

  @Override
  public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
    NormalizationKernels.best().center(inputs[0].data(), outputs[0].data(), elements, size, gamma, beta, epsilon, inputs[0].capacity(),
        lanes);
  }

  @Override
  public boolean inPlace() {
    return true;
  }
}
