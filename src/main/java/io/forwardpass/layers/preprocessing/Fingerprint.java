package io.forwardpass.layers.preprocessing;

import io.forwardpass.network.KeyEncoding;

/**
 * All 64 bits of what TensorFlow crosses of a key: a text's FarmHash, a whole number itself; as four numbers of 16 bits, the lowest
 * first.
 */
final class Fingerprint implements KeyEncoding {
  private static final long serialVersionUID = 1L;
  static final Fingerprint INSTANCE = new Fingerprint(); // one for all, so that columns crossed twice are read once
  static final int WIDTH = 4;
  private static final int BITS = 16;

  private Fingerprint() {}

  @Override
  public long ofText(byte[] utf8, int start, int length) {
    return FarmHash.fingerprint(utf8, start, length);
  }

  @Override
  public long ofNumber(long key) {
    return key;
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public void write(long code, float[] to, int at, int stride) {
    for (int i = 0; i < WIDTH; i++) {
      to[at + i * stride] = code >>> (i * BITS) & 0xffff;
    }
  }

  static long read(float[] from, int at, int stride) {
    long code = 0;
    for (int i = 0; i < WIDTH; i++) {
      code |= (long) from[at + i * stride] << (i * BITS);
    }
    return code;
  }
}
