package io.forwardpass.config;

import java.io.Serializable;

/**
 * How a feature is scaled before the network, or a prediction scaled back after it; computed in double, narrowed once at the end.
 * {@code mean, std}: (x − mean) / std. {@code min, max}: (x − min) / (max − min). {@code offset, scale}: x · scale + offset,
 * as Keras' Rescaling layer has it.
 */
public final class Scaling implements Serializable {
  private static final long serialVersionUID = 1L;

  private final boolean divides;
  private final double first; // subtracted, or the factor
  private final double second; // the divisor, or added

  private Scaling(boolean divides, double first, double second) {
    this.divides = divides;
    this.first = first;
    this.second = second;
  }

  public static Scaling standard(double mean, double std) {
    return new Scaling(true, mean, std);
  }

  public static Scaling range(double min, double max) {
    return new Scaling(true, min, max - min);
  }

  public static Scaling rescaling(double offset, double scale) {
    return new Scaling(false, scale, offset);
  }

  public double apply(double value) {
    return divides ? (value - first) / second : value * first + second;
  }

  public double invert(double value) {
    return divides ? value * second + first : (value - second) / first;
  }
}
