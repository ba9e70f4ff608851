package io.forwardpass.layers.preprocessing;

import com.fasterxml.jackson.databind.JsonNode;
import io.forwardpass.layers.LayerConfig;
import java.io.Serializable;

/**
 * The hash of Keras' layers, into so many bins: FarmHash, or SipHash where the option {@code salt} gives it a key; whole numbers by
 * their decimal text.
 */
final class KeyHash implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST_DIGITS = 20;

  /** Digits of a number; hashing may not allocate, and its callers need not know. */
  private static final ThreadLocal<byte[]> DIGITS = ThreadLocal.withInitial(() -> new byte[MOST_DIGITS]);

  private final boolean salted;
  private final long key0;
  private final long key1;

  private KeyHash(boolean salted, long key0, long key1) {
    this.salted = salted;
    this.key0 = key0;
    this.key1 = key1;
  }

  static KeyHash read(LayerConfig config) {
    JsonNode salt = config.json("salt");
    if (salt.isMissingNode()) {
      return new KeyHash(false, 0, 0);
    }
    JsonNode keys = salt.has("items") ? salt.path("items") : salt;
    JsonNode first = keys.isArray() ? keys.path(0) : keys;
    JsonNode second = keys.isArray() ? keys.path(1) : keys;
    if (!first.isIntegralNumber() || !second.isIntegralNumber() || (keys.isArray() && keys.size() != 2)) {
      throw config.refusal("has salt " + salt + ", which is not a whole number or two. Save it again with Keras.");
    }
    return new KeyHash(true, first.longValue(), second.longValue());
  }

  long bin(byte[] utf8, int start, int length, long bins) {
    return Long.remainderUnsigned(salted ? SipHash.hash(key0, key1, utf8, start, length) : FarmHash.fingerprint(utf8, start, length), bins);
  }

  long bin(long number, long bins) {
    byte[] digits = DIGITS.get();
    int length = 0;
    long rest = number;
    do {
      digits[length++] = (byte) ('0' + Math.abs(rest % 10));
      rest /= 10;
    } while (rest != 0);
    if (number < 0) {
      digits[length++] = '-';
    }
    for (int i = 0; i < length / 2; i++) {
      byte kept = digits[i];
      digits[i] = digits[length - 1 - i];
      digits[length - 1 - i] = kept;
    }
    return bin(digits, 0, length, bins);
  }
}
