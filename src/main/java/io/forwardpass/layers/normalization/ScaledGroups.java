package io.forwardpass.layers.normalization;

import io.forwardpass.math.normalization.NormalizationKernels;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;

/** {@code x * min(1 / sqrt(max(sum of x² / divisor + epsilon, least)), most) * gamma} over groups of elements. */
final class ScaledGroups implements Operation {
  private static final long serialVersionUID = 1L;

  private final int[] elements; // those of a group next to each other
  private final int size; // of a group
  private final float[] gamma; // in the order of elements
  private final float divisor;
  private final float epsilon;
  private final float least;
  private final float most;

  ScaledGroups(int[] elements, int size, float[] gamma, double divisor, double epsilon, double least, double most) {
    this.elements = elements;
    this.size = size;
    this.gamma = gamma;
    this.divisor = (float) divisor;
    this.epsilon = (float) epsilon;
    this.least = (float) least;
    this.most = (float) most;
  }

  @Override
  public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
    NormalizationKernels.best().scale(inputs[0].data(), outputs[0].data(), elements, size, gamma, divisor, epsilon, least, most,
        inputs[0].capacity(), lanes);
  }

  @Override
  public boolean inPlace() {
    return true;
  }
}
