#!/usr/bin/env python3
"""Where the polynomials of FloatMath come from: derives them anew and states their errors and those of the functions.

    pip install -r requirements-polynomials.txt
    python polynomials.py                                  # derives the coefficients and prints them
    python polynomials.py --check FloatMath.java           # compares those of the file, and measures the file's functions

The coefficients are those of least greatest error relative to the whole function (minimax), made floats one by one: the
lowest is rounded, the others are fitted anew to what it leaves. `bound` is the least error that any real coefficients of
the degree reach, `derived` that of the floats found here, `file` that of the file's constants.
"""
import argparse
import pathlib
import re
import sys

import mpmath as mp
import numpy as np

from float_functions import functions, worst
from minimax import Target

LN2 = mp.log(2)


class Polynomial:
    def __init__(self, names, text, interval, g, weight):
        self.names, self.text, self.interval, self.g, self.weight = names.split(), text, interval, g, weight


def erf_over_x(square):
    x = mp.sqrt(square)
    return mp.erf(x) / x


POLYNOMIALS = [
    Polynomial("E2 E3 E4 E5 E6", "(e^r - 1 - r) / r^2, relative to e^r, |r| <= ln(2) / 2", (-LN2 / 2, LN2 / 2),
               lambda r: (mp.expm1(r) - r) / r**2, lambda r: r**2 / mp.exp(r)),
    Polynomial("M0 M1 M2 M3 M4", "(e^r - 1 - r) / r^2, relative to e^r - 1, |r| <= ln(2) / 2", (-LN2 / 2, LN2 / 2),
               lambda r: (mp.expm1(r) - r) / r**2, lambda r: r**2 / mp.expm1(r)),
    Polynomial("T0 T1 T2 T3 T4", "((e^2r - 1) / 2 - r) / r^2, relative to (e^2r - 1) / 2, |r| <= ln(2) / 4", (-LN2 / 4, LN2 / 4),
               lambda r: (mp.expm1(2 * r) / 2 - r) / r**2, lambda r: 2 * r**2 / mp.expm1(2 * r)),
    Polynomial("L0 L1 L2 L3 L4 L5 L6 L7", "(log(1 + f) - f + f^2 / 2) / f^3, relative to log(1 + f), sqrt(1/2) <= 1 + f <= sqrt(2)",
               (mp.sqrt(0.5) - 1, mp.sqrt(2) - 1),
               lambda f: (mp.log1p(f) - f + f * f / 2) / f**3, lambda f: f**3 / mp.log1p(f)),
    Polynomial("P1 P2 P3 P4 P5 P6 P7 P8 P9", "(log(1 + y) / y - 1) / y, relative to log(1 + y), 0 <= y <= 1", (0, 1),
               lambda y: (mp.log1p(y) / y - 1) / y, lambda y: y**2 / mp.log1p(y)),
    Polynomial("S0 S1 S2 S3 S4 S5", "erf(x) / x - 1 in powers of x^2, relative to erf(x) / x, 0 <= x <= 0.93", (0, mp.mpf("0.8649")),
               lambda s: erf_over_x(s) - 1, lambda s: 1 / erf_over_x(s)),
    Polynomial("B0 B1 B2 B3 B4 B5 B6", "-log(erfc(x)) / x, relative to erf(x), 0.92 <= x <= 4", (mp.mpf("0.92"), 4),
               lambda x: -mp.log(mp.erfc(x)) / x, lambda x: x * mp.erfc(x) / mp.erf(x)),
]


def constants(path):
    """Every `static final float NAME = number` of a Java file; numbers are decimal."""
    text = pathlib.Path(path).read_text(encoding="utf-8")
    found = re.findall(r"static final float (\w+) = (-?[\d.]+(?:e-?\d+)?)f;", text)
    return {name: float(np.float32(number)) for name, number in found}


# of the reduction to r; LN2_HIGH has 9 bits, so that its multiples are exact, and LN2_LOW what it lacks
LN2_HIGH = mp.mpf("0.693359375")
REDUCTION = {"LOG2_E": 1 / LN2, "LN2_HIGH": LN2_HIGH, "LN2_LOW": LN2 - LN2_HIGH, "HALF_LN2": LN2 / 2}


def report(polynomial, file):
    """Prints one polynomial; what is wrong with the file's."""
    target = Target(polynomial.g, polynomial.weight, *polynomial.interval)
    terms = len(polynomial.names)
    _, bound = target.minimax(terms)
    derived = target.rounded(terms)
    error, _ = target.error(derived)
    print(f"\n{polynomial.names[0]}..{polynomial.names[-1]}: {polynomial.text}")
    print(f"  bound {bound:.3g}, derived {error:.3g}", end="")
    own = [mp.mpf(file[name]) for name in polynomial.names] if file else None
    if own:
        of_file, _ = target.error(own)
        equal = all(a == b for a, b in zip(own, derived))
        print(f", file {of_file:.3g}: " + ("the same floats" if equal else "other floats"))
    else:
        print()
    for i, name in enumerate(polynomial.names):
        print(f"  {name} = {np.format_float_scientific(np.float32(float(derived[i])), precision=8, unique=False)}", end="")
        ulp = float(np.spacing(np.float32(abs(float(derived[i])))))
        print(f"  file {float(own[i] - derived[i]) / ulp:+.0f} ulp" if own else "")
    if own and of_file > 1.05 * bound:
        return [f"{polynomial.names[0]}..: the file's error is {of_file:.3g}, more than 5 in 100 above the bound {bound:.3g}"]
    return []


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", metavar="FloatMath.java", help="compare this file's constants, and measure its functions")
    parser.add_argument("--stride", type=int, default=2039, help="measure every so many floats; 1 for all there are")
    options = parser.parse_args()
    file = constants(options.check) if options.check else None
    wrong = []
    if file:
        missing = [n for p in POLYNOMIALS for n in p.names if n not in file] + [n for n in REDUCTION if n not in file]
        if missing:
            sys.exit(f"{options.check} has no constants {', '.join(missing)}")
        for name, value in REDUCTION.items():
            if file[name] != float(np.float32(float(value))):
                wrong.append(f"{name} is {file[name]!r}, not {mp.nstr(value, 10)}")
    for polynomial in POLYNOMIALS:
        wrong += report(polynomial, file)
    if file:
        print(f"\nfunctions, every {options.stride}th float, greatest error in ulp:")
        with np.errstate(all="ignore"):
            for name, function in functions(file).items():
                greatest, where = worst(name, function, options.stride)
                print(f"  {name:22} {greatest:.2f} at {where!r}")
    for line in wrong:
        print(line, file=sys.stderr)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
