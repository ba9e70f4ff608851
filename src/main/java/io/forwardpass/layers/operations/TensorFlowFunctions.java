package io.forwardpass.layers.operations;

import io.forwardpass.layers.Argument;
import io.forwardpass.layers.CallArguments;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.math.tensor.PairFunction;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The functions of TensorFlow that Keras 2 writes as layers TFOpLambda and SlicingOpLambda where a model works on tensors (tf_keras
 * 2.21, {@code layers/core/tf_op_layer.py}): each is an operation of {@link Operations} whose arguments have other names.
 */
public final class TensorFlowFunctions {
  /** Names of arguments, TensorFlow's to Keras 3's; what is named in a way of its own stands at its function. */
  private static final Map<String, String> ARGUMENTS = Map.ofEntries(Map.entry("input_tensor", "x"), Map.entry("input", "x"),
      Map.entry("tensor", "x"), Map.entry("value", "x"), Map.entry("values", "xs"), Map.entry("features", "x"), Map.entry("logits", "x"),
      Map.entry("a", "x1"), Map.entry("b", "x2"), Map.entry("clip_value_min", "x_min"), Map.entry("clip_value_max", "x_max"),
      Map.entry("perm", "axes"), Map.entry("multiples", "repeats"), Map.entry("paddings", "pad_width"), Map.entry("depth", "num_classes"),
      Map.entry("slice_spec", "key"), Map.entry("keep_dims", "keepdims"), Map.entry("num_or_size_splits", "sizes"));

  private static final Set<String> HARMLESS = Set.of("name", "conjugate", "validate_indices");
  private static final Map<String, Function<OperationCall, Layer>> KNOWN = new HashMap<>();
  private static final Map<String, Map<String, String>> NAMED = new HashMap<>();

