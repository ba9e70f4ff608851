package io.forwardpass.reference;

import io.forwardpass.layers.Broadcast;
import io.forwardpass.layers.normalization.GroupNormalization;
import io.forwardpass.layers.normalization.LayerNormalization;
import io.forwardpass.layers.normalization.Normalization;
import io.forwardpass.layers.normalization.RmsNormalization;
import io.forwardpass.layers.normalization.UnitNormalization;
import io.forwardpass.network.Shape;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Layers that normalise, each element by all those that go with it. */
final class NormalizationFormulas {
  private NormalizationFormulas() {}

  static List<Tensor> layer(LayerNormalization layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    boolean[] over = layer.over(x.shape());
    Tensor y = Tensor.zeros(x.rows(), x.shape());
    for (int e = 0; e < x.elements(); e++) {
      int[] together = together(x.shape(), e, over);
      int at = along(x.shape(), e, over);
      double gamma = layer.scale() ? weights.get(0)[at] : 1;
      double beta = layer.center() ? weights.get(layer.scale() ? 1 : 0)[at] : 0;
      for (int row = 0; row < x.rows(); row++) {
        double mean = mean(x, row, together);
        double deviation = Math.sqrt(variance(x, row, together) + layer.epsilon());
        y.set(row, e, (x.at(row, e) - (layer.rmsScaling() ? 0 : mean)) / deviation * gamma + beta);
      }
    }
    return List.of(y);
  }

  static List<Tensor> groups(GroupNormalization layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    int axis = layer.axisOf(x.shape());
    int inGroup = x.shape().size(axis) / layer.groups(x.shape());
    Tensor y = Tensor.zeros(x.rows(), x.shape());
    for (int e = 0; e < x.elements(); e++) {
      int channel = Tensor.index(x.shape(), e)[axis];
      int[] together = those(x.shape(), other -> Tensor.index(x.shape(), other)[axis] / inGroup == channel / inGroup);
      double gamma = layer.scale() ? weights.get(0)[channel] : 1;
      double beta = layer.center() ? weights.get(layer.scale() ? 1 : 0)[channel] : 0;
      for (int row = 0; row < x.rows(); row++) {
        double deviation = Math.sqrt(variance(x, row, together) + layer.epsilon());
        y.set(row, e, (x.at(row, e) - mean(x, row, together)) / deviation * gamma + beta);
      }
    }
    return List.of(y);
  }

  static List<Tensor> rms(RmsNormalization layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    boolean[] over = layer.over(x.shape());
    int[] sources = Broadcast.sources(layer.scaleShape(x.shape()), x.shape());
    Tensor y = Tensor.zeros(x.rows(), x.shape());
    for (int e = 0; e < x.elements(); e++) {
      int[] together = together(x.shape(), e, over);
      for (int row = 0; row < x.rows(); row++) {
        double meanSquare = squares(x, row, together, 0) / together.length;
        y.set(row, e, x.at(row, e) / Math.sqrt(meanSquare + layer.epsilon()) * weights.get(0)[sources[e]]);
      }
    }
    return List.of(y);
  }

  static List<Tensor> unit(UnitNormalization layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    boolean[] over = layer.over(x.shape());
    Tensor y = Tensor.zeros(x.rows(), x.shape());
    for (int e = 0; e < x.elements(); e++) {
      int[] together = together(x.shape(), e, over);
      for (int row = 0; row < x.rows(); row++) {
        double length = Math.sqrt(Math.max(squares(x, row, together, 0), layer.leastSquare()));
        y.set(row, e, x.at(row, e) * Math.min(1 / length, layer.mostFactor()));
      }
    }
    return List.of(y);
  }

  static List<Tensor> normalization(Normalization layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    Tensor y = Tensor.zeros(x.rows(), x.shape());
    for (int e = 0; e < x.elements(); e++) {
      double mean = layer.mean(x.shape(), e, weights);
      double deviation = layer.deviation(x.shape(), e, weights);
      for (int row = 0; row < x.rows(); row++) {
        y.set(row, e, layer.invert() ? mean + x.at(row, e) * deviation : (x.at(row, e) - mean) / deviation);
      }
    }
    return List.of(y);
  }

  /** The elements that stand where this one stands along every axis but those. */
  private static int[] together(Shape shape, int element, boolean[] over) {
    int[] here = Tensor.index(shape, element);
    return those(shape, other -> {
      int[] there = Tensor.index(shape, other);
      return IntStream.range(0, over.length).allMatch(axis -> over[axis] || here[axis] == there[axis]);
    });
  }

  private static int[] those(Shape shape, IntPredicate wanted) {
    return IntStream.range(0, shape.elements()).filter(wanted).toArray();
  }

  /** Where an element stands in an array that has only those axes. */
  private static int along(Shape shape, int element, boolean[] axes) {
    int[] index = Tensor.index(shape, element);
    int at = 0;
    for (int axis = 0; axis < axes.length; axis++) {
      at = axes[axis] ? at * shape.size(axis) + index[axis] : at;
    }
    return at;
  }

  private static double mean(Tensor x, int row, int[] elements) {
    return IntStream.of(elements).mapToDouble(e -> x.at(row, e)).sum() / elements.length;
  }

  private static double variance(Tensor x, int row, int[] elements) {
    return squares(x, row, elements, mean(x, row, elements)) / elements.length;
  }

  private static double squares(Tensor x, int row, int[] elements, double mean) {
    return IntStream.of(elements).mapToDouble(e -> (x.at(row, e) - mean) * (x.at(row, e) - mean)).sum();
  }
}
