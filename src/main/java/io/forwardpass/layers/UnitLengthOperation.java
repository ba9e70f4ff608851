package io.forwardpass.layers;

import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import java.util.Arrays;

/** Groups of elements divided by their length: {@code x / sqrt(max(sum of squares, least))}. */
public final class UnitLengthOperation implements Operation {
  private static final long serialVersionUID = 1L;

  private final int[] groups;
  private final int size;
  private final float least;

  /**
   * @param groups all elements, those of one group next to each other
   * @param size how many elements a group has
   */
  public UnitLengthOperation(int[] groups, int size, float least) {
    this.groups = groups;
    this.size = size;
    this.least = least;
  }

  @Override
  public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
    int capacity = outputs[0].capacity();
    float[] x = inputs[0].data();
    float[] y = outputs[0].data();
    for (int first = 0; first < groups.length; first += size) {
      Arrays.fill(scratch, 0, lanes, 0f);
      for (int i = first; i < first + size; i++) {
        int at = groups[i] * capacity;
        for (int r = 0; r < lanes; r++) {
          scratch[r] = Math.fma(x[at + r], x[at + r], scratch[r]);
        }
      }
      for (int r = 0; r < lanes; r++) {
        scratch[r] = (float) Math.sqrt(Math.max(scratch[r], least));
      }
      for (int i = first; i < first + size; i++) {
        int at = groups[i] * capacity;
        for (int r = 0; r < lanes; r++) {
          y[at + r] = x[at + r] / scratch[r];
        }
      }
    }
  }

  @Override
  public int scratch(int capacity) {
    return capacity;
  }
}
