package io.forwardpass.network;

import java.io.Serializable;

/** What of a model input a network input takes as keys, and by which codes. */
public final class KeyInput implements Serializable {
  private static final long serialVersionUID = 1L;

  private final InputType type;
  private final KeyEncoding encoding;

  public KeyInput(InputType type, KeyEncoding encoding) {
    this.type = type;
    this.encoding = encoding;
  }

  /** Texts or whole numbers. */
  public InputType type() {
    return type;
  }

  public KeyEncoding encoding() {
    return encoding;
  }
}
