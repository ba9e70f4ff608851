package io.forwardpass.layers.recurrent;

import com.fasterxml.jackson.databind.JsonNode;
import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.Blocks;
import io.forwardpass.layers.InnerLayers;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.network.Block;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A recurrent layer run from both ends, and the two results brought together; where they are sequences, the backward one is
 * turned round first.
 */
public final class Bidirectional implements Layer {
  /** How the two results become one. */
  public enum Mode {
    CONCAT, SUM, MUL, AVE,
    /** Both are outputs of their own. */
    NONE;

    private String kerasName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final List<String> RECURRENT = List.of("CuDNNGRU", "CuDNNLSTM", "GRU", "LSTM", "SimpleRNN");

  private final LayerConfig config;
  private final RecurrentLayer forward;
  private final RecurrentLayer backward;
  private final Mode mode;

  public Bidirectional(LayerConfig config, InnerLayers layers) {
    this.config = config;
    JsonNode layer = config.json("layer");
    JsonNode other = config.json("backward_layer");
    forward = recurrent(layers, layer, "forward_layer", layer.path("config").path("go_backwards").asBoolean());
    backward = recurrent(layers, other.isMissingNode() ? layer : other, "backward_layer", !forward.goBackwards());
    String name = config.text("merge_mode", "none");
    mode = Arrays.stream(Mode.values()).filter(each -> each.kerasName().equals(name)).findFirst()
        .orElseThrow(() -> config.refusal("has merge_mode " + name + ", which is not supported; concat, sum, mul, ave and None are."));
    if (backward.goBackwards() == forward.goBackwards() || backward.returnSequences() != forward.returnSequences()
        || backward.returnState() != forward.returnState()) {
      throw config.refusal("has two layers that differ in return_sequences or return_state, or do not run from different ends. Save it"
          + " anew from Keras, which refuses such a pair too.");
    }
    config.allow("num_constants", "0");
  }

  private RecurrentLayer recurrent(InnerLayers layers, JsonNode node, String role, boolean goBackwards) {
    String className = node.path("class_name").asText();
    Optional<String> cell = RnnOfCells.layerOf(node.path("config").path("cell"));
    if (className.equals("RNN") && cell.isPresent()) {
      return ofCell(layers, node, cell.get(), goBackwards);
    }
    if (!RECURRENT.contains(className)) {
      throw config.refusal("has a " + role + " of class " + className + ", which is not supported; "
          + String.join(", ", RECURRENT) + " are.");
    }
    boolean returnsSequences = node.path("config").path("return_sequences").asBoolean();
    Map<String, Boolean> changes = Map.of("go_backwards", goBackwards, "zero_output_for_mask", returnsSequences);
    return (RecurrentLayer) layers.read(node, config.inner(node, className, changes));
  }

  /** An RNN of one cell is the cell's layer. */
  private RecurrentLayer ofCell(InnerLayers layers, JsonNode node, String className, boolean goBackwards) {
    JsonNode options = node.path("config");
    boolean returnsSequences = options.path("return_sequences").asBoolean();
    Map<String, Boolean> changes = Map.of("go_backwards", goBackwards, "zero_output_for_mask", returnsSequences, "return_sequences",
        returnsSequences, "return_state", options.path("return_state").asBoolean(), "stateful", options.path("stateful").asBoolean());
    return (RecurrentLayer) layers.read(options.path("cell"), config.inner(options.path("cell"), className, changes));
  }

  @Override
  public List<String> tensorKeywords() {
    return forward.tensorKeywords();
  }

  @Override
  public List<String> notices() {
    return forward.notices();
  }

  @Override
  public boolean readsMask(Shape mask, Shape input) {
    return forward.readsMask(mask, input);
  }

  @Override
  public boolean handsOnMask() {
    return forward.handsOnMask();
  }

  @Override
  public int maskedOutputs() {
    return mode == Mode.NONE ? 2 : 1;
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    List<Shape> ahead = forward.outputShapes(half(inputs, 0));
    List<Shape> back = backward.outputShapes(half(inputs, 1));
    Shape one = ahead.get(0);
    Shape other = back.get(0);
    if (mode != Mode.CONCAT && mode != Mode.NONE && !one.equals(other)) {
      throw config.refusal("cannot bring results of shapes " + one + " and " + other + " together by " + mode.kerasName()
          + ". They have to be of one shape.");
    }
    List<Shape> outputs = new ArrayList<>();
    outputs.add(mode == Mode.CONCAT ? one.with(-1, one.last() + other.last()) : one);
    if (mode == Mode.NONE) {
      outputs.add(other);
    }
    outputs.addAll(ahead.subList(1, ahead.size()));
    outputs.addAll(back.subList(1, back.size()));
    return outputs;
  }

