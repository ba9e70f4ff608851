package io.forwardpass.math;

/**
 * Elementary functions in float32, each a fixed sequence of additions, multiplications, fused multiply-adds and bit
 * moves without branches or tables, so that {@code VectorMath} can do literally the same and give the same bits.
 *
 * <p>{@code exp} and {@code log} are within 2 ulp of the truth, the others within 4, over the whole range, subnormal
 * numbers included; an ulp is the distance between the two floats about the truth. NaN gives NaN, infinity the limit; nothing
 * throws. Arguments are clamped as integers, which loses NaN; it is put back at the end.
 *
 * <p>The coefficients of the polynomials are floats whose greatest error, relative to the whole function, is within 4 in 100 of
 * the least that real coefficients of the degree reach (minimax, by Remez' exchange). {@code src/test/python/polynomials.py}
 * recomputes all of it: it derives floats anew, by rounding the lowest coefficient and fitting the others to what it leaves, and so
 * on; states the bound, and the error of those here, which agree with its own in the lowest coefficients and were polished in the
 * others; and measures the functions in numpy, operation by operation. It prints
 *
 * <table>
 * <caption>Greatest relative error of the polynomials, and what the degree allows</caption>
 * <tr><th>coefficients<th>of<th>error<th>bound
 * <tr><td>E2..E6<td>{@code e^r}, {@code |r| <= ln(2) / 2}<td>3.13e-9<td>3.06e-9
 * <tr><td>M0..M4<td>{@code e^r - 1}, {@code |r| <= ln(2) / 2}<td>1.37e-8<td>1.32e-8
 * <tr><td>T0..T4<td>{@code (e^2r - 1) / 2}, {@code |r| <= ln(2) / 4}<td>1.37e-8<td>1.32e-8
 * <tr><td>L0..L7<td>{@code log(1 + f)}, sqrt(1/2) to sqrt(2)<td>5.84e-9<td>5.83e-9
 * <tr><td>P1..P9<td>{@code log(1 + y)}, 0 to 1<td>5.26e-9<td>5.12e-9
 * <tr><td>S0..S5<td>{@code erf(x)}, 0 to 0.93<td>1.76e-8<td>1.72e-8
 * <tr><td>B0..B6<td>{@code erf(x)}, 0.92 to 4<td>7.37e-10<td>7.34e-10
 * </table>
 *
 * <p>and as greatest errors of the functions, in ulp over every 2,039th float: {@code exp} and {@link #expOfMinusMagnitude} 0.85,
 * {@link #expm1OfMinusMagnitude} 0.91, {@code sigmoid} 2.04, {@code tanh} 2.46, {@code softplus} 1.73, {@code log} 0.82, {@code erf} 0.94.
 */
public final class FloatMath {
  static final int SIGN = 0x80000000;
  static final int MAGNITUDE = 0x7fffffff;
  static final int ONE = 0x3f800000;
  static final int AFTER_INFINITY = 0x7fffff; // added to the bits of |NaN| it sets the sign, added to others it does not
  static final int MANTISSA_BITS = 23;

  /** Adding it leaves the nearest whole number in the low bits; below 2^22 in magnitude. */
  static final float ROUNDER = 12582912f; // 1.5 * 2^23
  static final int ROUNDER_BITS = 0x4b400000;

  static final float LOG2_E = 1.44269504f;
  static final float LN2_HIGH = 0.693359375f;
  static final float LN2_LOW = -2.12194440e-4f;

  // e^r = 1 + r + r^2 (E2 + r (E3 + ...)) for |r| <= ln(2) / 2
  static final float E2 = 0.49999994f;
  static final float E3 = 0.166665211f;
  static final float E4 = 0.0416682661f;
  static final float E5 = 0.00836867746f;
  static final float E6 = 0.00138207339f;
  static final int EXP_LIMIT = 0x42d00000; // 104: beyond it exp is 0 or infinite

  // e^-|x| is computed 2^24 too small and scaled up by a power of two that never is subnormal
  static final float DECAY_UNIT = 0x1p-24f;
  static final int DECAY_EXPONENT = ONE + (24 << MANTISSA_BITS);

  // (e^r - 1 - r) / r^2
  static final float M0 = 0.49999997f;
  static final float M1 = 0.166665465f;
  static final float M2 = 0.0416674353f;
  static final float M3 = 0.00836626161f;
  static final float M4 = 0.00138706574f;
  static final int EXPM1_LIMIT = 0x41a00000; // 20: beyond it e^-x - 1 is -1

