package io.forwardpass.math;

import java.util.Optional;

/** Stands in until the activations of the math package are merged. */
public final class Activations implements Activation {
  private static final long serialVersionUID = 1L;
  private final String name;
  private final float a;
  private final float b;
  private final float c;

  private Activations(String name, float a, float b, float c) {
    this.name = name;
    this.a = a;
    this.b = b;
    this.c = c;
  }

  public static Optional<Activation> named(String name, boolean keras3) {
    switch (name) {
      case "linear": case "tanh": case "sigmoid": case "softmax":
        return Optional.of(new Activations(name, 0, 0, 0));
      case "relu":
        return Optional.of(relu(Float.POSITIVE_INFINITY, 0, 0));
      case "hard_sigmoid":
        return Optional.of(new Activations(name, keras3 ? 1f / 6 : 0.2f, 0, 0));
      default:
        return Optional.empty();
    }
  }

  public static Activation relu(float maxValue, float negativeSlope, float threshold) {
    return new Activations("relu", maxValue, negativeSlope, threshold);
  }

  public static Activation leakyRelu(float slope) {
    return new Activations("relu", Float.POSITIVE_INFINITY, slope, 0);
  }

  public static Activation elu(float alpha) {
    return new Activations("elu", alpha, 0, 0);
  }

  @Override
  public void apply(float[] data, int offset, int elements, int capacity, int lanes) {
    for (int r = 0; r < lanes; r++) {
      double sum = 0;
      for (int e = 0; e < elements; e++) {
        int at = offset + e * capacity + r;
        float x = data[at];
        switch (name) {
          case "tanh": data[at] = (float) Math.tanh(x); break;
          case "sigmoid": data[at] = (float) (1 / (1 + Math.exp(-x))); break;
          case "hard_sigmoid": data[at] = Math.max(0, Math.min(1, a * x + 0.5f)); break;
          case "elu": data[at] = x > 0 ? x : (float) (a * Math.expm1(x)); break;
          case "relu": data[at] = x >= a ? a : x > c ? x : b * (x - c); break;
          case "softmax": sum += Math.exp(x); data[at] = (float) Math.exp(x); break;
          default:
        }
      }
      for (int e = 0; e < elements && name.equals("softmax"); e++) {
        data[offset + e * capacity + r] /= (float) sum;
      }
    }
  }

  @Override
  public String name() {
    return name;
  }
}
