package io.forwardpass.math.normalization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Plain Java and the Vector API agree in every bit; both agree with the formula. */
class NormalizationKernelsTest {
  private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 8, 9, 31, 64, 255};

  @Test
  void bothGiveTheSameBitsForAllSizes() {
    for (int size : SIZES) {
      for (int[] block : new int[][] {{16, 16}, {48, 16}, {64, 64}, {64, 48}}) {
        Random random = new Random(size);
        int[] elements = shuffled(2 * size, random);
        float[] x = numbers(2 * size * block[0], random, 2f);
        float[] gamma = numbers(2 * size, random, 0f);
        float[] beta = numbers(2 * size, random, 0f);
        x[3] = Float.NaN;
        x[5] = Float.POSITIVE_INFINITY;
        for (int kind = 0; kind < 3; kind++) {
          float[] expected = run(ScalarNormalization.INSTANCE, kind, x, elements, size, gamma, beta, block);
          float[] found = run(VectorNormalization.INSTANCE, kind, x, elements, size, gamma, beta, block);
          for (int i = 0; i < expected.length; i++) {
            assertEquals(Float.floatToIntBits(expected[i]), Float.floatToIntBits(found[i]),
                "kind " + kind + ", size " + size + ", number " + i);
          }
        }
      }
    }
  }

  private static float[] run(NormalizationKernels kernels, int kind, float[] x, int[] elements, int size, float[] gamma, float[] beta,
      int[] block) {
    float[] y = x.clone(); // in place
    if (kind == 2) {
      kernels.scale(y, y, elements, size, gamma, size, 1e-3f, 0f, 1e12f, block[0], block[1]);
    } else {
      kernels.center(y, y, elements, size, gamma, kind == 0 ? beta : null, 1e-3f, block[0], block[1]);
    }
    return y;
  }

  /** With a mean of 1e5 times the deviation, a mean that is rounded once and no more would cost three digits. */
  @Test
  void aMeanFarFromZeroCostsNoDigits() {
    for (NormalizationKernels kernels : new NormalizationKernels[] {ScalarNormalization.INSTANCE, VectorNormalization.INSTANCE}) {
      int size = 37;
      float[] x = numbers(size * 16, new Random(1), 1e5f);
      float[] y = new float[x.length];
      float[] ones = new float[size];
      Arrays.fill(ones, 1f);
      kernels.center(x, y, IntStream.range(0, size).toArray(), size, ones, new float[size], 1e-3f, 16, 16);
      for (int row = 0; row < 16; row++) {
        int r = row;
        double mean = IntStream.range(0, size).mapToDouble(e -> x[e * 16 + r]).average().orElseThrow();
        double variance = IntStream.range(0, size).mapToDouble(e -> Math.pow(x[e * 16 + r] - mean, 2)).average().orElseThrow();
        for (int e = 0; e < size; e++) {
          double expected = (x[e * 16 + row] - mean) / Math.sqrt(variance + 1e-3f);
          double off = Math.abs(expected - y[e * 16 + row]);
          assertTrue(off <= 5e-7, "row " + row + ", element " + e + ": " + off + " from " + expected);
        }
      }
    }
  }

  private static int[] shuffled(int count, Random random) {
    int[] numbers = IntStream.range(0, count).toArray();
    for (int i = count - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = numbers[i];
      numbers[i] = numbers[other];
      numbers[other] = kept;
    }
    return numbers;
  }

  private static float[] numbers(int count, Random random, float mean) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = mean + (float) random.nextGaussian();
    }
    return numbers;
  }
}