  // ((e^2r - 1) / 2 - r) / r^2
  static final float T0 = 0.99999994f;
  static final float T1 = 0.666661859f;
  static final float T2 = 0.333339483f;
  static final float T3 = 0.133860186f;
  static final float T4 = 0.0443861037f;
  static final float TWO_LOG2_E = 2 * LOG2_E;
  static final float HALF_LN2 = 0.34657359f; // one float is enough for so few multiples of it
  static final int TANH_LIMIT = 0x41200000; // 10: beyond it tanh is 1

  // (log(1 + f) - f + f^2 / 2) / f^3 for 1 + f between sqrt(1/2) and sqrt(2)
  static final float L0 = 0.333333313f;
  static final float L1 = -0.250008196f;
  static final float L2 = 0.200012416f;
  static final float L3 = -0.166234091f;
  static final float L4 = 0.142015815f;
  static final float L5 = -0.131596133f;
  static final float L6 = 0.127621993f;
  static final float L7 = -0.0763639957f;
  static final int SQRT_HALF = 0x3f3504f3;
  static final int SMALLEST_NORMAL = 0x00800000;

  // log(1 + y) / y for y between 0 and 1, after the leading 1
  static final float P1 = -0.499999315f;
  static final float P2 = 0.333304644f;
  static final float P3 = -0.249580204f;
  static final float P4 = 0.196921214f;
  static final float P5 = -0.153449774f;
  static final float P6 = 0.106613703f;
  static final float P7 = -0.0574604571f;
  static final float P8 = 0.0200884305f;
  static final float P9 = -0.00329106301f;

  // erf(x) / x - 1 in powers of x^2 up to 0.93; -log(erfc(x)) / x in powers of x above
  static final float S0 = 0.128379151f;
  static final float S1 = -0.376124889f;
  static final float S2 = 0.11281731f;
  static final float S3 = -0.0267629661f;
  static final float S4 = 0.00498735206f;
  static final float S5 = -0.000595957856f;
  static final float B0 = 1.12864852f;
  static final float B1 = 0.635151207f;
  static final float B2 = 0.106237039f;
  static final float B3 = -0.0237621833f;
  static final float B4 = 0.00364250597f;
  static final float B5 = -0.000322812703f;
  static final float B6 = 1.12319112e-05f;
  static final int ERF_SPLIT = 0x3f6d9168; // 0.928
  static final int ERF_LIMIT = 0x40800000; // 4: beyond it erf is 1

  private FloatMath() {}

