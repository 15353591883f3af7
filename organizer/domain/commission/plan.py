"""A compensation plan as records: what a plan file says, checked and typed. `parse.parse_plan` makes them.

Volumes are integer thousandths whatever their unit, percentages exact fractions (5 % is Fraction(1, 20)).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from organizer.domain.commission.condition import Condition, asks_for_past_ranks
from organizer.domain.period import Calendar
from organizer.domain.result import Message

if TYPE_CHECKING:
    from organizer.domain.commission.earned import Earned
    from organizer.domain.commission.snapshot import Snapshot
    from organizer.domain.commission.statement import ComponentResult

_NONE, _WHOLE = Fraction(), Fraction(1)


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
    """A member is active when her own `volume` reaches `minimum` (thousandths) over `window` periods.

    Those are the period itself and the ones right before it. With `in_one` one of them must reach it by itself.
    """

    volume: str
    minimum: int
    window: int = 1
    in_one: bool = False


class RanksFrom(StrEnum):
    """Whose word about ranks holds: the plan's conditions, or what the company's file reports where it does."""

    COMPUTED = "computed"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Rank:
    """A title, reached when every condition holds. None at all means that every distributor holds it.

    For `grace` periods after the last one in which she reached it she is still paid by it.
    """

    id: str
    name: Text
    conditions: tuple[Condition, ...]
    grace: int = 0


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


class Rules(ABC):
    """What a kind of bonus answers; each kind is one file with one such class, a frozen dataclass."""

    __slots__ = ()

    @abstractmethod
    def volumes(self) -> frozenset[str]:
        """The ids of the volumes that the bonus is worked out from."""

    @abstractmethod
    def pay(self, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
        """The bonus of the member at index `earner`, line by line; its total is hers in `earned`."""

    @abstractmethod
    def words(self, plan: Plan) -> list[Message]:
        """The rules in plain sentences for a reader of the plan."""

    def earned(self, component: Component, snapshot: Snapshot) -> Earned:
        """What everyone gets. A kind with a quicker way than asking member by member has its own."""
        from organizer.domain.commission.earned import one_by_one

        return one_by_one(self, component, snapshot)

    def window(self) -> int:
        """How many periods' volumes it looks at, the current one included."""
        return 1

    def looks_back(self) -> Mapping[str, int]:
        """The volumes that it sums up over several periods, with how many; what isn't known counts as nothing."""
        return {}

    def carries(self) -> bool:
        """True where `after` may keep something."""
        return type(self).after is not Rules.after

    def unsure(self, component: Component, snapshot: Snapshot, earner: int) -> Message | None:  # noqa: ARG002
        """What of the earner's amount hangs on something that nobody knows, though every volume is known.

        Then the amount is the lower of the two that it may be; a hopeful snapshot gives the higher one.
        """
        return None

    def pays_for_recruiting_alone(self) -> bool:
        """True where it pays for bringing somebody in, without anybody buying or selling anything."""
        return False

    def conditions(self) -> tuple[Condition, ...]:
        """What its rules ask of a member, beside what the component as a whole requires."""
        return ()

    def paid_for(
        self, component: Component, snapshot: Snapshot, earner: int, source: int, volume: str, *, average: bool
    ) -> Fraction:
        """Minor units that each thousandth of `volume` bought by `source` paid the earner, for taking it back.

        With `average` it is what each thousandth of all that she was paid for brought her.
        """
        from organizer.domain.commission.take_back import paid_by_lines

        return paid_by_lines(component, snapshot, earner, source, volume, average=average)

    def builds_on(self) -> frozenset[str]:
        """The ids of other components whose amounts it is worked out from."""
        return frozenset()

    def carries_ranks(self) -> bool:
        """True where what is kept goes by ranks' numbers."""
        return type(self).moved is not Rules.moved

    def moved(self, kept: Mapping[str, int], places: Mapping[int, int]) -> Mapping[str, int]:  # noqa: ARG002
        """What was kept of a member, where ranks have other numbers now (`places`, by their old ones)."""
        return kept

    def after(self, component: Component, snapshot: Snapshot) -> Mapping[int, Mapping[str, int]]:  # noqa: ARG002
        """What is kept for the next period: figures by name for each member who has any."""
        return {}


