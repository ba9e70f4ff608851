package io.forwardpass.layers.convolution;

import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.View;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Shape;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A layer with {@code data_format: channels_first}: the same layer between two that move the features behind the steps and back. */
public final class ChannelsFirst implements Layer {
  private final LayerConfig config;
  private final Layer layer;

  private ChannelsFirst(LayerConfig config, Layer layer) {
    this.config = config;
    this.layer = layer;
  }

  /** The layer as its config has it. */
  public static Layer or(LayerConfig config, Function<LayerConfig, Layer> maker) {
    boolean first = config.json("data_format").asText().equals("channels_first");
    return first ? new ChannelsFirst(config, maker.apply(config.with("data_format", "channels_last"))) : maker.apply(config);
  }

  /** What computes it with the features last. */
  public Layer layer() {
    return layer;
  }

  private static int[] toLast(Shape shape) {
    return IntStream.range(0, shape.rank()).map(axis -> (axis + 1) % shape.rank()).toArray();
  }

  private static int[] toFirst(Shape shape) {
    return IntStream.range(0, shape.rank()).map(axis -> (axis + shape.rank() - 1) % shape.rank()).toArray();
  }

  private static Shape ordered(Shape shape, int[] axes) {
    return Shape.of(IntStream.of(axes).map(shape::size).toArray());
  }

  /** The input of the layer within. */
  public List<Shape> inner(List<Shape> inputs) {
    Shape input = config.single(inputs);
    return List.of(ordered(input, toLast(input)));
  }

  @Override
  public boolean readsMask(Shape mask, Shape input) {
    if (layer.readsMask(mask, input)) {
      throw config.refusal("is given a mask and has the features first, which is not supported. Use data_format channels_last.");
    }
    return false;
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape output = layer.outputShapes(inner(inputs)).get(0);
    return List.of(ordered(output, toFirst(output)));
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    return layer.weights(inner(inputs));
  }

  @Override
  public void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, List<float[]> weights) {
    List<Shape> moved = inner(inputs);
    Shape result = layer.outputShapes(moved).get(0);
    int[] x = {network.value(moved.get(0))};
    int[] y = {network.value(result)};
    network.step(View.of(inputs.get(0)).transpose(toLast(inputs.get(0))).operation(0f), from, x);
    layer.addTo(network, x, y, moved, weights);
    network.step(View.of(result).transpose(toFirst(result)).operation(0f), y, to);
  }
}
