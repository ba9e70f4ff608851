package io.forwardpass.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.testing.Truth;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Every function against the truth in double, over the whole range of float. */
class FloatMathTest {
  interface Function {
    float of(float x);
  }

  /** A prime, so that every exponent is met with other mantissas; 1 for every float there is. */
  private static final int STRIDE = Integer.getInteger("forwardpass.test.stride", 2039);

  private static final float[] EDGES = {0f, Float.MIN_VALUE, 1e-42f, Float.MIN_NORMAL, Math.nextDown(Float.MIN_NORMAL), 1e-30f, 1e-8f,
      1e-4f, 0.3465f, 0.3466f, 0.5f, 0.6931f, 0.928f, 0.9281f, 1f, Math.nextUp(1f), Math.nextDown(1f), 2f, 3.9999f, 4f, 4.0001f, 9f, 9.01f,
      9.02f, 10f, 16.6f, 17.3f, 20f, 87.3f, 87.4f, 88.72f, 88.7228f, 88.723f, 88.73f, 89f, 103f, 103.27f, 103.28f, 103.9f, 103.97f, 103.98f,
      104f, 105f, 1e4f, 1e10f, 1e30f, Float.MAX_VALUE, Float.POSITIVE_INFINITY};

  @Test
  void expIsWithinTwoUlp() {
    assertWithin(2, FloatMath::exp, StrictMath::exp);
  }

  @Test
  void logIsWithinTwoUlp() {
    assertWithin(2, FloatMath::log, StrictMath::log);
  }

  @Test
  void expOfMinusMagnitudeIsWithinTwoUlp() {
    assertWithin(2, FloatMath::expOfMinusMagnitude, x -> StrictMath.exp(-Math.abs(x)));
  }

  @Test
  void expm1OfMinusMagnitudeIsWithinTwoUlp() {
    assertWithin(2, FloatMath::expm1OfMinusMagnitude, x -> StrictMath.expm1(-Math.abs(x)));
  }

  @Test
  void sigmoidIsWithinFourUlp() {
    assertWithin(4, FloatMath::sigmoid, Truth::sigmoid);
  }

  @Test
  void tanhIsWithinFourUlp() {
    assertWithin(4, FloatMath::tanh, StrictMath::tanh);
  }

  @Test
  void softplusIsWithinFourUlp() {
    assertWithin(4, FloatMath::softplus, Truth::softplus);
  }

  @Test
  void erfIsWithinFourUlp() {
    assertWithin(4, FloatMath::erf, Truth::erf);
  }

  @Test
  void infinitiesAndZerosGiveWhatTheFormulaSays() {
    assertEquals(Float.POSITIVE_INFINITY, FloatMath.exp(Float.POSITIVE_INFINITY));
    assertEquals(0f, FloatMath.exp(Float.NEGATIVE_INFINITY));
    assertEquals(1f, FloatMath.exp(-0f));
    assertEquals(Float.NEGATIVE_INFINITY, FloatMath.log(0f));
    assertEquals(Float.NEGATIVE_INFINITY, FloatMath.log(-0f));
    assertEquals(Float.POSITIVE_INFINITY, FloatMath.log(Float.POSITIVE_INFINITY));
    assertEquals(0f, FloatMath.log(1f));
    assertEquals(1f, FloatMath.sigmoid(Float.POSITIVE_INFINITY));
    assertEquals(0f, FloatMath.sigmoid(Float.NEGATIVE_INFINITY));
    assertEquals(0.5f, FloatMath.sigmoid(-0f));
    assertEquals(-1f, FloatMath.tanh(Float.NEGATIVE_INFINITY));
    assertEquals(-0f, FloatMath.tanh(-0f));
    assertEquals(Float.MIN_VALUE, FloatMath.tanh(Float.MIN_VALUE));
    assertEquals(Float.POSITIVE_INFINITY, FloatMath.softplus(Float.POSITIVE_INFINITY));
    assertEquals(0f, FloatMath.softplus(Float.NEGATIVE_INFINITY));
    assertEquals(-1f, FloatMath.erf(Float.NEGATIVE_INFINITY));
  }

  @Test
  void everyKindOfNaNStaysNaN() {
    for (int bits : new int[] {0x7fc00000, 0xffc00000, 0x7f800001, 0xff800001, 0x7fffffff, 0xffffffff}) {
      float nan = Float.intBitsToFloat(bits);
      for (Function function : new Function[] {FloatMath::exp, FloatMath::log, FloatMath::expOfMinusMagnitude,
          FloatMath::expm1OfMinusMagnitude, FloatMath::sigmoid, FloatMath::tanh, FloatMath::softplus, FloatMath::erf}) {
        assertTrue(Float.isNaN(function.of(nan)), "of " + Integer.toHexString(bits));
      }
    }
  }

  private static void assertWithin(double ulps, Function function, DoubleUnaryOperator truth) {
    double worst = 0;
    float at = 0;
    for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += STRIDE) {
      float x = Float.intBitsToFloat((int) bits);
      double error = error(function.of(x), truth.applyAsDouble(x));
      if (error > worst) {
        worst = error;
        at = x;
      }
    }
    for (float edge : EDGES) {
      for (float x : new float[] {edge, -edge}) {
        double error = error(function.of(x), truth.applyAsDouble(x));
        if (error > worst) {
          worst = error;
          at = x;
        }
      }
    }
    assertTrue(worst <= ulps, worst + " ulp at " + at + ": " + function.of(at) + " instead of " + truth.applyAsDouble(at));
  }

  /** The distance in ulps of the float next to the truth. */
  private static double error(float found, double truth) {
    if (Double.isNaN(truth) || Float.isNaN(found)) {
      return Double.isNaN(truth) && Float.isNaN(found) ? 0 : Double.POSITIVE_INFINITY;
    }
    float nearest = (float) truth;
    if (found == nearest) {
      return 0;
    }
    if (Float.isInfinite(nearest) || Float.isInfinite(found)) {
      return Float.isInfinite(nearest) && Float.isInfinite(found) ? Double.POSITIVE_INFINITY : ulpsFromTheEnd(found, nearest);
    }
    return Math.abs(found - truth) / Math.ulp(nearest);
  }

  /** Infinity counts as the float after the largest. */
  private static double ulpsFromTheEnd(float a, float b) {
    return Math.abs((long) Float.floatToRawIntBits(Math.abs(a)) - Float.floatToRawIntBits(Math.abs(b)));
  }
}
