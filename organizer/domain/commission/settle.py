"""From exact amounts to minor units: the one place where a component is rounded."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from organizer.domain.commission.plan import Component, Plan, RoundAt
from organizer.domain.commission.statement import ComponentResult, FewLines, Line, Lines
from organizer.domain.money import VOLUME_SCALE, minor_digits, round_half_up
from organizer.domain.result import Message


def per_thousandth(plan: Plan, value: Fraction) -> Fraction:
    """Minor units for one thousandth of a volume, where a whole one counts `value` units of money."""
    return value * Fraction(10 ** minor_digits(plan.currency), VOLUME_SCALE)


def settle(
    plan: Plan,
    component: Component,
    lines: Lines,
    exact: Fraction,
    lines_minor: int,
    paid_count: int,
    notes: tuple[Message, ...] = (),
    *,
    cap: int | None = None,
    unknown: Message | None = None,
) -> ComponentResult:
    """The result of a component: `exact` is what its lines come to, `lines_minor` their sum when rounded.

    `cap` is the most it pays, in minor units.
    """
    total = lines_minor if plan.round_at is RoundAt.LINE else round_half_up(exact)
    rounding = total - lines_minor
    cut = min(0, cap - total) if cap is not None else 0
    if cut:
        exact = Fraction(total + cut)
    return ComponentResult(
        component.id, component.name, component.kind, total + cut, rounding, exact, paid_count, lines, notes, cut,
        unknown,
    )  # fmt: skip


def settle_lines(
    plan: Plan,
    component: Component,
    lines: Sequence[Line],
    notes: tuple[Message, ...] = (),
    *,
    cap: int | None = None,
    unknown: Message | None = None,
) -> ComponentResult:
    """The result of a component with few lines, all at hand."""
    exact = sum((line.amount for line in lines), Fraction())
    paid = sum(1 for line in lines if line.amount)
    minor = sum(line.minor for line in lines)
    return settle(plan, component, FewLines(lines), exact, minor, paid, notes, cap=cap, unknown=unknown)


def percent_number(rate: Fraction) -> Decimal:
    """A rate as a percent number to show: Fraction(1, 40) gives Decimal("2.5")."""
    return decimal(rate * 100)


def decimal(value: Fraction) -> Decimal:
    """A figure to show, without superfluous zeros; figures from plan files are exact decimals."""
    number = Decimal(value.numerator) / Decimal(value.denominator)
    whole = number.to_integral_value()
    return whole if whole == number else number.normalize()
