package io.forwardpass.layers.preprocessing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** SipHash-2-4 of bytes with a key of two longs: what TensorFlow hashes strings with where Keras' layers are given a salt. */
final class SipHash {
  private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private SipHash() {}

  /** Of so many bytes from {@code start} on. */
  static long hash(long key0, long key1, byte[] s, int start, int length) {
    long a = key0 ^ 0x736f6d6570736575L;
    long b = key1 ^ 0x646f72616e646f6dL;
    long c = key0 ^ 0x6c7967656e657261L;
    long d = key1 ^ 0x7465646279746573L;
    int whole = length & -8;
    for (int i = 0; i <= whole + 8; i += 8) {
      boolean isWord = i <= whole;
      long word = !isWord ? 0 : i < whole ? (long) LONGS.get(s, start + i) : lastWord(s, start + whole, length & 7, length);
      d ^= word;
      c ^= isWord ? 0 : 0xff;
      for (int round = isWord ? 2 : 4; round > 0; round--) {
        a += b;
        b = Long.rotateLeft(b, 13) ^ a;
        a = Long.rotateLeft(a, 32);
        c += d;
        d = Long.rotateLeft(d, 16) ^ c;
        a += d;
        d = Long.rotateLeft(d, 21) ^ a;
        c += b;
        b = Long.rotateLeft(b, 17) ^ c;
        c = Long.rotateLeft(c, 32);
      }
      a ^= word;
    }
    return a ^ b ^ c ^ d;
  }

  /** The bytes that are left over, and the length above them. */
  private static long lastWord(byte[] s, int from, int count, int length) {
    long word = (long) length << 56;
    for (int i = 0; i < count; i++) {
      word |= (s[from + i] & 0xffL) << (8 * i);
    }
    return word;
  }
}
