"""Exact whole numbers in numpy arrays: fast where 64 bits hold every figure on the way, Python's own where not.

Volumes, their sums and amounts of money are integers throughout. An array is int64 as long as no intermediate
result can leave 64 bits; otherwise the same operations run on Python integers (dtype object), slower and as exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[Any]
"""Whole numbers, int64 or Python integers."""

Mask = npt.NDArray[np.bool_]
"""True or false for each member."""

_LIMIT = 2**62


def ints(values: Sequence[int]) -> Ints:
    """`values` as an array that holds them all exactly."""
    try:
        return np.asarray(values, dtype=np.int64)
    except OverflowError:
        return np.asarray(values, dtype=object)


def largest(values: Ints) -> int:
    """The largest absolute value; 0 for an empty array."""
    return max(abs(int(values.max())), abs(int(values.min()))) if len(values) else 0


def roomy(values: Ints, factor: int) -> Ints:
    """`values`, as Python integers where `factor`, or `factor` times their largest, would leave 64 bits."""
    if values.dtype != object and max(1, largest(values)) * max(1, abs(factor)) >= _LIMIT:
        return values.astype(object)
    return values


def times(values: Ints, factor: int) -> Ints:
    """Each value times `factor`, exact."""
    return roomy(values, factor) * factor


def divide_half_up(numerators: Ints, denominator: int) -> Ints:
    """Each numerator over `denominator` (positive) rounded to a whole, a half going away from zero."""
    numerators = roomy(numerators, 4)
    if denominator >= _LIMIT:
        numerators = numerators.astype(object)
    size = (2 * abs(numerators) + denominator) // (2 * denominator)
    return np.where(numerators < 0, -size, size)


def divide_down(numerators: Ints, denominator: int) -> tuple[Ints, Ints]:
    """Each numerator over `denominator` (positive) as a whole, rounded down, and what remains of it."""
    if denominator >= _LIMIT:
        numerators = numerators.astype(object)
    whole = numerators // denominator
    return whole, numerators - whole * denominator


def added(amounts: Sequence[Ints], size: int) -> Ints:
    """The sum of several arrays of that size, place by place."""
    together = np.zeros(size, dtype=np.int64)
    for one in amounts:
        together = roomy(together, len(amounts)) + roomy(one, len(amounts))
    return together


def common(fractions: Sequence[Fraction]) -> tuple[list[int], int]:
    """The fractions as numerators over one common denominator."""
    denominator = lcm(*(fraction.denominator for fraction in fractions)) if fractions else 1
    return [fraction.numerator * (denominator // fraction.denominator) for fraction in fractions], denominator


def add_at(totals: Ints, places: Ints, amounts: Ints) -> Ints:
    """`totals` with each amount added at its place; the array may come back as another."""
    if (
        amounts.dtype == object
        or totals.dtype == object
        or (len(amounts) and largest(totals) + largest(amounts) * len(amounts) >= _LIMIT)
    ):
        totals, amounts = totals.astype(object), amounts.astype(object)
    np.add.at(totals, places, amounts)
    return totals
