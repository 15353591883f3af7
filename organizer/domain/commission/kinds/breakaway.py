"""Overrides: a percentage of a group that has broken away, for those above its leader.

Who has a percentage and stands above the leader takes a generation, the nearest the first. `fixed` pays each of
them the rate of the generation; `differential` pays hers less the highest that the leader and those between have.
Where that leaves nothing the floor, if there is one, is paid on top. The group is the leader and all below her,
down to the next leader.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, add_at
from organizer.domain.commission.base import Base, read_base
from organizer.domain.commission.condition import Tree
from organizer.domain.commission.earned import Earned, earned
from organizer.domain.commission.kinds.groups import own_groups, tree_words, undated_below
from organizer.domain.commission.kinds.leaders import Leaders, read_leaders
from organizer.domain.commission.kinds.level_pay_read import read_rates
from organizer.domain.commission.kinds.overrides import Floor, Overrides, differential, fixed
from organizer.domain.commission.kinds.stairstep import Unqualified
from organizer.domain.commission.kinds.steps import read_rank_percents
from organizer.domain.commission.kinds.unilevel import level_words
from organizer.domain.commission.plan import Component, Plan, Rules
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.commission.settle import percent_number
from organizer.domain.commission.statement import ComponentResult
from organizer.domain.money import Money
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


class Method(StrEnum):
    """How an override is worked out."""

    FIXED = "fixed"
    DIFFERENTIAL = "differential"


@dataclass(frozen=True, slots=True)
class BreakawayBonus(Rules):
    """`rates[rank]` are those of the generations, or with `differential` the one percentage of that rank.

    The last row is for no rank. At most `generations` of those above a leader are paid, None for any number.
    Where the difference is nothing `floor_rate` of the volume and `floor_minor` are paid.
    """

    tree: Tree
    base: Base
    leaders: Leaders
    method: Method
    rates: tuple[tuple[Fraction, ...], ...]
    generations: int | None = None
    floor_rate: Fraction = Fraction()
    floor_minor: int = 0
    customer_volume: bool = True
    unqualified: Unqualified = Unqualified.BREAKAGE

    def volumes(self) -> frozenset[str]:
        """The one volume it is taken of."""
        return self.base.volumes()

    def builds_on(self) -> frozenset[str]:
        """The bonus whose groups break away."""
        return frozenset((self.leaders.of,)) if self.leaders.of else frozenset()

    def pay(self, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
        """A line for every group below the earner."""
        from organizer.domain.commission.kinds.breakaway_lines import breakaway_result

        return breakaway_result(self, component, snapshot, earner)

    def unsure(self, component: Component, snapshot: Snapshot, earner: int) -> Message | None:  # noqa: ARG002
        """Where nobody knows on which day somebody bought."""
        return undated_below(self.base, self.tree, snapshot, earner)

    def earned(self, component: Component, snapshot: Snapshot) -> Earned:
        """What everyone gets."""
        found = self.overrides(component, snapshot)
        exact, minor = np.zeros(len(snapshot.team), dtype=np.int64), np.zeros(len(snapshot.team), dtype=np.int64)
        exact, minor = add_at(exact, found.receivers, found.exact), add_at(minor, found.receivers, found.minor)
        return earned(snapshot.plan, exact, found.denominator, minor)

    def overrides(self, component: Component, snapshot: Snapshot) -> Overrides:
        """Every group and who is paid for it."""
        return snapshot.kept((component.id, "overrides"), lambda: self._overrides(component, snapshot))

    def volumes_of_groups(self, component: Component, snapshot: Snapshot) -> Ints:
        """What each leader's group has, in thousandths, whether or not all of it counts."""

        def make() -> Ints:
            known = snapshot.known(self.base.volume)
            known = known if self.customer_volume else np.where(snapshot.customers, 0, known)
            return own_groups(snapshot.layout(self.tree), known, self.leaders.mask(snapshot))

        return snapshot.kept((component.id, "volumes"), make)

    def _overrides(self, component: Component, snapshot: Snapshot) -> Overrides:
        layout, leaders = snapshot.layout(self.tree), self.leaders.mask(snapshot)
        values, unit = self.base.values(snapshot)
        if not self.customer_volume:
            values = np.where(snapshot.customers, 0, values)
        groups = own_groups(layout, values, leaders)
        paid = snapshot.qualified(component)
        may = paid if self.unqualified is Unqualified.ROLL_UP else snapshot.distributors
        ranks: Ints = np.append(snapshot.ranks, -1)
        if self.method is Method.FIXED:
            rolls_up = self.unqualified is Unqualified.ROLL_UP
            return fixed(layout, leaders, groups, unit, ranks, self.rates, may, paid, each_level=rolls_up)
        floor = Floor(self.floor_rate, self.floor_minor)
        percents = [row[0] for row in self.rates]
        return differential(layout, leaders, groups, unit, ranks, percents, may, paid, self.generations, floor)

    def words(self, plan: Plan) -> list[Message]:
        """Whose groups, what is paid on them, and what becomes of an unqualified one's share."""
        found = [self.leaders.words(plan)]
        found.append(Message("A leader's group is she and all below her, down to the next leader."))
        if self.method is Method.FIXED:
            found.append(Message("Those above a leader are paid on her group, by generation:"))
            found += level_words(plan, self.tree, self.rates)
        else:
            found += self._differential_words(plan)
        if self.unqualified is Unqualified.ROLL_UP:
            found.append(Message("The share of one who isn't qualified goes to the next one above who is."))
        else:
            found.append(Message("The share of one who isn't qualified stays with the company."))
        if not self.customer_volume:
            found.append(Message("What customers buy doesn't count."))
        return [*found, *self.base.words(plan)]

    def _differential_words(self, plan: Plan) -> list[Message]:
        found = [Message("Groups are those of the {tree}.", {"tree": tree_words(self.tree)})]
        for rank, row in zip(plan.ranks, self.rates, strict=False):
            values: dict[str, Value] = {"rank": rank.name, "percent": percent_number(row[0])}
            found.append(Message("{rank}: {percent} %.", values))
        found.append(
            Message("Paid is the percentage less the highest that the group's leader and those between have.")
        )
        if self.generations is not None:
            found.append(Message("At most {count} above a leader are paid.", {"count": self.generations}))
        if self.floor_rate:
            percent = percent_number(self.floor_rate)
            found.append(Message("Where that leaves nothing, {percent} % is paid.", {"percent": percent}))
        if self.floor_minor:
            values = {"amount": Money(self.floor_minor, plan.currency).amount, "currency": plan.currency}
            found.append(Message("Where that leaves nothing, {amount} {currency} is paid for the group.", values))
        return found


