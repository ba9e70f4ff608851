package io.forwardpass.layers.merging;

import io.forwardpass.layers.Broadcast;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * A product, maximum or minimum of sequences with masks (keras/src/layers/merging 3.15, {@code multiply.py} and {@code
 * _apply_merge_op_and_or_mask}): a step that does not count is a 1 in a product, which is 0 where no input counts though all have masks;
 * in a maximum or minimum the others stand in its place.
 */
final class MaskedMerge implements Operation {
  private static final long serialVersionUID = 1L;

  private final Merge.Kind kind;
  private final int elements;
  private final int features; // of the output
  private final int[][] sources; // by input and element: where it stands in the input
  private final int[] masks; // by input: where its mask stands among the inputs, or -1
  private final boolean allMasked;

  private MaskedMerge(Merge.Kind kind, int elements, int features, int[][] sources, int[] masks, boolean allMasked) {
    this.kind = kind;
    this.elements = elements;
    this.features = features;
    this.sources = sources;
    this.masks = masks;
    this.allMasked = allMasked;
  }

  static MaskedMerge of(Merge.Kind kind, List<Shape> inputs, Shape output, List<Integer> masked) {
    int[] masks = new int[inputs.size()];
    Arrays.fill(masks, -1);
    for (int i = 0; i < masked.size(); i++) {
      masks[masked.get(i)] = inputs.size() + i;
    }
    int[][] sources = inputs.stream().map(input -> Broadcast.sources(input, output)).toArray(int[][]::new);
    return new MaskedMerge(kind, output.elements(), output.last(), sources, masks, masked.size() == inputs.size());
  }

  @Override
  public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
    int capacity = outputs[0].capacity();
    float[] y = outputs[0].data();
    for (int e = 0; e < elements; e++) {
      int at = e * capacity;
      int maskAt = e / features * capacity;
      if (kind == Merge.Kind.MULTIPLY) {
        product(inputs, y, e, maskAt, capacity, lanes);
        continue;
      }
      System.arraycopy(inputs[0].data(), sources[0][e] * capacity, y, at, lanes);
      fill(inputs, 0, maskAt, scratch, lanes); // whether what is in y counts
      boolean masked = masks[0] >= 0;
      for (int i = 1; i < sources.length; i++) {
        float[] x = inputs[i].data();
        int from = sources[i][e] * capacity;
        for (int r = 0; r < lanes; r++) {
          float one = masks[i] < 0 || inputs[masks[i]].data()[maskAt + r] != 0 ? x[from + r] : y[at + r];
          float other = !masked || scratch[r] != 0 ? y[at + r] : one;
          y[at + r] = kind == Merge.Kind.MAXIMUM ? Math.max(other, one) : Math.min(other, one);
        }
        masked &= masks[i] >= 0;
        for (int r = 0; masked && r < lanes; r++) {
          scratch[r] = Math.max(scratch[r], inputs[masks[i]].data()[maskAt + r]);
        }
      }
    }
  }

  private void fill(Block[] inputs, int input, int maskAt, float[] counts, int lanes) {
    if (masks[input] >= 0) {
      System.arraycopy(inputs[masks[input]].data(), maskAt, counts, 0, lanes);
    }
  }

  private void product(Block[] inputs, float[] y, int e, int maskAt, int capacity, int lanes) {
    int at = e * capacity;
    for (int r = 0; r < lanes; r++) {
      float product = 1f;
      boolean any = !allMasked;
      for (int i = 0; i < sources.length; i++) {
        boolean counts = masks[i] < 0 || inputs[masks[i]].data()[maskAt + r] != 0;
        any |= counts;
        product *= counts ? inputs[i].data()[sources[i][e] * capacity + r] : 1f;
      }
      y[at + r] = any ? product : 0f;
    }
  }

  @Override
  public int scratch(int capacity) {
    return capacity;
  }
}
