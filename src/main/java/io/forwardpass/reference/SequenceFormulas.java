package io.forwardpass.reference;

import io.forwardpass.layers.core.Embedding;
import io.forwardpass.layers.core.Masking;
import io.forwardpass.layers.core.RepeatVector;
import io.forwardpass.network.Shape;
import java.util.Collections;
import java.util.List;

/** Layers that make, mask, or look along sequences. */
final class SequenceFormulas {
  private SequenceFormulas() {}

  static List<Tensor> masking(Masking layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    Tensor y = Tensor.zeros(x.rows(), x.shape());
    Tensor mask = Tensor.zeros(x.rows(), x.shape().withoutLast());
    int features = x.shape().last();
    for (int row = 0; row < x.rows(); row++) {
      for (int step = 0; step < mask.elements(); step++) {
        for (int f = 0; f < features; f++) {
          if (x.at(row, step * features + f) != layer.value()) {
            mask.set(row, step, 1);
          }
        }
        for (int f = 0; f < features; f++) {
          y.set(row, step * features + f, mask.at(row, step) == 0 ? 0 : x.at(row, step * features + f));
        }
      }
    }
    return List.of(y, mask);
  }

  static List<Tensor> embedding(Embedding layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    Tensor y = Tensor.zeros(x.rows(), outputs.get(0));
    Tensor mask = Tensor.zeros(x.rows(), x.shape());
    for (int row = 0; row < x.rows(); row++) {
      for (int e = 0; e < x.elements(); e++) {
        double given = x.at(row, e);
        boolean known = !Double.isNaN(given) && (int) given >= layer.least() && (int) given < layer.numbers();
        int number = (int) given < 0 ? (int) given + layer.numbers() : (int) given;
        for (int i = 0; i < layer.size(); i++) {
          y.set(row, e * layer.size() + i, known ? weights.get(0)[number * layer.size() + i] : Double.NaN);
        }
        mask.set(row, e, given == 0 ? 0 : 1);
      }
    }
    return layer.maskZero() ? List.of(y, mask) : List.of(y);
  }

  static List<Tensor> repeatVector(RepeatVector layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    return List.of(Tensor.ofSteps(Collections.nCopies(outputs.get(0).size(0), inputs.get(0))));
  }
}
