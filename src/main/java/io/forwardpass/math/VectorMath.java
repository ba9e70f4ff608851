package io.forwardpass.math;

import static io.forwardpass.math.FloatMath.AFTER_INFINITY;
import static io.forwardpass.math.FloatMath.MAGNITUDE;
import static io.forwardpass.math.FloatMath.MANTISSA_BITS;
import static io.forwardpass.math.FloatMath.ONE;
import static io.forwardpass.math.FloatMath.ROUNDER;
import static io.forwardpass.math.FloatMath.ROUNDER_BITS;
import static io.forwardpass.math.FloatMath.SIGN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link FloatMath} on vectors: the same operations in the same order, hence the same bits. */
final class VectorMath {
  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  private VectorMath() {}

  private static FloatVector all(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }

  static FloatVector exp(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector magnitude = bits.and(MAGNITUDE);
    FloatVector y = magnitude.min(FloatMath.EXP_LIMIT).or(bits.and(SIGN)).reinterpretAsFloats();
    FloatVector t = y.fma(all(FloatMath.LOG2_E), all(ROUNDER));
    FloatVector n = t.sub(ROUNDER);
    FloatVector r = n.fma(all(-FloatMath.LN2_LOW), n.fma(all(-FloatMath.LN2_HIGH), y));
    FloatVector p = all(FloatMath.E6).fma(r, all(FloatMath.E5));
    p = p.fma(r, all(FloatMath.E4));
    p = p.fma(r, all(FloatMath.E3));
    p = p.fma(r, all(FloatMath.E2));
    p = p.fma(r, all(1f));
    p = p.fma(r, all(1f));
    IntVector power = t.reinterpretAsInts().sub(ROUNDER_BITS);
    IntVector half = power.lanewise(VectorOperators.ASHR, 1);
    FloatVector scaled = p.mul(powerOfTwo(half, ONE)).mul(powerOfTwo(power.sub(half), ONE));
    return withNaN(scaled, magnitude);
  }

  private static FloatVector powerOfTwo(IntVector exponent, int unit) {
    return exponent.lanewise(VectorOperators.LSHL, MANTISSA_BITS).add(unit).reinterpretAsFloats();
  }

  private static FloatVector decay(IntVector magnitude) {
    FloatVector a = magnitude.min(FloatMath.EXP_LIMIT).reinterpretAsFloats();
    FloatVector t = a.fma(all(-FloatMath.LOG2_E), all(ROUNDER));
    FloatVector n = t.sub(ROUNDER);
    FloatVector r = n.fma(all(-FloatMath.LN2_LOW), n.fma(all(-FloatMath.LN2_HIGH), a.neg()));
    FloatVector p = all(FloatMath.E6 * FloatMath.DECAY_UNIT).fma(r, all(FloatMath.E5 * FloatMath.DECAY_UNIT));
    p = p.fma(r, all(FloatMath.E4 * FloatMath.DECAY_UNIT));
    p = p.fma(r, all(FloatMath.E3 * FloatMath.DECAY_UNIT));
    p = p.fma(r, all(FloatMath.E2 * FloatMath.DECAY_UNIT));
    p = p.fma(r, all(FloatMath.DECAY_UNIT));
    p = p.fma(r, all(FloatMath.DECAY_UNIT));
    return p.mul(powerOfTwo(t.reinterpretAsInts(), FloatMath.DECAY_EXPONENT));
  }

  static FloatVector expOfMinusMagnitude(FloatVector x) {
    IntVector magnitude = x.reinterpretAsInts().and(MAGNITUDE);
    return withNaN(decay(magnitude), magnitude);
  }

  static FloatVector sigmoid(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector magnitude = bits.and(MAGNITUDE);
    FloatVector e = decay(magnitude);
    FloatVector small = e.div(e.add(1f));
    FloatVector side = bits.lanewise(VectorOperators.ASHR, 31).lanewise(VectorOperators.NOT).and(ONE).reinterpretAsFloats();
    return withNaN(side.sub(small).abs(), magnitude);
  }

  static FloatVector tanh(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector magnitude = bits.and(MAGNITUDE);
    FloatVector a = magnitude.min(FloatMath.TANH_LIMIT).reinterpretAsFloats();
    FloatVector t = a.fma(all(-FloatMath.TWO_LOG2_E), all(ROUNDER));
    FloatVector n = t.sub(ROUNDER);
    FloatVector r = n.fma(all(-FloatMath.HALF_LN2_LOW), n.fma(all(-FloatMath.HALF_LN2_HIGH), a.neg()));
    FloatVector p = all(FloatMath.T4).fma(r, all(FloatMath.T3));
    p = p.fma(r, all(FloatMath.T2));
    p = p.fma(r, all(FloatMath.T1));
    p = p.fma(r, all(FloatMath.T0));
    p = p.mul(r).fma(r, r);
    FloatVector scale = powerOfTwo(t.reinterpretAsInts(), ONE);
    FloatVector h = scale.fma(p, scale.fma(all(0.5f), all(-0.5f)));
    FloatVector y = h.div(all(-1f).sub(h));
    return withNaN(y.reinterpretAsInts().and(MAGNITUDE).or(bits.and(SIGN)).reinterpretAsFloats(), magnitude);
  }

