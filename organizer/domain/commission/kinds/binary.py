"""Binary: two legs of volume in the placement tree, the weaker one is paid, the rest is carried on or lost.

What a period leaves in a leg goes into the next one's. By leg, what was carried in and what is new is exactly
what was taken for the payout, what is carried on and what is lost. A leg below nothing (more returned than sold)
pays nothing and is carried on below nothing. Of two legs alike the left one counts as the larger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, roomy
from organizer.domain.commission.base import Base
from organizer.domain.commission.condition import Tree
from organizer.domain.commission.earned import Earned
from organizer.domain.commission.kinds.binary_legs import LegRules
from organizer.domain.commission.kinds.binary_lines import statement
from organizer.domain.commission.kinds.binary_outcome import Outcome, leaves, outcome
from organizer.domain.commission.kinds.binary_payout import FirstPair, Payout
from organizer.domain.commission.kinds.binary_rate import Rate
from organizer.domain.commission.kinds.binary_terms import After, AfterCap, Ending, Ineligible, Limits, Method
from organizer.domain.commission.kinds.binary_words import words
from organizer.domain.commission.plan import Component, Plan, Rules
from organizer.domain.commission.statement import ComponentResult
from organizer.domain.result import Message

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Binary(Rules):
    """`payout` of the legs that `legs` says, at `rate`. `base` says what a percentage's volume is worth."""

    base: Base
    method: Method
    legs: LegRules
    payout: Payout
    rate: Rate
    limits: Limits
    ending: Ending

    def volumes(self) -> frozenset[str]:
        """The legs' volume, and those of her own that count."""
        return self.legs.volumes() | ({self.rate.volume} if self.rate.volume else frozenset())

    def pay(self, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
        """A line for each leg and one for what they pay."""
        hers = outcome(self, component, snapshot, np.asarray([earner]))
        return statement(self, component, snapshot, earner, hers)

    def earned(self, component: Component, snapshot: Snapshot) -> Earned:
        """What everyone gets."""
        found = outcome(self, component, snapshot)
        exact, denominator = found.exact, int(found.over.max(initial=1))
        if (found.over != denominator).any():
            exact, denominator = _fractions(exact, found.over), 1
        cut = found.minor > found.paid
        if cut.any():
            exact = np.where(cut, roomy(found.paid, denominator) * denominator, exact)
        return Earned(exact, denominator, found.paid, found.minor)

    def after(self, component: Component, snapshot: Snapshot) -> Mapping[int, Mapping[str, int]]:
        """What both legs carry on, and whether the first pair was paid, for everyone who has any of it."""
        found = outcome(self, component, snapshot)
        left = leaves(self, snapshot, found)
        names = {"left": left.left, "right": left.right}
        if isinstance(self.payout, FirstPair):
            made = left.taken.count if self.limits.then is AfterCap.KEEP else found.count
            names["pairs"] = np.where(snapshot.distributors, found.legs.before + made, 0)
        some = np.flatnonzero(np.logical_or.reduce([figures != 0 for figures in names.values()]))
        kept = zip(*(figures[some].tolist() for figures in names.values()), strict=True)
        return {
            member: dict(zip(names, entry, strict=True)) for member, entry in zip(some.tolist(), kept, strict=True)
        }

    def carries(self) -> bool:
        """Whether legs, or that the first pair was paid, may go on to the next period."""
        return self.carries_volume() or isinstance(self.payout, FirstPair)

    def carries_volume(self) -> bool:
        """Whether what a leg holds may go on to the next period."""
        return self.ending.after is not After.FLUSH or self.ending.ineligible is not Ineligible.FLUSH

    def unsure(self, component: Component, snapshot: Snapshot, earner: int) -> Message | None:
        """What was carried in to her smaller leg, where nobody knows."""
        hers = outcome(self, component, snapshot, np.asarray([earner]))
        left, right = int(hers.held.left[0]), int(hers.held.right[0])
        if not self.carries_volume() or not hers.eligible[0] or left == right:
            return None
        unknown = self.legs.unknown(component.id, snapshot, np.asarray([earner]))
        if not unknown[0 if left < right else 1][0]:
            return None
        return Message("from nothing carried in from the period before to enough for both legs to be alike")

    def paid_for(
        self, component: Component, snapshot: Snapshot, earner: int, source: int, volume: str, *, average: bool
    ) -> Fraction:
        """What each thousandth of her weaker leg paid; the stronger one's paid nothing."""
        del average  # every thousandth of the leg paid the same
        hers = outcome(self, component, snapshot, np.asarray([earner]))
        weaker = int(hers.held.weaker[0])
        bought = self._counted(snapshot, hers, earner, source, volume)
        if not weaker or int(hers.held.left[0] if bought[0] == "left" else hers.held.right[0]) != weaker:
            return Fraction()
        return self.pay(component, snapshot, earner).exact / weaker * bought[1]

    def _counted(
        self, snapshot: Snapshot, hers: Outcome, earner: int, source: int, volume: str
    ) -> tuple[str, Fraction]:
        """In which of the earner's legs what `source` bought counted, and what share of it."""
        if source == earner:
            left, right = int(hers.legs.left.own[0]), int(hers.legs.right.own[0])
            has = int(snapshot.known(volume)[earner]) if volume == self.legs.own else 0
            return "left" if left else "right", Fraction(left + right, has) if has > 0 else Fraction()
        layout = snapshot.layout(Tree.PLACEMENT)
        head, depth = layout.leg_of(earner, source), int(layout.depth[source]) - int(layout.depth[earner])
        counts = head >= 0 and volume == self.legs.volume and depth <= (self.legs.levels or depth)
        return (str(snapshot.sides[head]), Fraction(1)) if counts else ("", Fraction())

    def per(self, plan: Plan) -> Fraction:
        """Minor units that a rate of 1 stands for."""
        if self.method in (Method.PERCENT_WEAKER, Method.RATIO):
            return self.base.minor_per_thousandth(plan)
        return Fraction(1 if self.rate.of is None else self.rate.of)

    def words(self, plan: Plan) -> list[Message]:
        """Which volume, what it pays, what is left, and the limits."""
        return words(self, plan)


def _fractions(numerators: Ints, denominators: Ints) -> Ints:
    """Where each amount has a denominator of its own."""
    found = np.empty(len(numerators), dtype=object)
    found[:] = [
        Fraction(numerator, over) if numerator else 0
        for numerator, over in zip(numerators.tolist(), denominators.tolist(), strict=True)
    ]
    return found
