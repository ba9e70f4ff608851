package io.forwardpass.reference;

import breeze.linalg.DenseMatrix;
import io.forwardpass.layers.ActivationChoice;
import io.forwardpass.layers.recurrent.Bidirectional;
import io.forwardpass.layers.recurrent.Gru;
import io.forwardpass.layers.recurrent.Lstm;
import io.forwardpass.layers.recurrent.RecurrentLayer;
import io.forwardpass.layers.recurrent.RnnOfCells;
import io.forwardpass.layers.recurrent.SimpleRnn;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.List;

/** Layers with a state that goes from step to step. */
final class RecurrentFormulas {
  private RecurrentFormulas() {}

  /** One step: the states after it, the output first, from a row of x and the states before it. */
  private interface Cell {
    List<Tensor> step(Tensor x, List<Tensor> states);
  }

  static List<Tensor> layer(RecurrentLayer layer, List<Tensor> inputs, List<float[]> given, List<Shape> outputs) {
    List<float[]> weights = layer.plain(given);
    Tensor x = inputs.get(0);
    int units = outputs.get(0).last();
    Cell cell = layer instanceof Lstm lstm ? (row, states) -> lstm(lstm, row, states, weights)
        : layer instanceof Gru gru ? (row, states) -> gru(gru, row, states, weights)
        : (row, states) -> simpleRnn((SimpleRnn) layer, row, states, weights);
    List<Tensor> states = new ArrayList<>(inputs.subList(1, inputs.size()));
    while (states.size() < (layer instanceof Lstm ? 2 : 1)) {
      states.add(Tensor.zeros(x.rows(), Shape.of(units)));
    }
    Tensor output = Tensor.zeros(x.rows(), Shape.of(units));
    List<Tensor> sequence = new ArrayList<>();
    int steps = x.shape().size(0);
    for (int t = 0; t < steps; t++) {
      int at = layer.goBackwards() ? steps - 1 - t : t;
      List<Tensor> after = cell.step(x.step(at), states);
      Tensor zeros = Tensor.zeros(x.rows(), Shape.of(units));
      output = whereCounts(x, at, after.get(0), layer.zeroOutputForMask() ? zeros : output);
      for (int s = 0; s < states.size(); s++) {
        states.set(s, whereCounts(x, at, after.get(s), states.get(s)));
      }
      sequence.add(output);
    }
    List<Tensor> results = new ArrayList<>();
    results.add(layer.returnSequences() ? Tensor.ofSteps(sequence) : output);
    results.addAll(layer.returnState() ? states : List.of());
    return results;
  }

  /** One tensor in the rows in which a step counts, the other elsewhere. */
  private static Tensor whereCounts(Tensor x, int step, Tensor one, Tensor other) {
    return combined(one, (row, u) -> x.counts(row, step) ? one.at(row, u) : other.at(row, u));
  }

  private static List<Tensor> lstm(Lstm layer, Tensor x, List<Tensor> states, List<float[]> weights) {
    int units = layer.units();
    Tensor z = sum(product(x, weights.get(0), 4 * units), product(states.get(0), weights.get(1), 4 * units));
    if (layer.useBias()) {
      z = biased(z, weights.get(2), 0);
    }
    Tensor input = gate(z, 0, units, layer.recurrentActivation());
    Tensor forget = gate(z, 1, units, layer.recurrentActivation());
    Tensor candidate = gate(z, 2, units, layer.activation());
    Tensor output = gate(z, 3, units, layer.recurrentActivation());
    Tensor carry = combined(input, (row, u) -> forget.at(row, u) * states.get(1).at(row, u) + input.at(row, u) * candidate.at(row, u));
    Tensor shown = gate(carry, 0, units, layer.activation());
    return List.of(combined(shown, (row, u) -> output.at(row, u) * shown.at(row, u)), carry);
  }

  private static List<Tensor> gru(Gru layer, Tensor x, List<Tensor> states, List<float[]> weights) {
    int units = layer.units();
    Tensor h = states.get(0);
    Tensor fromInput = product(x, weights.get(0), 3 * units);
    Tensor fromState = product(h, weights.get(1), 3 * units);
    if (layer.useBias()) {
      fromInput = biased(fromInput, weights.get(2), 0);
      fromState = layer.resetAfter() ? biased(fromState, weights.get(2), 3 * units) : fromState;
    }
    Tensor sums = sum(fromInput, fromState);
    Tensor update = gate(sums, 0, units, layer.recurrentActivation());
    Tensor reset = gate(sums, 1, units, layer.recurrentActivation());
    Tensor inner;
    if (layer.resetAfter()) {
      Tensor all = fromState;
      inner = combined(h, (row, u) -> reset.at(row, u) * all.at(row, 2 * units + u));
    } else {
      Tensor all = product(combined(h, (row, u) -> reset.at(row, u) * h.at(row, u)), weights.get(1), 3 * units);
      inner = combined(h, (row, u) -> all.at(row, 2 * units + u));
    }
    Tensor outer = fromInput;
    Tensor candidate = combined(h, (row, u) -> outer.at(row, 2 * units + u) + inner.at(row, u));
    CoreFormulas.activate(layer.activation(), candidate);
    return List.of(combined(h, (row, u) -> update.at(row, u) * h.at(row, u) + (1 - update.at(row, u)) * candidate.at(row, u)));
  }

