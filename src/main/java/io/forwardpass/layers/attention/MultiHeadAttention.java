package io.forwardpass.layers.attention;

import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.ActivationChoice;
import io.forwardpass.layers.CallArguments;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerCall;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.contraction.Equation;
import io.forwardpass.layers.contraction.Projection;
import io.forwardpass.math.Activation;
import io.forwardpass.math.Activations;
import io.forwardpass.network.Block;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * MultiHeadAttention and GroupQueryAttention over sequences ({@code multi_head_attention.py}, {@code grouped_query_attention.py} of Keras
 * 3.15): query, key and value each go through a dense layer for all heads; every head attends by itself, scores scaled by {@code 1 /
 * sqrt(depth)}; its results, gated where the layer has a gate, go through one dense layer. In the other layer several heads share keys and
 * values.
 */
public final class MultiHeadAttention implements Layer {
  private final LayerConfig config;
  private final int heads;
  private final int keyHeads;
  private final int depth;
  private final int valueDepth;
  private final boolean useBias;
  private final boolean useGate;
  private final int[] outputShape; // null: as many features as the query has
  private final int window; // 0 for none
  private final boolean hasDropout; // which changes how Keras masks
  private final boolean isRobust; // so does this option of Keras 2
  private final Use use;

  /**
   * How a call uses it.
   *
   * @param inputs roles of the inputs, in order: query, value, key, attention_mask, query_mask, value_mask, key_mask
   */
  private record Use(List<String> inputs, boolean isCausal, boolean returnsScores) {}

  private MultiHeadAttention(MultiHeadAttention other, Use use) {
    config = other.config;
    heads = other.heads;
    keyHeads = other.keyHeads;
    depth = other.depth;
    valueDepth = other.valueDepth;
    useBias = other.useBias;
    useGate = other.useGate;
    outputShape = other.outputShape;
    window = other.window;
    hasDropout = other.hasDropout;
    isRobust = other.isRobust;
    this.use = use;
  }

  private MultiHeadAttention(LayerConfig config, boolean isGrouped) {
    this.config = config;
    heads = config.integer(isGrouped ? "num_query_heads" : "num_heads");
    keyHeads = isGrouped ? config.integer("num_key_value_heads") : heads;
    depth = config.integer(isGrouped ? "head_dim" : "key_dim");
    valueDepth = isGrouped ? depth : config.integer("value_dim", depth);
    useBias = config.flag("use_bias", true);
    useGate = config.flag("use_gate", false);
    outputShape = !isGrouped && config.has("output_shape") ? config.integers("output_shape") : null;
    window = config.integer("sliding_window", 0);
    hasDropout = config.number("dropout", 0) > 0;
    isRobust = config.flag("softmax_robust_masking", false);
    if (!isGrouped && config.has("attention_axes") && !Arrays.equals(config.integers("attention_axes"), new int[] {1})) {
      throw config.refusal("attends along axes " + config.json("attention_axes") + ", which is not supported; along the steps, 1, is.");
    }
    config.ignore("seed", "flash_attention", "attention_axes", "query_shape", "key_shape", "value_shape");
    use = new Use(List.of("query", "value"), false, false);
  }

  public static MultiHeadAttention of(LayerConfig config) {
    return new MultiHeadAttention(config, false);
  }

  public static MultiHeadAttention grouped(LayerConfig config) {
    return new MultiHeadAttention(config, true);
  }

  @Override
  public Optional<LayerCall> called(CallArguments arguments) {
    CallOptions options = new CallOptions(arguments, config);
    List<String> roles = new ArrayList<>();
    List<Integer> tensors = new ArrayList<>();
    List<String> names = List.of("query", "value", "key", "attention_mask", "query_mask", "value_mask", "key_mask");
    List<String> positions = config.kerasVersion().isKeras3() ? List.of("query", "value", "key", "query_mask", "value_mask", "key_mask",
        "attention_mask")
        : List.of("query", "value", "key", "attention_mask");
    for (String name : names) {
      options.tensor(positions.indexOf(name), name).ifPresent(tensor -> {
        roles.add(name);
        tensors.add(tensor);
      });
    }
    if (!roles.contains("query") || !roles.contains("value")) {
      throw config.refusal("is called without a query or a value. Check how the model calls it.");
    }
    Use called = new Use(roles, options.flag("use_causal_mask"), options.flag("return_attention_scores"));
    options.refuseUnread(List.of(), positions.size());
    return Optional.of(new LayerCall(new MultiHeadAttention(this, called), tensors));
  }