  /** What one of the two is called with: the sequence, and its half of the initial states. */
  public static <T> List<T> half(List<T> inputs, int number) {
    int states = (inputs.size() - 1) / 2;
    List<T> half = new ArrayList<>(inputs.subList(0, Math.min(1, inputs.size())));
    half.addAll(inputs.isEmpty() ? List.of() : inputs.subList(1 + number * states, 1 + (number + 1) * states));
    return half;
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    List<WeightSpec> specs = new ArrayList<>();
    forward.weights(inputs).forEach(spec -> specs.add(spec.under("forward_layer")));
    backward.weights(inputs).forEach(spec -> specs.add(spec.under("backward_layer")));
    return specs;
  }

  @Override
  public void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, List<float[]> weights) {
    int[] states = Arrays.copyOfRange(to, maskedOutputs() - 1, to.length); // behind the first
    int ahead = runs(forward, 0, network, from, states, inputs, weights.subList(0, weightsOf(forward, inputs)));
    int back = runs(backward, 1, network, from, states, inputs, weights.subList(weightsOf(forward, inputs), weights.size()));
    Shape one = forward.outputShapes(half(inputs, 0)).get(0);
    Shape other = backward.outputShapes(half(inputs, 1)).get(0);
    int steps = forward.returnSequences() ? one.size(0) : 1;
    if (mode == Mode.NONE) {
      network.alias(ahead, to[0]);
      network.step(new Turned(steps, other.last()), new int[] {back}, new int[] {to[1]});
      return;
    }
    network.step(new Together(mode, steps, one.last(), other.last()), new int[] {ahead, back}, new int[] {to[0]});
  }

  private static int weightsOf(RecurrentLayer layer, List<Shape> inputs) {
    return layer.weights(inputs).size();
  }

  /** Adds one of the two, which writes its states itself; returns the value that is its result. */
  private static int runs(RecurrentLayer layer, int number, NetworkBuilder network, int[] from, int[] to, List<Shape> inputs,
      List<float[]> weights) {
    List<Shape> ours = half(inputs, number);
    int states = ours.size() - 1;
    int[] read = new int[1 + states + from.length - inputs.size()]; // the mask, where there is one, comes last
    read[0] = from[0];
    System.arraycopy(from, 1 + number * states, read, 1, states);
    System.arraycopy(from, inputs.size(), read, 1 + states, from.length - inputs.size());
    List<Shape> outputs = layer.outputShapes(ours);
    int[] written = new int[outputs.size()];
    written[0] = network.value(outputs.get(0));
    System.arraycopy(to, 1 + number * (written.length - 1), written, 1, written.length - 1);
    layer.addTo(network, read, written, ours, weights);
    return written[0];
  }

  public RecurrentLayer forward() {
    return forward;
  }

  public RecurrentLayer backward() {
    return backward;
  }

  public Mode mode() {
    return mode;
  }

  /** A sequence from its end. */
  private static final class Turned implements Operation {
    private static final long serialVersionUID = 1L;

    private final int steps;
    private final int features;

    Turned(int steps, int features) {
      this.steps = steps;
      this.features = features;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = outputs[0].capacity();
      for (int t = 0; t < steps; t++) {
        Blocks.copy(inputs[0].data(), (steps - 1 - t) * features * capacity, outputs[0].data(), t * features * capacity, features,
            capacity, lanes);
      }
    }
  }

  private static final class Together implements Operation {
    private static final long serialVersionUID = 1L;

    private final Mode mode;
    private final int steps;
    private final int ahead; // features of the two
    private final int back;

    Together(Mode mode, int steps, int ahead, int back) {
      this.mode = mode;
      this.steps = steps;
      this.ahead = ahead;
      this.back = back;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = outputs[0].capacity();
      float[] a = inputs[0].data();
      float[] b = inputs[1].data();
      float[] y = outputs[0].data();
      for (int t = 0; t < steps; t++) {
        int aAt = t * ahead * capacity;
        int bAt = (steps - 1 - t) * back * capacity;
        if (mode == Mode.CONCAT) {
          int to = t * (ahead + back) * capacity;
          Blocks.copy(a, aAt, y, to, ahead, capacity, lanes);
          Blocks.copy(b, bAt, y, to + ahead * capacity, back, capacity, lanes);
        } else {
          for (int f = 0; f < ahead * capacity; f += capacity) {
            combine(a, aAt + f, b, bAt + f, y, aAt + f, lanes);
          }
        }
      }
    }

    private void combine(float[] a, int aAt, float[] b, int bAt, float[] y, int to, int lanes) {
      for (int r = 0; r < lanes; r++) {
        float one = a[aAt + r];
        float other = b[bAt + r];
        y[to + r] = mode == Mode.MUL ? one * other : mode == Mode.AVE ? (one + other) / 2 : one + other;
      }
    }
  }
}
