"""Polynomials whose greatest weighted error on an interval is the least possible (Remez, 1934), in 40 digits."""
import mpmath as mp
import numpy as np

mp.mp.dps = 40
POINTS = 2000  # of the interval, dense towards its ends; an even number, so that 0 is not among those of a symmetric one


class Target:
    """What is approximated, g(x) with the error weighted by w(x), at the points of an interval."""

    def __init__(self, g, w, low, high):
        low, high = mp.mpf(low), mp.mpf(high)
        self.x = [(low + high) / 2 - (high - low) / 2 * mp.cos(mp.pi * (i + mp.mpf(0.5)) / POINTS) for i in range(POINTS)]
        self.g = [g(x) for x in self.x]
        self.w = [abs(w(x)) for x in self.x]

    def error(self, coefficients, first=0, g=None):
        """The greatest weighted error of the polynomial whose lowest power is `first`, and all of them."""
        g = self.g if g is None else g
        errors = np.array([float(w * (mp.polyval(coefficients[::-1], x) * x**first - y)) for x, y, w in zip(self.x, g, self.w)])
        return np.abs(errors).max(), errors

    def minimax(self, terms, first=0, g=None):
        """Coefficients of the powers from `first` on, and their greatest weighted error."""
        g = self.g if g is None else g
        reference = [round((1 - np.cos(np.pi * (i + 0.5) / (terms + 1))) / 2 * (POINTS - 1)) for i in range(terms + 1)]
        for _ in range(50):
            rows = [[self.x[i] ** (first + p) * self.w[i] for p in range(terms)] + [(-1) ** r] for r, i in enumerate(reference)]
            solution = mp.lu_solve(mp.matrix(rows), mp.matrix([g[i] * self.w[i] for i in reference]))
            coefficients = [solution[p] for p in range(terms)]
            worst, errors = self.error(coefficients, first, g)
            extrema = alternating(errors, terms + 1)
            if extrema == reference:
                return coefficients, worst
            reference = extrema
        raise ArithmeticError("Remez' exchange has not come to rest in 50 turns")

    def rounded(self, terms):
        """Coefficients that are floats: the lowest is rounded, the others are fitted anew to what it leaves, and so on."""
        g, found = list(self.g), []
        for first in range(terms):
            coefficients, _ = self.minimax(terms - first, first, g)
            nearest = mp.mpf(float(np.float32(float(coefficients[0]))))
            found.append(nearest)
            g = [y - nearest * x**first for x, y in zip(self.x, g)]
        return found


def alternating(errors, count):
    """Where errors of alternating sign are greatest, so many of them."""
    extrema = []
    for i, error in enumerate(errors):
        if extrema and (error > 0) == (errors[extrema[-1]] > 0):
            if abs(error) > abs(errors[extrema[-1]]):
                extrema[-1] = i
        else:
            extrema.append(i)
    while len(extrema) > count:  # an end, or two neighbours, so that signs go on alternating
        least = min(range(len(extrema)), key=lambda e: abs(errors[extrema[e]]))
        if least in (0, len(extrema) - 1) or len(extrema) == count + 1:
            del extrema[0 if abs(errors[extrema[0]]) < abs(errors[extrema[-1]]) else -1]
        else:
            other = min(least - 1, least + 1, key=lambda e: abs(errors[extrema[e]]))
            del extrema[min(least, other):max(least, other) + 1]
    if len(extrema) < count:
        raise ArithmeticError(f"the error changes its sign {len(extrema) - 1} times, fewer than {count - 1}")
    return extrema
