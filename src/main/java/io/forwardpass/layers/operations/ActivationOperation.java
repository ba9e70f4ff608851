package io.forwardpass.layers.operations;

import io.forwardpass.layers.ActivationChoice;
import io.forwardpass.layers.AxisGroups;
import io.forwardpass.layers.GroupedActivation;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An activation as an operation ({@code keras.ops.nn}): over every number, or, as softmax, over those along some axes. */
public final class ActivationOperation extends OperationLayer {
  private final LayerConfig config;
  private final ActivationChoice activation;
  private final int[] axes;

  private ActivationOperation(LayerConfig config, ActivationChoice activation, int[] axes) {
    this.config = config;
    this.activation = activation;
    this.axes = axes;
  }

  static Layer of(OperationCall call, String name) {
    call.tensor(0, "x");
    return new ActivationOperation(call.config(), ActivationChoice.named(call.config(), name), new int[] {-1});
  }

  /** @param option the function's number, which has the same name in the call */
  static Layer of(OperationCall call, String name, String option, double otherwise) {
    call.tensor(0, "x");
    ActivationChoice activation = ActivationChoice.named(call.config(), name, Map.of(option, call.number(1, option, otherwise)));
    return new ActivationOperation(call.config(), activation, new int[] {-1});
  }

  /** The default of {@code approximate} is true for Keras 3's operation alone. */
  static Layer gelu(OperationCall call) {
    call.tensor(0, "x");
    boolean approximate = call.flag(1, "approximate", call.config().kerasVersion().isKeras3());
    ActivationChoice activation = ActivationChoice.named(call.config(), "gelu", approximate ? Map.of("approximate", 1.0) : Map.of());
    return new ActivationOperation(call.config(), activation, new int[] {-1});
  }

  /** Softmax and its kin. */
  static Layer overAxes(OperationCall call, String name) {
    call.tensor(0, "x");
    Optional<int[]> axes = call.integers(1, "axis");
    if (axes.isEmpty() && call.config().kerasVersion().isKeras3() && !name.equals("sparsemax")) {
      throw call.config().refusal("works over all axes, the batch among them. Give it an axis.");
    }
    return new ActivationOperation(call.config(), ActivationChoice.named(call.config(), name), axes.orElse(new int[] {-1}));
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.single(inputs);
    if (input.rank() > 0) {
      over(input);
    }
    return List.of(input);
  }

  /** By axis: whether the numbers along it belong together. */
  public boolean[] over(Shape input) {
    boolean[] over = new boolean[input.rank()];
    Arrays.stream(axes).filter(axis -> input.rank() > 0).forEach(axis -> over[config.axis(axis, input)] = true);
    return over;
  }

  public ActivationChoice activation() {
    return activation;
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    boolean[] over = over(inputs.get(0));
    return new GroupedActivation(activation.function(), AxisGroups.of(inputs.get(0), over), AxisGroups.size(inputs.get(0), over));
  }
}
