"""Matching: a percentage of what others earn in named bonuses, by level of the sponsor tree, and of her own.

It is worked out once, from what those bonuses come to: a match never matches itself nor a bonus after it. Levels
are those of who recruited whom, whatever tree the matched bonuses go by.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, times
from organizer.domain.commission.base import read_earnings
from organizer.domain.commission.condition import Tree
from organizer.domain.commission.earned import Earned
from organizer.domain.commission.explain import not_qualified
from organizer.domain.commission.kinds.compression import Compression, Taking, read_taking
from organizer.domain.commission.kinds.level_pay import LevelPay
from organizer.domain.commission.kinds.level_pay_read import pays_amounts, read_level_pay
from organizer.domain.commission.kinds.unilevel import Unilevel
from organizer.domain.commission.plan import Component, Plan, Rules
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.commission.settle import percent_number, settle_lines
from organizer.domain.commission.statement import ComponentResult, Line
from organizer.domain.commission.walk import Walk
from organizer.domain.money import round_half_up
from organizer.domain.result import Message, Value, listed

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Matching(Rules):
    """`levels` matches what those below earn, and `own` is the rate for what she earns herself."""

    levels: Unilevel
    own: Fraction = Fraction()

    def volumes(self) -> frozenset[str]:
        """The one that says who has which package, if one does."""
        return self.levels.volumes()

    def builds_on(self) -> frozenset[str]:
        """The matched components."""
        return self.levels.builds_on()

    def pay(self, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
        """Her own match if there is one, then a line for everyone below the earner."""
        own = [self._own_line(component, snapshot, earner)] if self.own else []
        if not self.levels.level_pay.deepest:
            return settle_lines(snapshot.plan, component, own)
        lines = self.levels.lines(component, snapshot, earner, self.levels.walk(component, snapshot))
        return lines.settle(self.levels.base.words(snapshot.plan), own)

    def earned(self, component: Component, snapshot: Snapshot) -> Earned:
        """What everyone gets, in one pass over the levels."""
        walk = self.levels.walk(component, snapshot)
        return walk.earned(snapshot.plan, self._own(component, snapshot, walk))

    def _own(self, component: Component, snapshot: Snapshot, walk: Walk) -> tuple[Ints, int]:
        """Everyone's match of her own earnings, as numerators over a denominator."""
        value = walk.unit * self.own
        earning = np.where(snapshot.qualified(component), walk.values, 0)
        return times(earning, value.numerator), value.denominator

    def _own_line(self, component: Component, snapshot: Snapshot, earner: int) -> Line:
        walk = self.levels.walk(component, snapshot)
        base = int(walk.values[earner])
        qualified = bool(snapshot.qualified(component)[earner])
        amount = base * walk.unit * self.own if qualified else Fraction()
        if not qualified:
            reason = not_qualified(snapshot, component, earner)
        elif not base:
            reason = Message("Earns nothing in what this bonus is taken of.")
        else:
            reason = Message("Her own earnings are matched.")
        return Line(
            component.id, earner, None, 0, "", base, self.own if amount else Fraction(), amount,
            round_half_up(amount), reason,
        )  # fmt: skip

    def words(self, plan: Plan) -> list[Message]:
        """What is matched, at which rates."""
        found = self.levels.words(plan) if self.levels.level_pay.deepest else []
        if self.own:
            names = listed([plan.component(name).name for name in self.levels.base.earnings_of])
            values: dict[str, Value] = {"rate": percent_number(self.own), "components": names}
            found.append(Message("{rate} % of her own earnings in: {components}.", values))
        return found


def read_matching(table: Table, vocabulary: Vocabulary) -> Matching:
    """A component of kind "matching"; with `own_percent` it needs no levels."""
    own = table.percent("own_percent", default=Fraction())
    base = read_earnings(table, vocabulary)
    if pays_amounts(table):
        table.wrong("amounts", Message("a match is a percentage, so give rates."))
    if own and not any(table.has(key) for key in ("rates", "rates_by_rank", "package")):
        nothing = LevelPay(((),) * (len(vocabulary.ranks) + 1))
        return Matching(Unilevel(Tree.SPONSOR, base, nothing, Taking(Compression.NONE)), own)
    levels = Unilevel(Tree.SPONSOR, base, read_level_pay(table, vocabulary), read_taking(table, vocabulary))
    return Matching(levels, own)
