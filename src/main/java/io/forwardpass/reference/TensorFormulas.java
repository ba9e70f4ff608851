package io.forwardpass.reference;

import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.contraction.Equation;
import io.forwardpass.layers.operations.ActivationOperation;
import io.forwardpass.layers.operations.BinaryOperation;
import io.forwardpass.layers.operations.Cumulative;
import io.forwardpass.layers.operations.GatedHalf;
import io.forwardpass.layers.operations.Joining;
import io.forwardpass.layers.operations.OneHot;
import io.forwardpass.layers.operations.Operand;
import io.forwardpass.layers.operations.Product;
import io.forwardpass.layers.operations.Rearrangement;
import io.forwardpass.layers.operations.Reduction;
import io.forwardpass.layers.operations.UnaryOperation;
import io.forwardpass.layers.operations.UnitLength;
import io.forwardpass.layers.operations.Where;
import io.forwardpass.math.tensor.PairFunction;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Erf;

/** Operations on tensors. */
final class TensorFormulas {
  private TensorFormulas() {}

  private interface Element {
    double at(int row, int element);
  }

  private static Tensor filled(int rows, Shape shape, Element element) {
    Tensor y = Tensor.zeros(rows, shape);
    for (int row = 0; row < rows; row++) {
      for (int e = 0; e < y.elements(); e++) {
        y.set(row, e, element.at(row, e));
      }
    }
    return y;
  }

  static List<Tensor> unary(UnaryOperation layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    return List.of(filled(x.rows(), outputs.get(0), (row, e) -> of(layer, x.at(row, e))));
  }

  private static double of(UnaryOperation layer, double x) {
    return switch (layer.function()) {
      case NEGATIVE -> -x;
      case ABSOLUTE -> Math.abs(x);
      case SQUARE -> x * x;
      case SQRT -> Math.sqrt(x);
      case RSQRT -> 1 / Math.sqrt(x);
      case RECIPROCAL -> 1 / x;
      case SIGN -> Math.signum(x);
      case FLOOR -> Math.floor(x);
      case CEIL -> Math.ceil(x);
      case ROUND -> Math.rint(x);
      case TRUNC -> x < 0 ? Math.ceil(x) : Math.floor(x);
      case LOG -> Math.log(x);
      case LOG2 -> Math.log(x) / Math.log(2);
      case LOG10 -> Math.log10(x);
      case LOG1P -> Math.log1p(x);
      case EXPM1 -> Math.expm1(x);
      case EXP2 -> Math.pow(2, x);
      case SIN -> Math.sin(x);
      case COS -> Math.cos(x);
      case TAN -> Math.tan(x);
      case ARCSIN -> Math.asin(x);
      case ARCCOS -> Math.acos(x);
      case ARCTAN -> Math.atan(x);
      case SINH -> Math.sinh(x);
      case COSH -> Math.cosh(x);
      case ERF -> Erf.erf(x);
      case IS_NOT_ZERO -> x != 0 ? 1 : 0;
      case LOGICAL_NOT -> x != 0 ? 0 : 1;
      case IS_NAN -> Double.isNaN(x) ? 1 : 0;
      case IS_FINITE -> Double.isFinite(x) ? 1 : 0;
      case IS_INFINITE -> Double.isInfinite(x) ? 1 : 0;
      case CLIP -> Math.min(Math.max(x, layer.a()), layer.b());
      case THRESHOLD -> x > layer.a() ? x : layer.b();
      case FILL -> layer.a();
    };
  }

  static List<Tensor> binary(BinaryOperation layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Shape shape = outputs.get(0);
    List<Operand> operands = layer.operands(inputs.stream().map(Tensor::shape).toList());
    return List.of(filled(inputs.get(0).rows(), shape, (row, e) -> operands.stream()
        .map(operand -> operand(operand, inputs, shape, layer.config(), row, e))
        .reduce((a, b) -> of(layer.function(), a, b)).orElseThrow()));
  }

  static List<Tensor> where(Where layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Shape shape = outputs.get(0);
    return List.of(filled(inputs.get(0).rows(), shape, (row, e) -> {
      boolean first = operand(layer.operands().get(0), inputs, shape, layer.config(), row, e) != 0;
      return operand(layer.operands().get(first ? 1 : 2), inputs, shape, layer.config(), row, e);
    }));
  }

