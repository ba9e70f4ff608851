package io.forwardpass.windows;

import java.io.Serializable;

/** What is put before a series' first row. */
final class PaddingRule implements Serializable {
  private static final long serialVersionUID = 1L;
  static final PaddingRule NONE = new PaddingRule(Padding.NONE, null);

  private final Padding padding;
  private final float[] values;

  /** @param values by input, for {@link Padding#VALUE}; else null */
  PaddingRule(Padding padding, float[] values) {
    this.padding = padding;
    this.values = values;
  }

  Padding padding() {
    return padding;
  }

  float[] values() {
    return values;
  }
}
