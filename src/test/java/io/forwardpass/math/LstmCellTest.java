package io.forwardpass.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LstmCellTest {
  @Test
  void isTheSameAsItsActivationsOneByOne() {
    Activation sigmoid = Activations.named("sigmoid", true).orElseThrow();
    Activation tanh = Activations.named("tanh", true).orElseThrow();
    for (int units : new int[] {1, 3, 8}) {
      int capacity = 48;
      int lanes = 32;
      float[] z = random(7 + 4 * units * capacity, 1);
      float[] c = random(5 + units * capacity, 2);
      float[] h = new float[3 + units * capacity];
      float[] gates = z.clone();
      float[] expectedC = c.clone();
      float[] expectedH = h.clone();
      int gate = units * capacity;
      sigmoid.apply(gates, 7, 2 * units, capacity, lanes);
      tanh.apply(gates, 7 + 2 * gate, units, capacity, lanes);
      sigmoid.apply(gates, 7 + 3 * gate, units, capacity, lanes);
      for (int u = 0; u < units; u++) {
        for (int r = 0; r < lanes; r++) {
          int i = u * capacity + r;
          expectedC[5 + i] = Math.fma(gates[7 + gate + i], c[5 + i], gates[7 + i] * gates[7 + 2 * gate + i]);
        }
      }
      float[] squashed = expectedC.clone();
      tanh.apply(squashed, 5, units, capacity, lanes);
      for (int u = 0; u < units; u++) {
        for (int r = 0; r < lanes; r++) {
          int i = u * capacity + r;
          expectedH[3 + i] = gates[7 + 3 * gate + i] * squashed[5 + i];
        }
      }
      Kernels.best().lstmCell(z, 7, c, 5, h, 3, units, capacity, lanes);
      assertArrayEquals(expectedC, c, "carry of " + units);
      assertArrayEquals(expectedH, h, "output of " + units);
    }
  }

  private static float[] random(int length, int seed) {
    Random random = new Random(seed);
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (float) random.nextGaussian() * 3;
    }
    return numbers;
  }
}
