package io.forwardpass.network;

import java.io.Serializable;

/**
 * Turns a key, a text or a whole number of 64 bits, into the numbers that a network takes in its place: small whole numbers, which
 * float32 holds exactly. Immutable and shared by all threads; allocates nothing.
 *
 * <p>Implementations travel with a network: see {@link Operation}.
 */
public interface KeyEncoding extends Serializable {
  /** The code of a key that there is no code for; Keras stops at such a key. */
  long UNKNOWN = Long.MIN_VALUE;

  /** The code of a text, given as the {@code length} bytes of its UTF-8 from {@code start} on. */
  long ofText(byte[] utf8, int start, int length);

  /** The code of a whole number. */
  long ofNumber(long key);

  /** The code of a number that the network computed: of what a cast to 64 bits leaves of it. */
  default long ofFloat(float key) {
    return ofNumber(truncated(key));
  }

  /** How many numbers stand for a key. */
  default int width() {
    return 1;
  }

  /** Writes the numbers of a code, {@code stride} apart; NaN for {@link #UNKNOWN}. */
  default void write(long code, float[] to, int at, int stride) {
    to[at] = code == UNKNOWN ? Float.NaN : code;
  }

  /** As processors cast to 64 bits: toward zero, and the least number for what does not fit. */
  static long truncated(double value) {
    return value >= -0x1p63 && value < 0x1p63 ? (long) value : Long.MIN_VALUE;
  }
}
