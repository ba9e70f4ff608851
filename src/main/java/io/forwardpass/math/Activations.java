package io.forwardpass.math;

import java.util.List;
import java.util.Optional;

/**
 * Makes activations by Keras' names of them, or by their parameters: the functions of {@code keras.activations} 3.15 that a
 * layer can name. Parameters come as the doubles of a config and are narrowed to float32 here, once, as Keras does.
 */
public final class Activations {
  private static final float SELU_SLOPE = 1.05070098f;
  private static final float SELU_LIMIT = 1.75809934f; // slope times alpha, 1.67326324

  private static final List<String> NAMES =
      List.of("linear", "relu", "relu6", "leaky_relu", "sigmoid", "hard_sigmoid", "tanh", "hard_tanh", "softmax", "log_softmax",
          "sparsemax", "softplus", "softsign", "elu", "selu", "celu", "gelu", "silu", "swish", "hard_silu", "hard_swish", "mish",
          "exponential", "log_sigmoid", "tanh_shrink", "soft_shrink", "hard_shrink", "squareplus", "sparse_plus", "sparse_sigmoid");

  private Activations() {}

  /** The names that {@link #named} knows, in an order fit for a message. It also knows softmax_v2, which TensorFlow writes for softmax. */
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
      case "relu6" -> named(name, UnaryFunction.CAPPED_RELU, 6f);
      case "leaky_relu" -> leakyRelu(0.2);
      case "sigmoid" -> named(name, UnaryFunction.SIGMOID);
      case "hard_sigmoid" -> named(name, keras3 ? UnaryFunction.HARD_SIGMOID : UnaryFunction.HARD_SIGMOID_OF_KERAS_2);
      case "tanh" -> named(name, UnaryFunction.TANH);
      case "hard_tanh" -> named(name, UnaryFunction.HARD_TANH);
      case "softmax", "softmax_v2" -> softmax();
      case "log_softmax" -> new LogSoftmax();
      case "sparsemax" -> new Sparsemax();
      case "softplus" -> named(name, UnaryFunction.SOFTPLUS);
      case "softsign" -> named(name, UnaryFunction.SOFTSIGN);
      case "elu" -> elu(1);
      case "selu" -> new Elementwise(name, UnaryFunction.SELU, SELU_LIMIT, SELU_SLOPE, 0f);
      case "celu" -> celu(1);
      case "gelu" -> gelu(false);
      case "silu", "swish" -> named("silu", UnaryFunction.SILU);
      case "hard_silu", "hard_swish" -> named("hard_silu", UnaryFunction.HARD_SILU);
      case "mish" -> named(name, UnaryFunction.MISH);
      case "exponential" -> named(name, UnaryFunction.EXPONENTIAL);
      case "log_sigmoid" -> named(name, UnaryFunction.LOG_SIGMOID);
      case "tanh_shrink" -> named(name, UnaryFunction.TANH_SHRINK);
      case "soft_shrink" -> named(name, UnaryFunction.SOFT_SHRINK, 0.5f);
      case "hard_shrink" -> named(name, UnaryFunction.HARD_SHRINK, 0.5f);
      case "squareplus" -> named(name, UnaryFunction.SQUAREPLUS, 4f);
      case "sparse_plus" -> named(name, UnaryFunction.SPARSE_PLUS);
      case "sparse_sigmoid" -> named(name, UnaryFunction.SPARSE_SIGMOID);
      default -> null;
    };
  }

  private static Activation named(String name, UnaryFunction function) {
    return new Elementwise(name, function);
  }

  private static Activation named(String name, UnaryFunction function, float a) {
    return new Elementwise(name, function, a, 0f, 0f);
  }

  public static boolean isLinear(Activation activation) {
    return activation instanceof Linear;
  }

  public static boolean isTanh(Activation activation) {
    return activation instanceof Elementwise elementwise && elementwise.function == UnaryFunction.TANH;
  }

  public static boolean isSigmoid(Activation activation) {
    return activation instanceof Elementwise elementwise && elementwise.function == UnaryFunction.SIGMOID;
  }

  /** {@code x}. */
  public static Activation linear() {
    return new Linear();
  }

  /** {@code max(x, 0)}. */
  public static Activation relu() {
    return new Elementwise("relu", UnaryFunction.RELU);
  }

  /**
   * {@code x} above the threshold, {@code negativeSlope * (x - threshold)} below it, never more than {@code maxValue}.
   *
   * @param maxValue infinite where there is none
   */
  public static Activation relu(double maxValue, double negativeSlope, double threshold) {
    boolean endless = Double.isInfinite(maxValue);
    if (endless && threshold == 0) {
      return negativeSlope == 0 ? relu() : new Elementwise("relu", UnaryFunction.LEAKY_RELU, (float) negativeSlope, 0f, 0f);
    }
    UnaryFunction function = negativeSlope == 0 ? UnaryFunction.CAPPED_RELU : UnaryFunction.LEAKY_CAPPED_RELU;
    return new Elementwise("relu", function, (float) maxValue, (float) threshold, (float) negativeSlope);
  }

  /** {@code x} above 0, {@code slope * x} below. */
  public static Activation leakyRelu(double slope) {
    return new Elementwise("leaky_relu", UnaryFunction.LEAKY_RELU, (float) slope, 0f, 0f);
  }

  /** {@code x} above 0, {@code alpha * (e^x - 1)} below. */
  public static Activation elu(double alpha) {
    return new Elementwise("elu", UnaryFunction.ELU, (float) alpha, 0f, 0f);
  }

  /** {@code x} above 0, {@code alpha * (e^(x / alpha) - 1)} below. */
  public static Activation celu(double alpha) {
    return new Elementwise("celu", UnaryFunction.CELU, (float) alpha, 0f, 0f);
  }

  /**
   * {@code x / 2 * (1 + erf(x / sqrt(2)))}.
   *
   * @param approximate {@code x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3)))} instead, which Keras gives where a config says so
   */
  public static Activation gelu(boolean approximate) {
    return new Elementwise("gelu", approximate ? UnaryFunction.GELU_BY_TANH : UnaryFunction.GELU);
  }

  /** {@code x - threshold} above it, {@code x + threshold} below its negative, else 0. */
  public static Activation softShrink(double threshold) {
    return named("soft_shrink", UnaryFunction.SOFT_SHRINK, (float) threshold);
  }

  /** {@code x} where its magnitude is above the threshold, else 0. */
  public static Activation hardShrink(double threshold) {
    return named("hard_shrink", UnaryFunction.HARD_SHRINK, (float) threshold);
  }

  /** {@code (x + sqrt(x^2 + b)) / 2}. */
  public static Activation squareplus(double b) {
    return named("squareplus", UnaryFunction.SQUAREPLUS, (float) b);
  }

  /** {@code e^x} over its sum along the last axis. */
  public static Activation softmax() {
    return new Softmax();
  }
}