  static {
    for (String pair : new String[] {"add:Add", "subtract:Subtract", "multiply:Multiply", "divide:Divide", "truediv:TrueDivide",
        "divide_no_nan:DivideNoNan", "floordiv:FloorDivide", "floormod:Mod", "mod:Mod", "pow:Power", "maximum:Maximum", "minimum:Minimum",
        "greater:Greater", "greater_equal:GreaterEqual", "less:Less", "less_equal:LessEqual", "equal:Equal", "not_equal:NotEqual",
        "logical_and:LogicalAnd", "logical_or:LogicalOr", "logical_xor:LogicalXor", "atan2:Arctan2",
        "squared_difference:SquaredDifference"}) {
      String[] names = pair.split(":");
      known("math." + names[0], names[1], Map.of("x", "x1", "y", "x2"));
    }
    known("__operators__.add", "Add", Map.of("x", "x1", "y", "x2"));
    known("compat.v1.floor_div", "FloorDivide", Map.of("x", "x1", "y", "x2"));
    known("compat.v1.div", "Divide", Map.of("x", "x1", "y", "x2"));
    known("nn.bias_add", "Add", Map.of("value", "x1", "bias", "x2"));
    for (String number : new String[] {"negative:Negative", "abs:Absolute", "square:Square", "sqrt:Sqrt", "rsqrt:Rsqrt",
        "reciprocal:Reciprocal", "sign:Sign", "floor:Floor", "ceil:Ceil", "round:Round", "log:Log", "log1p:Log1p", "expm1:Expm1",
        "exp:Exp", "sin:Sin", "cos:Cos", "tan:Tan", "asin:Arcsin", "acos:Arccos", "atan:Arctan", "sinh:Sinh", "cosh:Cosh", "tanh:Tanh",
        "sigmoid:Sigmoid",
        "softplus:Softplus", "log_sigmoid:LogSigmoid", "erf:Erf", "logical_not:LogicalNot", "is_nan:Isnan", "is_finite:Isfinite",
        "is_inf:Isinf", "reduce_sum:Sum", "reduce_mean:Mean", "reduce_max:Max", "reduce_min:Min", "reduce_prod:Prod", "reduce_any:Any",
        "reduce_all:All",
        "reduce_std:Std", "reduce_variance:Var", "reduce_logsumexp:Logsumexp", "reduce_euclidean_norm:Norm", "argmax:Argmax",
        "argmin:Argmin", "count_nonzero:CountNonzero", "l2_normalize:Normalize", "cumsum:Cumsum", "cumprod:Cumprod"}) {
      String[] names = number.split(":");
      known("math." + names[0], names[1], Map.of());
    }
    for (String activation : new String[] {"relu:Relu", "relu6:Relu6", "elu:Elu", "selu:Selu", "silu:Silu", "swish:Silu", "gelu:Gelu",
        "softsign:Softsign", "softmax:Softmax", "log_softmax:LogSoftmax", "leaky_relu:LeakyRelu"}) {
      String[] names = activation.split(":");
      known("nn." + names[0], names[1], names[0].equals("leaky_relu") ? Map.of("alpha", "negative_slope") : Map.of());
    }
    known("clip_by_value", "Clip", Map.of("t", "x"));
    known("cast", "Cast", Map.of());
    known("where", "Where", Map.of("x", "x1", "y", "x2"));
    known("concat", "Concatenate", Map.of());
    known("stack", "Stack", Map.of("values", "x"));
    known("expand_dims", "ExpandDims", Map.of());
    known("squeeze", "Squeeze", Map.of());
    known("compat.v1.squeeze", "Squeeze", Map.of());
    known("reshape", "Reshape", Map.of("shape", "newshape"));
    known("__operators__.getitem", "GetItem", Map.of());
    known("transpose", "Transpose", Map.of());
    known("compat.v1.transpose", "Transpose", Map.of());
    known("reverse", "Flip", Map.of());
    known("roll", "Roll", Map.of());
    known("repeat", "Repeat", Map.of());
    known("tile", "Tile", Map.of());
    known("pad", "Pad", Map.of());
    known("compat.v1.pad", "Pad", Map.of());
    known("unstack", "Unstack", Map.of());
    known("one_hot", "OneHot", Map.of("indices", "x"));
    known("zeros_like", "ZerosLike", Map.of());
    known("ones_like", "OnesLike", Map.of());
    known("compat.v1.zeros_like", "ZerosLike", Map.of());
    known("compat.v1.ones_like", "OnesLike", Map.of());
    known("identity", "StopGradient", Map.of());
    known("stop_gradient", "StopGradient", Map.of());
    known("norm", "Norm", Map.of());
    known("compat.v1.norm", "Norm", Map.of());
    known("linalg.matmul", "Matmul", Map.of());
    known("broadcast_to", "BroadcastTo", Map.of());
    KNOWN.put("split", call -> {
      call.ignore("num");
      return Rearrangement.split(call, "sizes");
    });
    for (String gather : new String[] {"gather", "compat.v1.gather"}) {
      NAMED.put(gather, Map.of("params", "x"));
      KNOWN.put(gather, call -> {
        call.allow(-1, "batch_dims", "0");
        return Rearrangement.take(call);
      });
    }
    KNOWN.put("keras.backend.batch_flatten", NewShape::flat);
    KNOWN.put("math.add_n", call -> BinaryOperation.ofList(call, PairFunction.ADD));
  }

  private TensorFlowFunctions() {}

  private static void known(String function, String operation, Map<String, String> arguments) {
    KNOWN.put(function, Operations.known(operation));
    NAMED.put(function, arguments);
  }

  /** What makes a layer of a TFOpLambda or SlicingOpLambda, by the name of its function. */
  public static Optional<Function<LayerConfig, Layer>> find(String function) {
    Map<String, String> own = NAMED.getOrDefault(function, Map.of());
    return Optional.ofNullable(KNOWN.get(function)).map(operation -> config -> {
      config.ignore("function");
      return new OperationNode(config, operation, arguments -> spelled(arguments, own));
    });
  }

  public static Set<String> names() {
    return new TreeSet<>(KNOWN.keySet());
  }

  /** The first argument stands in its position, all others are named. */
  private static CallArguments spelled(CallArguments arguments, Map<String, String> own) {
    Map<String, Argument> keywords = new LinkedHashMap<>();
    arguments.keywords().forEach((name, argument) -> {
      if (!HARMLESS.contains(name)) {
        keywords.put(own.getOrDefault(name, ARGUMENTS.getOrDefault(name, name)), argument);
      }
    });
    return new CallArguments(arguments.positions(), keywords);
  }
}
