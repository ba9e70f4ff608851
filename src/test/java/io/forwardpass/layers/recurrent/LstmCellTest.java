package io.forwardpass.layers.recurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.math.FloatMath;
import io.forwardpass.math.Kernels;
import io.forwardpass.testing.Truth;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LstmCellTest {
  @Test
  void computesTheFormulaOfEveryUnitAndLeavesOtherLanesAlone() {
    int capacity = 48;
    int lanes = 32;
    for (int units : new int[] {1, 3, 8}) {
      float[] z = numbers(7 + 4 * units * capacity, 1);
      float[] gates = z.clone();
      float[] c = numbers(5 + units * capacity, 2);
      float[] before = c.clone();
      float[] h = new float[3 + units * capacity];
      Kernels.best().lstmCell(z, 7, c, 5, h, 3, units, capacity, lanes);
      int gate = units * capacity;
      for (int at = 0; at < gate; at++) {
        if (at % capacity >= lanes) {
          assertEquals(before[5 + at], c[5 + at], "carry " + at);
          assertEquals(0f, h[3 + at], "output " + at);
          continue;
        }
        float added = FloatMath.sigmoidTimesTanh(gates[7 + at], gates[7 + 2 * gate + at]);
        float carried = Math.fma(FloatMath.sigmoid(gates[7 + gate + at]), before[5 + at], added);
        assertEquals(carried, c[5 + at], "carry " + at);
        assertEquals(FloatMath.sigmoidTimesTanh(gates[7 + 3 * gate + at], carried), h[3 + at], "output " + at);
      }
    }
  }

  @Test
  void sigmoidTimesTanhIsWithinSixUlp() {
    Random random = new Random(3);
    double worst = 0;
    String at = "";
    for (int i = 0; i < 3_000_000; i++) {
      float gate = anyFloat(random, i);
      float x = anyFloat(random, i / 3);
      float found = FloatMath.sigmoidTimesTanh(gate, x);
      double truth = Truth.sigmoid(gate) * StrictMath.tanh(x);
      if (Double.isNaN(truth)) {
        assertTrue(Float.isNaN(found), gate + ", " + x);
        continue;
      }
      double error = Math.abs(found - truth) / Math.ulp((float) truth);
      if (!(error <= worst)) {
        worst = error;
        at = gate + ", " + x;
      }
    }
    assertTrue(worst <= 6, worst + " ulp at " + at);
  }

  /** Common numbers, large ones, and any bits at all. */
  private static float anyFloat(Random random, int kind) {
    return switch (kind % 3) {
      case 0 -> (float) random.nextGaussian() * 2;
      case 1 -> (float) random.nextGaussian() * 40;
      default -> Float.intBitsToFloat(random.nextInt());
    };
  }

  private static float[] numbers(int length, int seed) {
    Random random = new Random(seed);
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (float) random.nextGaussian() * 3;
    }
    return numbers;
  }
}
