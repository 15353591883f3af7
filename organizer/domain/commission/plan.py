"""A compensation plan as records: what a plan file says, checked and typed. `parse.parse_plan` makes them.

Volumes are integer thousandths whatever their unit, percentages exact fractions (5 % is Fraction(1, 20)).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from organizer.domain.period import Calendar

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot
    from organizer.domain.commission.statement import ComponentResult


@dataclass(frozen=True, slots=True)
class Text:
    """A text from a plan file in both languages."""

    da: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in `language` ("da" or "en"); the other where that one is empty."""
        return (self.da or self.en) if language == "da" else (self.en or self.da)

    def __str__(self) -> str:
        return self.in_language("en")


class Tree(StrEnum):
    """Which links count: who recruited, or who stands above."""

    SPONSOR = "sponsor"
    PLACEMENT = "placement"


class Unit(StrEnum):
    """What a volume counts: the company's points, or whole units of the plan's currency."""

    POINTS = "points"
    MONEY = "money"


class VolumeSource(StrEnum):
    """Where a volume comes from: each member's figure in the company's files, or typed in by the user."""

    MEMBER = "member"
    ENTERED = "entered"


@dataclass(frozen=True, slots=True)
class Volume:
    """A figure kept per member and period. `columns` are the headers that files use for it."""

    id: str
    name: Text
    unit: Unit
    columns: tuple[str, ...]
    source: VolumeSource


@dataclass(frozen=True, slots=True)
class ActiveRule:
    """A member is active in a period when her own `volume` reaches `minimum` (thousandths)."""

    volume: str
    minimum: int


class Scope(StrEnum):
    """Whose volume a condition counts: her own, hers and everything below, or that of whole legs."""

    OWN = "own"
    GROUP = "group"
    LEG = "leg"


@dataclass(frozen=True, slots=True)
class VolumeCondition:
    """`volume` reaches `minimum` (thousandths); for legs: in at least `legs` of them, each on its own."""

    volume: str
    scope: Scope
    tree: Tree
    minimum: int
    legs: int = 1


@dataclass(frozen=True, slots=True)
class LegsCondition:
    """At least `count` legs hold someone of rank number `rank` or higher, anywhere or only as the first."""

    count: int
    rank: int
    tree: Tree
    frontline_only: bool = False


@dataclass(frozen=True, slots=True)
class PersonalsCondition:
    """At least `count` active distributors whom she sponsored herself."""

    count: int


Condition = VolumeCondition | LegsCondition | PersonalsCondition


@dataclass(frozen=True, slots=True)
class Rank:
    """A title, reached when every condition holds. None at all means that every distributor holds it."""

    id: str
    name: Text
    conditions: tuple[Condition, ...]


class RoundAt(StrEnum):
    """The one place where an exact amount becomes whole minor units, a half going up."""

    LINE = "line"
    COMPONENT = "component"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a plan's figures were published. `grade` is A to D (A the company itself, D an unofficial copy)."""

    title: str
    url: str
    grade: str


class Rules(Protocol):
    """What a kind of bonus must answer; each kind is one file."""

    def volumes(self) -> frozenset[str]:
        """The ids of the volumes that the bonus is worked out from."""
        ...

    def pay(self, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
        """The bonus that the member at index `earner` gets, line by line."""
        ...


@dataclass(frozen=True, slots=True)
class Component:
    """One bonus of a plan; `kind` names the file with its rules ("retail", "unilevel")."""

    id: str
    name: Text
    kind: str
    rules: Rules


@dataclass(frozen=True, slots=True)
class Plan:
    """A company's plan for one region from one date on.

    `version` is a fingerprint of the plan file, so that an old estimate can say what it was made with.
    `confidence` is the worst grade of what the figures rest on (A to D, empty for a teaching plan, which is
    invented); `missing` says what the file leaves out. `ranks` go from the lowest to the highest.
    """

    id: str
    version: str
    name: Text
    company: str
    region: Text
    currency: str
    calendar: Calendar
    valid_from: date
    valid_to: date | None
    sources: tuple[Source, ...]
    confidence: str
    missing: tuple[Text, ...]
    teaching: bool
    volumes: tuple[Volume, ...]
    active: ActiveRule | None
    ranks: tuple[Rank, ...]
    components: tuple[Component, ...]
    round_at: RoundAt

    def volume(self, volume_id: str) -> Volume:
        """The volume with that id. Raises KeyError where the plan has none."""
        for volume in self.volumes:
            if volume.id == volume_id:
                return volume
        raise KeyError(volume_id)

    def rank_name(self, rank: int) -> Text | None:
        """The name of rank number `rank` (an index into `ranks`); None for -1, which is no rank."""
        return self.ranks[rank].name if rank >= 0 else None
