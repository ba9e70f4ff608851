package io.forwardpass.layers.operations;

import io.forwardpass.layers.ActivationChoice;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.View;
import io.forwardpass.math.Activation;
import io.forwardpass.network.Block;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.List;
import java.util.stream.IntStream;

/** {@code keras.ops.glu}, and the activation of that name: the first half along an axis times the sigmoid of the second. */
public final class GatedHalf implements Layer {
  private final LayerConfig config;
  private final int axis;
  private final ActivationChoice sigmoid;

  private GatedHalf(LayerConfig config, int axis) {
    this.config = config;
    this.axis = axis;
    sigmoid = ActivationChoice.named(config, "sigmoid");
  }

  /** The layer Activation of this function. */
  public static Layer layer(LayerConfig config) {
    return new GatedHalf(config, -1);
  }

  static Layer of(OperationCall call) {
    call.tensor(0, "x");
    return new GatedHalf(call.config(), call.integer(1, "axis", -1));
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.single(inputs);
    int along = config.axis(axis, input);
    if (input.size(along) % 2 != 0) {
      throw config.refusal("halves an axis of size " + input.size(along) + " of its input " + input + ". Give it an even size.");
    }
    return List.of(input.with(along, input.size(along) / 2));
  }

  /** As the layer Activation does, and no operation. */
  @Override
  public boolean handsOnMask() {
    return config.className().equals("Activation");
  }

  /** One half along the axis: 0 the first, 1 the second. */
  public View half(Shape input, int number) {
    int along = config.axis(axis, input);
    int size = input.size(along) / 2;
    return View.of(input).take(along, IntStream.range(number * size, (number + 1) * size).toArray());
  }

  @Override
  public void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, List<float[]> weights) {
    Shape half = outputShapes(inputs).get(0);
    int[] halves = {network.value(half), network.value(half)};
    for (int number = 0; number < 2; number++) {
      network.step(half(inputs.get(0), number).operation(0f), from, new int[] {halves[number]});
    }
    network.step(new Pass(sigmoid.function(), half.elements()), halves, to);
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final Activation sigmoid;
    private final int elements;

    Pass(Activation sigmoid, int elements) {
      this.sigmoid = sigmoid;
      this.elements = elements;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = outputs[0].capacity();
      float[] x = inputs[0].data();
      float[] y = outputs[0].data();
      for (int at = 0; at < elements * capacity; at += capacity) {
        System.arraycopy(inputs[1].data(), at, scratch, 0, lanes);
        sigmoid.apply(scratch, 0, 1, capacity, lanes);
        for (int r = 0; r < lanes; r++) {
          y[at + r] = x[at + r] * scratch[r];
        }
      }
    }

    @Override
    public int scratch(int capacity) {
      return capacity;
    }

    @Override
    public boolean inPlace() {
      return true;
    }
  }
}
