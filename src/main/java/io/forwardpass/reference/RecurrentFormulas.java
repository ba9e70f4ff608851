package io.forwardpass.reference;

import breeze.linalg.DenseMatrix;
import io.forwardpass.layers.ActivationChoice;
import io.forwardpass.layers.Lstm;
import io.forwardpass.network.Shape;
import java.util.List;

/** Layers with a state that goes from step to step. */
final class RecurrentFormulas {
  private RecurrentFormulas() {}

  static List<Tensor> lstm(Lstm layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    int units = layer.units();
    int steps = x.shape().size(0);
    int features = x.shape().size(1);
    DenseMatrix<Object> kernel = Tensor.matrix(weights.get(0), features, 4 * units);
    DenseMatrix<Object> recurrentKernel = Tensor.matrix(weights.get(1), units, 4 * units);
    Tensor h = inputs.size() == 3 ? inputs.get(1) : Tensor.zeros(x.rows(), Shape.of(units));
    Tensor c = inputs.size() == 3 ? inputs.get(2) : Tensor.zeros(x.rows(), Shape.of(units));
    Tensor sequence = Tensor.zeros(x.rows(), Shape.of(steps, units));
    for (int t = 0; t < steps; t++) {
      Tensor fromInput = x.times((layer.goBackwards() ? steps - 1 - t : t) * features, kernel);
      Tensor fromState = h.times(0, recurrentKernel);
      Tensor z = Tensor.zeros(x.rows(), Shape.of(4 * units));
      for (int row = 0; row < x.rows(); row++) {
        for (int g = 0; g < 4 * units; g++) {
          z.set(row, g, fromInput.at(row, g) + fromState.at(row, g) + (layer.useBias() ? weights.get(2)[g] : 0));
        }
      }
      Tensor input = gate(z, 0, units, layer.recurrentActivation());
      Tensor forget = gate(z, 1, units, layer.recurrentActivation());
      Tensor candidate = gate(z, 2, units, layer.activation());
      Tensor output = gate(z, 3, units, layer.recurrentActivation());
      Tensor carry = Tensor.zeros(x.rows(), Shape.of(units));
      for (int row = 0; row < x.rows(); row++) {
        for (int u = 0; u < units; u++) {
          carry.set(row, u, forget.at(row, u) * c.at(row, u) + input.at(row, u) * candidate.at(row, u));
        }
      }
      c = carry;
      h = gate(c, 0, units, layer.activation());
      for (int row = 0; row < x.rows(); row++) {
        for (int u = 0; u < units; u++) {
          h.set(row, u, output.at(row, u) * h.at(row, u));
          sequence.set(row, t * units + u, h.at(row, u));
        }
      }
    }
    Tensor first = layer.returnSequences() ? sequence : h;
    return layer.returnState() ? List.of(first, h, c) : List.of(first);
  }

  /** A copy of one gate of several, activated. */
  private static Tensor gate(Tensor z, int number, int units, ActivationChoice activation) {
    Tensor gate = Tensor.zeros(z.rows(), Shape.of(units));
    for (int row = 0; row < z.rows(); row++) {
      for (int u = 0; u < units; u++) {
        gate.set(row, u, z.at(row, number * units + u));
      }
    }
    CoreFormulas.activate(activation, gate);
    return gate;
  }
}
