package io.forwardpass.layers.core;

import io.forwardpass.layers.ActivationChoice;
import io.forwardpass.layers.Blocks;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.math.Activation;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.Arrays;
import java.util.List;

/** Softmax over one axis or several: numbers that share all other axes add up to 1. */
public final class Softmax extends OperationLayer {
  private final LayerConfig config;
  private final int[] axes;
  private final ActivationChoice activation;

  public Softmax(LayerConfig config) {
    this.config = config;
    axes = config.has("axis") ? config.integers("axis") : new int[] {-1};
    config.ignore("robust_masking"); // how a mask is applied, should there be one
    activation = ActivationChoice.named(config, "softmax");
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.single(inputs);
    over(input);
    return List.of(input);
  }

  @Override
  public boolean readsMask(Shape mask, Shape input) {
    throw config.refusal("is given a mask, which is not supported. Use the activation softmax, which heeds none.");
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    Shape shape = inputs.get(0);
    return new Pass(activation.function(), groups(shape), groupSize(shape));
  }

  /** By axis of a row's shape: whether the softmax runs over it. */
  public boolean[] over(Shape shape) {
    boolean[] over = new boolean[shape.rank()];
    for (int axis : axes) {
      over[config.axis(axis, shape)] = true;
    }
    return over;
  }

  private int groupSize(Shape shape) {
    boolean[] over = over(shape);
    int size = 1;
    for (int axis = 0; axis < over.length; axis++) {
      size *= over[axis] ? shape.size(axis) : 1;
    }
    return size;
  }

  /** All elements, those of one group next to each other. */
  private int[] groups(Shape shape) {
    boolean[] over = over(shape);
    int size = groupSize(shape);
    int[] groups = new int[shape.elements()];
    int[] filled = new int[groups.length / size];
    for (int e = 0; e < groups.length; e++) {
      int group = 0;
      int rest = e;
      int stride = 1;
      for (int axis = over.length - 1; axis >= 0; axis--) {
        int at = rest % shape.size(axis);
        rest /= shape.size(axis);
        if (!over[axis]) {
          group += at * stride;
          stride *= shape.size(axis);
        }
      }
      groups[group * size + filled[group]++] = e;
    }
    return groups;
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final Activation activation;
    private final int[] groups;
    private final int size; // elements in a group
    private final boolean adjacent; // groups lie in order, as they do over the last axis

    Pass(Activation activation, int[] groups, int size) {
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
}
