"""Money as integer minor units, volumes as integer thousandths, rates as exact fractions.

Nothing here is a float: an øre lost to binary rounding is an øre the distributor can't find again.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

VOLUME_SCALE = 1000
"""A volume of 98.45 points is stored as 98450."""

MAX_VOLUME = 10**9 * VOLUME_SCALE
"""Volumes above a thousand million points are typing errors, not sales."""

MAX_MINOR = 10**13
"""Amounts above a hundred thousand million kroner are typing errors."""

_MINOR_DIGITS = {"ISK": 0, "JPY": 0, "KRW": 0, "HUF": 2, "CLP": 0, "VND": 0}


def minor_digits(currency: str) -> int:
    """Decimals of `currency` (ISO 4217): 2 for DKK, 0 for ISK."""
    return _MINOR_DIGITS.get(currency, 2)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in `currency`'s minor unit (øre, cents)."""

    minor: int
    currency: str

    @property
    def amount(self) -> Decimal:
        """The amount in whole units, exact: Money(12345, "DKK").amount == Decimal("123.45")."""
        return Decimal(self.minor).scaleb(-minor_digits(self.currency))


def round_half_up(value: Fraction) -> int:
    """The nearest integer; a half goes away from zero, as on a pay slip.

    >>> round_half_up(Fraction(5, 2)), round_half_up(Fraction(-5, 2))
    (3, -3)
    """
    doubled = 2 * abs(value.numerator) + value.denominator
    size = doubled // (2 * value.denominator)
    return size if value.numerator >= 0 else -size


def to_minor(amount: Decimal, currency: str) -> int:
    """`amount` in whole units as minor units.

    Raises ValueError when it has more decimals than the currency, or is absurdly large.
    """
    scaled = amount.scaleb(minor_digits(currency))
    if not scaled.is_finite() or abs(scaled) > MAX_MINOR:
        raise ValueError(f"{amount} is out of range")
    whole = scaled.to_integral_value(ROUND_HALF_UP)
    if whole != scaled:
        raise ValueError(f"{amount} has more decimals than {currency} has")
    return int(whole)


def to_volume(amount: Decimal) -> int:
    """`amount` in points as thousandths; 98.45 becomes 98450.

    Raises ValueError when it is finer than a thousandth or absurdly large. Negative volumes exist (returns).
    """
    scaled = amount * VOLUME_SCALE
    if not scaled.is_finite() or abs(scaled) > MAX_VOLUME:
        raise ValueError(f"{amount} is out of range")
    whole = scaled.to_integral_value(ROUND_HALF_UP)
    if whole != scaled:
        raise ValueError(f"{amount} is finer than a thousandth")
    return int(whole)


def volume_amount(thousandths: int) -> Decimal:
    """A stored volume in points, exact, without superfluous zeros: 98450 gives Decimal("98.45")."""
    amount = Decimal(thousandths).scaleb(-3)
    whole = amount.to_integral_value()
    return whole if whole == amount else amount.normalize()