  /** Query, value and key have masks of their own, unless the call names others. */
  @Override
  public List<Integer> maskedInputs(int inputs) {
    return IntStream.range(0, use.inputs.size()).filter(i -> List.of("query", "value", "key").contains(use.inputs.get(i)))
        .filter(i -> !use.inputs.contains(use.inputs.get(i) + "_mask")).boxed().toList();
  }

  @Override
  public Layer readingMasks(List<Integer> maskedInputs) {
    List<String> roles = new ArrayList<>(use.inputs);
    maskedInputs.forEach(input -> roles.add(use.inputs.get(input) + "_mask"));
    return new MultiHeadAttention(this, new Use(roles, use.isCausal, use.returnsScores));
  }

  @Override
  public boolean handsOnMask() {
    return true;
  }

  @Override
  public boolean handsOnFirstMask() {
    return true;
  }

  /** {@code MultiHeadAttention.call} sets them to None since Keras 3.8. */
  @Override
  public boolean takesMasksAway() {
    return config.className().equals("MultiHeadAttention") && config.kerasVersion().isAtLeast(3, 8);
  }

  private int role(String name) {
    return use.inputs.indexOf(name);
  }

  /** The input that holds the keys. */
  public int keyInput() {
    return role("key") >= 0 ? role("key") : role("value");
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape query = inputs.get(role("query"));
    Shape value = inputs.get(role("value"));
    Shape key = inputs.get(keyInput());
    if (query.rank() != 2 || value.rank() != 2 || key.rank() != 2 || value.size(0) != key.size(0)) {
      throw config.refusal("cannot attend to inputs of shapes " + query + ", " + value + " and " + key
          + ". Query, value and key are sequences of"
          + " features; value and key have as many steps.");
    }
    List<Shape> outputs = new ArrayList<>();
    Shape output = query.withoutLast();
    for (int size : outputShape == null ? new int[] {query.last()} : outputShape) {
      output = output.withLast(size);
    }
    outputs.add(output);
    if (use.returnsScores) {
      outputs.add(Shape.of(heads, query.size(0), key.size(0)));
    }
    return outputs;
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    int query = inputs.get(role("query")).last();
    List<WeightSpec> specs = new ArrayList<>();
    dense(specs, "query_dense", new int[] {query}, heads, depth);
    dense(specs, "key_dense", new int[] {inputs.get(keyInput()).last()}, keyHeads, depth);
    if (useGate) {
      dense(specs, "gate_dense", new int[] {query}, heads, valueDepth);
    }
    dense(specs, "value_dense", new int[] {inputs.get(role("value")).last()}, keyHeads, valueDepth);
    dense(specs, "output_dense", new int[] {heads, valueDepth}, outputShape == null ? new int[] {query} : outputShape);
    return specs;
  }

  private void dense(List<WeightSpec> specs, String name, int[] from, int... to) {
    specs.add(WeightSpec.trainable("kernel", IntStream.concat(Arrays.stream(from), Arrays.stream(to)).toArray()).under(name));
    if (useBias) {
      specs.add(WeightSpec.trainable("bias", to).under(name));
    }
  }

