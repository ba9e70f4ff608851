package io.forwardpass.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Plain Java and the Vector API agree in every bit, for every size that straddles a vector or a tile. */
class KernelsSameBitsTest {
  private static final int[] SIZES = {0, 1, 2, 3, 7, 8, 9, 12, 15, 16, 17, 31, 33, 64, 255};
  private static final Kernels SCALAR = new ScalarKernels();
  private static final Kernels VECTOR = new VectorKernels();

  @Test
  void denseAgreesForAllSizes() {
    for (int inputs : SIZES) {
      for (int outputs : SIZES) {
        dense(inputs, outputs, 32, 32);
        dense(inputs, outputs, 48, 16);
      }
    }
  }

  @Test
  void denseAgreesForAllNumbersOfLanes() {
    for (int lanes = 16; lanes <= 512; lanes += 16) {
      dense(5, 13, lanes, lanes);
      dense(33, 20, 512, lanes);
    }
  }

  @Test
  void denseAgreesForWideLayers() {
    dense(1000, 300, 64, 48);
    dense(300, 1100, 256, 256);
  }

  private static void dense(int inputs, int outputs, int capacity, int lanes) {
    String size = inputs + " x " + outputs + ", " + lanes + " of " + capacity;
    float[] x = numbers(3 + inputs * capacity, 1);
    float[] kernel = numbers(inputs * outputs, 2);
    float[] bias = numbers(outputs, 3);
    Matrix w = Matrix.of(kernel, bias, inputs, outputs);
    float[] before = numbers(9 + outputs * capacity, 4);
    for (Matrix matrix : new Matrix[] {w, Matrix.of(kernel, null, inputs, outputs), w.part(inputs / 3, inputs - inputs / 4)}) {
      float[] expected = before.clone();
      float[] found = before.clone();
      SCALAR.dense(x, 3, matrix, expected, 9, capacity, lanes);
      VECTOR.dense(x, 3, matrix, found, 9, capacity, lanes);
      assertSame(expected, found, size);
      SCALAR.denseFrom(expected, 9, capacity, x, 3, matrix, expected, 9, capacity, lanes);
      VECTOR.denseFrom(found, 9, capacity, x, 3, matrix, found, 9, capacity, lanes);
      assertSame(expected, found, size + " carried on");
      float[] start = numbers(5 + outputs * (capacity + 3), 5);
      SCALAR.denseFrom(start, 5, capacity + 3, x, 3, matrix, expected, 9, capacity, lanes);
      VECTOR.denseFrom(start, 5, capacity + 3, x, 3, matrix, found, 9, capacity, lanes);
      assertSame(expected, found, size + " carried on from elsewhere");
    }
    for (String name : new String[] {"relu", "linear", "tanh"}) {
      Activation activation = Activations.named(name, true).orElseThrow();
      float[] expected = before.clone();
      float[] found = before.clone();
      SCALAR.dense(x, 3, w, activation, expected, 9, capacity, lanes);
      VECTOR.dense(x, 3, w, activation, found, 9, capacity, lanes);
      assertSame(expected, found, size + " " + name);
    }
  }

  @Test
  void aPartOfTheInputsCarriedOnByTheRestIsTheWhole() {
    for (int inputs : new int[] {1, 2, 9, 300}) {
      for (int outputs : new int[] {1, 4, 12, 20}) {
        float[] x = numbers(3 + inputs * 48, 1);
        Matrix w = Matrix.of(numbers(inputs * outputs, 2), numbers(outputs, 3), inputs, outputs);
        for (Kernels kernels : new Kernels[] {SCALAR, VECTOR}) {
          float[] whole = new float[outputs * 48];
          kernels.dense(x, 3, w, whole, 0, 48, 48);
          float[] parts = new float[outputs * 48];
          int cut = inputs / 2;
          kernels.dense(x, 3, w.part(0, cut), parts, 0, 48, 48);
          kernels.denseFrom(parts, 0, 48, x, 3 + cut * 48, w.part(cut, inputs), parts, 0, 48, 48);
          assertSame(whole, parts, inputs + " to " + outputs);
        }
      }
    }
  }

  @Test
  void denseIsOneChainOfFusedMultiplyAddsInAscendingOrder() {
    int inputs = 37;
    int outputs = 11;
    float[] x = numbers(inputs * 32, 1);
    float[] w = numbers(inputs * outputs, 2);
    float[] bias = numbers(outputs, 3);
    float[] y = new float[outputs * 32];
    VECTOR.dense(x, 0, Matrix.of(w, bias, inputs, outputs), y, 0, 32, 32);
    for (int r = 0; r < 32; r++) {
      for (int j = 0; j < outputs; j++) {
        float sum = bias[j];
        for (int k = 0; k < inputs; k++) {
          sum = Math.fma(w[k * outputs + j], x[k * 32 + r], sum);
        }
        assertEquals(sum, y[j * 32 + r], "output " + j + " of row " + r);
      }
    }
  }

  @Test
  void lstmCellAgrees() {
    for (int units : new int[] {1, 3, 8, 17}) {
      for (int lanes = 16; lanes <= 64; lanes += 16) {
        float[] z = numbers(7 + 4 * units * 64, 1);
        float[] expectedC = numbers(5 + units * 64, 2);
        float[] foundC = expectedC.clone();
        float[] expectedH = numbers(3 + units * 64, 3);
        float[] foundH = expectedH.clone();
        SCALAR.lstmCell(z.clone(), 7, expectedC, 5, expectedH, 3, units, 64, lanes);
        VECTOR.lstmCell(z.clone(), 7, foundC, 5, foundH, 3, units, 64, lanes);
        assertSame(expectedC, foundC, "carry of " + units + " units");
        assertSame(expectedH, foundH, "output of " + units + " units");
      }
    }
  }

