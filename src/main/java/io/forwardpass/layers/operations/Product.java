package io.forwardpass.layers.operations;

import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.layers.contraction.Equation;
import io.forwardpass.layers.contraction.Projection;
import io.forwardpass.layers.contraction.ValueProduct;
import io.forwardpass.math.Activations;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.List;
import java.util.Optional;

/**
 * {@code keras.ops.matmul}, {@code dot}, {@code tensordot} and {@code einsum} of two tensors, or of a tensor and a constant, as far as each
 * row is multiplied by itself.
 */
public final class Product extends OperationLayer {
  /** Makes the equation from the number of axes of both factors, without the batch. */
  private interface Maker {
    Optional<Equation> equation(int aRank, int bRank, boolean bIsTensor);
  }

  private final LayerConfig config;
  private final Operand a;
  private final Operand b;
  private final Maker maker;

  private Product(LayerConfig config, Operand a, Operand b, Maker maker) {
    this.config = config;
    this.a = a;
    this.b = b;
    this.maker = maker;
  }

  static Layer matmul(OperationCall call) {
    Operand a = call.operand(0, "x1");
    Operand b = call.operand(1, "x2");
    boolean turnsA = call.flag(-1, "transpose_a", false);
    boolean turnsB = call.flag(-1, "transpose_b", false);
    return new Product(call.config(), a, b, (aRank, bRank, bIsTensor) -> {
      String shared = bIsTensor && bRank > 2 ? "pqrstuv".substring(0, bRank - 2) : "";
      if ((bIsTensor && (aRank < 2 || bRank != aRank)) || bRank < 2 || (!bIsTensor && bRank > 2) || aRank < 1 || (turnsA && aRank < 2)) {
        return Optional.empty();
      }
      String rows = bIsTensor ? "i" : "ijlmnopqr".substring(0, aRank - 1);
      String left = turnsA ? rows.substring(0, rows.length() - 1) + "k" + rows.substring(rows.length() - 1) : rows + "k";
      return Optional.of(Equation.of(shared + left, shared + (turnsB ? "zk" : "kz"), shared + rows + "z"));
    });
  }

  /** {@code dot} and {@code tensordot} over one axis: the last of the tensor and the last but one, or the first, of a constant. */
  static Layer dot(OperationCall call) {
    Operand a = call.operand(0, "x1");
    Operand b = call.operand(1, "x2");
    call.allow(2, "axes", "1");
    return new Product(call.config(), a, b, (aRank, bRank, bIsTensor) -> bIsTensor || aRank < 1 || bRank < 1 || bRank > 2 ? Optional.empty()
        : Optional.of(Equation.of("ijlmnopqr".substring(0, aRank - 1) + "k", bRank == 1 ? "k" : "kz", "ijlmnopqr".substring(0, aRank - 1)
            + (bRank == 1 ? "" : "z"))));
  }

  static Layer einsum(OperationCall call) {
    String text = call.option(-1, "subscripts").asText();
    Operand a = call.operand(0, "x1");
    Operand b = call.operand(1, "x2");
    return new Product(call.config(), a, b,
        (aRank, bRank, bIsTensor) -> Equation.parse(text, aRank + 1, bIsTensor ? bRank + 1 : bRank, bIsTensor));
  }

  /** The equation with its sizes. */
  public Equation equation(List<Shape> inputs) {
    Shape first = inputs.get(0);
    Shape second = b.isInput() ? inputs.get(b.input()) : b.dimensions();
    return (a.isInput() ? maker.equation(first.rank(), second.rank(), b.isInput()) : Optional.<Equation>empty())
        .flatMap(equation -> equation.sized(first, second))
        .orElseThrow(() -> config.refusal("multiplies shapes " + first + " and " + second + (b.isInput() ? "" : " (a constant)")
            + ", which is supported only where the batch stays the first axis, each axis appears once in every shape, and sizes fit."));
  }

  /** The second factor, which may be a constant. */
  public Operand second() {
    return b;
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Equation equation = equation(inputs);
    return List.of(equation.shape(equation.y()));
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    Equation equation = equation(inputs);
    return b.isInput() ? new ValueProduct(equation)
        : Projection.of(equation, b.constant(), null, "", Activations.linear());
  }
}
