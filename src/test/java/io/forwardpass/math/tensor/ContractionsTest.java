package io.forwardpass.math.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Plain Java and the Vector API agree in every bit, for every size that straddles a tile, and with the sum written out. */
class ContractionsTest {
  private static final int[] SIZES = {0, 1, 2, 3, 4, 5, 7, 8, 9, 17};
  private static final Contractions SCALAR = new ScalarContractions();
  private static final Contractions VECTOR = new VectorContractions();

  @Test
  void sumsHaveTheSameBitsAndAreThoseOfTheirFormula() {
    for (int rows : SIZES) {
      for (int columns : SIZES) {
        for (int inner : new int[] {0, 1, 3, 16}) {
          float[] a = numbers(5 + rows * inner * 16, 1);
          float[] b = numbers(7 + columns * inner * 16, 2);
          float[] expected = numbers(3 + rows * columns * 16, 3);
          float[] found = expected.clone();
          SCALAR.contract(a, 5, inner * 16, 16, rows, b, 7, inner * 16, 16, columns, inner, expected, 3, columns * 16, 16);
          VECTOR.contract(a, 5, inner * 16, 16, rows, b, 7, inner * 16, 16, columns, inner, found, 3, columns * 16, 16);
          assertArrayEquals(expected, found, rows + " x " + columns + " over " + inner);
          for (int i = 0; i < rows * columns * 16; i++) {
            float sum = 0;
            for (int k = 0; k < inner; k++) {
              sum = Math.fma(a[5 + (i / 16 / columns * inner + k) * 16 + i % 16], b[7 + (i / 16 % columns * inner + k) * 16 + i % 16], sum);
            }
            assertEquals(sum, expected[3 + i]);
          }
        }
      }
    }
  }

  @Test
  void theSecondFactorMayLieTheOtherWayRound() {
    float[] a = numbers(6 * 5 * 16, 1);
    float[] b = numbers(5 * 7 * 16, 2);
    float[] turned = new float[b.length];
    for (int k = 0; k < 5; k++) {
      for (int j = 0; j < 7; j++) {
        System.arraycopy(b, (k * 7 + j) * 16, turned, (j * 5 + k) * 16, 16);
      }
    }
    for (Contractions kernels : new Contractions[] {SCALAR, VECTOR}) {
      float[] expected = new float[6 * 7 * 16];
      float[] found = new float[6 * 7 * 16];
      kernels.contract(a, 0, 5 * 16, 16, 6, turned, 0, 5 * 16, 16, 7, 5, expected, 0, 7 * 16, 16);
      kernels.contract(a, 0, 5 * 16, 16, 6, b, 0, 16, 7 * 16, 7, 5, found, 0, 7 * 16, 16);
      assertArrayEquals(expected, found);
    }
  }

  @Test
  void groupsOfLanesAreCopied() {
    for (Contractions kernels : new Contractions[] {SCALAR, VECTOR}) {
      float[] x = numbers(3 + 5 * 48, 4);
      float[] y = new float[2 + 5 * 16];
      kernels.copy(x, 3, 48, 5, y, 2, 16);
      for (int i = 0; i < 5 * 16; i++) {
        assertEquals(x[3 + i / 16 * 48 + i % 16], y[2 + i]);
      }
    }
  }

  @Test
  void whatIsTooSmallForAllItsDigitsIsDroppedAndNothingElse() {
    float[] given = {0f, Float.MIN_VALUE, Float.MIN_NORMAL - Float.MIN_VALUE, Float.MIN_NORMAL, 1f, Float.NaN, Float.POSITIVE_INFINITY,
        0.5f, 0f, 1e-39f, 1e-38f, 2e-38f, 1e-30f, 3f, 4f, 5f};
    float[] expected = {0f, 0f, 0f, Float.MIN_NORMAL, 1f, Float.NaN, Float.POSITIVE_INFINITY, 0.5f, 0f, 0f, 0f, 2e-38f, 1e-30f, 3f, 4f, 5f};
    for (Contractions kernels : new Contractions[] {SCALAR, VECTOR}) {
      float[] found = given.clone();
      kernels.dropSubnormal(found, 0, 16);
      assertArrayEquals(expected, found);
    }
  }

  private static float[] numbers(int count, int seed) {
    Random random = new Random(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}
