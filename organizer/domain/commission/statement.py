"""What an estimate answers: amounts in minor units, and for each the reason it is what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import overload

from organizer.domain.commission.condition import Condition
from organizer.domain.commission.plan import Source, Text
from organizer.domain.period import Period
from organizer.domain.result import Message


@dataclass(frozen=True, slots=True)
class Line:
    """What one member's volume gives in one component.

    `source` is her index in the team; `level` is counted after compression, None where levels don't count or
    the plan's levels end above her; `depth` is the real distance in the component's tree (0: the earner).
    `base` is the volume in thousandths, None where it isn't known; without a `volume` it is an amount of money in
    minor units, such as what another member earns. `rate` is a fraction (1/20 is 5 %); 0 where an amount is fixed.
    `amount` is exact, in minor units; `minor` is it rounded. `reason` says why, for a zero too.
    """

    component: str
    source: int
    level: int | None
    depth: int
    volume: str
    base: int | None
    rate: Fraction
    amount: Fraction
    minor: int
    reason: Message


class Lines(Sequence[Line]):
    """The lines of a component, by level and then by name; each may be built only when it is looked at."""

    def paid(self) -> Sequence[int]:
        """The places of the lines that pay something (or take something back)."""
        return [place for place, line in enumerate(self) if line.minor]


class FewLines(Lines):
    """Lines that are all at hand."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = tuple(lines)

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, index: int) -> Line: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Line, ...]: ...

    def __getitem__(self, index: int | slice) -> Line | tuple[Line, ...]:
        return self._lines[index]


@dataclass(frozen=True, slots=True)
class ComponentResult:
    """One bonus. The lines' `minor` plus `rounding` plus `cut` is exactly `total_minor`.

    `lines` are built when asked for (there may be 100,000), by level and then by name; `paid_count` is how
    many of them pay. `exact` is the total before rounding. `notes` hold for every line. `cut` is what a cap of
    the component's own takes off (0 or negative). With `unknown` the bonus can't be worked out, and the message
    says which figure is missing.
    """

    id: str
    name: Text
    kind: str
    total_minor: int
    rounding: int
    exact: Fraction
    paid_count: int
    lines: Lines
    notes: tuple[Message, ...] = ()
    cut: int = 0
    unknown: Message | None = None

    @property
    def before_cap(self) -> int:
        """The total as it would be without the component's own cap, in minor units."""
        return self.total_minor - self.cut


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that a rank asks for: `has` and `needed` in the same unit, volumes in thousandths."""

    condition: Condition
    has: int
    needed: int
    words: Message

    @property
    def met(self) -> bool:
        """True when she has enough."""
        return self.has >= self.needed


@dataclass(frozen=True, slots=True)
class RankStanding:
    """The rank that she is paid as. `rank` indexes the plan's ranks, -1 is none.

    `met` says what was reached for it, `missing` what is left to the next rank (empty at the top), with the
    figures in `requirements`. `highest` is the highest rank she has had, as far as is known; `why` says where a
    rank comes from that this period's figures don't give.
    """

    rank: int
    name: Text | None
    met: tuple[Message, ...]
    next_name: Text | None
    missing: tuple[Message, ...]
    requirements: tuple[Requirement, ...] = ()
    highest: Text | None = None
    why: Message | None = None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What is taken off or added after the bonuses: a cap, a fee, a negative balance from the period before."""

    id: str
    name: Text | Message
    minor: int
    reason: Message


@dataclass(frozen=True, slots=True)
class Payout:
    """What is paid out and what the next period begins with, in minor units; `reason` if any is kept."""

    paid: int
    kept: int
    reason: Message | None


@dataclass(frozen=True, slots=True)
class Range:
    """Between what the total lies, in minor units, as far as unknown figures let one say.

    `low` counts them as nothing, `high` as `assumption` says; `high` is None where nothing can be said.
    """

    low: int
    high: int | None
    assumption: Message


@dataclass(frozen=True, slots=True)
class Statement:
    """An estimate of one member's pay for one period by one plan.

    The components' `total_minor`, the `adjustments` and `rounding` are together exactly `total_minor`, in
    `currency`'s minor unit. `team_size` counts the members below her, `unknown` those of them and herself with a
    volume the plan uses but nobody knows: it was left out, and `range` says what that may mean. `carried` is what
    the next period needs of this one: by component and member index, figures by name. `payout` says what of the
    total is paid out and what is kept.
    """

    plan_id: str
    plan_name: Text
    plan_version: str
    confidence: str
    teaching: bool
    sources: tuple[Source, ...]
    missing: tuple[Text, ...]
    period: Period
    currency: str
    member: int
    active: bool
    active_reason: Message
    rank: RankStanding
    components: tuple[ComponentResult, ...]
    rounding: int
    total_minor: int
    team_size: int
    unknown: int
    adjustments: tuple[Adjustment, ...] = ()
    payout: Payout | None = None
    range: Range | None = None
    carried: Mapping[str, Mapping[int, Mapping[str, int]]] = field(default_factory=dict)
