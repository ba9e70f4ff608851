package io.forwardpass.reference;

import breeze.linalg.DenseMatrix;
import io.forwardpass.layers.ActivationChoice;
import io.forwardpass.layers.contraction.Equation;
import io.forwardpass.layers.core.ActivationLayer;
import io.forwardpass.layers.core.Dense;
import io.forwardpass.layers.core.EinsumDense;
import io.forwardpass.layers.core.PRelu;
import io.forwardpass.layers.core.Permute;
import io.forwardpass.layers.core.Softmax;
import io.forwardpass.layers.normalization.BatchNormalization;
import io.forwardpass.network.Shape;
import java.util.Arrays;
import java.util.List;

/** Layers that work on one input. */
final class CoreFormulas {
  private CoreFormulas() {}

  static List<Tensor> dense(Dense layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    Tensor y = Tensor.zeros(x.rows(), outputs.get(0));
    int features = x.shape().last();
    DenseMatrix<Object> kernel = Tensor.matrix(weights.get(0), features, layer.units());
    for (int position = 0; position < x.elements() / features; position++) {
      Tensor product = x.times(position * features, kernel);
      for (int unit = 0; unit < layer.units(); unit++) {
        for (int row = 0; row < x.rows(); row++) {
          double bias = layer.useBias() ? weights.get(1)[unit] : 0;
          y.set(row, position * layer.units() + unit, product.at(row, unit) + bias);
        }
      }
    }
    activate(layer.activation(), y);
    return List.of(y);
  }

  static List<Tensor> activation(ActivationLayer layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    Tensor y = Tensor.zeros(x.rows(), x.shape());
    for (int row = 0; row < x.rows(); row++) {
      for (int e = 0; e < x.elements(); e++) {
        y.set(row, e, x.at(row, e));
      }
    }
    activate(layer.activation(), y);
    return List.of(y);
  }

  /** Applies an activation to the last axis, in place. */
  static void activate(ActivationChoice activation, Tensor y) {
    int features = y.shape().rank() == 0 ? 1 : y.shape().last();
    double[] vector = new double[features];
    for (int row = 0; row < y.rows(); row++) {
      for (int from = 0; from < y.elements(); from += features) {
        for (int f = 0; f < features; f++) {
          vector[f] = y.at(row, from + f);
        }
        double[] result = ActivationFormulas.apply(activation, vector);
        for (int f = 0; f < features; f++) {
          y.set(row, from + f, result[f]);
        }
      }
    }
  }

  /** exp(x) over the sum of exp of all numbers that share the other axes. */
  static List<Tensor> softmax(Softmax layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    boolean[] over = layer.over(x.shape());
    Tensor y = Tensor.zeros(x.rows(), x.shape());
    for (int row = 0; row < x.rows(); row++) {
      for (int e = 0; e < x.elements(); e++) {
        double sum = 0; // of exp(other - this), whose inverse is the softmax of this
        for (int other = 0; other < x.elements(); other++) {
          sum += together(x.shape(), over, e, other) ? Math.exp(masked(layer, x, row, other) - masked(layer, x, row, e)) : 0;
        }
        y.set(row, e, layer.clearsMasked() && !x.counts(row, e) ? 0 : 1 / sum);
      }
    }
    return List.of(y);
  }

  /** In float32, as Keras has it: a number far below 1e9 is lost beside it. */
  private static double masked(Softmax layer, Tensor x, int row, int element) {
    double value = x.at(row, element);
    return x.counts(row, element) ? value : layer.addsToMasked() ? (float) value - 1e9f : -1e9;
  }

  private static boolean together(Shape shape, boolean[] over, int one, int other) {
    int[] a = Tensor.index(shape, one);
    int[] b = Tensor.index(shape, other);
    for (int axis = 0; axis < over.length; axis++) {
      if (!over[axis] && a[axis] != b[axis]) {
        return false;
      }
    }
    return true;
  }

  static List<Tensor> permute(Permute layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    Tensor y = Tensor.zeros(x.rows(), outputs.get(0));
    for (int e = 0; e < x.elements(); e++) {
      int[] from = Tensor.index(x.shape(), e);
      int to = Tensor.element(y.shape(), Arrays.stream(layer.order()).map(axis -> from[axis]).toArray());
      for (int row = 0; row < x.rows(); row++) {
        y.set(row, to, x.at(row, e));
      }
    }
    return List.of(y);
  }

  static List<Tensor> einsumDense(EinsumDense layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    Equation equation = layer.equation(x.shape());
    Tensor kernel = Tensor.ofWeights(weights.get(0), x.rows(), equation.shape(equation.b()));
    Tensor y = TensorFormulas.product(equation, x, kernel);
    String axes = layer.biasAxes(equation);
    for (int e = 0; e < y.elements() && layer.useBias(); e++) {
      int[] index = Tensor.index(y.shape(), e);
      int[] inBias = axes.chars().map(axis -> index[equation.y().indexOf(axis)]).toArray();
      double bias = weights.get(1)[Tensor.element(equation.shape(axes), inBias)];
      for (int row = 0; row < x.rows(); row++) {
        y.set(row, e, y.at(row, e) + bias);
      }
    }
    activate(layer.activation(), y);
    return List.of(y);
  }

  static List<Tensor> prelu(PRelu layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    Tensor y = Tensor.zeros(x.rows(), x.shape());
    for (int e = 0; e < x.elements(); e++) {
      double slope = weights.get(0)[MergeFormulas.repeated(layer.slopes(x.shape()), x.shape(), e)];
      for (int row = 0; row < x.rows(); row++) {
        double value = x.at(row, e);
        y.set(row, e, value >= 0 ? value : slope * value);
      }
    }
    return List.of(y);
  }

  static List<Tensor> batchNormalization(BatchNormalization layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    Tensor y = Tensor.zeros(x.rows(), x.shape());
    int axis = layer.axisOf(x.shape());
    int next = 0;
    float[] gamma = layer.scale() ? weights.get(next++) : null;
    float[] beta = layer.center() ? weights.get(next++) : null;
    float[] mean = weights.get(next++);
    float[] variance = weights.get(next);
    for (int e = 0; e < x.elements(); e++) {
      int c = Tensor.index(x.shape(), e)[axis];
      for (int row = 0; row < x.rows(); row++) {
        double normal = (x.at(row, e) - mean[c]) / Math.sqrt(variance[c] + layer.epsilon());
        y.set(row, e, (gamma == null ? 1 : gamma[c]) * normal + (beta == null ? 0 : beta[c]));
      }
    }
    return List.of(y);
  }
}
