"""Targets: an amount or a percentage for meeting conditions, herself or each whom she sponsored.

The tiers go from the lowest to the highest. Of those met only the highest is paid, or all of them together. With
`per` the conditions are asked of each member whom she sponsored herself, and paid for each; with `once` nobody is
paid for twice, which is kept from period to period.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, common, divide_half_up, times
from organizer.domain.commission.base import NewMembers
from organizer.domain.commission.condition import (
    Condition,
    PersonalsCondition,
    TenureCondition,
    Tree,
    Who,
    volumes_of,
    window_of,
)
from organizer.domain.commission.earned import Earned, earned
from organizer.domain.commission.kinds.taken import Taken
from organizer.domain.commission.kinds.target_lines import result
from organizer.domain.commission.kinds.target_outcome import Outcome, work_out
from organizer.domain.commission.kinds.target_words import rule_words
from organizer.domain.commission.plan import Component, Plan, Rules
from organizer.domain.commission.statement import ComponentResult
from organizer.domain.result import Message

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


class Pays(StrEnum):
    """Which of the tiers met are paid: the highest one, or all."""

    BEST = "best"
    CUMULATIVE = "cumulative"


@dataclass(frozen=True, slots=True)
class TargetTier:
    """Who meets all `conditions` gets `minor` units of money and `share` of the volume."""

    conditions: tuple[Condition, ...]
    minor: int = 0
    share: Fraction = Fraction()


@dataclass(frozen=True, slots=True)
class Target(Rules):
    """`per` says whom the tiers are asked of: None is the earner, else those whom she sponsored.

    With `within` only those count who are in their first days or months.
    """

    tiers: tuple[TargetTier, ...]
    pays: Pays = Pays.BEST
    taken: Taken | None = None
    per: Who | None = None
    once: bool = False
    within: NewMembers | None = None

    @property
    def best_only(self) -> bool:
        """True where of the tiers met only the highest is paid."""
        return self.pays is Pays.BEST

    def volumes(self) -> frozenset[str]:
        """What the conditions count, and what percentages are taken of."""
        asked = volumes_of(tuple(condition for tier in self.tiers for condition in tier.conditions))
        return asked | (self.taken.base.volumes() if self.taken else frozenset())

    def window(self) -> int:
        """As far back as the conditions look."""
        return max(window_of(tier.conditions) for tier in self.tiers)

    def carries(self) -> bool:
        """True where it is kept for whom it was paid."""
        return self.once

    def pays_for_recruiting_alone(self) -> bool:
        """True where a tier's amount asks for members and nothing else."""
        return any(tier.minor and self._only_people(tier.conditions) for tier in self.tiers)

    def _only_people(self, conditions: Sequence[Condition]) -> bool:
        if self.per is not None:
            return self.per is Who.DISTRIBUTORS and all(isinstance(one, TenureCondition) for one in conditions)
        people = [one for one in conditions if isinstance(one, PersonalsCondition)]
        alone = all(one.who is Who.DISTRIBUTORS and not one.volume for one in people)
        return bool(people) and alone and len(people) == len(conditions)

    def outcome(self, component: Component, snapshot: Snapshot) -> Outcome:
        """Who meets which tier and is paid for it."""
        return snapshot.kept((component.id, "target"), lambda: work_out(self, component, snapshot))

    def amounts(self, component: Component, snapshot: Snapshot) -> tuple[list[Ints], int]:
        """What each tier is worth for each member who meets it, as numerators over one denominator."""
        return snapshot.kept((component.id, "amounts"), lambda: self._amounts(snapshot))

    def _amounts(self, snapshot: Snapshot) -> tuple[list[Ints], int]:
        size = len(snapshot.team)
        values, unit = self.taken.values(snapshot) if self.taken else (np.zeros(size, dtype=np.int64), Fraction())
        cells = [*(unit * tier.share for tier in self.tiers), *(Fraction(tier.minor) for tier in self.tiers)]
        numerators, denominator = common(cells)
        shares, fixed = numerators[: len(self.tiers)], numerators[len(self.tiers) :]
        return [times(values, share) + amount for share, amount in zip(shares, fixed, strict=True)], denominator

    def pay(self, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
        """A line for each tier paid, or for each member asked about; and why the others aren't."""
        return result(self, component, snapshot, earner)

    def earned(self, component: Component, snapshot: Snapshot) -> Earned:
        """What everyone gets."""
        outcome = self.outcome(component, snapshot)
        amounts, denominator = self.amounts(component, snapshot)
        exact, minor = np.zeros(len(snapshot.team), dtype=np.int64), np.zeros(len(snapshot.team), dtype=np.int64)
        for pays, amount in zip(outcome.pays, amounts, strict=True):
            exact = exact + np.where(pays, amount, 0)
            minor = minor + np.where(pays, divide_half_up(amount, denominator), 0)
        if self.per is not None:
            layout = snapshot.layout(Tree.SPONSOR)
            exact, minor = layout.child_sums(exact), layout.child_sums(minor)
        return earned(snapshot.plan, exact, denominator, minor)

    def unsure(self, component: Component, snapshot: Snapshot, earner: int) -> Message | None:
        """Somebody who may be paid for, and may have been before or be too late."""
        outcome = self.outcome(component, snapshot)
        asked = [earner] if self.per is None else snapshot.layout(Tree.SPONSOR).children(earner)
        hanging = np.asarray(outcome.unsure & outcome.met.any(axis=0))
        if not hanging[asked].any():
            return None
        return Message("from not paying to paying what may have been paid before, or may come too late")

    def after(self, component: Component, snapshot: Snapshot) -> Mapping[int, Mapping[str, int]]:
        """For whom it was paid, and of whom that isn't known."""
        return self.outcome(component, snapshot).kept() if self.once else {}

    def words(self, plan: Plan) -> list[Message]:
        """The tiers, whom they are asked of, what percentages are taken of."""
        return rule_words(self, plan)