  static FloatVector expm1OfMinusMagnitude(FloatVector x) {
    IntVector magnitude = x.reinterpretAsInts().and(MAGNITUDE);
    FloatVector a = magnitude.min(FloatMath.EXPM1_LIMIT).reinterpretAsFloats();
    FloatVector t = a.fma(all(-FloatMath.LOG2_E), all(ROUNDER));
    FloatVector n = t.sub(ROUNDER);
    FloatVector r = n.fma(all(-FloatMath.LN2_LOW), n.fma(all(-FloatMath.LN2_HIGH), a.neg()));
    FloatVector p = all(FloatMath.M4).fma(r, all(FloatMath.M3));
    p = p.fma(r, all(FloatMath.M2));
    p = p.fma(r, all(FloatMath.M1));
    p = p.fma(r, all(FloatMath.M0));
    p = p.mul(r).fma(r, r);
    FloatVector scale = powerOfTwo(t.reinterpretAsInts(), ONE);
    return withNaN(scale.fma(p, scale.sub(1f)), magnitude);
  }

  static FloatVector softplus(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector magnitude = bits.and(MAGNITUDE);
    FloatVector e = decay(magnitude);
    FloatVector positive = bits.and(bits.lanewise(VectorOperators.ASHR, 31).lanewise(VectorOperators.NOT)).reinterpretAsFloats();
    return withNaN(positive.add(log1pOfFraction(e)), magnitude);
  }

  private static FloatVector log1pOfFraction(FloatVector y) {
    FloatVector p = all(FloatMath.P9).fma(y, all(FloatMath.P8));
    p = p.fma(y, all(FloatMath.P7));
    p = p.fma(y, all(FloatMath.P6));
    p = p.fma(y, all(FloatMath.P5));
    p = p.fma(y, all(FloatMath.P4));
    p = p.fma(y, all(FloatMath.P3));
    p = p.fma(y, all(FloatMath.P2));
    p = p.fma(y, all(FloatMath.P1));
    return p.mul(y).fma(y, y);
  }

  static FloatVector log(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector negative = bits.lanewise(VectorOperators.ASHR, 31);
    IntVector tiny = bits.sub(FloatMath.SMALLEST_NORMAL).lanewise(VectorOperators.ASHR, 31).and(negative.lanewise(VectorOperators.NOT));
    FloatVector normal = x.mul(tiny.and(MANTISSA_BITS << MANTISSA_BITS).add(ONE).reinterpretAsFloats());
    IntVector shifted = normal.reinterpretAsInts().sub(FloatMath.SQRT_HALF);
    IntVector exponent = shifted.lanewise(VectorOperators.ASHR, MANTISSA_BITS).sub(tiny.and(MANTISSA_BITS));
    FloatVector k = exponent.add(ROUNDER_BITS).reinterpretAsFloats().sub(ROUNDER);
    FloatVector f = shifted.and(0x7fffff).add(FloatMath.SQRT_HALF).reinterpretAsFloats().sub(1f);
    FloatVector p = all(FloatMath.L7).fma(f, all(FloatMath.L6));
    p = p.fma(f, all(FloatMath.L5));
    p = p.fma(f, all(FloatMath.L4));
    p = p.fma(f, all(FloatMath.L3));
    p = p.fma(f, all(FloatMath.L2));
    p = p.fma(f, all(FloatMath.L1));
    p = p.fma(f, all(FloatMath.L0));
    FloatVector square = f.mul(f);
    FloatVector tail = p.mul(f).fma(square, k.fma(all(FloatMath.LN2_LOW), all(-0.5f).mul(square)));
    FloatVector y = k.fma(all(FloatMath.LN2_HIGH), f.add(tail));
    y = y.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0f));
    y = x.blend(y, x.compare(VectorOperators.LT, Float.POSITIVE_INFINITY));
    return y.blend(Float.NaN, x.compare(VectorOperators.LT, 0f));
  }

  static FloatVector erf(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector magnitude = bits.and(MAGNITUDE);
    FloatVector a = magnitude.min(FloatMath.ERF_LIMIT).reinterpretAsFloats();
    FloatVector s = a.mul(a);
    FloatVector p = all(FloatMath.S5).fma(s, all(FloatMath.S4));
    p = p.fma(s, all(FloatMath.S3));
    p = p.fma(s, all(FloatMath.S2));
    p = p.fma(s, all(FloatMath.S1));
    p = p.fma(s, all(FloatMath.S0));
    IntVector near = p.fma(a, a).reinterpretAsInts();
    FloatVector q = all(FloatMath.B6).fma(a, all(FloatMath.B5));
    q = q.fma(a, all(FloatMath.B4));
    q = q.fma(a, all(FloatMath.B3));
    q = q.fma(a, all(FloatMath.B2));
    q = q.fma(a, all(FloatMath.B1));
    q = q.fma(a, all(FloatMath.B0));
    IntVector far = all(1f).sub(decay(q.mul(a).reinterpretAsInts())).reinterpretAsInts();
    IntVector isFar = IntVector.broadcast(magnitude.species(), FloatMath.ERF_SPLIT).sub(magnitude).lanewise(VectorOperators.ASHR, 31);
    IntVector y = far.and(isFar).or(near.and(isFar.lanewise(VectorOperators.NOT)));
    return withNaN(y.or(bits.and(SIGN)).reinterpretAsFloats(), magnitude);
  }

  /** {@code Math.max(x, 0f)}: negative numbers but not NaN become 0. Fewer instructions than the vector maximum. */
  static FloatVector relu(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector cleared = bits.and(bits.add(AFTER_INFINITY)).lanewise(VectorOperators.ASHR, 31);
    return bits.and(cleared.lanewise(VectorOperators.NOT)).reinterpretAsFloats();
  }

  private static FloatVector withNaN(FloatVector y, IntVector magnitude) {
    return y.reinterpretAsInts().or(magnitude.add(AFTER_INFINITY).lanewise(VectorOperators.ASHR, 31)).reinterpretAsFloats();
  }

  /** {@code x > 0}. */
  static VectorMask<Float> positive(FloatVector x) {
    return x.compare(VectorOperators.GT, 0f);
  }
}
