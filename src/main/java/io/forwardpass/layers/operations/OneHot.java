package io.forwardpass.layers.operations;

import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.List;

/**
 * {@code keras.ops.one_hot} along a new last axis: 1 at the place of each number, 0 elsewhere, and everywhere for numbers that have no
 * place.
 */
public final class OneHot extends OperationLayer {
  private final LayerConfig config;
  private final int classes;

  private OneHot(LayerConfig config, int classes) {
    this.config = config;
    this.classes = classes;
  }

  static Layer of(OperationCall call) {
    call.tensor(0, "x");
    call.allow(2, "axis", "-1");
    call.allow(-1, "sparse", "false");
    call.ignore("dtype");
    return new OneHot(call.config(), call.integer(1, "num_classes", 0));
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    return List.of(config.single(inputs).withLast(classes));
  }

  public int classes() {
    return classes;
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    return new Pass(inputs.get(0).elements(), classes);
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final int elements;
    private final int classes;

    Pass(int elements, int classes) {
      this.elements = elements;
      this.classes = classes;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = outputs[0].capacity();
      float[] x = inputs[0].data();
      float[] y = outputs[0].data();
      for (int e = 0; e < elements; e++) {
        for (int c = 0; c < classes; c++) {
          int to = (e * classes + c) * capacity;
          for (int r = 0; r < lanes; r++) {
            y[to + r] = (int) x[e * capacity + r] == c && x[e * capacity + r] > -1 ? 1f : 0f; // truncated, as a cast to int32
          }
        }
      }
    }
  }
}
