package io.forwardpass.layers.preprocessing;

import io.forwardpass.network.KeyEncoding;

/** The index of a whole number, found in a table of hashes. */
final class NumberIndex implements KeyEncoding {
  private static final long serialVersionUID = 1L;
  private static final long MIX = 0x9e3779b97f4a7c15L; // 2^64 over the golden ratio

  private final long[] keys;
  private final long[] codes; // by key
  private final int[] slots; // by hash: a key's place + 1, or 0 for none
  private final Unknown unknown;

  /** @param codes by key: its index */
  NumberIndex(long[] keys, long[] codes, Unknown unknown) {
    this.keys = keys;
    this.codes = codes;
    this.unknown = unknown;
    slots = new int[Integer.highestOneBit(Math.max(1, keys.length)) * 4];
    for (int k = 0; k < keys.length; k++) {
      int slot = slot(keys[k]);
      while (slots[slot] != 0) {
        slot = slot + 1 & slots.length - 1;
      }
      slots[slot] = k + 1;
    }
  }

  private int slot(long key) {
    return (int) ((key * MIX) >>> 32) & slots.length - 1;
  }

  @Override
  public long ofText(byte[] utf8, int start, int length) {
    throw new IllegalStateException("texts are not looked up among whole numbers");
  }

  @Override
  public long ofNumber(long key) {
    for (int slot = slot(key); slots[slot] != 0; slot = slot + 1 & slots.length - 1) {
      if (keys[slots[slot] - 1] == key) {
        return codes[slots[slot] - 1];
      }
    }
    return unknown.ofNumber(key);
  }
}
