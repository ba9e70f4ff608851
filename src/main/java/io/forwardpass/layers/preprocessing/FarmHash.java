package io.forwardpass.layers.preprocessing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** FarmHash's Fingerprint64 of bytes (farmhashna): what TensorFlow hashes strings with, in Keras' layers where no salt is given. */
final class FarmHash {
  private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long K0 = 0xc3a5c85c97cb3127L;
  private static final long K1 = 0xb492b66fbe98f273L;
  private static final long K2 = 0x9ae16a3b2f90404fL;
  private static final int SEED = 81;
  private static final int BLOCK = 64;

  private FarmHash() {}

  /** Of so many bytes from {@code start} on. */
  static long fingerprint(byte[] s, int start, int length) {
    if (length <= 16) {
      return upTo16(s, start, length);
    }
    if (length <= 32) {
      return upTo32(s, start, length);
    }
    return length <= BLOCK ? upTo64(s, start, length) : longer(s, start, length);
  }

  private static long upTo16(byte[] s, int start, int length) {
    long mul = K2 + length * 2L;
    if (length >= 8) {
      long a = at(s, start) + K2;
      long b = at(s, start + length - 8);
      return mix(right(b, 37) * mul + a, (right(a, 25) + b) * mul, mul);
    }
    if (length >= 4) {
      return mix(length + (fourAt(s, start) << 3), fourAt(s, start + length - 4), mul);
    }
    if (length > 0) {
      int y = (s[start] & 0xff) + ((s[start + (length >> 1)] & 0xff) << 8);
      int z = length + ((s[start + length - 1] & 0xff) << 2);
      return shift(y * K2 ^ z * K0) * K2;
    }
    return K2;
  }

  private static long upTo32(byte[] s, int start, int length) {
    long mul = K2 + length * 2L;
    long a = at(s, start) * K1;
    long b = at(s, start + 8);
    long c = at(s, start + length - 8) * mul;
    long d = at(s, start + length - 16) * K2;
    return mix(right(a + b, 43) + right(c, 30) + d, a + right(b + K2, 18) + c, mul);
  }

  private static long upTo64(byte[] s, int start, int length) {
    long mul = K2 + length * 2L;
    long a = at(s, start) * K2;
    long b = at(s, start + 8);
    long c = at(s, start + length - 8) * mul;
    long d = at(s, start + length - 16) * K2;
    long y = right(a + b, 43) + right(c, 30) + d;
    long z = mix(y, a + right(b + K2, 18) + c, mul);
    long e = at(s, start + 16) * mul;
    long f = at(s, start + 24);
    long g = (y + at(s, start + length - 32)) * mul;
    long h = (z + at(s, start + length - 24)) * mul;
    return mix(right(e + f, 43) + right(g, 30) + h, e + right(f + a, 18) + g, mul);
  }

  @SuppressWarnings("ConstantOverflow") // the hash is defined by arithmetic modulo 2^64
  private static long longer(byte[] s, int start, int length) {
    long x = SEED * K2 + at(s, start);
    long y = SEED * K1 + 113;
    long z = shift(y * K2 + 113) * K2;
    long v = 0;
    long vv = 0;
    long w = 0;
    long ww = 0;
    int end = start + (length - 1) / BLOCK * BLOCK;
    int rest = length - 1 & BLOCK - 1;
    long mul = K1;
    int nines = 1; // in the last round some summands count nine times
    for (int i = start; i <= end; i += BLOCK) {
      int from = i;
      if (i == end) {
        from = end + rest - 63;
        mul = K1 + ((z & 0xff) << 1);
        nines = 9;
        w += rest;
        v += w;
        w += v;
      }
      x = right(x + y + v + at(s, from + 8), 37) * mul;
      y = right(y + vv + at(s, from + 48), 42) * mul;
      x ^= ww * nines;
      y += v * nines + at(s, from + 40);
      z = right(z + w, 33) * mul;
      long seed = vv * mul + at(s, from);
      long sum = seed + at(s, from + 8) + at(s, from + 16);
      long other = right(x + w + seed + at(s, from + 24), 21) + right(sum, 44) + seed;
      long seedOfW = z + ww + at(s, from + 32);
      long sumOfW = seedOfW + at(s, from + 40) + at(s, from + 48);
      ww = right(y + at(s, from + 16) + seedOfW + at(s, from + 56), 21) + right(sumOfW, 44) + seedOfW;
      v = sum + at(s, from + 24);
      vv = other;
      w = sumOfW + at(s, from + 56);
      long kept = z;
      z = x;
      x = kept;
    }
    return mix(mix(v, w, mul) + shift(y) * K0 + z, mix(vv, ww, mul) + x, mul);
  }

  private static long mix(long u, long v, long mul) {
    long a = shift((u ^ v) * mul);
    return shift((v ^ a) * mul) * mul;
  }

  private static long shift(long value) {
    return value ^ value >>> 47;
  }

  private static long right(long value, int bits) {
    return Long.rotateRight(value, bits);
  }

  private static long at(byte[] s, int index) {
    return (long) LONGS.get(s, index);
  }

  private static long fourAt(byte[] s, int index) {
    return Integer.toUnsignedLong((int) INTS.get(s, index));
  }
}
