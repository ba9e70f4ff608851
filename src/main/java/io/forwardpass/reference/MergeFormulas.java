package io.forwardpass.reference;

import io.forwardpass.layers.merging.Concatenate;
import io.forwardpass.layers.merging.Dot;
import io.forwardpass.layers.merging.MaskMeeting;
import io.forwardpass.layers.merging.Merge;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Layers that bring inputs together. */
final class MergeFormulas {
  private MergeFormulas() {}

  static List<Tensor> merge(Merge layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Shape shape = outputs.get(0);
    int count = inputs.size() - layer.maskedInputs().size();
    Tensor y = Tensor.zeros(inputs.get(0).rows(), shape);
    for (int row = 0; row < y.rows(); row++) {
      for (int e = 0; e < y.elements(); e++) {
        double[] values = new double[count];
        for (int i = 0; i < values.length; i++) {
          values[i] = inputs.get(i).at(row, repeated(inputs.get(i).shape(), shape, e));
        }
        boolean[] counts = new boolean[count];
        Arrays.fill(counts, true);
        for (int i = 0; i < layer.maskedInputs().size(); i++) {
          counts[layer.maskedInputs().get(i)] = inputs.get(count + i).at(row, e / shape.last()) != 0;
        }
        y.set(row, e, layer.maskedInputs().isEmpty() ? combined(layer.kind(), values) : combined(layer, values, counts));
      }
    }
    return List.of(y);
  }

  /** What counts alone; where nothing does, the last of a maximum or minimum, and of a product 0, or 1 where an input has no mask. */
  private static double combined(Merge layer, double[] values, boolean[] counts) {
    double result = values[0];
    boolean known = counts[0];
    boolean masked = layer.maskedInputs().contains(0);
    double product = counts[0] ? values[0] : 1;
    boolean any = counts[0];
    for (int i = 1; i < values.length; i++) {
      double other = counts[i] ? values[i] : result;
      double before = !masked || known ? result : other;
      result = layer.kind() == Merge.Kind.MAXIMUM ? Math.max(before, other) : Math.min(before, other);
      known |= counts[i];
      masked &= layer.maskedInputs().contains(i);
      product *= counts[i] ? values[i] : 1;
      any |= counts[i];
    }
    return layer.kind() != Merge.Kind.MULTIPLY ? result : any || layer.maskedInputs().size() < values.length ? product : 0;
  }

  private static double combined(Merge.Kind kind, double[] values) {
    double result = values[0];
    for (int i = 1; i < values.length; i++) {
      switch (kind) {
        case SUBTRACT -> result -= values[i];
        case MULTIPLY -> result *= values[i];
        case MAXIMUM -> result = Math.max(result, values[i]);
        case MINIMUM -> result = Math.min(result, values[i]);
        default -> result += values[i];
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

  static List<Tensor> dot(Dot layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    List<Tensor> factors = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Tensor x = inputs.get(i);
      factors.add(layer.normalizes() ? unit(x, layer.axis(i, x.shape()), layer.least()) : x);
    }
    return List.of(TensorFormulas.product(layer.equation(inputs.stream().map(Tensor::shape).toList()), factors.get(0), factors.get(1))
        .as(outputs.get(0)));
  }

  /** Vectors along an axis, of length 1. */
  private static Tensor unit(Tensor x, int axis, double least) {
    Tensor y = Tensor.zeros(x.rows(), x.shape());
    for (int e = 0; e < x.elements(); e++) {
      int[] index = Tensor.index(x.shape(), e);
      for (int row = 0; row < x.rows(); row++) {
        double squares = 0;
        for (int k = 0; k < x.shape().size(axis); k++) {
          int[] other = index.clone();
          other[axis] = k;
          squares += Math.pow(x.at(row, Tensor.element(x.shape(), other)), 2);
        }
        y.set(row, e, x.at(row, e) / Math.sqrt(Math.max(squares, least)));
      }
    }
    return y;
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

  /** Inputs are the masks that there are. */
  static List<Tensor> maskMeeting(MaskMeeting layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    int rows = inputs.isEmpty() ? 0 : inputs.get(0).rows();
    Tensor y = Tensor.zeros(rows, outputs.get(0));
    for (int row = 0; row < rows; row++) {
      for (int e = 0; e < y.elements() && layer.kind() != MaskMeeting.Kind.IN_ORDER; e++) {
        int r = row;
        int step = e;
        long counting = inputs.stream().filter(mask -> mask.at(r, step) != 0).count();
        y.set(row, e, layer.kind() == MaskMeeting.Kind.IN_ALL ? counting == inputs.size() ? 1 : 0 : counting > 0 ? 1 : 0);
      }
      int to = 0;
      int next = 0;
      for (int steps : layer.steps()) {
        Tensor mask = steps < 0 ? null : inputs.get(next++);
        for (int t = 0; t < Math.abs(steps); t++) {
          y.set(row, to++, mask == null ? 1 : mask.at(row, t));
        }
      }
    }
    return List.of(y);
  }
}
