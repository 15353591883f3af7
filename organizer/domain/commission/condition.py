"""What a rank or a bonus may ask for, as records; `figures.py` counts them, `conditions_read.py` reads them.

Volumes are thousandths, ranks are numbers: indices into the plan's ranks, the lowest first.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from organizer.domain.team import Tree as Tree


class Scope(StrEnum):
    """Whose volume a condition counts: her own, with her frontline's, with everything below, whole legs'."""

    OWN = "own"
    FRONTLINE = "frontline"
    GROUP = "group"
    LEG = "leg"


class Who(StrEnum):
    """Which of those she sponsored herself a condition counts."""

    DISTRIBUTORS = "distributors"
    ACTIVE = "active"
    CUSTOMERS = "customers"


class Side(StrEnum):
    """Where those she sponsored must stand in the placement tree: anywhere, or in one leg of a binary tree."""

    ANY = "any"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class VolumeCondition:
    """`volume` reaches `minimum`; for legs: in at least `legs` of them, each on its own.

    `window` periods count together, this one and those right before it; with `in_one` one of them must reach it
    by itself. Of each leg at most `leg_cap` counts. With
    `without_rank` a member of that rank or higher and all below her are left out of a group's volume.
    """

    volume: str
    scope: Scope
    tree: Tree
    minimum: int
    legs: int = 1
    window: int = 1
    leg_cap: int | None = None
    without_rank: int | None = None
    in_one: bool = False


@dataclass(frozen=True, slots=True)
class LegsCondition:
    """At least `count` legs hold someone of rank number `rank` or higher.

    Anywhere in the leg, only as its first member, or (`personally`) only someone whom she sponsored herself.
    """

    count: int
    rank: int
    tree: Tree
    frontline_only: bool = False
    personally: bool = False


@dataclass(frozen=True, slots=True)
class PersonalsCondition:
    """At least `count` whom she sponsored herself, each with `minimum` of `volume` if one is named."""

    count: int
    who: Who = Who.ACTIVE
    volume: str = ""
    minimum: int = 0
    side: Side = Side.ANY


@dataclass(frozen=True, slots=True)
class TenureCondition:
    """At least `months` whole months since she joined, at the period's last day."""

    months: int


@dataclass(frozen=True, slots=True)
class HeldCondition:
    """She was paid as rank `rank` or higher in each of the `periods` before this one."""

    rank: int
    periods: int


@dataclass(frozen=True, slots=True)
class RankCondition:
    """She is paid as rank `rank` or higher this period. For bonuses, not for ranks."""

    rank: int


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the alternatives holds, each with all its conditions."""

    alternatives: tuple[tuple[Condition, ...], ...]


Condition = (
    VolumeCondition | LegsCondition | PersonalsCondition | TenureCondition | HeldCondition | RankCondition | AnyOf
)


def needed(condition: Condition) -> int:
    """The figure that a condition asks for, in the unit in which `figures` counts it."""
    if isinstance(condition, VolumeCondition):
        return condition.legs if condition.scope is Scope.LEG else condition.minimum
    if isinstance(condition, LegsCondition | PersonalsCondition):
        return condition.count
    if isinstance(condition, TenureCondition):
        return condition.months
    if isinstance(condition, HeldCondition):
        return condition.periods
    return 1


def rests_on_ranks(condition: Condition) -> bool:
    """True where the figure depends on this period's ranks of others."""
    if isinstance(condition, AnyOf):
        return any(rests_on_ranks(part) for parts in condition.alternatives for part in parts)
    if isinstance(condition, VolumeCondition):
        return condition.without_rank is not None
    return isinstance(condition, LegsCondition | RankCondition)


def volumes_of(conditions: tuple[Condition, ...]) -> frozenset[str]:
    """The ids of the volumes that the conditions count."""
    found: set[str] = set()
    for condition in conditions:
        if isinstance(condition, AnyOf):
            found.update(*(volumes_of(parts) for parts in condition.alternatives))
        elif isinstance(condition, VolumeCondition | PersonalsCondition) and condition.volume:
            found.add(condition.volume)
    return frozenset(found)


def window_of(conditions: tuple[Condition, ...]) -> int:
    """How many periods back the conditions look, this one included."""
    longest = 1
    for condition in conditions:
        if isinstance(condition, AnyOf):
            longest = max(longest, *(window_of(parts) for parts in condition.alternatives))
        elif isinstance(condition, VolumeCondition):
            longest = max(longest, condition.window)
    return longest


def asks_for_past_ranks(conditions: tuple[Condition, ...]) -> bool:
    """True where a condition looks at ranks of earlier periods."""
    return any(
        isinstance(condition, HeldCondition)
        or (isinstance(condition, AnyOf) and any(map(asks_for_past_ranks, condition.alternatives)))
        for condition in conditions
    )
