package io.forwardpass.keras;

/** The Keras that wrote a file: it decides the defaults and the maths of the layers that changed between releases. */
public final class KerasVersion {
  private final int major;
  private final String text;

  private KerasVersion(int major, String text) {
    this.major = major;
    this.text = text;
  }

  /** From a version string as Keras writes it, {@code 3.15.1}, {@code 2.4.0-tf}, or a bare {@code 3}. */
  public static KerasVersion parse(String text) {
    int end = 0;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    if (end == 0) {
      throw new IllegalArgumentException("not a Keras version: " + text);
    }
    return new KerasVersion(Integer.parseInt(text.substring(0, end)), text);
  }

  public int major() {
    return major;
  }

  /** Whether the maths and defaults of Keras 3 apply, rather than those of Keras 1 and 2. */
  public boolean isKeras3() {
    return major >= 3;
  }

  /** Whether it is this release or a later one; a bare major number is its latest. */
  public boolean isAtLeast(int wantedMajor, int wantedMinor) {
    String[] parts = text.split("\\D", -1);
    int minor = parts.length < 2 || parts[1].isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(parts[1]);
    return major != wantedMajor ? major > wantedMajor : minor >= wantedMinor;
  }

  @Override
  public String toString() {
    return text;
  }
}
