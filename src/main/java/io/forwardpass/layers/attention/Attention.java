package io.forwardpass.layers.attention;

import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.Argument;
import io.forwardpass.layers.CallArguments;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerCall;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Attention and AdditiveAttention ({@code attention.py}, {@code additive_attention.py} of Keras 3.15), called with a list of query, value
 * and, where it is another, key. A score is {@code scale * q·k}, {@code weight * sum of tanh(scale * (q + k))}, or {@code sum of scale *
 * tanh(q + k)}; {@code y[t] = sum over s of softmax(scores[t])[s] * v[s]}, 0 where the query's mask is.
 */
public final class Attention extends OperationLayer {
  private enum Score { DOT, CONCAT, ADDITIVE }

  private final LayerConfig config;
  private final Score score;
  private final boolean useScale;
  private final boolean isCausal;
  private final boolean returnsScores;
  private final List<Integer> masked; // of query, 0, and value, 1: those whose masks follow the inputs

  private Attention(LayerConfig config, Score score, boolean useScale, boolean isCausal, boolean returnsScores, List<Integer> masked) {
    this.config = config;
    this.score = score;
    this.useScale = useScale;
    this.isCausal = isCausal;
    this.returnsScores = returnsScores;
    this.masked = masked;
  }

  public static Attention dot(LayerConfig config) {
    config.allow("score_mode", "dot", "concat");
    Score score = config.text("score_mode", "dot").equals("dot") ? Score.DOT : Score.CONCAT;
    return of(config, score, false);
  }

  public static Attention additive(LayerConfig config) {
    config.allow("score_mode", "dot"); // which it inherits and does not heed
    return of(config, Score.ADDITIVE, true);
  }

  private static Attention of(LayerConfig config, Score score, boolean usesScale) {
    config.ignore("dropout", "seed");
    return new Attention(config, score, config.flag("use_scale", usesScale), config.flag("causal", false), false, List.of());
  }

  @Override
  public Optional<LayerCall> called(CallArguments arguments) {
    List<Integer> tensors = new ArrayList<>();
    Argument inputs = arguments.argument(0, "inputs").orElseThrow(() -> config.refusal("is called without inputs."));
    List<Argument> items = inputs instanceof Argument.Several several ? several.items() : List.of(inputs);
    for (Argument item : items) {
      if (!(item instanceof Argument.Tensor tensor)) {
        throw config.refusal("is called with a constant among its inputs. Only tensors are supported there.");
      }
      tensors.add(tensor.number());
    }
    if (tensors.size() < 2 || tensors.size() > 3) {
      throw config.refusal("takes query, value and perhaps key, not " + tensors.size() + " inputs. Check how the model calls it.");
    }
    CallOptions options = new CallOptions(arguments, config);
    boolean causal = options.flag("use_causal_mask");
    boolean scores = options.flag("return_attention_scores");
    options.refuseUnread(List.of("inputs"), 1);
    return Optional.of(new LayerCall(new Attention(config, score, useScale, isCausal || causal, scores, masked), tensors));
  }

  @Override
  public List<Integer> maskedInputs(int inputs) {
    return List.of(0, 1);
  }

  @Override
  public Layer readingMasks(List<Integer> maskedInputs) {
    return new Attention(config, score, useScale, isCausal, returnsScores, maskedInputs);
  }

  @Override
  public boolean handsOnMask() {
    return true;
  }

  @Override
  public boolean handsOnFirstMask() {
    return true;
  }

  @Override
  public List<Shape> outputShapes(List<Shape> all) {
    List<Shape> inputs = tensors(all);
    Shape query = inputs.get(0);
    Shape value = inputs.get(1);
    Shape key = inputs.get(inputs.size() - 1);
    boolean fits = inputs.stream().allMatch(input -> input.rank() == 2) && query.last() == key.last() && key.size(0) == value.size(0);
    if (!fits) {
      throw config.refusal("cannot attend to inputs of shapes " + inputs
          + ". Query, value and key are sequences of features; query and key have"
          + " as many features, value and key as many steps.");
    }
    Shape output = query.with(-1, value.last());
    return returnsScores ? List.of(output, Shape.of(query.size(0), key.size(0))) : List.of(output);
  }

  private List<Shape> tensors(List<Shape> all) {
    return all.subList(0, all.size() - masked.size());
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    List<WeightSpec> specs = new ArrayList<>();
    if (useScale) {
      specs.add(score == Score.ADDITIVE ? WeightSpec.trainable("scale", inputs.get(0).last()) : WeightSpec.trainable("scale"));
    }
    if (score == Score.CONCAT) {
      specs.add(WeightSpec.trainable("concat_score_weight"));
    }
    return specs;
  }

  @Override
  protected Operation operation(List<Shape> all, List<float[]> weights) {
    int count = tensors(all).size();
    Shape query = all.get(0);
    Shape value = all.get(1);
    AttentionOperation.Sizes sizes = new AttentionOperation.Sizes(query.size(0), value.size(0), 1, 1, query.last(), value.last());
    PairMask[] masks = masked.contains(1) ? new PairMask[] {PairMask.ofKeys(count + masked.indexOf(1))} : new PairMask[0];
    int zeroed = masked.contains(0) ? count + masked.indexOf(0) : -1;
    return new AttentionOperation(count - 1, sizes, (float) scale(weights), (float) inner(weights), additive(query.last(), weights),
        isCausal ? causal(query.size(0), value.size(0)) : null, masks, MaskStyle.ADD, zeroed);
  }

  /** What a score is multiplied by. */
  public double scale(List<float[]> weights) {
    return score == Score.DOT && useScale ? weights.get(0)[0] : 1;
  }

  /** What a sum of query and key is multiplied by, before tanh. */
  public double inner(List<float[]> weights) {
    return score == Score.CONCAT && useScale ? weights.get(0)[0] : 1;
  }

  /** By feature, the weight of its tanh; null where scores are dot products. */
  public float[] additive(int depth, List<float[]> weights) {
    if (score == Score.DOT) {
      return null;
    }
    float[] additive = new float[depth];
    Arrays.fill(additive, score == Score.CONCAT ? weights.get(weights.size() - 1)[0] : 1f);
    return score == Score.ADDITIVE && useScale ? weights.get(0) : additive;
  }

  /** Whether a query may look at a key: not at later ones. */
  static boolean[] causal(int queries, int keys) {
    boolean[] counts = new boolean[queries * keys];
    IntStream.range(0, counts.length).forEach(i -> counts[i] = i % keys <= i / keys);
    return counts;
  }

  public boolean isCausal() {
    return isCausal;
  }

  public boolean returnsScores() {
    return returnsScores;
  }

  /** Of query, 0, and value, 1: those whose masks follow the inputs. */
  public List<Integer> masked() {
    return masked;
  }
}
