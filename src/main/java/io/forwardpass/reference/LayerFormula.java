package io.forwardpass.reference;

import io.forwardpass.layers.Layer;
import io.forwardpass.network.Shape;
import java.util.List;

/** What a layer computes, the obvious way. */
interface LayerFormula<L extends Layer> {
  /**
   * Its outputs from its inputs, which stay as they are.
   *
   * @param weights row-major arrays in the order of the layer's specs
   * @param outputs the shapes of the outputs
   */
  List<Tensor> apply(L layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs);
}