  /**
   * {@code e^x} within 2 ulp: {@code 2^n e^r} with {@code r = x - n ln(2)} in two steps (Cody and Waite, 1980), a polynomial for
   * {@code e^r}, and the power of two in two factors. 0 below -103.98, infinite above 88.72.
   */
  public static float exp(float x) {
    int bits = Float.floatToRawIntBits(x);
    int magnitude = bits & MAGNITUDE;
    float y = Float.intBitsToFloat(Math.min(magnitude, EXP_LIMIT) | (bits & SIGN));
    float t = Math.fma(y, LOG2_E, ROUNDER);
    float n = t - ROUNDER;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, y));
    float p = Math.fma(r, E6, E5);
    p = Math.fma(p, r, E4);
    p = Math.fma(p, r, E3);
    p = Math.fma(p, r, E2);
    p = Math.fma(p, r, 1f);
    p = Math.fma(p, r, 1f);
    int power = Float.floatToRawIntBits(t) - ROUNDER_BITS;
    int half = power >> 1; // 2^power itself may be infinite or subnormal
    float scaled = p * Float.intBitsToFloat((half << MANTISSA_BITS) + ONE) * Float.intBitsToFloat(((power - half) << MANTISSA_BITS) + ONE);
    return withNaN(scaled, magnitude);
  }

  /** {@code e^-a} for the bits of an {@code a} from 0 to infinity; any number for NaN. */
  private static float decay(int magnitude) {
    float a = Float.intBitsToFloat(Math.min(magnitude, EXP_LIMIT));
    float t = Math.fma(a, -LOG2_E, ROUNDER);
    float n = t - ROUNDER;
    float r = Math.fma(n, LN2_LOW, Math.fma(n, LN2_HIGH, a)); // e^-r: odd coefficients change their sign
    float p = Math.fma(r, E6 * DECAY_UNIT, -E5 * DECAY_UNIT);
    p = Math.fma(p, r, E4 * DECAY_UNIT);
    p = Math.fma(p, r, -E3 * DECAY_UNIT);
    p = Math.fma(p, r, E2 * DECAY_UNIT);
    p = Math.fma(p, r, -DECAY_UNIT);
    p = Math.fma(p, r, DECAY_UNIT);
    return p * Float.intBitsToFloat((Float.floatToRawIntBits(t) << MANTISSA_BITS) + DECAY_EXPONENT);
  }

  /** {@code e^-|x|} within 2 ulp, for whoever knows the sign of its argument: less work than {@link #exp}, since it never overflows. */
  public static float expOfMinusMagnitude(float x) {
    int magnitude = Float.floatToRawIntBits(x) & MAGNITUDE;
    return withNaN(decay(magnitude), magnitude);
  }

  /** {@code 1 / (1 + e^-x)} within 4 ulp; of negative x as {@code e^x / (1 + e^x)}, which loses nothing near 0. */
  public static float sigmoid(float x) {
    int bits = Float.floatToRawIntBits(x);
    int magnitude = bits & MAGNITUDE;
    float e = decay(magnitude);
    float small = e / (1f + e); // of -|x|
    float side = Float.intBitsToFloat(~(bits >> 31) & ONE); // 0 for negative x, otherwise 1
    return withNaN(Math.abs(side - small), magnitude);
  }

  /** {@code (1 - e^-2|x|) / (1 + e^-2|x|)} with the sign of x, within 4 ulp; the numerator by a polynomial of its own, exact near 0. */
  public static float tanh(float x) {
    int bits = Float.floatToRawIntBits(x);
    int magnitude = bits & MAGNITUDE;
    float h = halfDecayLessOne(magnitude);
    float y = h / (-1f - h);
    return withNaN(Float.intBitsToFloat((Float.floatToRawIntBits(y) & MAGNITUDE) | (bits & SIGN)), magnitude);
  }

  /** {@code (e^-2a - 1) / 2} for the bits of a, from which tanh is one division away. */
  private static float halfDecayLessOne(int magnitude) {
    float a = Float.intBitsToFloat(Math.min(magnitude, TANH_LIMIT));
    float t = Math.fma(a, -TWO_LOG2_E, ROUNDER);
    float n = t - ROUNDER;
    float r = Math.fma(n, -HALF_LN2, -a);
    float p = Math.fma(r, T4, T3);
    p = Math.fma(p, r, T2);
    p = Math.fma(p, r, T1);
    p = Math.fma(p, r, T0);
    p = Math.fma(p * r, r, r);
    float scale = Float.intBitsToFloat((Float.floatToRawIntBits(t) << MANTISSA_BITS) + ONE);
    return Math.fma(scale, p, Math.fma(scale, 0.5f, -0.5f));
  }

  /** {@code sigmoid(gate) * tanh(x)} within 6 ulp, with one division instead of two: what recurrent layers compute most. */
  public static float sigmoidTimesTanh(float gate, float x) {
    int gateBits = Float.floatToRawIntBits(gate);
    int gateMagnitude = gateBits & MAGNITUDE;
    float e = decay(gateMagnitude);
    int side = gateBits >> 31;
    float part = Float.intBitsToFloat((Float.floatToRawIntBits(e) & side) | (ONE & ~side));
    int bits = Float.floatToRawIntBits(x);
    int magnitude = bits & MAGNITUDE;
    float h = halfDecayLessOne(magnitude);
    float y = part * h / ((1f + e) * (-1f - h));
    int nan = (gateMagnitude + AFTER_INFINITY | magnitude + AFTER_INFINITY) >> 31;
    return Float.intBitsToFloat((Float.floatToRawIntBits(y) & MAGNITUDE) | (bits & SIGN) | nan);
  }

  /** {@code e^-|x| - 1} within 2 ulp, near 0 too. */
  public static float expm1OfMinusMagnitude(float x) {
    int magnitude = Float.floatToRawIntBits(x) & MAGNITUDE;
    float a = Float.intBitsToFloat(Math.min(magnitude, EXPM1_LIMIT));
    float t = Math.fma(a, -LOG2_E, ROUNDER);
    float n = t - ROUNDER;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, -a));
    float p = Math.fma(r, M4, M3);
    p = Math.fma(p, r, M2);
    p = Math.fma(p, r, M1);
    p = Math.fma(p, r, M0);
    p = Math.fma(p * r, r, r);
    float scale = Float.intBitsToFloat((Float.floatToRawIntBits(t) << MANTISSA_BITS) + ONE);
    return withNaN(Math.fma(scale, p, scale - 1f), magnitude);
  }

  /** {@code log(1 + e^x) = max(x, 0) + log(1 + e^-|x|)} within 4 ulp. */
  public static float softplus(float x) {
    int bits = Float.floatToRawIntBits(x);
    int magnitude = bits & MAGNITUDE;
    float e = decay(magnitude);
    float positive = Float.intBitsToFloat(bits & ~(bits >> 31));
    return withNaN(positive + log1pOfFraction(e), magnitude);
  }

  /** {@code log(1 + y)} for y from 0 to 1. */
  private static float log1pOfFraction(float y) {
    float p = Math.fma(P9, y, P8);
    p = Math.fma(p, y, P7);
    p = Math.fma(p, y, P6);
    p = Math.fma(p, y, P5);
    p = Math.fma(p, y, P4);
    p = Math.fma(p, y, P3);
    p = Math.fma(p, y, P2);
    p = Math.fma(p, y, P1);
    return Math.fma(p * y, y, y);
  }

  /**
   * The natural logarithm within 2 ulp: {@code k ln(2) + log(1 + f)} with {@code 1 + f} from sqrt(1/2) to sqrt(2), as in fdlibm.
   * Subnormal numbers are scaled first. Negative infinity of both zeros, NaN of negative numbers.
   */
  public static float log(float x) {
    int bits = Float.floatToRawIntBits(x);
    int tiny = (bits - SMALLEST_NORMAL) >> 31 & ~(bits >> 31); // all ones for zero and subnormal numbers
    float normal = x * Float.intBitsToFloat(ONE + (tiny & MANTISSA_BITS << MANTISSA_BITS));
    int shifted = Float.floatToRawIntBits(normal) - SQRT_HALF;
    float k = Float.intBitsToFloat((shifted >> MANTISSA_BITS) - (tiny & MANTISSA_BITS) + ROUNDER_BITS) - ROUNDER;
    float f = Float.intBitsToFloat((shifted & 0x7fffff) + SQRT_HALF) - 1f;
    float p = Math.fma(L7, f, L6);
    p = Math.fma(p, f, L5);
    p = Math.fma(p, f, L4);
    p = Math.fma(p, f, L3);
    p = Math.fma(p, f, L2);
    p = Math.fma(p, f, L1);
    p = Math.fma(p, f, L0);
    float square = f * f;
    float tail = Math.fma(p * f, square, Math.fma(k, LN2_LOW, -0.5f * square));
    float y = Math.fma(k, LN2_HIGH, f + tail);
    y = x == 0f ? Float.NEGATIVE_INFINITY : y;
    y = x < Float.POSITIVE_INFINITY ? y : x;
    return x < 0f ? Float.NaN : y;
  }

  /**
   * The error function within 4 ulp: an odd polynomial up to 0.928, beyond it {@code 1 - e^-q} with a polynomial for
   * {@code q = -log(erfc(x))}, which is smooth where erfc itself falls steeply.
   */
  public static float erf(float x) {
    int bits = Float.floatToRawIntBits(x);
    int magnitude = bits & MAGNITUDE;
    float a = Float.intBitsToFloat(Math.min(magnitude, ERF_LIMIT));
    float s = a * a;
    float p = Math.fma(S5, s, S4);
    p = Math.fma(p, s, S3);
    p = Math.fma(p, s, S2);
    p = Math.fma(p, s, S1);
    p = Math.fma(p, s, S0);
    float near = Math.fma(p, a, a);
    float q = Math.fma(B6, a, B5);
    q = Math.fma(q, a, B4);
    q = Math.fma(q, a, B3);
    q = Math.fma(q, a, B2);
    q = Math.fma(q, a, B1);
    q = Math.fma(q, a, B0);
    float far = 1f - decay(Float.floatToRawIntBits(q * a));
    int isFar = (ERF_SPLIT - magnitude) >> 31;
    int y = (Float.floatToRawIntBits(far) & isFar) | (Float.floatToRawIntBits(near) & ~isFar);
    return withNaN(Float.intBitsToFloat(y | (bits & SIGN)), magnitude);
  }

  /** The number, or NaN where these are the bits of the magnitude of NaN. */
  private static float withNaN(float y, int magnitude) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(y) | (magnitude + AFTER_INFINITY) >> 31);
  }
}
