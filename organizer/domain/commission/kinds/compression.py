"""Who takes up a level on the way up a tree, and who is passed by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Mask
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.commission.walk import Unearned
from organizer.domain.result import Message

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


class Compression(StrEnum):
    """Who takes up a level, and who is passed by so that the volume goes on at the same level.

    NONE: everyone who isn't a customer takes one. CANCELLED: everyone who hasn't left. SKIP_INACTIVE: every active
    one. SKIP_BELOW_RANK: every active one of the rank `skip_below` or higher. DYNAMIC: only whoever is paid for
    that very level.
    """

    NONE = "none"
    CANCELLED = "cancelled"
    SKIP_INACTIVE = "skip_inactive"
    SKIP_BELOW_RANK = "skip_below_rank"
    DYNAMIC = "dynamic"


@dataclass(frozen=True, slots=True)
class Taking:
    """Who takes up levels, and where the pay for a level goes whose taker isn't entitled to it."""

    compression: Compression
    skip_below: int = 0
    unearned: Unearned = Unearned.BREAKAGE

    def takers(self, snapshot: Snapshot, entitled: Sequence[Mask]) -> Sequence[Mask]:
        """For each level who takes it; `entitled` says who is paid for it."""
        if self.compression is Compression.DYNAMIC:
            return entitled
        if self.compression is Compression.NONE:
            takers = ~snapshot.customers
        elif self.compression is Compression.CANCELLED:
            takers = snapshot.distributors
        elif self.compression is Compression.SKIP_INACTIVE:
            takers = snapshot.active
        else:
            takers = snapshot.active & np.asarray(snapshot.ranks >= self.skip_below)
        return [takers] * len(entitled)

    def skipped(self, plan: Plan) -> Message:
        """Who is passed by, in brackets after a reason."""
        if self.compression is Compression.SKIP_BELOW_RANK:
            return Message("not active or below {rank}", {"rank": plan.ranks[self.skip_below].name})
        return {
            Compression.NONE: Message("customers"),
            Compression.CANCELLED: Message("left or customers"),
            Compression.SKIP_INACTIVE: Message("not active"),
            Compression.DYNAMIC: Message("not qualified for the level"),
        }[self.compression]

    def words(self, plan: Plan) -> list[Message]:
        """Who is passed by, and what becomes of what nobody is entitled to."""
        if self.compression is Compression.DYNAMIC:
            return [self._compression_words(plan)]
        return [self._compression_words(plan), self._unearned_words()]

    def _compression_words(self, plan: Plan) -> Message:
        if self.compression is Compression.SKIP_BELOW_RANK:
            return Message(
                "Those who aren't active or are below {rank} are passed by, and the next one up gets the level.",
                {"rank": plan.ranks[self.skip_below].name},
            )
        return {
            Compression.NONE: Message("Everyone takes up a level, active or not."),
            Compression.CANCELLED: Message("Those who have left are passed by; everyone else takes up a level."),
            Compression.SKIP_INACTIVE: Message("The inactive are passed by, and the next one up gets the level."),
            Compression.DYNAMIC: Message(
                "Whoever isn't paid for a level is passed by, and the next one up gets it."
            ),
        }[self.compression]

    def _unearned_words(self) -> Message:
        return {
            Unearned.BREAKAGE: Message("What somebody takes but isn't entitled to stays with the company."),
            Unearned.ROLL_UP: Message("What somebody takes but isn't entitled to goes to the next one up who is."),
            Unearned.PASS_UP: Message(
                "What somebody takes but isn't entitled to goes to the one right above if she is."
            ),
        }[self.unearned]


def read_taking(table: Table, vocabulary: Vocabulary) -> Taking:
    """The keys `compression`, `unearned` and, where ranks are skipped, `skip_below`."""
    compression = table.choice("compression", Compression)
    by_rank = compression is Compression.SKIP_BELOW_RANK
    return Taking(
        compression,
        table.rank("skip_below", vocabulary) if by_rank else 0,
        table.choice("unearned", Unearned, default=Unearned.BREAKAGE),
    )
