package io.forwardpass.layers.operations;

import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.math.tensor.NumberFunction;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.List;

/** An operation on every number of a tensor by itself ({@code keras.ops.numpy}, {@code keras.ops.math}), {@code y = f(x)}. */
public final class UnaryOperation extends OperationLayer {
  private final LayerConfig config;
  private final NumberFunction function;
  private final double a;
  private final double b;

  private UnaryOperation(LayerConfig config, NumberFunction function, double a, double b) {
    this.config = config;
    this.function = function;
    this.a = a;
    this.b = b;
  }

  static Layer of(OperationCall call, NumberFunction function) {
    return of(call, function, 0, 0);
  }

  static Layer of(OperationCall call, NumberFunction function, double a, double b) {
    call.tensor(0, "x");
    return new UnaryOperation(call.config(), function, a, b);
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    return List.of(config.single(inputs));
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    return new Pass(function, (float) a, (float) b, inputs.get(0).elements());
  }

  public NumberFunction function() {
    return function;
  }

  /** The function's first parameter, as {@link NumberFunction} says. */
  public double a() {
    return a;
  }

  public double b() {
    return b;
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final NumberFunction function;
    private final float a;
    private final float b;
    private final int elements;

    Pass(NumberFunction function, float a, float b, int elements) {
      this.function = function;
      this.a = a;
      this.b = b;
      this.elements = elements;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = outputs[0].capacity();
      for (int at = 0; at < elements * capacity; at += capacity) {
        function.apply(a, b, inputs[0].data(), at, outputs[0].data(), at, lanes);
      }
    }

    @Override
    public boolean inPlace() {
      return true;
    }
  }
}