@dataclass(frozen=True, slots=True)
class Component:
    """One bonus of a plan; `kind` names the file with its rules ("retail", "unilevel").

    Who earns it must meet `requires`, and be active where `active_only`.
    """

    id: str
    name: Text
    kind: str
    rules: Rules
    requires: tuple[Condition, ...] = ()
    active_only: bool = True

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Everything that it asks of a member."""
        return (*self.requires, *self.rules.conditions())


class CapMode(StrEnum):
    """Who bears a cap: everyone in proportion, or the components from the last to the first."""

    PRO_RATA = "pro_rata"
    LAST_FIRST = "last_first"


class CapPer(StrEnum):
    """Whose pay a cap limits: a position's, all positions of one person together, or everybody's together."""

    MEMBER = "member"
    PERSON = "person"
    COMPANY = "company"


@dataclass(frozen=True, slots=True)
class Cap:
    """The `components` together pay at most `minor` a period, or `share` of the volume `of` (everyone's).

    `of` is a volume in money, or points at `point_value`; for the whole company she enters it herself.
    `together` is a volume in money that she enters: what all whom the cap limits would be paid without it. Without
    one it is worked out from the members that are known.
    """

    id: str
    name: Text
    components: tuple[str, ...]
    per: CapPer
    mode: CapMode
    minor: int | None = None
    share: Fraction = _NONE
    of: str = ""
    point_value: Fraction = _WHOLE
    together: str = ""


@dataclass(frozen=True, slots=True)
class Deduction:
    """`share` of the pay, or `minor` of the period's pay if there is any, that the company keeps (fees, tax)."""

    id: str
    name: Text
    share: Fraction = _NONE
    minor: int = 0


class ReturnMethod(StrEnum):
    """How the pay for what is returned in a later period is taken back.

    At the rates that it was paid at, at the average percentage of that period, or by working that period out anew
    without it.
    """

    ORIGINAL_RATE = "original_rate"
    AVERAGE_RATE = "average_rate"
    REPLACED_VOLUME = "replaced_volume"


@dataclass(frozen=True, slots=True)
class Returns:
    """What is returned at most `window` periods after it was bought is taken back by `method`.

    Unless `carry_negative` it never takes more than the period's pay.
    """

    method: ReturnMethod
    window: int
    carry_negative: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """A company's plan for one region from one date on.

    `version` is a fingerprint of the plan file, so that an old estimate can say what it was made with.
    `confidence` is the worst grade of what the figures rest on (A to D, empty for a teaching plan, which is
    invented); `missing` says what the file leaves out. `ranks` go from the lowest to the highest.
    What is less than `min_payout` (minor units) is paid with the next period's, and so is a negative total
    taken from it unless `carry_negative` is False. Without `returns` a returned order counts in the period in
    which it comes back.
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
    ranks_from: RanksFrom = RanksFrom.COMPUTED
    caps: tuple[Cap, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    min_payout: int = 0
    carry_negative: bool = True
    returns: Returns | None = None

    @property
    def carries(self) -> bool:
        """True where a period leaves something that the next one needs."""
        return bool(self.min_payout) or self.bonuses_carry

    @property
    def bonuses_carry(self) -> bool:
        """True where a period's ranks or bonuses go by what the one before left."""
        if any(component.rules.carries() for component in self.components):
            return True
        conditions = [rank.conditions for rank in self.ranks] + [c.conditions for c in self.components]
        return any(rank.grace for rank in self.ranks) or any(map(asks_for_past_ranks, conditions))

    def volume(self, volume_id: str) -> Volume:
        """The volume with that id. Raises KeyError where the plan has none."""
        for volume in self.volumes:
            if volume.id == volume_id:
                return volume
        raise KeyError(volume_id)

    def component(self, component_id: str) -> Component:
        """The component with that id. Raises KeyError where the plan has none."""
        for component in self.components:
            if component.id == component_id:
                return component
        raise KeyError(component_id)

    def rank_name(self, rank: int) -> Text | None:
        """The name of rank number `rank` (an index into `ranks`); None for -1, which is no rank."""
        return self.ranks[rank].name if rank >= 0 else None
