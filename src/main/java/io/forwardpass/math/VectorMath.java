package io.forwardpass.math;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FloatMath} on vectors: the same operations in the same order, hence the same bits. What each function is, its range
 * and its error stand there, at the function of the same name.
 *
 * <p>Constants are vectors made once and helpers are few, because the compiler stops inlining what is not the Vector
 * API's own when a method has become large, and each vector that crosses a call is an object.
 *
 * <p>The species is the one that Spark's own matrix products use (netlib's, in Spark ML and Breeze), although the preferred
 * one is as long: the compiler decides by the classes it has seen at a call anywhere in the JVM, and one product on vectors of
 * another class made dense layers fifty times slower from then on.
 */
final class VectorMath {
  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_MAX;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_MAX;

  private static final FloatVector E2 = all(FloatMath.E2);
  private static final FloatVector D2 = all(FloatMath.E2 * FloatMath.DECAY_UNIT);
  private static final FloatVector E3 = all(FloatMath.E3);
  private static final FloatVector D3 = all(-FloatMath.E3 * FloatMath.DECAY_UNIT);
  private static final FloatVector E4 = all(FloatMath.E4);
  private static final FloatVector D4 = all(FloatMath.E4 * FloatMath.DECAY_UNIT);
  private static final FloatVector E5 = all(FloatMath.E5);
  private static final FloatVector D5 = all(-FloatMath.E5 * FloatMath.DECAY_UNIT);
  private static final FloatVector E6 = all(FloatMath.E6);
  private static final FloatVector D6 = all(FloatMath.E6 * FloatMath.DECAY_UNIT);
  private static final FloatVector M0 = all(FloatMath.M0);
  private static final FloatVector M1 = all(FloatMath.M1);
  private static final FloatVector M2 = all(FloatMath.M2);
  private static final FloatVector M3 = all(FloatMath.M3);
  private static final FloatVector M4 = all(FloatMath.M4);
  private static final FloatVector T0 = all(FloatMath.T0);
  private static final FloatVector T1 = all(FloatMath.T1);
  private static final FloatVector T2 = all(FloatMath.T2);
  private static final FloatVector T3 = all(FloatMath.T3);
  private static final FloatVector T4 = all(FloatMath.T4);
  private static final FloatVector L0 = all(FloatMath.L0);
  private static final FloatVector L1 = all(FloatMath.L1);
  private static final FloatVector L2 = all(FloatMath.L2);
  private static final FloatVector L3 = all(FloatMath.L3);
  private static final FloatVector L4 = all(FloatMath.L4);
  private static final FloatVector L5 = all(FloatMath.L5);
  private static final FloatVector L6 = all(FloatMath.L6);
  private static final FloatVector L7 = all(FloatMath.L7);
  private static final FloatVector P1 = all(FloatMath.P1);
  private static final FloatVector P2 = all(FloatMath.P2);
  private static final FloatVector P3 = all(FloatMath.P3);
  private static final FloatVector P4 = all(FloatMath.P4);
  private static final FloatVector P5 = all(FloatMath.P5);
  private static final FloatVector P6 = all(FloatMath.P6);
  private static final FloatVector P7 = all(FloatMath.P7);
  private static final FloatVector P8 = all(FloatMath.P8);
  private static final FloatVector P9 = all(FloatMath.P9);
  private static final FloatVector S0 = all(FloatMath.S0);
  private static final FloatVector S1 = all(FloatMath.S1);
  private static final FloatVector S2 = all(FloatMath.S2);
  private static final FloatVector S3 = all(FloatMath.S3);
  private static final FloatVector S4 = all(FloatMath.S4);
  private static final FloatVector S5 = all(FloatMath.S5);
  private static final FloatVector B0 = all(FloatMath.B0);
  private static final FloatVector B1 = all(FloatMath.B1);
  private static final FloatVector B2 = all(FloatMath.B2);
  private static final FloatVector B3 = all(FloatMath.B3);
  private static final FloatVector B4 = all(FloatMath.B4);
  private static final FloatVector B5 = all(FloatMath.B5);
  private static final FloatVector B6 = all(FloatMath.B6);
  private static final FloatVector D1 = all(-FloatMath.DECAY_UNIT);
  private static final FloatVector D0 = all(FloatMath.DECAY_UNIT);
  private static final FloatVector UNIT = all(1f);
  private static final FloatVector MINUS_UNIT = all(-1f);
  private static final FloatVector HALF = all(0.5f);
  private static final FloatVector MINUS_HALF = all(-0.5f);
  private static final FloatVector LOG2_E = all(FloatMath.LOG2_E);
  private static final FloatVector MINUS_LOG2_E = all(-FloatMath.LOG2_E);
  private static final FloatVector MINUS_TWO_LOG2_E = all(-FloatMath.TWO_LOG2_E);
  private static final FloatVector LN2_HIGH = all(FloatMath.LN2_HIGH);
  private static final FloatVector LN2_LOW = all(FloatMath.LN2_LOW);
  private static final FloatVector MINUS_LN2_HIGH = all(-FloatMath.LN2_HIGH);
  private static final FloatVector MINUS_LN2_LOW = all(-FloatMath.LN2_LOW);
  private static final FloatVector MINUS_HALF_LN2 = all(-FloatMath.HALF_LN2);
  private static final FloatVector ROUNDER = all(FloatMath.ROUNDER);
  private static final FloatVector NOTHING = all(0f);
  private static final FloatVector ENDLESS = all(Float.POSITIVE_INFINITY);
  private static final FloatVector MINUS_ENDLESS = all(Float.NEGATIVE_INFINITY);
  private static final FloatVector NAN = all(Float.NaN);
  private static final IntVector MAGNITUDE = all(FloatMath.MAGNITUDE);
  private static final IntVector SIGN = all(FloatMath.SIGN);
  private static final IntVector ONE = all(FloatMath.ONE);
  private static final IntVector AFTER_INFINITY = all(FloatMath.AFTER_INFINITY);
  private static final IntVector ROUNDER_BITS = all(FloatMath.ROUNDER_BITS);
  private static final IntVector EXP_LIMIT = all(FloatMath.EXP_LIMIT);
  private static final IntVector EXPM1_LIMIT = all(FloatMath.EXPM1_LIMIT);
  private static final IntVector TANH_LIMIT = all(FloatMath.TANH_LIMIT);
  private static final IntVector ERF_LIMIT = all(FloatMath.ERF_LIMIT);
  private static final IntVector ERF_SPLIT = all(FloatMath.ERF_SPLIT);
  private static final IntVector DECAY_EXPONENT = all(FloatMath.DECAY_EXPONENT);
  private static final IntVector SMALLEST_NORMAL = all(FloatMath.SMALLEST_NORMAL);
  private static final IntVector SQRT_HALF = all(FloatMath.SQRT_HALF);
  private static final IntVector MANTISSA_BITS = all(FloatMath.MANTISSA_BITS);
  private static final IntVector MANTISSA = all(0x7fffff);
  private static final IntVector TINY_SCALE = all(FloatMath.MANTISSA_BITS << FloatMath.MANTISSA_BITS);
  private static final IntVector ONES = all(-1);

