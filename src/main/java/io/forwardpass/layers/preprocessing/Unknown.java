package io.forwardpass.layers.preprocessing;

import io.forwardpass.network.KeyEncoding;
import java.io.Serializable;

/** The index of a key that is not in a vocabulary: none, one for all, or one of several by the key's hash or by its remainder. */
final class Unknown implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int first;
  private final int indices;
  private final KeyHash hash; // null for the remainder

  /** @param hash null where a whole number's remainder decides */
  Unknown(int first, int indices, KeyHash hash) {
    this.first = first;
    this.indices = indices;
    this.hash = hash;
  }

  long ofText(byte[] utf8, int start, int length) {
    return indices > 1 ? first + hash.bin(utf8, start, length, indices) : single();
  }

  long ofNumber(long key) {
    return indices > 1 ? first + (hash == null ? Math.floorMod(key, (long) indices) : hash.bin(key, indices)) : single();
  }

  private long single() {
    return indices == 1 ? first : KeyEncoding.UNKNOWN;
  }
}