  private static List<Tensor> simpleRnn(SimpleRnn layer, Tensor x, List<Tensor> states, List<float[]> weights) {
    Tensor z = sum(product(x, weights.get(0), layer.units()), product(states.get(0), weights.get(1), layer.units()));
    if (layer.useBias()) {
      z = biased(z, weights.get(2), 0);
    }
    CoreFormulas.activate(layer.activation(), z);
    return List.of(z);
  }

  static List<Tensor> cells(RnnOfCells layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    Tensor masked = x;
    List<Tensor> results = new ArrayList<>();
    int used = 0;
    for (int i = 0; i < layer.layers().size(); i++) {
      RecurrentLayer cell = layer.layers().get(i);
      List<Tensor> given = layer.inputs(i, x, inputs.subList(1, inputs.size()));
      List<Shape> shapes = given.stream().map(Tensor::shape).toList();
      int count = cell.weights(shapes).size();
      List<Tensor> made = layer(cell, given, weights.subList(used, used + count), cell.outputShapes(shapes));
      masked = i == 0 && layer.goBackwards() ? masked.withTurnedMask() : masked;
      x = made.get(0).maskedAs(masked);
      results.addAll(made.subList(1, made.size()));
      used += count;
    }
    results.add(0, x);
    return results;
  }

  static List<Tensor> bidirectional(Bidirectional layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    List<Shape> shapes = inputs.stream().map(Tensor::shape).toList();
    int count = layer.forward().weights(shapes).size();
    List<Tensor> ahead = layer(layer.forward(), Bidirectional.half(inputs, 0), weights.subList(0, count),
        layer.forward().outputShapes(Bidirectional.half(shapes, 0)));
    List<Tensor> back = layer(layer.backward(), Bidirectional.half(inputs, 1), weights.subList(count, weights.size()),
        layer.backward().outputShapes(Bidirectional.half(shapes, 1)));
    Tensor one = ahead.get(0);
    Tensor other = layer.forward().returnSequences() ? turned(back.get(0)) : back.get(0);
    if (layer.mode() == Bidirectional.Mode.NONE) {
      List<Tensor> both = new ArrayList<>(List.of(one, other));
      both.addAll(ahead.subList(1, ahead.size()));
      both.addAll(back.subList(1, back.size()));
      return both;
    }
    Tensor together = Tensor.zeros(one.rows(), outputs.get(0));
    int features = one.shape().last();
    for (int e = 0; e < together.elements(); e++) {
      int step = e / outputs.get(0).last();
      int f = e % outputs.get(0).last();
      for (int row = 0; row < one.rows(); row++) {
        together.set(row, e, switch (layer.mode()) {
          case CONCAT -> f < features ? one.at(row, step * features + f) : other.at(row, step * other.shape().last() + f - features);
          case SUM -> one.at(row, e) + other.at(row, e);
          case MUL -> one.at(row, e) * other.at(row, e);
          case AVE -> (one.at(row, e) + other.at(row, e)) / 2;
          case NONE -> throw new IllegalStateException("they are not brought together");
        });
      }
    }
    List<Tensor> results = new ArrayList<>(List.of(together));
    results.addAll(ahead.subList(1, ahead.size()));
    results.addAll(back.subList(1, back.size()));
    return results;
  }

  /** A sequence from its end. */
  private static Tensor turned(Tensor sequence) {
    List<Tensor> steps = new ArrayList<>();
    for (int t = sequence.shape().size(0) - 1; t >= 0; t--) {
      steps.add(sequence.step(t));
    }
    return Tensor.ofSteps(steps);
  }

  private interface Element {
    double at(int row, int element);
  }

  /** A tensor of the shape of another. */
  private static Tensor combined(Tensor like, Element element) {
    Tensor result = Tensor.zeros(like.rows(), like.shape());
    for (int row = 0; row < like.rows(); row++) {
      for (int e = 0; e < like.elements(); e++) {
        result.set(row, e, element.at(row, e));
      }
    }
    return result;
  }

  private static Tensor sum(Tensor a, Tensor b) {
    return combined(a, (row, e) -> a.at(row, e) + b.at(row, e));
  }

  private static Tensor biased(Tensor x, float[] bias, int from) {
    return combined(x, (row, e) -> x.at(row, e) + bias[from + e]);
  }

  private static Tensor product(Tensor x, float[] matrix, int columns) {
    DenseMatrix<Object> kernel = Tensor.matrix(matrix, x.elements(), columns);
    return x.times(0, kernel);
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
