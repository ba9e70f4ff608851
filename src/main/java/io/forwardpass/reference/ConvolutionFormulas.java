package io.forwardpass.reference;

import io.forwardpass.layers.convolution.Convolution;
import io.forwardpass.layers.convolution.Pooling;
import io.forwardpass.layers.convolution.Resizing;
import io.forwardpass.layers.convolution.SeparableConvolution;
import io.forwardpass.layers.convolution.TransposedConvolution;
import io.forwardpass.network.Shape;
import java.util.List;
import java.util.Map;

/** Layers that look at neighbouring positions. */
final class ConvolutionFormulas {
  private ConvolutionFormulas() {}

  static List<Tensor> convolution(Convolution layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    Tensor y = Tensor.zeros(x.rows(), outputs.get(0));
    int features = x.shape().last();
    int filters = layer.filters(x.shape());
    int inGroup = features / layer.groups(x.shape());
    int filtersInGroup = filters / layer.groups(x.shape());
    for (int place = 0; place < y.elements() / filters; place++) {
      int[] taps = layer.taps(x.shape(), place);
      for (int row = 0; row < x.rows(); row++) {
        for (int filter = 0; filter < filters; filter++) {
          double sum = layer.useBias() ? weights.get(1)[filter] : 0;
          for (int k = 0; k < taps.length; k++) {
            for (int f = 0; f < inGroup && taps[k] >= 0; f++) {
              int feature = filter / filtersInGroup * inGroup + f;
              sum += x.at(row, taps[k] * features + feature) * weights.get(0)[(k * inGroup + f) * filters + filter];
            }
          }
          y.set(row, place * filters + filter, sum);
        }
      }
    }
    CoreFormulas.activate(layer.activation(), y);
    return List.of(y);
  }

  static List<Tensor> separable(SeparableConvolution layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    Tensor y = Tensor.zeros(x.rows(), outputs.get(0));
    int features = x.shape().last();
    int filters = outputs.get(0).last();
    for (int place = 0; place < y.elements() / filters; place++) {
      int[] taps = layer.taps(x.shape(), place);
      for (int row = 0; row < x.rows(); row++) {
        for (int filter = 0; filter < filters; filter++) {
          double sum = layer.useBias() ? weights.get(2)[filter] : 0;
          for (int channel = 0; channel < features * layer.multiplier(); channel++) {
            double depthwise = 0;
            for (int k = 0; k < taps.length; k++) {
              depthwise += taps[k] < 0 ? 0 : x.at(row, taps[k] * features + channel / layer.multiplier())
                  * weights.get(0)[k * features * layer.multiplier() + channel];
            }
            sum += depthwise * weights.get(1)[channel * filters + filter];
          }
          y.set(row, place * filters + filter, sum);
        }
      }
    }
    CoreFormulas.activate(layer.activation(), y);
    return List.of(y);
  }

  static List<Tensor> transposed(TransposedConvolution layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    Tensor y = Tensor.zeros(x.rows(), outputs.get(0));
    int features = x.shape().last();
    for (int place = 0; place < y.elements() / layer.filters(); place++) {
      Map<Integer, Integer> taps = layer.taps(x.shape(), place);
      for (int row = 0; row < x.rows(); row++) {
        for (int filter = 0; filter < layer.filters(); filter++) {
          double sum = layer.useBias() ? weights.get(1)[filter] : 0;
          for (Map.Entry<Integer, Integer> tap : taps.entrySet()) {
            for (int f = 0; f < features && tap.getValue() >= 0; f++) {
              sum += x.at(row, tap.getValue() * features + f) * weights.get(0)[(tap.getKey() * layer.filters() + filter) * features + f];
            }
          }
          y.set(row, place * layer.filters() + filter, sum);
        }
      }
    }
    CoreFormulas.activate(layer.activation(), y);
    return List.of(y);
  }

  static List<Tensor> pooling(Pooling layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    Tensor y = Tensor.zeros(x.rows(), outputs.get(0));
    int features = x.shape().last();
    for (int row = 0; row < x.rows(); row++) {
      for (int e = 0; e < y.elements(); e++) {
        double sum = 0;
        double most = Double.NEGATIVE_INFINITY;
        int counted = 0;
        for (int position : layer.positions(x.shape(), e / features)) {
          if (x.counts(row, position)) {
            sum += x.at(row, position * features + e % features);
            most = Math.max(most, x.at(row, position * features + e % features));
            counted++;
          }
        }
        y.set(row, e, layer.averages() ? sum / counted : most);
      }
    }
    return List.of(y);
  }

  static List<Tensor> resizing(Resizing layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    Shape shape = outputs.get(0);
    Tensor y = Tensor.zeros(x.rows(), shape);
    for (int e = 0; e < y.elements(); e++) {
      int[] index = Tensor.index(shape, e);
      boolean isZero = false;
      for (int axis = 0; axis < shape.rank() - 1; axis++) {
        index[axis] = layer.source(axis, index[axis], x.shape().size(axis));
        isZero |= index[axis] < 0;
      }
      for (int row = 0; row < x.rows() && !isZero; row++) {
        y.set(row, e, x.at(row, Tensor.element(x.shape(), index)));
      }
    }
    return List.of(y);
  }
}
