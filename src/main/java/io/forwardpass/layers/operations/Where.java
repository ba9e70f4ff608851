package io.forwardpass.layers.operations;

import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.List;

/** {@code keras.ops.where}: number by number the one where the condition is not 0, else the other. */
public final class Where extends OperationLayer {
  private final LayerConfig config;
  private final List<Operand> operands; // condition, one, other

  private Where(LayerConfig config, List<Operand> operands) {
    this.config = config;
    this.operands = operands;
  }

  static Layer of(OperationCall call) {
    return new Where(call.config(), List.of(call.operand(0, "condition"), call.operand(1, "x1"), call.operand(2, "x2")));
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    return List.of(BinaryOperation.together(operands, inputs, config));
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    Shape output = outputShapes(inputs).get(0);
    return new Pass(operands.stream().map(operand -> BinaryOperation.Side.of(operand, inputs, output, config))
        .toArray(BinaryOperation.Side[]::new), output.elements());
  }

  public List<Operand> operands() {
    return operands;
  }

  public LayerConfig config() {
    return config;
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final BinaryOperation.Side[] sides;
    private final int elements;

    Pass(BinaryOperation.Side[] sides, int elements) {
      this.sides = sides;
      this.elements = elements;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = outputs[0].capacity();
      float[] y = outputs[0].data();
      float[] condition = sides[0].data(inputs, scratch);
      float[] one = sides[1].data(inputs, scratch);
      float[] other = sides[2].data(inputs, scratch);
      for (int e = 0; e < elements; e++) {
        int conditionAt = sides[0].at(e, scratch, 0, capacity);
        int oneAt = sides[1].at(e, scratch, capacity, capacity);
        int otherAt = sides[2].at(e, scratch, 2 * capacity, capacity);
        for (int r = 0; r < lanes; r++) {
          y[e * capacity + r] = condition[conditionAt + r] != 0 ? one[oneAt + r] : other[otherAt + r];
        }
      }
    }

    @Override
    public int scratch(int capacity) {
      return 3 * capacity;
    }
  }
}
