package io.forwardpass.reference;

import io.forwardpass.layers.merging.Concatenate;
import io.forwardpass.layers.merging.Merge;
import io.forwardpass.network.Shape;
import java.util.List;

/** Layers that bring inputs together. */
final class MergeFormulas {
  private MergeFormulas() {}

  static List<Tensor> merge(Merge layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Shape shape = outputs.get(0);
    Tensor y = Tensor.zeros(inputs.get(0).rows(), shape);
    for (int row = 0; row < y.rows(); row++) {
      for (int e = 0; e < y.elements(); e++) {
        double[] values = new double[inputs.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = inputs.get(i).at(row, repeated(inputs.get(i).shape(), shape, e));
        }
        y.set(row, e, combined(layer.kind(), values));
      }
    }
    return List.of(y);
  }

  private static double combined(Merge.Kind kind, double[] values) {
    double result = values[0];
    for (int i = 1; i < values.length; i++) {
      switch (kind) {
        case SUBTRACT:
          result -= values[i];
          break;
        case MULTIPLY:
          result *= values[i];
          break;
        case MAXIMUM:
          result = Math.max(result, values[i]);
          break;
        case MINIMUM:
          result = Math.min(result, values[i]);
          break;
        default:
          result += values[i];
      }
    }
    return kind == Merge.Kind.AVERAGE ? result / values.length : result;
  }

  /** The element of a smaller shape that stands, repeated, at an element of a larger one. */
  static int repeated(Shape small, Shape large, int element) {
    int[] there = Tensor.index(large, element);
    int[] here = new int[small.rank()];
    for (int axis = 0; axis < here.length; axis++) {
      here[axis] = small.size(axis) == 1 ? 0 : there[large.rank() - small.rank() + axis];
    }
    return Tensor.element(small, here);
  }

  static List<Tensor> concatenate(Concatenate layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Shape shape = outputs.get(0);
    Tensor y = Tensor.zeros(inputs.get(0).rows(), shape);
    int axis = layer.axisOf(shape);
    int before = 0;
    for (Tensor x : inputs) {
      for (int e = 0; e < x.elements(); e++) {
        int[] index = Tensor.index(x.shape(), e);
        index[axis] += before;
        for (int row = 0; row < y.rows(); row++) {
          y.set(row, Tensor.element(shape, index), x.at(row, e));
        }
      }
      before += x.shape().size(axis);
    }
    return List.of(y);
  }
}
