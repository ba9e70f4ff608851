package io.forwardpass.layers.core;

import io.forwardpass.math.Activation;
import io.forwardpass.math.Activations;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;

/** Softmax over groups of elements, of which some do not count; by {@code softmax.py} of Keras. */
final class MaskedSoftmax implements Operation {
  private static final long serialVersionUID = 1L;

  private final Activation softmax = Activations.softmax();
  private final int[] groups; // all elements, those of one group next to each other
  private final int size; // elements in a group
  private final boolean adds; // 1e9 less where it does not count, instead of -1e9
  private final boolean clears; // and 0 in the end

  MaskedSoftmax(int[] groups, int size, boolean adds, boolean clears) {
    this.groups = groups;
    this.size = size;
    this.adds = adds;
    this.clears = clears;
  }

  @Override
  public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
    int capacity = outputs[0].capacity();
    float[] x = inputs[0].data();
    float[] mask = inputs[1].data();
    float[] y = outputs[0].data();
    for (int first = 0; first < groups.length; first += size) {
      for (int i = 0; i < size; i++) {
        int from = groups[first + i] * capacity;
        for (int r = 0; r < lanes; r++) {
          scratch[i * capacity + r] = mask[from + r] != 0 ? x[from + r] : adds ? x[from + r] - 1e9f : -1e9f;
        }
      }
      softmax.apply(scratch, 0, size, capacity, lanes);
      for (int i = 0; i < size; i++) {
        int to = groups[first + i] * capacity;
        for (int r = 0; r < lanes; r++) {
          y[to + r] = clears && mask[to + r] == 0 ? 0f : scratch[i * capacity + r];
        }
      }
    }
  }

  @Override
  public int scratch(int capacity) {
    return size * capacity;
  }
}
