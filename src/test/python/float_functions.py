"""FloatMath's functions in numpy: the same float32 operations, so the same bits; and their truth in float64."""
import math

import numpy as np

F = np.float32
SIGN, MAGNITUDE, ONE, MANTISSA_BITS = -0x80000000, 0x7FFFFFFF, 0x3F800000, 23
ROUNDER, ROUNDER_BITS = F(12582912), 0x4B400000


def fma(a, b, c):
    """a * b + c, rounded once: the product is exact in double, the sum is rounded to odd there and then to float."""
    product = np.float64(a) * np.float64(b)
    c = np.float64(c)
    total = product + c
    part = total - product
    rest = (product - (total - part)) + (c - part)
    bits = np.asarray(total).view(np.int64)
    inexact = (rest != 0) & np.isfinite(total) & (bits & 1 == 0)
    away = (rest > 0) == (total > 0)
    return np.where(inexact, (bits + np.where(away, 1, -1)).view(np.float64), total).astype(F)


def bits(x):
    return np.asarray(x, F).view(np.int32)


def floats(i):
    return np.asarray(i).astype(np.int64).astype(np.int32).view(F)


def horner(x, *coefficients):
    """Of the coefficients of falling powers."""
    p = np.full_like(x, coefficients[0])
    for c in coefficients[1:]:
        p = fma(p, x, c)
    return p


class FloatFunctions:
    """With the constants k["E2"] and so on of FloatMath."""

    def __init__(self, k):
        self.k = k

    def c(self, *names):
        return [F(self.k[n]) for n in names]

    def power(self, t, offset=ONE):
        return floats((bits(t).astype(np.int64) << MANTISSA_BITS) + offset)

    def exp(self, x):
        k = self.k
        y = np.clip(x, F(-104), F(104))
        t = fma(y, F(k["LOG2_E"]), ROUNDER)
        n = t - ROUNDER
        r = fma(n, F(-k["LN2_LOW"]), fma(n, F(-k["LN2_HIGH"]), y))
        p = horner(r, *self.c("E6", "E5", "E4", "E3", "E2"), F(1), F(1))
        power = bits(t).astype(np.int64) - ROUNDER_BITS
        half = power >> 1
        return p * floats((half << MANTISSA_BITS) + ONE) * floats((power - half << MANTISSA_BITS) + ONE)

    def decay(self, magnitude):
        k = self.k
        a = np.minimum(magnitude, F(104))
        t = fma(a, F(-k["LOG2_E"]), ROUNDER)
        n = t - ROUNDER
        r = fma(n, F(k["LN2_LOW"]), fma(n, F(k["LN2_HIGH"]), a))
        unit = F(2.0**-24)
        e6, e5, e4, e3, e2 = self.c("E6", "E5", "E4", "E3", "E2")
        p = horner(r, e6 * unit, -e5 * unit, e4 * unit, -e3 * unit, e2 * unit, -unit, unit)
        return p * self.power(t, ONE + (24 << MANTISSA_BITS))

    def sigmoid(self, x):
        e = self.decay(np.abs(x))
        small = e / (F(1) + e)
        return np.abs(np.where(np.signbit(x), F(0), F(1)) - small)

    def tanh(self, x):
        k = self.k
        a = np.minimum(np.abs(x), F(10))
        t = fma(a, F(-2) * F(k["LOG2_E"]), ROUNDER)
        n = t - ROUNDER
        r = fma(n, F(-k["HALF_LN2"]), -a)
        p = horner(r, *self.c("T4", "T3", "T2", "T1", "T0"))
        p = fma(p * r, r, r)
        scale = self.power(t)
        h = fma(scale, p, fma(scale, F(0.5), F(-0.5)))
        return np.copysign(h / (F(-1) - h), x)

    def expm1_of_minus_magnitude(self, x):
        k = self.k
        a = np.minimum(np.abs(x), F(20))
        t = fma(a, F(-k["LOG2_E"]), ROUNDER)
        n = t - ROUNDER
        r = fma(n, F(-k["LN2_LOW"]), fma(n, F(-k["LN2_HIGH"]), -a))
        p = horner(r, *self.c("M4", "M3", "M2", "M1", "M0"))
        p = fma(p * r, r, r)
        scale = self.power(t)
        return fma(scale, p, scale - F(1))

    def softplus(self, x):
        y = self.decay(np.abs(x))
        p = horner(y, *self.c("P9", "P8", "P7", "P6", "P5", "P4", "P3", "P2", "P1"))
        return np.maximum(x, F(0)) + fma(p * y, y, y)

    def log(self, x):
        k = self.k
        tiny = np.where(x < F(2.0**-126), 23, 0)
        shifted = bits(x * np.exp2(tiny).astype(F)).astype(np.int64) - 0x3F3504F3
        n = ((shifted >> MANTISSA_BITS) - tiny).astype(F)
        f = floats((shifted & 0x7FFFFF) + 0x3F3504F3) - F(1)
        p = horner(f, *self.c("L7", "L6", "L5", "L4", "L3", "L2", "L1", "L0"))
        square = f * f
        tail = fma(p * f, square, fma(n, F(k["LN2_LOW"]), F(-0.5) * square))
        return fma(n, F(k["LN2_HIGH"]), f + tail)

    def erf(self, x):
        a = np.minimum(np.abs(x), F(4))
        s = a * a
        near = fma(horner(s, *self.c("S5", "S4", "S3", "S2", "S1", "S0")), a, a)
        q = horner(a, *self.c("B6", "B5", "B4", "B3", "B2", "B1", "B0"))
        far = F(1) - self.decay(q * a)
        return np.copysign(np.where(bits(np.abs(x)) > 0x3F6D9168, far, near), x)


def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x < 0, e / (1 + e), 1 / (1 + e))


TRUTHS = {
    "exp": np.exp,
    "expOfMinusMagnitude": lambda x: np.exp(-np.abs(x)),
    "expm1OfMinusMagnitude": lambda x: np.expm1(-np.abs(x)),
    "sigmoid": sigmoid,
    "tanh": np.tanh,
    "softplus": lambda x: np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x))),
    "log": np.log,
    "erf": np.vectorize(math.erf, otypes=[np.float64]),
}


def functions(constants):
    f = FloatFunctions(constants)
    return {
        "exp": f.exp,
        "expOfMinusMagnitude": lambda x: f.decay(np.abs(x)),
        "expm1OfMinusMagnitude": f.expm1_of_minus_magnitude,
        "sigmoid": f.sigmoid,
        "tanh": f.tanh,
        "softplus": f.softplus,
        "log": f.log,
        "erf": f.erf,
    }


def worst(name, function, stride):
    """The greatest error in ulps, those of the float next to the truth, over every stride-th float; and where it is."""
    greatest, where = 0.0, 0.0
    everything = np.arange(0, 1 << 32, stride, dtype=np.int64)
    for part in np.array_split(everything, max(1, len(everything) // 500_000)):
        x = part.astype(np.uint32).view(F)
        x = x[np.isfinite(x) & ((x > 0) if name == "log" else True)]
        if not len(x):
            continue
        truth = TRUTHS[name](x.astype(np.float64))
        nearest = truth.astype(F)
        found = function(x)
        inside = np.isfinite(nearest) & np.isfinite(found) & (found != nearest)
        error = np.where(inside, np.abs(found.astype(np.float64) - truth) / np.spacing(np.abs(nearest)).astype(np.float64), 0)
        at = int(error.argmax())
        if error[at] > greatest:
            greatest, where = float(error[at]), float(x[at])
    return greatest, where
