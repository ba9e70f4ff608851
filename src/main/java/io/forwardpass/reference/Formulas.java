package io.forwardpass.reference;

import io.forwardpass.layers.ActivationLayer;
import io.forwardpass.layers.BatchNormalization;
import io.forwardpass.layers.Concatenate;
import io.forwardpass.layers.Dense;
import io.forwardpass.layers.Flatten;
import io.forwardpass.layers.Graph;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.Lstm;
import io.forwardpass.layers.Merge;
import io.forwardpass.layers.PRelu;
import io.forwardpass.layers.PassThrough;
import io.forwardpass.layers.Reshape;
import io.forwardpass.layers.Softmax;
import io.forwardpass.network.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The formula of every layer. */
final class Formulas {
  private static final Map<Class<? extends Layer>, Formula<?>> FORMULAS = new HashMap<>();

  static {
    add(ActivationLayer.class, CoreFormulas::activation);
    add(BatchNormalization.class, CoreFormulas::batchNormalization);
    add(Concatenate.class, MergeFormulas::concatenate);
    add(Dense.class, CoreFormulas::dense);
    add(Flatten.class, Formulas::sameNumbers);
    add(Lstm.class, RecurrentFormulas::lstm);
    add(Merge.class, MergeFormulas::merge);
    add(PRelu.class, CoreFormulas::prelu);
    add(PassThrough.class, Formulas::sameNumbers);
    add(Reshape.class, Formulas::sameNumbers);
    add(Softmax.class, CoreFormulas::softmax);
  }

  private Formulas() {}

  private static <L extends Layer> void add(Class<L> layer, Formula<L> formula) {
    FORMULAS.put(layer, formula);
  }

  static List<Tensor> apply(Graph.Call call, List<Tensor> inputs, List<Shape> outputs) {
    return apply(call.layer(), call, inputs, outputs);
  }

  @SuppressWarnings("unchecked") // add() takes only pairs that fit
  private static <L extends Layer> List<Tensor> apply(L layer, Graph.Call call, List<Tensor> inputs, List<Shape> outputs) {
    Formula<L> formula = (Formula<L>) FORMULAS.get(layer.getClass());
    if (formula == null) {
      throw new IllegalStateException("the reference network has no formula for " + call.path() + " (" + call.className() + ")");
    }
    return formula.apply(layer, inputs, call.weights(), outputs);
  }

  private static List<Tensor> sameNumbers(Layer layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    return List.of(inputs.get(0).as(outputs.get(0)));
  }
}