  private static double operand(Operand operand, List<Tensor> inputs, Shape output, LayerConfig config, int row, int element) {
    Shape shape = operand.shape(inputs.stream().map(Tensor::shape).toList(), inputs.get(0).shape().rank(), config);
    int at = MergeFormulas.repeated(shape, output, element);
    return operand.input() >= 0 ? inputs.get(operand.input()).at(row, at) : operand.constant()[at];
  }

  private static double of(PairFunction function, double a, double b) {
    return switch (function) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case DIVIDE_NO_NAN -> b == 0 ? 0 : a / b;
      case FLOOR_DIVIDE -> Math.floor(a / b);
      case MOD -> a - b * Math.floor(a / b);
      case FMOD -> a % b;
      case POWER -> Math.pow(a, b);
      case MAXIMUM -> Math.max(a, b);
      case MINIMUM -> Math.min(a, b);
      case GREATER -> a > b ? 1 : 0;
      case GREATER_EQUAL -> a >= b ? 1 : 0;
      case LESS -> a < b ? 1 : 0;
      case LESS_EQUAL -> a <= b ? 1 : 0;
      case EQUAL -> a == b ? 1 : 0;
      case NOT_EQUAL -> a != b ? 1 : 0;
      case LOGICAL_AND -> a != 0 && b != 0 ? 1 : 0;
      case LOGICAL_OR -> a != 0 || b != 0 ? 1 : 0;
      case LOGICAL_XOR -> a != 0 ^ b != 0 ? 1 : 0;
      case ARCTAN2 -> Math.atan2(a, b);
      case HYPOT -> Math.hypot(a, b);
      case SQUARED_DIFFERENCE -> (a - b) * (a - b);
      case LOG_ADD_EXP -> Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
    };
  }

  static List<Tensor> activation(ActivationOperation layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    boolean[] over = layer.over(x.shape());
    Tensor y = Tensor.zeros(x.rows(), x.shape());
    for (int row = 0; row < x.rows(); row++) {
      for (int e = 0; e < x.elements(); e++) {
        List<Integer> group = together(x.shape(), over, e);
        int at = row;
        double[] numbers = ActivationFormulas.apply(layer.activation(), group.stream().mapToDouble(other -> x.at(at, other)).toArray());
        y.set(row, e, numbers[group.indexOf(e)]);
      }
    }
    return List.of(y);
  }

  /** The elements that share an element's place along the other axes, in order. */
  private static List<Integer> together(Shape shape, boolean[] over, int element) {
    int[] here = Tensor.index(shape, element);
    return IntStream.range(0, shape.elements()).filter(other -> {
      int[] there = Tensor.index(shape, other);
      return IntStream.range(0, over.length).allMatch(axis -> over[axis] || here[axis] == there[axis]);
    }).boxed().toList();
  }

  static List<Tensor> gatedHalf(GatedHalf layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    int[] first = layer.half(x.shape(), 0).sources();
    int[] second = layer.half(x.shape(), 1).sources();
    return List.of(filled(x.rows(), outputs.get(0), (row, e) -> x.at(row, first[e]) * ActivationFormulas.sigmoid(x.at(row, second[e]))));
  }

  static List<Tensor> reduction(Reduction layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    boolean[] over = layer.over(x.shape());
    List<List<Integer>> groups = new ArrayList<>();
    for (int e = 0; e < x.elements(); e++) {
      List<Integer> group = together(x.shape(), over, e);
      if (group.get(0) == e) {
        groups.add(group);
      }
    }
    return List.of(filled(x.rows(), outputs.get(0),
        (row, e) -> reduced(layer.kind(), groups.get(e).stream().mapToDouble(other -> x.at(row, other)).toArray())));
  }

  private static double reduced(Reduction.Kind kind, double[] x) {
    double sum = 0;
    double product = 1;
    double magnitudes = 0;
    double squares = 0;
    int most = 0;
    int least = 0;
    int nonzero = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i];
      product *= x[i];
      magnitudes += Math.abs(x[i]);
      squares += x[i] * x[i];
      most = x[i] > x[most] ? i : most;
      least = x[i] < x[least] ? i : least;
      nonzero += x[i] != 0 ? 1 : 0;
    }
    double mean = sum / x.length;
    double spread = 0;
    double exponentials = 0;
    for (double value : x) {
      spread += (value - mean) * (value - mean) / x.length;
      exponentials += value == x[most] ? 1 : Math.exp(value - x[most]);
    }
    return switch (kind) {
      case SUM -> sum;
      case MEAN -> mean;
      case PROD -> product;
      case MAX -> Double.isNaN(sum) ? Double.NaN : x[most];
      case MIN -> Double.isNaN(sum) ? Double.NaN : x[least];
      case ANY -> nonzero > 0 ? 1 : 0;
      case ALL -> nonzero == x.length ? 1 : 0;
      case VAR -> spread;
      case STD -> Math.sqrt(spread);
      case LOG_SUM_EXP -> x[most] + Math.log(exponentials);
      case ARGMAX -> most;
      case ARGMIN -> least;
      case COUNT_NONZERO -> nonzero;
      case NORM -> Math.sqrt(squares);
      case SUM_OF_MAGNITUDES -> magnitudes;
    };
  }

  static List<Tensor> cumulative(Cumulative layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    boolean[] over = layer.over(x.shape());
    return List.of(filled(x.rows(), outputs.get(0), (row, e) -> {
      double result = layer.multiplies() ? 1 : 0;
      for (int other : together(x.shape(), over, e)) {
        if (other <= e) {
          result = layer.multiplies() ? result * x.at(row, other) : result + x.at(row, other);
        }
      }
      return result;
    }));
  }

  static List<Tensor> unitLength(UnitLength layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    boolean[] over = layer.over(x.shape());
    return List.of(filled(x.rows(), outputs.get(0), (row, e) -> x.at(row, e)
        / Math.sqrt(Math.max(together(x.shape(), over, e).stream().mapToDouble(other -> x.at(row, other) * x.at(row, other)).sum(),
            layer.least()))));
  }

  static List<Tensor> oneHot(OneHot layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    return List.of(filled(x.rows(), outputs.get(0), (row, e) -> {
      double given = x.at(row, e / layer.classes());
      return given > -1 && (int) given == e % layer.classes() ? 1 : 0;
    }));
  }

  static List<Tensor> joining(Joining layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    int along = layer.along(inputs.get(0).shape());
    Shape shape = outputs.get(0);
    return List.of(filled(inputs.get(0).rows(), shape, (row, e) -> {
      int[] index = Tensor.index(shape, e);
      for (Tensor x : inputs) {
        Shape here = layer.stacks() ? shape.with(along, 1) : x.shape();
        if (index[along] < here.size(along)) {
          return x.at(row, Tensor.element(here, index));
        }
        index[along] -= here.size(along);
      }
      throw new IllegalStateException("element " + e + " is behind the last input");
    }));
  }

  static List<Tensor> rearrangement(Rearrangement layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    List<Tensor> results = new ArrayList<>();
    layer.views(x.shape()).forEach(view -> {
      int[] sources = view.sources();
      results.add(filled(x.rows(), view.shape(), (row, e) -> sources[e] < 0 ? layer.nothing() : x.at(row, sources[e])));
    });
    return results;
  }

  static List<Tensor> product(Product layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Equation equation = layer.equation(inputs.stream().map(Tensor::shape).toList());
    float[] constant = layer.second().constant();
    Tensor a = inputs.get(0);
    Tensor b = constant == null ? inputs.get(1) : Tensor.ofWeights(constant, a.rows(), equation.shape(equation.b()));
    return List.of(product(equation, a, b));
  }

  /** Every element of the result: the sum over all pairs of elements whose places agree along the axes that they share. */
  static Tensor product(Equation equation, Tensor a, Tensor b) {
    Tensor y = Tensor.zeros(a.rows(), equation.shape(equation.y()));
    for (int i = 0; i < a.elements(); i++) {
      int[] inA = Tensor.index(a.shape(), i);
      for (int j = 0; j < b.elements(); j++) {
        int[] inB = Tensor.index(b.shape(), j);
        boolean meet = IntStream.range(0, inB.length).allMatch(axis -> {
          int other = equation.a().indexOf(equation.b().charAt(axis));
          return other < 0 || inA[other] == inB[axis];
        });
        if (!meet) {
          continue;
        }
        int[] inY = equation.y().chars().map(axis -> equation.a().indexOf(axis) >= 0 ? inA[equation.a().indexOf(axis)]
            : inB[equation.b().indexOf(axis)]).toArray();
        int to = Tensor.element(y.shape(), inY);
        for (int row = 0; row < a.rows(); row++) {
          y.set(row, to, y.at(row, to) + a.at(row, i) * b.at(row, j));
        }
      }
    }
    return y;
  }
}
