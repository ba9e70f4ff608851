package io.forwardpass.layers.operations;

import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.List;

/** {@code tf.add_n}: the sum of tensors of one shape, the first first. */
public final class Sums extends OperationLayer {
  private final LayerConfig config;

  private Sums(LayerConfig config) {
    this.config = config;
  }

  static Layer of(OperationCall call) {
    call.tensors(0, "inputs");
    return new Sums(call.config());
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    if (inputs.stream().distinct().count() != 1) {
      throw config.refusal("adds tensors of shapes " + inputs + ". They have to be of one shape.");
    }
    return List.of(inputs.get(0));
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    return new Pass(inputs.get(0).elements());
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final int elements;

    Pass(int elements) {
      this.elements = elements;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = outputs[0].capacity();
      float[] y = outputs[0].data();
      for (int at = 0; at < elements * capacity; at += capacity) {
        System.arraycopy(inputs[0].data(), at, y, at, lanes);
        for (int i = 1; i < inputs.length; i++) {
          float[] x = inputs[i].data();
          for (int r = at; r < at + lanes; r++) {
            y[r] += x[r];
          }
        }
      }
    }
  }
}
