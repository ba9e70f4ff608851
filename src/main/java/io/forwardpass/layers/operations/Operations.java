package io.forwardpass.layers.operations;

import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.math.tensor.NumberFunction;
import io.forwardpass.math.tensor.PairFunction;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The operations of {@code keras.ops} that this project knows, by the class name that Keras 3 writes for them (keras/src/ops 3.15:
 * {@code numpy.py}, {@code nn.py}, {@code math.py}, {@code core.py}, {@code linalg.py}).
 */
public final class Operations {
  private static final Map<String, Function<OperationCall, Layer>> KNOWN = new HashMap<>();

  static {
    for (PairFunction function : PairFunction.values()) {
      pair(camelCase(function.name()), function);
    }
    pair("TrueDivide", PairFunction.DIVIDE);
    pair("Logaddexp", PairFunction.LOG_ADD_EXP);
    KNOWN.remove("LogAddExp");

    number("Negative", NumberFunction.NEGATIVE);
    number("Absolute", NumberFunction.ABSOLUTE);
    number("Abs", NumberFunction.ABSOLUTE);
    number("Square", NumberFunction.SQUARE);
    number("Sqrt", NumberFunction.SQRT);
    number("Rsqrt", NumberFunction.RSQRT);
    number("Reciprocal", NumberFunction.RECIPROCAL);
    number("Sign", NumberFunction.SIGN);
    number("Floor", NumberFunction.FLOOR);
    number("Ceil", NumberFunction.CEIL);
    number("Trunc", NumberFunction.TRUNC);
    number("Log", NumberFunction.LOG);
    number("Log2", NumberFunction.LOG2);
    number("Log10", NumberFunction.LOG10);
    number("Log1p", NumberFunction.LOG1P);
    number("Expm1", NumberFunction.EXPM1);
    number("Exp2", NumberFunction.EXP2);
    number("Sin", NumberFunction.SIN);
    number("Cos", NumberFunction.COS);
    number("Tan", NumberFunction.TAN);
    number("Arcsin", NumberFunction.ARCSIN);
    number("Arccos", NumberFunction.ARCCOS);
    number("Arctan", NumberFunction.ARCTAN);
    number("Sinh", NumberFunction.SINH);
    number("Cosh", NumberFunction.COSH);
    number("Erf", NumberFunction.ERF);
    number("LogicalNot", NumberFunction.LOGICAL_NOT);
    number("Isnan", NumberFunction.IS_NAN);
    number("Isfinite", NumberFunction.IS_FINITE);
    number("Isinf", NumberFunction.IS_INFINITE);
    KNOWN.put("Round", call -> {
      call.allow(1, "decimals", "0");
      return UnaryOperation.of(call, NumberFunction.ROUND);
    });
    KNOWN.put("Clip", call -> UnaryOperation.of(call, NumberFunction.CLIP, call.number(1, "x_min", Double.NEGATIVE_INFINITY),
        call.number(2, "x_max", Double.POSITIVE_INFINITY)));
    KNOWN.put("Threshold", call -> UnaryOperation.of(call, NumberFunction.THRESHOLD, call.number(1, "threshold", 0),
        call.number(2, "default_value", 0)));
    KNOWN.put("ZerosLike", call -> filled(call, 0));
    KNOWN.put("OnesLike", call -> filled(call, 1));
    KNOWN.put("FullLike", call -> filled(call, call.number(1, "fill_value", 0)));
    KNOWN.put("Cast", Operations::cast);
    KNOWN.put("ConvertToTensor", Operations::cast);

    activation("Exp", "exponential");
    activation("Tanh", "tanh");
    activation("Relu", "relu");
    activation("Relu6", "relu6");
    activation("Sigmoid", "sigmoid");
    activation("LogSigmoid", "log_sigmoid");
    activation("HardSigmoid", "hard_sigmoid");
    activation("SparseSigmoid", "sparse_sigmoid");
    activation("Silu", "silu");
    activation("HardSilu", "hard_silu");
    activation("Selu", "selu");
    activation("Softplus", "softplus");
    activation("Softsign", "softsign");
    activation("HardTanh", "hard_tanh");
    activation("TanhShrink", "tanh_shrink");
    activation("SparsePlus", "sparse_plus");
    activation("Mish", "mish");
    KNOWN.put("LeakyRelu", call -> ActivationOperation.of(call, "leaky_relu", "negative_slope", 0.2));
    KNOWN.put("Elu", call -> ActivationOperation.of(call, "elu", "alpha", 1));
    KNOWN.put("Celu", call -> ActivationOperation.of(call, "celu", "alpha", 1));
    KNOWN.put("SoftShrink", call -> ActivationOperation.of(call, "soft_shrink", "threshold", 0.5));
    KNOWN.put("HardShrink", call -> ActivationOperation.of(call, "hard_shrink", "threshold", 0.5));
    KNOWN.put("Squareplus", call -> ActivationOperation.of(call, "squareplus", "b", 4));
    KNOWN.put("Gelu", ActivationOperation::gelu);
    KNOWN.put("Softmax", call -> ActivationOperation.overAxes(call, "softmax"));
    KNOWN.put("LogSoftmax", call -> ActivationOperation.overAxes(call, "log_softmax"));
    KNOWN.put("Sparsemax", call -> ActivationOperation.overAxes(call, "sparsemax"));
    KNOWN.put("Glu", GatedHalf::of);

    reduction("Sum", Reduction.Kind.SUM);
    reduction("Mean", Reduction.Kind.MEAN);
    reduction("Prod", Reduction.Kind.PROD);
    reduction("Any", Reduction.Kind.ANY);
    reduction("All", Reduction.Kind.ALL);
    reduction("Var", Reduction.Kind.VAR);
    reduction("Std", Reduction.Kind.STD);
    reduction("Amax", Reduction.Kind.MAX);
    reduction("Amin", Reduction.Kind.MIN);
    reduction("Argmax", Reduction.Kind.ARGMAX);
    reduction("Argmin", Reduction.Kind.ARGMIN);
    reduction("CountNonzero", Reduction.Kind.COUNT_NONZERO);
    reduction("Logsumexp", Reduction.Kind.LOG_SUM_EXP);
    KNOWN.put("Max", call -> extreme(call, Reduction.Kind.MAX));
    KNOWN.put("Min", call -> extreme(call, Reduction.Kind.MIN));
    KNOWN.put("Average", Operations::average);
    KNOWN.put("Norm", Operations::norm);
    KNOWN.put("Cumsum", call -> Cumulative.of(call, false));
    KNOWN.put("Cumprod", call -> Cumulative.of(call, true));
    KNOWN.put("Normalize", UnitLength::of);
    KNOWN.put("OneHot", OneHot::of);
    KNOWN.put("Where", Where::of);

    KNOWN.put("Concatenate", Joining::concatenate);
    KNOWN.put("Stack", Joining::stack);
    KNOWN.put("ExpandDims", NewShape::expandDims);
    KNOWN.put("Squeeze", NewShape::squeeze);
    KNOWN.put("Reshape", NewShape::reshape);
    KNOWN.put("StopGradient", NewShape::none);
    KNOWN.put("Copy", NewShape::none);
    KNOWN.put("GetItem", Rearrangement::slice);
    KNOWN.put("Transpose", Rearrangement::transpose);
    KNOWN.put("Swapaxes", Rearrangement::swapAxes);
    KNOWN.put("Moveaxis", Rearrangement::moveAxis);
    KNOWN.put("Flip", Rearrangement::flip);
    KNOWN.put("Roll", Rearrangement::roll);
    KNOWN.put("Repeat", Rearrangement::repeat);
    KNOWN.put("Tile", Rearrangement::tile);
    KNOWN.put("Take", Rearrangement::take);
    KNOWN.put("Pad", Rearrangement::pad);
    KNOWN.put("BroadcastTo", Rearrangement::broadcastTo);
    KNOWN.put("Split", call -> Rearrangement.split(call, "indices_or_sections"));
    KNOWN.put("Unstack", Rearrangement::unstack);
    KNOWN.put("Matmul", Product::matmul);
    KNOWN.put("Dot", Product::dot);
    KNOWN.put("Tensordot", Product::dot);
    KNOWN.put("Einsum", Product::einsum);
  }

