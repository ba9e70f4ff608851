package io.forwardpass.config;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a feature is scaled before the network, or a prediction scaled back after it; computed in double, narrowed once at the end.
 * {@code mean, std}: (x − mean) / std. {@code min, max}: (x − min) / (max − min). {@code offset, scale}: x · scale + offset,
 * as Keras' Rescaling layer has it.
 */
public final class Scaling implements Serializable {
  private static final long serialVersionUID = 1L;

  private enum Form {
    STANDARD("mean", "std"), RANGE("min", "max"), RESCALING("offset", "scale");

    private final String one;
    private final String other;

    Form(String one, String other) {
      this.one = one;
      this.other = other;
    }
  }

  private final Form form;
  private final double one; // as given
  private final double other;
  private final boolean divides;
  private final double first; // subtracted, or the factor
  private final double second; // the divisor, or added

  private Scaling(Form form, double one, double other, double first, double second) {
    this.form = form;
    this.one = one;
    this.other = other;
    this.divides = form != Form.RESCALING;
    this.first = first;
    this.second = second;
  }

  /** (x − mean) / std, as scikit-learn's StandardScaler and Keras' Normalization layer have it. */
  public static Scaling standard(double mean, double std) {
    return new Scaling(Form.STANDARD, mean, std, mean, std);
  }

  /** (x − min) / (max − min), as scikit-learn's MinMaxScaler has it. */
  public static Scaling range(double min, double max) {
    return new Scaling(Form.RANGE, min, max, min, max - min);
  }

  /** x · scale + offset, as Keras' Rescaling layer has it. */
  public static Scaling rescaling(double offset, double scale) {
    return new Scaling(Form.RESCALING, offset, scale, scale, offset);
  }

  public double apply(double value) {
    return divides ? (value - first) / second : value * first + second;
  }

  public double invert(double value) {
    return divides ? value * second + first : (value - second) / first;
  }

  /** As a job file has it: {@code {mean: 41.2, std: 12.9}}. */
  public Map<String, Double> keys() {
    Map<String, Double> keys = new LinkedHashMap<>();
    keys.put(form.one, one);
    keys.put(form.other, other);
    return keys;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Scaling scaling && form == scaling.form && Double.compare(one, scaling.one) == 0
        && Double.compare(other, scaling.other) == 0;
  }

  @SuppressWarnings("EnumOrdinal") // the same in every JVM, which an enum's own hash is not
  @Override
  public int hashCode() {
    return (form.ordinal() * 31 + Double.hashCode(one)) * 31 + Double.hashCode(other);
  }

  @Override
  public String toString() {
    return keys().toString();
  }
}
