package io.forwardpass.layers.recurrent;

import com.fasterxml.jackson.databind.JsonNode;
import io.forwardpass.keras.weights.ObjectNames;
import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.InnerLayers;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The layer RNN: one cell, or cells one on the other, which are the same as their layers one after the other. */
public final class RnnOfCells implements Layer {
  private static final Map<String, String> LAYERS = Map.of("LSTMCell", "LSTM", "GRUCell", "GRU", "SimpleRNNCell", "SimpleRNN");

  private final LayerConfig config;
  private final List<RecurrentLayer> layers = new ArrayList<>();
  private final List<String[]> attributes = new ArrayList<>(); // by layer: where Keras 3 keeps the cell
  private final boolean goBackwards;

  public RnnOfCells(LayerConfig config, InnerLayers inner) {
    this.config = config;
    boolean returnSequences = config.flag("return_sequences", false);
    boolean zeroOutputForMask = config.flag("zero_output_for_mask", false);
    boolean stateful = config.flag("stateful", false);
    goBackwards = config.flag("go_backwards", false);
    config.ignore("unroll");
    config.allow("return_state", "false");
    config.allow("time_major", "false");
    config.allow("num_constants", "0");
    JsonNode cell = config.json("cell");
    boolean isStacked = cell.path("class_name").asText().equals("StackedRNNCells");
    List<JsonNode> cells = new ArrayList<>();
    (isStacked ? cell.path("config").path("cells") : List.of(cell)).forEach(cells::add);
    if (cell.path("config").path("reverse_state_order").asBoolean()) {
      throw config.refusal("stacks its cells with reverse_state_order, which is not supported.");
    }
    ObjectNames names = new ObjectNames();
    for (int i = 0; i < cells.size(); i++) {
      String className = cells.get(i).path("class_name").asText();
      if (!LAYERS.containsKey(className)) {
        throw config.refusal("has a cell of class " + className + ", which is not supported; LSTMCell, GRUCell and SimpleRNNCell are.");
      }
      boolean isLast = i == cells.size() - 1;
      Map<String, Boolean> changes = Map.of("return_sequences", !isLast || returnSequences, "go_backwards", i == 0 && goBackwards,
          "zero_output_for_mask", isLast && zeroOutputForMask, "stateful", stateful);
      layers.add((RecurrentLayer) inner.read(cells.get(i), config.inner(cells.get(i), LAYERS.get(className), changes)));
      attributes.add(isStacked ? new String[] {"cell", "cells", names.next(className)} : new String[] {"cell"});
    }
  }

  @Override
  public List<String> notices() {
    return layers.get(0).notices();
  }

  @Override
  public boolean readsMask(Shape mask, Shape input) {
    if (goBackwards && layers.size() > 1) {
      throw config.refusal("runs several cells backwards over a mask, which is not supported.");
    }
    return layers.get(0).readsMask(mask, input);
  }

  @Override
  public boolean handsOnMask() {
    return layers.get(layers.size() - 1).handsOnMask();
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    List<Shape> shapes = List.of(config.single(inputs));
    for (RecurrentLayer layer : layers) {
      shapes = layer.outputShapes(shapes);
    }
    return shapes;
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    List<WeightSpec> specs = new ArrayList<>();
    List<Shape> shapes = inputs;
    for (int i = 0; i < layers.size(); i++) {
      String[] path = attributes.get(i);
      layers.get(i).cellWeights(shapes.get(0)).forEach(spec -> specs.add(spec.under(path)));
      shapes = layers.get(i).outputShapes(shapes);
    }
    return specs;
  }

  @Override
  public void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, List<float[]> weights) {
    int[] read = from.clone(); // a value, and the mask where there is one
    List<Shape> shapes = inputs;
    int used = 0;
    for (int i = 0; i < layers.size(); i++) {
      RecurrentLayer layer = layers.get(i);
      int count = layer.weights(shapes).size();
      List<Shape> outputs = layer.outputShapes(shapes);
      int written = i == layers.size() - 1 ? to[0] : network.value(outputs.get(0));
      layer.addTo(network, read.clone(), new int[] {written}, shapes, weights.subList(used, used + count));
      used += count;
      shapes = outputs;
      read[0] = written;
    }
  }

  /** Its cells as layers, the lowest first. */
  public List<RecurrentLayer> layers() {
    return List.copyOf(layers);
  }
}
