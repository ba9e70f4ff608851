package io.forwardpass.layers.core;

import io.forwardpass.layers.Blocks;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.List;

/** One vector as every step of a sequence. */
public final class RepeatVector extends OperationLayer {
  private final LayerConfig config;
  private final int times;

  public RepeatVector(LayerConfig config) {
    this.config = config;
    times = config.integer("n");
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.single(inputs);
    if (input.rank() != 1) {
      throw config.refusal("needs an input of shape (features), and it is " + input + ". Flatten it first.");
    }
    return List.of(Shape.of(times, input.last()));
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    return new Pass(times, inputs.get(0).last());
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final int times;
    private final int features;

    Pass(int times, int features) {
      this.times = times;
      this.features = features;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = inputs[0].capacity();
      for (int t = 0; t < times; t++) {
        Blocks.copy(inputs[0].data(), 0, outputs[0].data(), t * features * capacity, features, capacity, lanes);
      }
    }
  }
}
