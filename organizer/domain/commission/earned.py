"""What every member earns in one component, exact and rounded as the plan says."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, common, divide_half_up, ints
from organizer.domain.commission.plan import Component, Plan, RoundAt, Rules

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class Earned:
    """By member: `exact` over `denominator` minor units, and `minor` as it is paid.

    `before_cap` is `minor` as it would be without the component's own cap.
    """

    exact: Ints
    denominator: int
    minor: Ints
    before_cap: Ints


def earned(plan: Plan, exact: Ints, denominator: int, lines_minor: Ints) -> Earned:
    """Amounts that no cap of their own limits; `lines_minor` are the sums of each member's rounded lines."""
    minor = lines_minor if plan.round_at is RoundAt.LINE else divide_half_up(exact, denominator)
    return Earned(exact, denominator, minor, minor)


def one_by_one(rules: Rules, component: Component, snapshot: Snapshot) -> Earned:
    """The same by asking for each distributor's statement; for kinds that have no quicker way."""
    results = [
        rules.pay(component, snapshot, member) if earns else None
        for member, earns in enumerate(snapshot.distributors)
    ]
    numerators, denominator = common([result.exact if result else Fraction() for result in results])
    minor = ints([result.total_minor if result else 0 for result in results])
    before = ints([result.before_cap if result else 0 for result in results])
    return Earned(ints(numerators), denominator, minor, before)


def nothing(snapshot: Snapshot) -> Earned:
    """Nobody earns anything."""
    none = np.zeros(len(snapshot.team), dtype=np.int64)
    return Earned(none, 1, none, none)
