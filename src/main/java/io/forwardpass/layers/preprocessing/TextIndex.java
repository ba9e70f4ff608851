package io.forwardpass.layers.preprocessing;

import io.forwardpass.network.KeyEncoding;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The index of a text, found by its UTF-8 in a table of hashes. */
final class TextIndex implements KeyEncoding {
  private static final long serialVersionUID = 1L;

  private final byte[] bytes; // of all texts, one behind another
  private final int[] ends; // by text; its start is the end before it
  private final long[] codes; // by text
  private final int[] slots; // by hash: a text + 1, or 0 for none
  private final Unknown unknown;

  /** @param codes by text: its index */
  TextIndex(List<byte[]> texts, long[] codes, Unknown unknown) {
    this.codes = codes;
    this.unknown = unknown;
    ends = new int[texts.size()];
    int total = 0;
    for (int t = 0; t < ends.length; t++) {
      total = Math.addExact(total, texts.get(t).length);
      ends[t] = total;
    }
    bytes = new byte[total];
    slots = new int[Integer.highestOneBit(Math.max(1, texts.size())) * 4];
    for (int t = 0; t < ends.length; t++) {
      byte[] text = texts.get(t);
      System.arraycopy(text, 0, bytes, start(t), text.length);
      int slot = slot(text, 0, text.length);
      while (slots[slot] != 0) {
        slot = slot + 1 & slots.length - 1;
      }
      slots[slot] = t + 1;
    }
  }

  static byte[] utf8(Object text) {
    return ((String) text).getBytes(StandardCharsets.UTF_8);
  }

  private int start(int text) {
    return text == 0 ? 0 : ends[text - 1];
  }

  private int slot(byte[] utf8, int start, int length) {
    long hash = FarmHash.fingerprint(utf8, start, length);
    return (int) (hash ^ hash >>> 32) & slots.length - 1;
  }

  @Override
  public long ofText(byte[] utf8, int start, int length) {
    for (int slot = slot(utf8, start, length); slots[slot] != 0; slot = slot + 1 & slots.length - 1) {
      int text = slots[slot] - 1;
      if (Arrays.equals(bytes, start(text), ends[text], utf8, start, start + length)) {
        return codes[text];
      }
    }
    return unknown.ofText(utf8, start, length);
  }

  @Override
  public long ofNumber(long key) {
    throw new IllegalStateException("whole numbers are not looked up among texts");
  }
}