  private VectorMath() {}

  private static FloatVector all(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }

  private static IntVector all(int value) {
    return IntVector.broadcast(INTS, value);
  }

  static FloatVector exp(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector magnitude = bits.and(MAGNITUDE);
    FloatVector y = magnitude.min(EXP_LIMIT).or(bits.and(SIGN)).reinterpretAsFloats();
    FloatVector t = y.fma(LOG2_E, ROUNDER);
    FloatVector n = t.sub(ROUNDER);
    FloatVector r = n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2_HIGH, y));
    FloatVector p = r.fma(E6, E5).fma(r, E4).fma(r, E3).fma(r, E2).fma(r, UNIT).fma(r, UNIT);
    IntVector power = t.reinterpretAsInts().sub(ROUNDER_BITS);
    IntVector half = power.lanewise(ASHR, 1);
    IntVector rest = power.sub(half);
    FloatVector once = p.mul(half.lanewise(LSHL, 23).add(ONE).reinterpretAsFloats());
    IntVector scaled = once.mul(rest.lanewise(LSHL, 23).add(ONE).reinterpretAsFloats()).reinterpretAsInts();
    return scaled.or(magnitude.add(AFTER_INFINITY).lanewise(ASHR, 31)).reinterpretAsFloats();
  }

  private static FloatVector decay(IntVector magnitude) {
    FloatVector a = magnitude.min(EXP_LIMIT).reinterpretAsFloats();
    FloatVector t = a.fma(MINUS_LOG2_E, ROUNDER);
    FloatVector n = t.sub(ROUNDER);
    FloatVector r = n.fma(LN2_LOW, n.fma(LN2_HIGH, a));
    FloatVector p = r.fma(D6, D5).fma(r, D4).fma(r, D3).fma(r, D2).fma(r, D1).fma(r, D0);
    return p.mul(t.reinterpretAsInts().lanewise(LSHL, 23).add(DECAY_EXPONENT).reinterpretAsFloats());
  }

  static FloatVector expOfMinusMagnitude(FloatVector x) {
    IntVector magnitude = x.reinterpretAsInts().and(MAGNITUDE);
    IntVector y = decay(magnitude).reinterpretAsInts();
    return y.or(magnitude.add(AFTER_INFINITY).lanewise(ASHR, 31)).reinterpretAsFloats();
  }

  static FloatVector sigmoid(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector magnitude = bits.and(MAGNITUDE);
    FloatVector e = decay(magnitude);
    FloatVector small = e.div(e.add(UNIT));
    FloatVector side = bits.lanewise(ASHR, 31).lanewise(XOR, ONES).and(ONE).reinterpretAsFloats();
    IntVector y = side.sub(small).reinterpretAsInts().and(MAGNITUDE);
    return y.or(magnitude.add(AFTER_INFINITY).lanewise(ASHR, 31)).reinterpretAsFloats();
  }

  static FloatVector tanh(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector magnitude = bits.and(MAGNITUDE);
    FloatVector a = magnitude.min(TANH_LIMIT).reinterpretAsFloats();
    FloatVector t = a.fma(MINUS_TWO_LOG2_E, ROUNDER);
    FloatVector n = t.sub(ROUNDER);
    FloatVector r = n.fma(MINUS_HALF_LN2, a.neg());
    FloatVector p = r.fma(T4, T3).fma(r, T2).fma(r, T1).fma(r, T0).mul(r).fma(r, r);
    FloatVector scale = t.reinterpretAsInts().lanewise(LSHL, 23).add(ONE).reinterpretAsFloats();
    FloatVector h = scale.fma(p, scale.fma(HALF, MINUS_HALF));
    IntVector y = h.div(MINUS_UNIT.sub(h)).reinterpretAsInts().and(MAGNITUDE).or(bits.and(SIGN));
    return y.or(magnitude.add(AFTER_INFINITY).lanewise(ASHR, 31)).reinterpretAsFloats();
  }

  static FloatVector sigmoidTimesTanh(FloatVector gate, FloatVector x) {
    IntVector gateBits = gate.reinterpretAsInts();
    IntVector gateMagnitude = gateBits.and(MAGNITUDE);
    FloatVector e = decay(gateMagnitude);
    IntVector side = gateBits.lanewise(ASHR, 31);
    FloatVector part = e.reinterpretAsInts().and(side).or(ONE.and(side.lanewise(XOR, ONES))).reinterpretAsFloats();
    IntVector bits = x.reinterpretAsInts();
    IntVector magnitude = bits.and(MAGNITUDE);
    FloatVector a = magnitude.min(TANH_LIMIT).reinterpretAsFloats();
    FloatVector t = a.fma(MINUS_TWO_LOG2_E, ROUNDER);
    FloatVector n = t.sub(ROUNDER);
    FloatVector r = n.fma(MINUS_HALF_LN2, a.neg());
    FloatVector p = r.fma(T4, T3).fma(r, T2).fma(r, T1).fma(r, T0).mul(r).fma(r, r);
    FloatVector scale = t.reinterpretAsInts().lanewise(LSHL, 23).add(ONE).reinterpretAsFloats();
    FloatVector h = scale.fma(p, scale.fma(HALF, MINUS_HALF));
    FloatVector whole = e.add(UNIT).mul(MINUS_UNIT.sub(h));
    IntVector y = part.mul(h).div(whole).reinterpretAsInts().and(MAGNITUDE).or(bits.and(SIGN));
    IntVector nan = gateMagnitude.add(AFTER_INFINITY).or(magnitude.add(AFTER_INFINITY)).lanewise(ASHR, 31);
    return y.or(nan).reinterpretAsFloats();
  }

  static FloatVector expm1OfMinusMagnitude(FloatVector x) {
    IntVector magnitude = x.reinterpretAsInts().and(MAGNITUDE);
    FloatVector a = magnitude.min(EXPM1_LIMIT).reinterpretAsFloats();
    FloatVector t = a.fma(MINUS_LOG2_E, ROUNDER);
    FloatVector n = t.sub(ROUNDER);
    FloatVector r = n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2_HIGH, a.neg()));
    FloatVector p = r.fma(M4, M3).fma(r, M2).fma(r, M1).fma(r, M0).mul(r).fma(r, r);
    FloatVector scale = t.reinterpretAsInts().lanewise(LSHL, 23).add(ONE).reinterpretAsFloats();
    IntVector y = scale.fma(p, scale.sub(UNIT)).reinterpretAsInts();
    return y.or(magnitude.add(AFTER_INFINITY).lanewise(ASHR, 31)).reinterpretAsFloats();
  }

  static FloatVector softplus(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector magnitude = bits.and(MAGNITUDE);
    FloatVector e = decay(magnitude);
    FloatVector p = e.fma(P9, P8).fma(e, P7).fma(e, P6).fma(e, P5).fma(e, P4).fma(e, P3).fma(e, P2).fma(e, P1);
    FloatVector log = p.mul(e).fma(e, e);
    FloatVector positive = bits.and(bits.lanewise(ASHR, 31).lanewise(XOR, ONES)).reinterpretAsFloats();
    IntVector y = positive.add(log).reinterpretAsInts();
    return y.or(magnitude.add(AFTER_INFINITY).lanewise(ASHR, 31)).reinterpretAsFloats();
  }

  static FloatVector log(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector tiny = bits.sub(SMALLEST_NORMAL).lanewise(ASHR, 31).and(bits.lanewise(ASHR, 31).lanewise(XOR, ONES));
    FloatVector normal = x.mul(tiny.and(TINY_SCALE).add(ONE).reinterpretAsFloats());
    IntVector shifted = normal.reinterpretAsInts().sub(SQRT_HALF);
    IntVector exponent = shifted.lanewise(ASHR, 23).sub(tiny.and(MANTISSA_BITS));
    FloatVector k = exponent.add(ROUNDER_BITS).reinterpretAsFloats().sub(ROUNDER);
    FloatVector f = shifted.and(MANTISSA).add(SQRT_HALF).reinterpretAsFloats().sub(UNIT);
    FloatVector p = f.fma(L7, L6).fma(f, L5).fma(f, L4).fma(f, L3).fma(f, L2).fma(f, L1).fma(f, L0);
    FloatVector square = f.mul(f);
    FloatVector tail = p.mul(f).fma(square, k.fma(LN2_LOW, square.mul(MINUS_HALF)));
    FloatVector y = k.fma(LN2_HIGH, f.add(tail));
    y = y.blend(MINUS_ENDLESS, x.compare(EQ, NOTHING));
    y = x.blend(y, x.compare(LT, ENDLESS));
    return y.blend(NAN, x.compare(LT, NOTHING));
  }

  static FloatVector erf(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector magnitude = bits.and(MAGNITUDE);
    FloatVector a = magnitude.min(ERF_LIMIT).reinterpretAsFloats();
    FloatVector s = a.mul(a);
    FloatVector p = s.fma(S5, S4).fma(s, S3).fma(s, S2).fma(s, S1).fma(s, S0);
    IntVector near = p.fma(a, a).reinterpretAsInts();
    FloatVector q = a.fma(B6, B5).fma(a, B4).fma(a, B3).fma(a, B2).fma(a, B1).fma(a, B0).mul(a);
    IntVector far = UNIT.sub(decay(q.reinterpretAsInts())).reinterpretAsInts();
    IntVector isFar = ERF_SPLIT.sub(magnitude).lanewise(ASHR, 31);
    IntVector y = far.and(isFar).or(near.and(isFar.lanewise(XOR, ONES))).or(bits.and(SIGN));
    return y.or(magnitude.add(AFTER_INFINITY).lanewise(ASHR, 31)).reinterpretAsFloats();
  }

  /** {@code Math.max(x, 0f)}: negative numbers but not NaN become 0. Fewer instructions than the vector maximum. */
  static FloatVector relu(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector cleared = bits.and(bits.add(AFTER_INFINITY)).lanewise(ASHR, 31);
    return bits.and(cleared.lanewise(XOR, ONES)).reinterpretAsFloats();
  }

  static VectorMask<Float> positive(FloatVector x) {
    return x.compare(GT, NOTHING);
  }
}
