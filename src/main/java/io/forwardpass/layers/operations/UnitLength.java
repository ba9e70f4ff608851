package io.forwardpass.layers.operations;

import io.forwardpass.layers.AxisGroups;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.layers.UnitLengthOperation;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.Arrays;
import java.util.List;

/** {@code keras.ops.normalize} of order 2, {@code tf.math.l2_normalize}: {@code x / sqrt(max(sum of squares, least))}. */
public final class UnitLength extends OperationLayer {
  private final LayerConfig config;
  private final int[] axes;
  private final double least;

  private UnitLength(LayerConfig config, int[] axes, double least) {
    this.config = config;
    this.axes = axes;
    this.least = least;
  }

  static Layer of(OperationCall call) {
    call.tensor(0, "x");
    call.allow(2, "order", "2");
    int[] axes = call.integers(1, "axis").orElse(new int[] {-1});
    double epsilon = call.number(3, "epsilon", 1e-7); // a length in Keras 3, the square of one in TensorFlow
    return new UnitLength(call.config(), axes, call.config().kerasVersion().isKeras3() ? epsilon * epsilon : call.has(3, "epsilon")
        ? epsilon : 1e-12);
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    over(config.single(inputs));
    return List.of(inputs.get(0));
  }

  public boolean[] over(Shape input) {
    boolean[] over = new boolean[input.rank()];
    Arrays.stream(axes).forEach(axis -> over[config.axis(axis, input)] = true);
    return over;
  }

  /** What the sum of squares is at least taken for. */
  public double least() {
    return least;
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    boolean[] over = over(inputs.get(0));
    return new UnitLengthOperation(AxisGroups.of(inputs.get(0), over), AxisGroups.size(inputs.get(0), over), (float) least);
  }
}
