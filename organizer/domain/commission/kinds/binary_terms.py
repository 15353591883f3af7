"""The words of a binary plan: how legs are paid, what is left in them, what limits the pay."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Method(StrEnum):
    """How two legs are paid; see `binary_payout`."""

    PERCENT_WEAKER = "percent_weaker"
    RATIO = "ratio"
    PAIRS = "pairs"
    CYCLE = "cycle"
    SCHEDULE = "schedule"
    LADDER = "ladder"
    FIRST_PAIR = "first_pair"


class After(StrEnum):
    """What is left in the legs when somebody was paid.

    CARRY: all that wasn't paid for. FLUSH: nothing, whether or not anything was paid. NET_OFF: of what wasn't paid
    for, what one leg holds more than the other, so that one of them begins anew.
    """

    CARRY = "carry"
    FLUSH = "flush"
    NET_OFF = "net_off"


class Ineligible(StrEnum):
    """What is left in the legs of who may not be paid: both, nothing, or the difference of the two."""

    KEEP = "keep"
    FLUSH = "flush"
    NET_OFF = "net_off"


class AfterCap(StrEnum):
    """What becomes of the volume that a cap or maximum leaves unpaid.

    USE: it counts as paid. KEEP: it stays in the legs. FLUSH: both legs are emptied.
    """

    USE = "use"
    KEEP = "keep"
    FLUSH = "flush"


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is paid: `count` pairs or cycles, and minor units by rank (the last one for no rank)."""

    count: int | None = None
    minor: tuple[int, ...] = ()
    then: AfterCap = AfterCap.USE


@dataclass(frozen=True, slots=True)
class Ending:
    """What a period leaves; of each leg at most `most` (thousandths)."""

    after: After
    ineligible: Ineligible
    most: int | None = None