def read_breakaway_bonus(table: Table, vocabulary: Vocabulary) -> BreakawayBonus:
    """A component of kind "breakaway"."""
    method = table.choice("method", Method)
    bonus = BreakawayBonus(
        tree=table.choice("tree", Tree),
        base=read_base(table, vocabulary),
        leaders=read_leaders(table, vocabulary),
        method=method,
        rates=read_rates(table, vocabulary) if method is Method.FIXED else _percents(table, vocabulary),
        customer_volume=table.flag("customer_volume", True),
        unqualified=table.choice("unqualified", Unqualified, default=Unqualified.BREAKAGE),
    )
    if method is Method.FIXED:
        return replace(bonus, generations=max(len(row) for row in bonus.rates))
    bonus = replace(
        bonus,
        generations=table.count("generations") if table.has("generations") else None,
        floor_rate=table.percent("floor_percent", default=Fraction()),
        floor_minor=table.money("floor_amount", vocabulary, default=0),
    )
    if bonus.generations is None and (bonus.floor_rate or bonus.floor_minor):
        table.wrong("generations", Message("a floor needs to know how many above a leader are paid."))
    return bonus


def _percents(table: Table, vocabulary: Vocabulary) -> tuple[tuple[Fraction, ...], ...]:
    return tuple((percent,) for percent in read_rank_percents(table, vocabulary).percents)