  @Override
  public void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, List<float[]> weights) {
    int each = useBias ? 2 : 1;
    int queries = inputs.get(role("query")).size(0);
    int keys = inputs.get(keyInput()).size(0);
    int query = dense(network, from[role("query")], inputs.get(role("query")), heads, depth, weights, 0, Activations.linear());
    int key = dense(network, from[keyInput()], inputs.get(keyInput()), keyHeads, depth, weights, each, Activations.linear());
    int next = 2 * each;
    int gate = -1;
    if (useGate) {
      gate = dense(network, from[role("query")], inputs.get(role("query")), heads, valueDepth, weights, next,
          ActivationChoice.named(config, "sigmoid").function());
      next += each;
    }
    int value = dense(network, from[role("value")], inputs.get(role("value")), keyHeads, valueDepth, weights, next, Activations.linear());
    List<Integer> read = new ArrayList<>(List.of(query, value, key));
    List<PairMask> masks = new ArrayList<>();
    for (PairMask mask : masks(inputs)) {
      masks.add(mask);
      read.add(from[mask.input()]);
    }
    AttentionOperation.Sizes sizes = new AttentionOperation.Sizes(queries, keys, heads, keyHeads, depth, valueDepth);
    PairMask[] moved = IntStream.range(0, masks.size()).mapToObj(i -> masks.get(i).of(3 + i)).toArray(PairMask[]::new);
    int attended = network.value(Shape.of(queries, heads * valueDepth));
    network.step(new AttentionOperation(2, sizes, (float) scale(), 1f, null, counts(queries, keys), moved, style(), -1),
        read.stream().mapToInt(Integer::intValue).toArray(), use.returnsScores ? new int[] {attended, to[1]} : new int[] {attended});
    if (useGate) {
      int gated = network.value(Shape.of(queries, heads * valueDepth));
      network.step(new Gate(queries * heads * valueDepth), new int[] {attended, gate}, new int[] {gated});
      attended = gated;
    }
    int features = outputShapes(inputs).get(0).elements() / queries;
    network.step(projection(queries, heads * valueDepth, 1, features, weights, next + each, Activations.linear()), new int[] {attended},
        new int[] {to[0]});
  }

  private int dense(NetworkBuilder network, int from, Shape input, int heads, int size, List<float[]> weights, int first,
      Activation activation) {
    int value = network.value(Shape.of(input.size(0), heads * size));
    network.step(projection(input.size(0), input.last(), heads, size, weights, first, activation), new int[] {from}, new int[] {value});
    return value;
  }

  private Operation projection(int steps, int from, int heads, int size, List<float[]> weights, int first, Activation activation) {
    Equation equation = Equation.of("tf", "fhd", "thd").sized(Shape.of(steps, from), Shape.of(from, heads, size)).orElseThrow();
    return Projection.of(equation, weights.get(first), useBias ? weights.get(first + 1) : null, biasAxes(steps, heads, size), activation);
  }

  /** Of {@code thd}, steps, heads and features, along which a projection's bias lies. */
  public String biasAxes(int steps, int heads, int size) {
    Equation equation = Equation.of("tf", "fhd", "thd").sized(Shape.of(steps, 1), Shape.of(1, heads, size)).orElseThrow();
    return Projection.biasAxes(equation, "hd", config.kerasVersion());
  }

  /** The masks there are, by input. */
  public List<PairMask> masks(List<Shape> inputs) {
    int queries = inputs.get(role("query")).size(0);
    int keys = inputs.get(keyInput()).size(0);
    List<PairMask> masks = new ArrayList<>();
    for (int i = 0; i < use.inputs.size(); i++) {
      int input = i;
      switch (use.inputs.get(i)) {
        case "query_mask" -> masks.add(PairMask.ofQueries(input));
        case "value_mask", "key_mask" -> masks.add(PairMask.ofKeys(input));
        case "attention_mask" -> masks.add(PairMask.ofPairs(input, inputs.get(i), heads, queries, keys)
            .orElseThrow(() -> config.refusal("has an attention_mask of shape " + inputs.get(input) + " for " + heads + " heads, " + queries
                + " queries and " + keys + " keys. It has to be of shape (queries, keys) or (heads, queries, keys).")));
        default -> {}
      }
    }
    return masks;
  }

  /** By query and key: whether the pair counts for a causal layer and for one with a window; null where all do. */
  public boolean[] counts(int queries, int keys) {
    if (!use.isCausal && window == 0) {
      return null;
    }
    boolean[] counts = use.isCausal ? Attention.causal(queries, keys) : new boolean[queries * keys];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (counts[i] || !use.isCausal) && (window == 0 || Math.abs(i / keys - i % keys) < window);
    }
    return counts;
  }

  /** How Keras masks: in a fused product since 3.7, with the layer Softmax before, and where there is dropout or scores are asked for. */
  public MaskStyle style() {
    if (config.kerasVersion().isAtLeast(3, 7) && !hasDropout && !use.returnsScores) {
      return MaskStyle.REPLACE;
    }
    return isRobust ? MaskStyle.REPLACE : config.kerasVersion().isAtLeast(3, 13) ? MaskStyle.REPLACE_AND_CLEAR
        : config.kerasVersion().isAtLeast(3, 10) ? MaskStyle.ADD_AND_CLEAR : MaskStyle.ADD;
  }

  public double scale() {
    return 1 / Math.sqrt(depth);
  }

  public int heads() {
    return heads;
  }

  /** Heads of keys and values, each for as many heads of queries. */
  public int keyHeads() {
    return keyHeads;
  }

  public int depth() {
    return depth;
  }

  public int valueDepth() {
    return valueDepth;
  }

  public boolean useBias() {
    return useBias;
  }

  public boolean useGate() {
    return useGate;
  }

  public boolean returnsScores() {
    return use.returnsScores;
  }

  /** {@code a * b}. */
  private static final class Gate implements Operation {
    private static final long serialVersionUID = 1L;

    private final int elements;

    Gate(int elements) {
      this.elements = elements;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = outputs[0].capacity();
      float[] a = inputs[0].data();
      float[] b = inputs[1].data();
      float[] y = outputs[0].data();
      for (int at = 0; at < elements * capacity; at += capacity) {
        for (int r = at; r < at + lanes; r++) {
          y[r] = a[r] * b[r];
        }
      }
    }

    @Override
    public boolean inPlace() {
      return true;
    }
  }
}
