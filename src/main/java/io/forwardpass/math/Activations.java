package io.forwardpass.math;

import java.util.List;
import java.util.Optional;

/** Makes activations by Keras' names of them, or by their parameters. */
public final class Activations {
  private static final float SELU_SLOPE = 1.05070098f;
  private static final float SELU_LIMIT = 1.75809934f; // slope times alpha, 1.67326324

  private static final List<String> NAMES = List.of("linear", "relu", "relu6", "leaky_relu", "sigmoid", "hard_sigmoid", "tanh", "hard_tanh",
      "softmax", "log_softmax", "sparsemax", "softplus", "softsign", "elu", "selu", "celu", "gelu", "silu", "swish", "hard_silu", "hard_swish",
      "mish", "exponential", "log_sigmoid", "tanh_shrink", "soft_shrink", "hard_shrink", "squareplus", "sparse_plus", "sparse_sigmoid");

  private Activations() {}

  /** The names that {@link #named} knows. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * The activation a config calls so, with Keras' default parameters; empty where there is none of that name.
   *
   * @param keras3 whether Keras 3 wrote the config: its hard_sigmoid is another than that of Keras 1 and 2
   */
  public static Optional<Activation> named(String name, boolean keras3) {
    return Optional.ofNullable(find(name, keras3));
  }

  private static Activation find(String name, boolean keras3) {
    return switch (name) {
      case "linear" -> linear();
      case "relu" -> relu();
      case "relu6" -> named(name, Formula.CAPPED_RELU, 6f);
      case "leaky_relu" -> leakyRelu(0.2);
      case "sigmoid" -> named(name, Formula.SIGMOID);
      case "hard_sigmoid" -> named(name, keras3 ? Formula.HARD_SIGMOID : Formula.HARD_SIGMOID_OF_KERAS_2);
      case "tanh" -> named(name, Formula.TANH);
      case "hard_tanh" -> named(name, Formula.HARD_TANH);
      case "softmax", "softmax_v2" -> softmax();
      case "log_softmax" -> new LogSoftmax();
      case "sparsemax" -> new Sparsemax();
      case "softplus" -> named(name, Formula.SOFTPLUS);
      case "softsign" -> named(name, Formula.SOFTSIGN);
      case "elu" -> elu(1);
      case "selu" -> new Pointwise(name, Formula.SELU, SELU_LIMIT, SELU_SLOPE, 0f);
      case "celu" -> celu(1);
      case "gelu" -> gelu(false);
      case "silu", "swish" -> named("silu", Formula.SILU);
      case "hard_silu", "hard_swish" -> named("hard_silu", Formula.HARD_SILU);
      case "mish" -> named(name, Formula.MISH);
      case "exponential" -> named(name, Formula.EXPONENTIAL);
      case "log_sigmoid" -> named(name, Formula.LOG_SIGMOID);
      case "tanh_shrink" -> named(name, Formula.TANH_SHRINK);
      case "soft_shrink" -> named(name, Formula.SOFT_SHRINK, 0.5f);
      case "hard_shrink" -> named(name, Formula.HARD_SHRINK, 0.5f);
      case "squareplus" -> named(name, Formula.SQUAREPLUS, 4f);
      case "sparse_plus" -> named(name, Formula.SPARSE_PLUS);
      case "sparse_sigmoid" -> named(name, Formula.SPARSE_SIGMOID);
      default -> null;
    };
  }

  private static Activation named(String name, Formula formula) {
    return new Pointwise(name, formula);
  }

  private static Activation named(String name, Formula formula, float a) {
    return new Pointwise(name, formula, a, 0f, 0f);
  }

  public static Activation linear() {
    return new Linear();
  }

  public static Activation relu() {
    return new Pointwise("relu", Formula.RELU);
  }

  /**
   * {@code x} above the threshold, {@code negativeSlope * (x - threshold)} below it, never more than {@code maxValue}.
   *
   * @param maxValue infinite where there is none
   */
  public static Activation relu(double maxValue, double negativeSlope, double threshold) {
    boolean endless = Double.isInfinite(maxValue);
    if (endless && threshold == 0) {
      return negativeSlope == 0 ? relu() : new Pointwise("relu", Formula.LEAKY_RELU, (float) negativeSlope, 0f, 0f);
    }
    Formula formula = negativeSlope == 0 ? Formula.CAPPED_RELU : Formula.LEAKY_CAPPED_RELU;
    return new Pointwise("relu", formula, (float) maxValue, (float) threshold, (float) negativeSlope);
  }

  public static Activation leakyRelu(double slope) {
    return new Pointwise("leaky_relu", Formula.LEAKY_RELU, (float) slope, 0f, 0f);
  }

  public static Activation elu(double alpha) {
    return new Pointwise("elu", Formula.ELU, (float) alpha, 0f, 0f);
  }

  public static Activation celu(double alpha) {
    return new Pointwise("celu", Formula.CELU, (float) alpha, 0f, 0f);
  }

  /** @param approximate by tanh instead of erf */
  public static Activation gelu(boolean approximate) {
    return new Pointwise("gelu", approximate ? Formula.GELU_BY_TANH : Formula.GELU);
  }

  public static Activation softmax() {
    return new Softmax();
  }
}
