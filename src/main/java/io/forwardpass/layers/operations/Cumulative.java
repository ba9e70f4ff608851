package io.forwardpass.layers.operations;

import io.forwardpass.layers.AxisGroups;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.List;

/** {@code keras.ops.cumsum} and {@code keras.ops.cumprod}: at every place the sum or the product of the numbers up to it. */
public final class Cumulative extends OperationLayer {
  private final LayerConfig config;
  private final int axis;
  private final boolean multiplies;

  private Cumulative(LayerConfig config, int axis, boolean multiplies) {
    this.config = config;
    this.axis = axis;
    this.multiplies = multiplies;
  }

  static Layer of(OperationCall call, boolean multiplies) {
    call.tensor(0, "x");
    call.ignore("dtype");
    call.allow(-1, "exclusive", "false");
    call.allow(-1, "reverse", "false");
    int[] axis = call.integers(1, "axis")
        .orElseThrow(() -> call.config().refusal("works over all axes, the batch among them. Give it an axis."));
    return new Cumulative(call.config(), axis[0], multiplies);
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    over(config.single(inputs));
    return List.of(inputs.get(0));
  }

  public boolean[] over(Shape input) {
    boolean[] over = new boolean[input.rank()];
    over[config.axis(axis, input)] = true;
    return over;
  }

  public boolean multiplies() {
    return multiplies;
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    boolean[] over = over(inputs.get(0));
    return new Pass(AxisGroups.of(inputs.get(0), over), AxisGroups.size(inputs.get(0), over), multiplies);
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final int[] groups;
    private final int size;
    private final boolean multiplies;

    Pass(int[] groups, int size, boolean multiplies) {
      this.groups = groups;
      this.size = size;
      this.multiplies = multiplies;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = outputs[0].capacity();
      float[] x = inputs[0].data();
      float[] y = outputs[0].data();
      for (int i = 0; i < groups.length; i++) {
        int at = groups[i] * capacity;
        if (i % size == 0) {
          System.arraycopy(x, at, y, at, lanes);
          continue;
        }
        int before = groups[i - 1] * capacity;
        for (int r = 0; r < lanes; r++) {
          y[at + r] = multiplies ? y[before + r] * x[at + r] : y[before + r] + x[at + r];
        }
      }
    }
  }
}
