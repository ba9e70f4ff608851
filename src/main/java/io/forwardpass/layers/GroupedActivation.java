package io.forwardpass.layers;

import io.forwardpass.math.Activation;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import java.util.Arrays;

/** An activation over groups of elements, such as softmax over an axis that is not the last. */
public final class GroupedActivation implements Operation {
  private static final long serialVersionUID = 1L;

  private final Activation activation;
  private final int[] groups;
  private final int size;
  private final boolean adjacent; // groups lie in order, as they do over the last axis

  /**
   * @param groups all elements, those of one group next to each other
   * @param size how many elements a group has
   */
  public GroupedActivation(Activation activation, int[] groups, int size) {
    this.activation = activation;
    this.groups = groups;
    this.size = size;
    int[] inOrder = groups.clone();
    Arrays.sort(inOrder);
    adjacent = Arrays.equals(inOrder, groups);
  }

  @Override
  public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
    int capacity = inputs[0].capacity();
    float[] x = inputs[0].data();
    float[] y = outputs[0].data();
    if (adjacent) {
      Blocks.copy(x, 0, y, 0, groups.length, capacity, lanes);
    }
    for (int from = 0; from < groups.length; from += size) {
      if (adjacent) {
        activation.apply(y, from * capacity, size, capacity, lanes);
      } else {
        scattered(from, x, y, scratch, capacity, lanes);
      }
    }
  }

  private void scattered(int from, float[] x, float[] y, float[] scratch, int capacity, int lanes) {
    for (int i = 0; i < size; i++) {
      System.arraycopy(x, groups[from + i] * capacity, scratch, i * capacity, lanes);
    }
    activation.apply(scratch, 0, size, capacity, lanes);
    for (int i = 0; i < size; i++) {
      System.arraycopy(scratch, i * capacity, y, groups[from + i] * capacity, lanes);
    }
  }

  @Override
  public int scratch(int capacity) {
    return adjacent ? 0 : size * capacity;
  }

  @Override
  public boolean inPlace() {
    return true;
  }
}
