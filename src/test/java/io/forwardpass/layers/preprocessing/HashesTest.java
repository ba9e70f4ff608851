package io.forwardpass.layers.preprocessing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.forwardpass.testing.LayerCase;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Against tf.strings.to_hash_bucket_fast and to_hash_bucket_strong of TensorFlow 2.21, for a length of every kind. */
class HashesTest {
  private static final int BINS = 1000003;

  private static byte[] text(int length) {
    StringBuilder text = new StringBuilder();
    for (int n = 0; n < length; n++) {
      text.append((char) (33 + n * 7 % 90));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The same bytes with others before and after. */
  private static byte[] behind(int start, byte[] text) {
    byte[] longer = new byte[start + text.length + 9];
    Arrays.fill(longer, (byte) 77);
    System.arraycopy(text, 0, longer, start, text.length);
    return longer;
  }

  @Test
  void farmHashIsTensorFlows() {
    int[] lengths = {0, 1, 2, 3, 4, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 200};
    int[] bins = {377723, 603316, 524331, 720525, 994670, 694971, 991202, 45482, 453557, 311472, 676434, 258913, 973885, 349544, 598396,
        600506, 52748, 461507, 228921, 503280};
    for (int i = 0; i < lengths.length; i++) {
      assertEquals(bins[i], Long.remainderUnsigned(FarmHash.fingerprint(behind(3, text(lengths[i])), 3, lengths[i]), BINS),
          lengths[i] + " bytes");
    }
  }

  @Test
  void sipHashIsTensorFlows() {
    int[] lengths = {0, 1, 7, 8, 9, 15, 16, 17, 31, 33, 64, 65, 200};
    int[] bins = {783367, 721292, 948439, 195938, 51482, 96948, 86755, 397356, 51063, 880262, 312284, 468101, 494558};
    for (int i = 0; i < lengths.length; i++) {
      assertEquals(bins[i], Long.remainderUnsigned(SipHash.hash(137L, 1L << 40, behind(5, text(lengths[i])), 5, lengths[i]), BINS),
          lengths[i] + " bytes");
    }
  }

  @Test
  void wholeNumbersAreHashedByTheirDecimals() {
    KeyHash hash = KeyHash.read(LayerCase.config("Hashing", "3.15.1", "{}"));
    for (long number : new long[] {0, 7, -7, 10, -1099511627776L, 1000000000000L, Long.MAX_VALUE, Long.MIN_VALUE}) {
      byte[] digits = Long.toString(number).getBytes(StandardCharsets.UTF_8);
      assertEquals(hash.bin(digits, 0, digits.length, BINS), hash.bin(number, BINS), () -> Long.toString(number));
    }
  }
}