  @Test
  void gruCellAgrees() {
    for (int units : new int[] {1, 3, 8, 17}) {
      for (int lanes = 16; lanes <= 64; lanes += 16) {
        float[] z = numbers(7 + 3 * units * 64, 1);
        float[] x = numbers(5 + units * 80, 2);
        float[] expected = numbers(3 + units * 64, 3);
        float[] found = expected.clone();
        SCALAR.gruCell(z.clone(), 7, x, 5, 80, expected, 3, units, 64, lanes);
        VECTOR.gruCell(z.clone(), 7, x, 5, 80, found, 3, units, 64, lanes);
        assertSame(expected, found, "state of " + units + " units");
      }
    }
  }

  @Test
  void hasNaNFindsOneAnywhereAndNoOtherNumber() {
    float[] x = numbers(200, 4);
    x[0] = Float.NaN;
    x[101] = Float.NaN;
    x[5] = Float.POSITIVE_INFINITY;
    x[6] = 0f;
    for (Kernels kernels : new Kernels[] {SCALAR, VECTOR}) {
      for (int from = 1; from < 40; from++) {
        for (int count = 0; from + count <= 200; count++) {
          assertEquals(from + count > 101, kernels.hasNaN(x, from, count), count + " from " + from);
        }
      }
    }
  }

  @Test
  void everyUnaryFunctionAgreesOverTheWholeRange() {
    ActivationKernels scalar = new ScalarActivations();
    ActivationKernels vector = new VectorActivations();
    float[] numbers = everyKind();
    for (UnaryFunction function : UnaryFunction.values()) {
      float[] expected = numbers.clone();
      float[] found = numbers.clone();
      scalar.elementwise(function, 1.75f, 0.5f, 0.25f, expected, 0, numbers.length);
      vector.elementwise(function, 1.75f, 0.5f, 0.25f, found, 0, numbers.length);
      assertSame(expected, found, function.name());
    }
  }

  @Test
  void unaryFunctionsAgreeAtAnyPlace() {
    ActivationKernels scalar = new ScalarActivations();
    ActivationKernels vector = new VectorActivations();
    for (UnaryFunction function : UnaryFunction.values()) {
      for (int length = 0; length <= 96; length += 16) {
        float[] expected = numbers(5 + length + 11, 1);
        float[] found = expected.clone();
        scalar.elementwise(function, 0.75f, 0.5f, 0.25f, expected, 5, 5 + length);
        vector.elementwise(function, 0.75f, 0.5f, 0.25f, found, 5, 5 + length);
        assertSame(expected, found, function.name() + " of " + length);
      }
    }
  }

  @Test
  void logAgreesOverTheWholeRange() {
    float[] numbers = everyKind();
    int step = VectorMath.FLOATS.length();
    for (int i = 0; i < numbers.length; i += step) {
      float[] found = new float[step];
      VectorMath.log(jdk.incubator.vector.FloatVector.fromArray(VectorMath.FLOATS, numbers, i)).intoArray(found, 0);
      float[] expected = new float[step];
      for (int l = 0; l < step; l++) {
        expected[l] = FloatMath.log(numbers[i + l]);
      }
      assertSame(expected, found, "log from " + numbers[i]);
    }
  }

  @Test
  void softmaxesAgree() {
    ActivationKernels scalar = new ScalarActivations();
    ActivationKernels vector = new VectorActivations();
    for (int elements : SIZES) {
      for (int lanes : new int[] {16, 32, 48, 64}) {
        float[] start = numbers(9 + elements * 64, 1);
        if (elements > 1) {
          start[9 + 64] = Float.NaN;
          start[9 + 64 + 1] = Float.POSITIVE_INFINITY;
          start[9 + 64 + 2] = -200f;
        }
        float[] expected = start.clone();
        float[] found = start.clone();
        scalar.softmax(expected, 9, elements, 64, lanes);
        vector.softmax(found, 9, elements, 64, lanes);
        assertSame(expected, found, "softmax of " + elements);
        expected = start.clone();
        found = start.clone();
        scalar.logSoftmax(expected, 9, elements, 64, lanes);
        vector.logSoftmax(found, 9, elements, 64, lanes);
        assertSame(expected, found, "log_softmax of " + elements);
      }
    }
  }

  /** Bit patterns all over the range, a prime apart; every exponent, both signs, subnormals, infinities, NaNs. */
  private static float[] everyKind() {
    float[] numbers = new float[1 << 20];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Float.intBitsToFloat((int) (i * 4093L));
    }
    numbers[0] = Float.NaN;
    numbers[1] = -Float.NaN;
    numbers[2] = Float.POSITIVE_INFINITY;
    numbers[3] = Float.NEGATIVE_INFINITY;
    numbers[4] = -0f;
    numbers[5] = 0f;
    numbers[6] = Float.intBitsToFloat(0xffc00000);
    numbers[7] = Float.intBitsToFloat(0x7fffffff);
    return numbers;
  }

  private static float[] numbers(int length, int seed) {
    Random random = new Random(seed);
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (float) random.nextGaussian() * 2;
    }
    return numbers;
  }

  /** The same bits; all NaNs count as the same. */
  private static void assertSame(float[] expected, float[] found, String what) {
    for (int i = 0; i < expected.length; i++) {
      boolean same = Float.floatToIntBits(expected[i]) == Float.floatToIntBits(found[i]);
      assertTrue(same, what + ": number " + i + " is " + found[i] + " on vectors, " + expected[i] + " in plain Java");
    }
  }
}
