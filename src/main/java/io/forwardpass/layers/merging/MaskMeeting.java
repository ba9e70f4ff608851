package io.forwardpass.layers.merging;

import io.forwardpass.layers.Layer;
import io.forwardpass.network.Block;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * The mask of a layer whose several inputs have masks: a step counts where it counts in every input, or in any, or the masks follow one
 * another as the inputs do. Keras 2 and Keras 3 differ in which it is ({@code compute_mask} of {@code merge.py} and {@code
 * base_merge.py}, of {@code concatenate.py}).
 */
public final class MaskMeeting implements Layer {
  /** How masks become one. */
  public enum Kind { IN_ALL, IN_ANY, IN_ORDER }

  private final Kind kind;
  private final Shape shape;
  private final int[] steps; // in order: how many there are of each input, negative where it has no mask, and all count

  private MaskMeeting(Kind kind, Shape shape, int[] steps) {
    this.kind = kind;
    this.shape = shape;
    this.steps = steps;
  }

  static Layer of(Kind kind, Shape shape) {
    return new MaskMeeting(kind, shape, new int[0]);
  }

  /** @param steps by input, negative where it has no mask */
  static Layer inOrder(int[] steps) {
    return new MaskMeeting(Kind.IN_ORDER, Shape.of(Arrays.stream(steps).map(Math::abs).sum()), steps.clone());
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    return List.of(shape);
  }

  @Override
  public void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, List<float[]> weights) {
    network.step(new Pass(kind, shape.elements(), steps), from, to);
  }

  public Kind kind() {
    return kind;
  }

  /** By input: its steps, negative where it has no mask. */
  public int[] steps() {
    return steps.clone();
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final int elements;
    private final int[] steps;

    Pass(Kind kind, int elements, int[] steps) {
      this.kind = kind;
      this.elements = elements;
      this.steps = steps;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = outputs[0].capacity();
      float[] y = outputs[0].data();
      if (kind == Kind.IN_ORDER) {
        inOrder(inputs, y, capacity, lanes);
        return;
      }
      for (int at = 0; at < elements * capacity; at += capacity) {
        System.arraycopy(inputs[0].data(), at, y, at, lanes);
        for (int i = 1; i < inputs.length; i++) {
          float[] other = inputs[i].data();
          for (int r = at; r < at + lanes; r++) {
            y[r] = kind == Kind.IN_ALL ? Math.min(y[r], other[r]) : Math.max(y[r], other[r]);
          }
        }
      }
    }

    private void inOrder(Block[] inputs, float[] y, int capacity, int lanes) {
      int next = 0;
      int to = 0;
      for (int count : steps) {
        float[] mask = count < 0 ? null : inputs[next++].data();
        for (int t = 0; t < Math.abs(count); t++) {
          if (mask == null) {
            Arrays.fill(y, to, to + lanes, 1f);
          } else {
            System.arraycopy(mask, t * capacity, y, to, lanes);
          }
          to += capacity;
        }
      }
    }
  }
}
