package io.forwardpass.layers.recurrent;

import com.fasterxml.jackson.databind.JsonNode;
import io.forwardpass.keras.weights.ObjectNames;
import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.InnerLayers;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.View;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The layer RNN: one cell, or cells one on the other, which are the same as their layers one after the other. */
public final class RnnOfCells implements Layer {
  private static final Map<String, String> LAYERS = Map.of("LSTMCell", "LSTM", "GRUCell", "GRU", "SimpleRNNCell", "SimpleRNN");

  private final LayerConfig config;
  private final List<RecurrentLayer> layers = new ArrayList<>();
  private final List<String[]> attributes = new ArrayList<>(); // by layer: where Keras 3 keeps the cell
  private final boolean goBackwards;
  private final boolean returnState;
  private final boolean reversesStates;

  public RnnOfCells(LayerConfig config, InnerLayers inner) {
    this.config = config;
    boolean returnSequences = config.flag("return_sequences", false);
    boolean zeroOutputForMask = config.flag("zero_output_for_mask", false);
    boolean stateful = config.flag("stateful", false);
    goBackwards = config.flag("go_backwards", false);
    config.ignore("unroll");
    returnState = config.flag("return_state", false);
    config.allow("time_major", "false");
    config.allow("num_constants", "0");
    JsonNode cell = config.json("cell");
    boolean isStacked = cell.path("class_name").asText().equals("StackedRNNCells");
    List<JsonNode> cells = new ArrayList<>();
    (isStacked ? cell.path("config").path("cells") : List.of(cell)).forEach(cells::add);
    reversesStates = cell.path("config").path("reverse_state_order").asBoolean(); // which shows in given and returned states alone
    if (reversesStates && returnState) {
      throw config.refusal("returns the states of cells that are stacked with reverse_state_order, whose order differs between releases of"
          + " Keras 2. Save it without.");
    }
    ObjectNames names = new ObjectNames();
    for (int i = 0; i < cells.size(); i++) {
      String className = cells.get(i).path("class_name").asText();
      if (!LAYERS.containsKey(className)) {
        throw config.refusal("has a cell of class " + className + ", which is not supported; LSTMCell, GRUCell and SimpleRNNCell are.");
      }
      boolean isLast = i == cells.size() - 1;
      Map<String, Boolean> changes = Map.of("return_sequences", !isLast || returnSequences, "go_backwards", i == 0 && goBackwards,
          "zero_output_for_mask", isLast && zeroOutputForMask, "stateful", stateful, "return_state", returnState);
      layers.add((RecurrentLayer) inner.read(cells.get(i), config.inner(cells.get(i), LAYERS.get(className), changes)));
      attributes.add(isStacked ? new String[] {"cell", "cells", names.next(className)} : new String[] {"cell"});
    }
  }

  /** The layer that an RNN of this one cell is; empty where it is none of ours, or several. */
  static Optional<String> layerOf(JsonNode cell) {
    return Optional.ofNullable(LAYERS.get(cell.path("class_name").asText()));
  }

  @Override
  public List<String> tensorKeywords() {
    return List.of("initial_state");
  }

  @Override
  public List<String> notices() {
    return layers.get(0).notices();
  }

  @Override
  public boolean readsMask(Shape mask, Shape input) {
    return layers.get(0).readsMask(mask, input);
  }

  @Override
  public boolean handsOnMask() {
    return layers.get(layers.size() - 1).handsOnMask();
  }

  /** What one of its layers is called with: the output of the one before, and its part of the initial states. */
  public <T> List<T> inputs(int layer, T before, List<T> given) {
    int states = layers.subList(0, layer).stream().mapToInt(each -> each.stateSizes().size()).sum();
    List<T> inputs = new ArrayList<>();
    inputs.add(before);
    inputs.addAll(given.isEmpty() ? List.of() : given.subList(states, states + layers.get(layer).stateSizes().size()));
    return inputs;
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    List<Shape> given = inputs.subList(Math.min(1, inputs.size()), inputs.size());
    int states = layers.stream().mapToInt(layer -> layer.stateSizes().size()).sum();
    if (!given.isEmpty() && (given.size() != states || reversesStates)) {
      throw config.refusal("needs an initial state of " + states + " values, in the order of its cells, and it is given " + given
          + ". Check how the model calls it.");
    }
    Shape output = config.sequence(inputs.isEmpty() ? Shape.of() : inputs.get(0));
    List<Shape> outputs = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      List<Shape> results = layers.get(i).outputShapes(inputs(i, output, given));
      output = results.get(0);
      outputs.addAll(results.subList(1, results.size()));
    }
    outputs.add(0, output);
    return outputs;
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    List<WeightSpec> specs = new ArrayList<>();
    Shape shape = inputs.get(0);
    for (int i = 0; i < layers.size(); i++) {
      String[] path = attributes.get(i);
      layers.get(i).cellWeights(shape).forEach(spec -> specs.add(spec.under(path)));
      shape = layers.get(i).outputShapes(List.of(shape)).get(0);
    }
    return specs;
  }

  @Override
  public void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, List<float[]> weights) {
    List<Integer> given = Arrays.stream(from).limit(inputs.size()).skip(1).boxed().toList();
    List<Integer> mask = new ArrayList<>(Arrays.stream(from).skip(inputs.size()).boxed().toList());
    Shape shape = inputs.get(0);
    int value = from[0];
    int used = 0;
    int state = 1;
    for (int i = 0; i < layers.size(); i++) {
      RecurrentLayer layer = layers.get(i);
      List<Shape> shapes = inputs(i, shape, inputs.subList(1, inputs.size()));
      List<Shape> outputs = layer.outputShapes(shapes);
      List<Integer> read = new ArrayList<>(inputs(i, value, given));
      read.addAll(mask);
      int[] written = new int[outputs.size()];
      written[0] = i == layers.size() - 1 ? to[0] : network.value(outputs.get(0));
      for (int s = 1; s < written.length; s++) {
        written[s] = to[state++];
      }
      int count = layer.weights(shapes).size();
      layer.addTo(network, read.stream().mapToInt(Integer::intValue).toArray(), written, shapes, weights.subList(used, used + count));
      if (i == 0 && goBackwards && layers.size() > 1 && !mask.isEmpty()) { // the others see the steps in the order in which they ran
        Shape steps = Shape.of(inputs.get(0).size(0));
        int turned = network.value(steps);
        network.step(View.of(steps).take(0, IntStream.range(0, steps.size(0)).map(t -> steps.size(0) - 1 - t).toArray()).operation(0f),
            new int[] {mask.get(0)}, new int[] {turned});
        mask.set(0, turned);
      }
      used += count;
      shape = outputs.get(0);
      value = written[0];
    }
  }

  public boolean goBackwards() {
    return goBackwards;
  }

  /** Its cells as layers, the lowest first. */
  public List<RecurrentLayer> layers() {
    return List.copyOf(layers);
  }
}