  private Operations() {}

  /** What makes a layer of an operation of Keras 3's, by its class name. */
  public static Optional<Function<LayerConfig, Layer>> find(String className) {
    return Optional.ofNullable(KNOWN.get(className))
        .map(operation -> config -> new OperationNode(config, operation, arguments -> arguments));
  }

  /** For messages and for the list of what is supported. */
  public static Set<String> names() {
    return new TreeSet<>(KNOWN.keySet());
  }

  static Function<OperationCall, Layer> known(String className) {
    return KNOWN.get(className);
  }

  private static String camelCase(String name) {
    StringBuilder text = new StringBuilder();
    for (String word : name.split("_")) {
      text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }

  private static void pair(String name, PairFunction function) {
    KNOWN.put(name, call -> BinaryOperation.of(call, function));
  }

  private static void number(String name, NumberFunction function) {
    KNOWN.put(name, call -> UnaryOperation.of(call, function));
  }

  private static void activation(String name, String activation) {
    KNOWN.put(name, call -> ActivationOperation.of(call, activation));
  }

  private static void reduction(String name, Reduction.Kind kind) {
    KNOWN.put(name, call -> Reduction.of(call, kind));
  }

  private static Layer extreme(OperationCall call, Reduction.Kind kind) {
    if (!call.option(-1, "initial").isMissingNode()) {
      throw call.config().refusal("has an initial value, which is not supported.");
    }
    return Reduction.of(call, kind);
  }

  private static Layer average(OperationCall call) {
    if (!call.option(-1, "weights").isMissingNode()) {
      throw call.config().refusal("has weights, which is not supported. Multiply by them before.");
    }
    return Reduction.of(call, Reduction.Kind.MEAN);
  }

  private static Layer norm(OperationCall call) {
    String order = call.option(1, "ord").asText("2");
    if (!Set.of("2", "2.0", "1", "1.0", "fro", "euclidean").contains(order)) {
      throw call.config().refusal("has ord " + order + ", which is not supported; 1 and 2 are.");
    }
    return Reduction.of(call, order.startsWith("1") ? Reduction.Kind.SUM_OF_MAGNITUDES : Reduction.Kind.NORM);
  }

  private static Layer filled(OperationCall call, double value) {
    call.ignore("dtype");
    return UnaryOperation.of(call, NumberFunction.FILL, value, 0);
  }

  /** Everything is a float32 here: a cast to whole numbers cuts off what is behind the point, one to truth values asks whether it is 0. */
  private static Layer cast(OperationCall call) {
    String type = call.option(1, "dtype").asText("float32");
    call.ignore("sparse", "ragged");
    if (type.equals("bool")) {
      return UnaryOperation.of(call, NumberFunction.IS_NOT_ZERO);
    }
    return type.matches("u?int\\d+") ? UnaryOperation.of(call, NumberFunction.TRUNC) : NewShape.none(call);
  }
}
