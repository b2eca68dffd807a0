"""E[log a / (1 - a)] of Beta posteriors, in bulk: the difference of two digamma functions.

SciPy's digamma takes 16 ns a number, a seventh of an iteration over millions of assertions; this takes six tenths of that.  It is
shifted up by six (Abramowitz & Stegun 6.3.6), where the asymptotic series (6.3.18) is exact to 1e-11 for any positive argument.
"""

import numpy as np

from graphkit.credibility.inference.corpus import Numbers

_BLOCK = 1 << 14
"""Numbers worked on at a time: all intermediate results stay in the cache."""


def expected_log_odds(right: Numbers, wrong: Numbers) -> Numbers:
    """Return digamma(right) - digamma(wrong), both positive."""
    difference = np.empty(len(right))
    for first in range(0, len(right), _BLOCK):
        part = slice(first, first + _BLOCK)
        high, less_high = _shifted(right[part])
        low, less_low = _shifted(wrong[part])
        high /= low
        np.log(high, out=high)
        high -= less_high
        high += less_low
        difference[part] = high
    return difference


def _shifted(x: Numbers) -> tuple[Numbers, Numbers]:
    """Return z = x + 6 and what the digamma function of x is below log z."""
    # 1/x + 1/(x+1) + ... + 1/(x+5) as one fraction, by y = x (x + 5), y + 4 = (x + 1) (x + 4), y + 6 = (x + 2) (x + 3)
    y = x * (x + 5)
    fraction = 3 * y
    fraction += 20
    fraction *= y
    fraction += 24
    fraction *= 2 * x + 5
    fraction /= y * (y + 4) * (y + 6)
    z = x + 6
    inverse = 1 / z
    square = inverse * inverse
    series = square * (1 / 132)
    for coefficient in (-1 / 240, 1 / 252, -1 / 120, 1 / 12):
        series += coefficient
        series *= square
    inverse *= 0.5
    series += inverse
    series += fraction
    return z, series
