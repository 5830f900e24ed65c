"""Probabilities of counts (计数的概率): how many of m, and which counts meet a limit exactly."""

from fractions import Fraction
from math import ceil, floor, fsum

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from wenming.core.errors import DomainError

OPERATORS = (">", ">=", "<", "<=")
Floats = NDArray[np.float64]


class BadSample(DomainError):
    """Counts, sizes, an operator or thresholds from which no probability can be computed."""

    code = "bad_sample"


def meeting(op: str, limit: Fraction, m: int) -> tuple[int, int]:
    """The counts k of m for which k/m meets a limit, decided on integers.

    Args:
        op: `>`, `>=`, `<` or `<=`.
        limit: exact.
        m: at least 1.

    Returns:
        The first and the last count; no count meets it when the last is before the first.

    Raises:
        BadSample: the operator is unknown.
    """
    if op not in OPERATORS:
        raise BadSample(op=op)
    edge = limit * m
    if op == ">=":
        return ceil(edge), m
    if op == ">":
        return floor(edge) + 1, m
    return (0, floor(edge)) if op == "<=" else (0, ceil(edge) - 1)


def mass(chances: Floats, first: int, last: int) -> float:
    """The probability of the counts from `first` to `last`; exactly 0 or 1 for none or all.

    Args:
        chances: probability of each count from 0 on; they sum to 1.
        first, last: may lie outside the counts there are.

    Returns:
        From 0 to 1.
    """
    first, last = max(0, first), min(len(chances) - 1, last)
    if last < first:
        return 0.0
    if first == 0 and last == len(chances) - 1:
        return 1.0
    return min(1.0, fsum(chances[first : last + 1].tolist()))


def beta_binomial(m: int, yes: float, no: float) -> Floats:
    """The probability of each count of m when the share follows Beta(yes, no).

    Built from ratios of neighbours, from the likeliest count outwards: plain multiplications
    give the same digits everywhere, which logarithms of the gamma function would not.

    Args:
        m: at least 0.
        yes, no: above 0.

    Returns:
        Shape (m + 1,), summing to 1.
    """
    k = np.arange(m, dtype=np.float64)
    ratios = (m - k) * (k + yes) / ((k + 1) * (m - k - 1 + no))
    likeliest = int(np.argmax(np.concatenate(([0.0], np.cumsum(np.log(ratios))))))
    above = np.cumprod(ratios[likeliest:])
    below = np.cumprod(1 / ratios[:likeliest][::-1])[::-1]
    chances = np.concatenate((below, [1.0], above))
    return np.asarray(chances / fsum(chances.tolist()))


def hypergeometric(held: NDArray[np.intp], *, register: int, m: int) -> Floats:
    """The probability of each count of passing sites in a draw without replacement.

    Args:
        held: passing sites that the register may hold; one row of the result for each.
        register: sites there are.
        m: sites drawn, at most `register`.

    Returns:
        Shape (len(held), m + 1); each row sums to 1.
    """
    k, good = np.arange(m + 1)[None, :], held[:, None]
    possible = (k <= good) & (m - k <= register - good)
    logs = _choose(good, np.where(possible, k, 0))
    logs = logs + _choose(register - good, np.where(possible, m - k, 0))
    chances = np.where(possible, np.exp(logs - _choose(register, m)), 0.0)
    return np.asarray(chances / chances.sum(axis=1, keepdims=True))


def _choose(n: object, k: object) -> Floats:
    top, taken = np.asarray(n, dtype=np.float64), np.asarray(k, dtype=np.float64)
    return np.asarray(gammaln(top + 1) - gammaln(taken + 1) - gammaln(top - taken + 1))
