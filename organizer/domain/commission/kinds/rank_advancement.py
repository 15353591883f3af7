"""Rank bonuses: once in a lifetime, when a rank is first reached, at once or in instalments while it is held.

A member holds a rank in a period when she is paid as it or a higher one and qualifies for the bonus. The first
instalment comes with the period in which she has held it `maintain` periods in a row, another with each further
one in which she holds it. After more than `grace` periods in which she didn't, the rest lapses. What was paid is
carried from period to period; without it nobody knows whether a rank is reached for the first time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints
from organizer.domain.commission.base import NewMembers
from organizer.domain.commission.earned import Earned, earned
from organizer.domain.commission.kinds.rank_steps import Step, kept, renumbered, steps
from organizer.domain.commission.kinds.rank_words import result, rule_words
from organizer.domain.commission.plan import Component, Plan, Rules
from organizer.domain.commission.statement import ComponentResult
from organizer.domain.result import Message

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class RankBonus(Rules):
    """`amounts` are rank numbers with minor units, the lowest first.

    A rank that she passes by on the way to a higher one pays only with `skipped`. With `within` a rank must be
    reached in her first days or months.
    """

    amounts: tuple[tuple[int, int], ...]
    maintain: int = 1
    instalments: int = 1
    grace: int = 0
    skipped: bool = False
    within: NewMembers | None = None

    def volumes(self) -> frozenset[str]:
        """None: it goes by ranks."""
        return frozenset()

    def instalment(self, minor: int, number: Ints) -> Ints:
        """Instalment `number` (from 1) of `minor`, rounded so that all of them make the whole."""
        return _part(minor, number, self.instalments) - _part(minor, number - 1, self.instalments)

    def steps(self, component: Component, snapshot: Snapshot) -> Sequence[Step]:
        """For each rank where everybody stands."""
        return snapshot.kept((component.id, "rank steps"), lambda: steps(self, component, snapshot))

    def pay(self, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
        """A line for each rank that has a bonus."""
        return result(self, component, snapshot, earner)

    def earned(self, component: Component, snapshot: Snapshot) -> Earned:
        """What everyone gets."""
        minor: Ints = np.zeros(len(snapshot.team), dtype=np.int64)
        for step in self.steps(component, snapshot):
            minor = minor + step.minor
        return earned(snapshot.plan, minor, 1, minor)

    def unsure(self, component: Component, snapshot: Snapshot, earner: int) -> Message | None:
        """A rank that she may have reached before, or reached too late."""
        if not any(step.unsure[earner] for step in self.steps(component, snapshot)):
            return None
        return Message("from not paying to paying a rank bonus that may have been paid before, or come too late")

    def after(self, component: Component, snapshot: Snapshot) -> Mapping[int, Mapping[str, int]]:
        """What was paid of each rank's bonus, and of whom that isn't known."""
        return kept(self.steps(component, snapshot))

    def moved(self, kept: Mapping[str, int], places: Mapping[int, int]) -> Mapping[str, int]:
        """The same for ranks with other numbers; what was paid of ranks that are gone is forgotten."""
        return renumbered(kept, places)

    def words(self, plan: Plan) -> list[Message]:
        """The amounts by rank, and when they are paid."""
        return rule_words(self, plan)


def _part(minor: int, number: Ints, of: int) -> Ints:
    return (2 * minor * number + of) // (2 * of)
