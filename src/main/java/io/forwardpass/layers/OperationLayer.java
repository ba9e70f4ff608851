package io.forwardpass.layers;

import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.List;

/** A layer whose forward pass is one operation. */
public abstract class OperationLayer implements Layer {
  /**
   * Its forward pass for inputs of these shapes.
   *
   * @param weights row-major arrays, one per spec, never written to
   */
  protected abstract Operation operation(List<Shape> inputs, List<float[]> weights);

  @Override
  public final void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, List<float[]> weights) {
    network.step(operation(inputs, weights), from, to);
  }
}
