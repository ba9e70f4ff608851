package io.forwardpass.reference;

import io.forwardpass.layers.ActivationChoice;
import java.util.Arrays;
import org.apache.commons.math3.special.Erf;

/** The activation functions in float64, as Keras' documentation defines them. */
final class ActivationFormulas {
  private ActivationFormulas() {}

  /** The activation of one vector along the last axis. */
  static double[] apply(ActivationChoice activation, double[] x) {
    return switch (activation.name()) {
      case "softmax" -> softmax(x);
      case "log_softmax" -> softmaxLogarithms(x);
      case "sparsemax" -> sparsemax(x);
      default -> Arrays.stream(x).map(value -> of(activation, value)).toArray();
    };
  }

  private static double of(ActivationChoice activation, double x) {
    return switch (activation.name()) {
      case "linear" -> x;
      case "relu" -> relu(x, activation.number("max_value", Double.POSITIVE_INFINITY), activation.number("negative_slope", 0),
          activation.number("threshold", 0));
      case "relu6" -> relu(x, 6, 0, 0);
      case "leaky_relu" -> x > 0 ? x : activation.number("negative_slope", 0.2) * x;
      case "elu" -> x > 0 ? x : activation.number("alpha", 1) * Math.expm1(x);
      case "celu" -> x > 0 ? x : activation.number("alpha", 1) * Math.expm1(x / activation.number("alpha", 1));
      case "selu" -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x));
      case "sigmoid" -> sigmoid(x);
      case "hard_sigmoid" -> hardSigmoid(x, activation.isKeras3());
      case "log_sigmoid" -> -softplus(-x);
      case "sparse_sigmoid" -> clip((x + 1) / 2, 0, 1);
      case "tanh" -> Math.tanh(x);
      case "hard_tanh" -> clip(x, -1, 1);
      case "tanh_shrink" -> x - Math.tanh(x);
      case "soft_shrink" -> softShrink(x, activation.number("threshold", 0.5));
      case "hard_shrink" -> Math.abs(x) > activation.number("threshold", 0.5) ? x : 0 * x;
      case "softplus" -> softplus(x);
      case "sparse_plus" -> x <= -1 ? 0 : x < 1 ? (x + 1) * (x + 1) / 4 : x;
      case "squareplus" -> (x + Math.sqrt(x * x + activation.number("b", 4))) / 2;
      case "softsign" -> x / (1 + Math.abs(x));
      case "silu", "swish" -> x * sigmoid(x);
      case "hard_silu", "hard_swish" -> x * hardSigmoid(x, true);
      case "gelu" -> activation.number("approximate", 0) == 0 ? x / 2 * Erf.erfc(-x / Math.sqrt(2))
          : x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
      case "mish" -> x * Math.tanh(softplus(x));
      case "exponential" -> Math.exp(x);
      default -> throw new IllegalStateException("the reference network has no formula for the activation " + activation.name());
    };
  }

  /** Above the threshold x, at most maxValue; below it slope * (x - threshold). */
  private static double relu(double x, double maxValue, double slope, double threshold) {
    if (x > threshold) {
      return Math.min(x, maxValue);
    }
    return slope == 0 && !Double.isNaN(x) ? 0 : slope * (x - threshold);
  }

  private static double softShrink(double x, double threshold) {
    return x > threshold ? x - threshold : x < -threshold ? x + threshold : 0 * x;
  }

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double hardSigmoid(double x, boolean keras3) {
    return clip(keras3 ? x / 6 + 0.5 : 0.2 * x + 0.5, 0, 1);
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double clip(double x, double least, double most) {
    return Math.max(least, Math.min(most, x));
  }

  private static double[] softmax(double[] x) {
    return Arrays.stream(softmaxLogarithms(x)).map(Math::exp).toArray();
  }

  private static double[] softmaxLogarithms(double[] x) {
    double most = Arrays.stream(x).max().orElse(0);
    double logSum = Math.log(Arrays.stream(x).map(value -> Math.exp(value - most)).sum());
    return Arrays.stream(x).map(value -> value - most - logSum).toArray();
  }

  /**
   * x - tau, or 0 where that is negative. Keras takes for tau the total of the cumulative sums over the support, where
   * Martins and Astudillo (arXiv:1602.02068) take the last of them; its models were trained with that.
   */
  private static double[] sparsemax(double[] x) {
    double[] sorted = x.clone();
    Arrays.sort(sorted);
    double cumulative = 0;
    double total = 0;
    int support = 0;
    for (int k = 1; k <= sorted.length; k++) {
      double value = sorted[sorted.length - k];
      cumulative += value;
      if (value - (cumulative - 1) / k > 0) {
        total += cumulative;
        support++;
      }
    }
    double tau = (total - 1) / support;
    return Arrays.stream(x).map(value -> Math.max(value - tau, 0)).toArray();
  }
}
