package io.forwardpass.layers.preprocessing;

import io.forwardpass.network.KeyEncoding;
import java.util.Arrays;

/** A key's bin by its hash; with a mask value, that one's bin is 0 and all others' come after it. */
final class HashBins implements KeyEncoding {
  private static final long serialVersionUID = 1L;

  private final KeyHash hash;
  private final long bins; // that keys are hashed into
  private final int first; // the bin that they begin at
  private final byte[] maskText; // null for none
  private final boolean masksNumber;
  private final long maskNumber;

  private HashBins(KeyHash hash, long bins, int first, byte[] maskText, boolean masksNumber, long maskNumber) {
    this.hash = hash;
    this.bins = bins;
    this.first = first;
    this.maskText = maskText;
    this.masksNumber = masksNumber;
    this.maskNumber = maskNumber;
  }

  static HashBins of(KeyHash hash, long bins) {
    return new HashBins(hash, bins, 0, null, false, 0);
  }

  static HashBins masking(KeyHash hash, long bins, byte[] mask) {
    return new HashBins(hash, bins - 1, 1, mask, false, 0);
  }

  static HashBins masking(KeyHash hash, long bins, long mask) {
    return new HashBins(hash, bins - 1, 1, null, true, mask);
  }

  @Override
  public long ofText(byte[] utf8, int start, int length) {
    boolean masked = maskText != null && Arrays.equals(maskText, 0, maskText.length, utf8, start, start + length);
    return masked ? 0 : first + hash.bin(utf8, start, length, bins);
  }

  @Override
  public long ofNumber(long key) {
    return masksNumber && key == maskNumber ? 0 : first + hash.bin(key, bins);
  }

  /** A mask is compared with the number before it is cut. */
  @Override
  public long ofFloat(float key) {
    return masksNumber && key == maskNumber ? 0 : first + hash.bin(KeyEncoding.truncated(key), bins);
  }
}
