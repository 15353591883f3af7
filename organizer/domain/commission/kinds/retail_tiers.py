"""Tiers: percentages that begin at a threshold and reach to the next one ("from 50" includes 50).

Half-open tiers have no gaps: every figure from the first threshold up lies in exactly one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

import numpy as np

from organizer.domain.commission.arrays import Ints
from organizer.domain.commission.reader import Table
from organizer.domain.commission.settle import percent_number
from organizer.domain.money import volume_amount
from organizer.domain.result import Message, Value


class TierMode(StrEnum):
    """What a tier's rate is taken of: the whole volume, or the part inside the tier."""

    FULL_AMOUNT = "full_amount"
    MARGINAL = "marginal"


@dataclass(frozen=True, slots=True)
class Tier:
    """`rate` from `minimum` (thousandths, included) up to the next tier."""

    minimum: int
    rate: Fraction


@dataclass(frozen=True, slots=True)
class Scale:
    """`tiers` in rising order.

    What is paid on `amount` hangs on the figure `reached`. With the mode MARGINAL that figure is the amount itself
    or, with what came before it, ends with the amount: the tiers between the two pay. A negative amount (more
    returned than sold) counts in the lowest tier where none is reached.
    """

    tiers: tuple[Tier, ...]
    mode: TierMode = TierMode.FULL_AMOUNT

    @property
    def flat(self) -> bool:
        """True for one rate whatever the figure."""
        return len(self.tiers) == 1 and not self.tiers[0].minimum

    @property
    def best(self) -> Fraction:
        """The highest rate of all."""
        return max(tier.rate for tier in self.tiers)

    def parts(self, amount: int, reached: int) -> Iterator[tuple[Tier, int]]:
        """The tiers that pay, each with the part of `amount` that it pays on."""
        if self.mode is TierMode.FULL_AMOUNT:
            held = [tier for tier in self.tiers if tier.minimum <= reached]
            if held or amount < 0:
                yield (held or self.tiers)[-1 if held else 0], amount
            return
        before = reached - amount
        for number, tier in enumerate(self.tiers):
            part = self._inside(number, reached) - self._inside(number, before)
            if part:
                yield tier, part

    def _inside(self, number: int, figure: int) -> int:
        """How much of a figure lies in that tier; a negative one lies in the lowest."""
        start = self.tiers[number].minimum
        if figure < start:
            return min(figure, 0) if not number else 0
        end = self.tiers[number + 1].minimum if number + 1 < len(self.tiers) else figure
        return min(figure, end) - start

    def everyones_parts(self, amounts: Ints, reached: Ints) -> Iterator[tuple[Tier, Ints]]:
        """The same for every member: each tier with the parts, by member, that it pays on."""
        if self.mode is TierMode.FULL_AMOUNT:
            held = sum(np.asarray(reached >= tier.minimum).astype(np.int64) for tier in self.tiers) - 1
            held = np.where((held < 0) & (amounts < 0), 0, held)
            for number, tier in enumerate(self.tiers):
                yield tier, np.where(held == number, amounts, 0)
            return
        for number, tier in enumerate(self.tiers):
            yield tier, self._all_inside(number, reached) - self._all_inside(number, reached - amounts)

    def _all_inside(self, number: int, figures: Ints) -> Ints:
        start = self.tiers[number].minimum
        below = np.minimum(figures, 0) if not number else np.zeros_like(figures)
        upper = figures
        if number + 1 < len(self.tiers):
            upper = np.minimum(figures, self.tiers[number + 1].minimum)
        return np.where(figures < start, below, upper - start)

    def at_most(self, amount: int, reached: int) -> int:
        """The figure that `reached` may be at most for a high estimate, where more may lie behind it."""
        return max(reached, self.tiers[-1].minimum + max(amount, 0))

    def words(self, by: Message, of: Message, *, same: bool) -> list[Message]:
        """A sentence for each tier; `by` is the figure that chooses it, `of` what is paid on (or the `same`)."""
        found = []
        for tier in self.tiers:
            values: dict[str, Value] = {
                "rate": percent_number(tier.rate),
                "by": by,
                "of": of,
                "minimum": volume_amount(tier.minimum),
            }
            if self.flat:
                found.append(Message("{rate} % of {of}.", values))
            elif self.mode is TierMode.MARGINAL:
                found.append(Message("From {minimum} {by}: {rate} % of the part above.", values))
            elif same:
                found.append(Message("From {minimum} {by}: {rate} % of all of it.", values))
            else:
                found.append(Message("From {minimum} {by}: {rate} % of {of}.", values))
        return found


def read_tiers(table: Table, mode: TierMode) -> Scale:
    """The list `tiers`."""
    tiers = []
    for part in table.parts("tiers"):
        tiers.append(Tier(part.amount("from"), part.percent("percent")))
        part.done()
    if not tiers:
        table.wrong("tiers", Message("give percent, or at least one tier."))
        return Scale((Tier(0, Fraction()),))
    for lower, higher in pairwise(tiers):
        if higher.minimum <= lower.minimum:
            values = {"lower": volume_amount(lower.minimum), "higher": volume_amount(higher.minimum)}
            table.wrong("tiers", Message("the tiers must rise: {higher} comes after {lower}.", values))
    return Scale(tuple(tiers), mode)
