"""What an estimate answers: amounts in minor units, and for each the reason it is what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from organizer.domain.commission.plan import Source, Text
from organizer.domain.period import Period
from organizer.domain.result import Message


@dataclass(frozen=True, slots=True)
class Line:
    """What one member's volume gives in one component.

    `source` is her index in the team; `level` is counted after compression, None where levels don't count or
    the plan's levels end above her; `depth` is the real distance in the component's tree (0: the earner).
    `base` is the volume in thousandths, None where it isn't known; `rate` is a fraction (1/20 is 5 %).
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


@dataclass(frozen=True, slots=True)
class ComponentResult:
    """One bonus. The lines' `minor` plus `rounding` is exactly `total_minor`.

    `lines` are built when asked for (there may be 100,000), by level and then by name; `paid_count` is how
    many of them pay. `exact` is the total before rounding. `notes` hold for every line.
    """

    id: str
    name: Text
    kind: str
    total_minor: int
    rounding: int
    exact: Fraction
    paid_count: int
    lines: Sequence[Line]
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class RankStanding:
    """The rank that the period's figures give. `rank` indexes the plan's ranks, -1 is none.

    `met` says what was reached for it, `missing` what is left to the next rank (empty at the top).
    """

    rank: int
    name: Text | None
    met: tuple[Message, ...]
    next_name: Text | None
    missing: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """An estimate of one member's pay for one period by one plan.

    The components' `total_minor` plus `rounding` is exactly `total_minor`, in `currency`'s minor unit.
    `team_size` counts the members below her, `unknown` those of them and herself with a volume the plan uses
    but nobody knows; it was left out, so the true figure may be higher.
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
