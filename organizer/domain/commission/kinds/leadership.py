"""The leadership bonus with a guaranteed minimum, worked out from the lowest leader up.

Every leader's personal group (she and all below her, down to the next leader) generates `rate` of its volume. Who
isn't qualified passes up what her legs generate, and as a leader her own group's as well. Who is qualified passes
up her own group's, but never less than the guarantee, and keeps what her legs generate: all of it where her
personal group reaches `full`, else less what is missing to the guarantee. One leg is enough from `partial`, `legs`
legs are always.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask, divide_half_up, ints, roomy
from organizer.domain.commission.base import Base, read_base
from organizer.domain.commission.condition import Tree
from organizer.domain.commission.earned import Earned, earned
from organizer.domain.commission.kinds.groups import own_groups, tree_words, undated_below
from organizer.domain.commission.kinds.leaders import Leaders, read_leaders
from organizer.domain.commission.layout import Layout
from organizer.domain.commission.plan import Component, Plan, Rules
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.commission.settle import percent_number
from organizer.domain.commission.statement import ComponentResult
from organizer.domain.money import Money, round_half_up, volume_amount
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class Passed:
    """By member, amounts over `denominator` minor units.

    `up` is what she passes up, `into` what her legs pass up to her, `own` what her personal group generates, `cut`
    what of `into` goes to the guarantee. `personal` is what her personal group has of the volume that qualifies,
    `legs` in how many legs there is a leader, `keeps` who is paid.
    """

    layout: Layout
    up: Ints
    into: Ints
    own: Ints
    cut: Ints
    personal: Ints
    legs: Ints
    keeps: Mask
    guarantee: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Leadership(Rules):
    """What is guaranteed is `guarantee_minor`, or `rate` of `guarantee_volume` where that isn't 0.

    `full` and `partial` are thousandths of `qualifying`.
    """

    tree: Tree
    base: Base
    leaders: Leaders
    rate: Fraction
    guarantee_minor: int
    guarantee_volume: int
    qualifying: str
    full: int
    partial: int
    legs: int
    customer_volume: bool = True

    def volumes(self) -> frozenset[str]:
        """What it is taken of, and what qualifies."""
        return self.base.volumes() | {self.qualifying}

    def builds_on(self) -> frozenset[str]:
        """The bonus whose groups break away."""
        return frozenset((self.leaders.of,)) if self.leaders.of else frozenset()

    def pay(self, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
        """A line for each leg with a leader, and one for what goes to the guarantee."""
        from organizer.domain.commission.kinds.leadership_lines import leadership_result

        return leadership_result(self, component, snapshot, earner)

    def unsure(self, component: Component, snapshot: Snapshot, earner: int) -> Message | None:  # noqa: ARG002
        """Where nobody knows on which day somebody bought."""
        return undated_below(self.base, self.tree, snapshot, earner)

    def earned(self, component: Component, snapshot: Snapshot) -> Earned:
        """What everyone keeps."""
        found = self.passed(component, snapshot)
        exact = np.where(found.keeps, roomy(found.into, 2) - found.cut, 0)
        lines = found.layout.child_sums(divide_half_up(found.up, found.denominator))
        minor = np.where(found.keeps, lines - divide_half_up(found.cut, found.denominator), 0)
        return earned(snapshot.plan, exact, found.denominator, minor)

    def guarantee(self, plan: Plan) -> Fraction:
        """What the one above is guaranteed, in minor units."""
        return self.guarantee_volume * self.base.minor_per_thousandth(plan) * self.rate or Fraction(
            self.guarantee_minor
        )

    def passed(self, component: Component, snapshot: Snapshot) -> Passed:
        """What everyone is passed, keeps and passes up."""
        return snapshot.kept((component.id, "passed"), lambda: self._passed(component, snapshot))

    def _passed(self, component: Component, snapshot: Snapshot) -> Passed:
        layout, leaders = snapshot.layout(self.tree), self.leaders.mask(snapshot)
        values, unit = self.base.values(snapshot)
        if not self.customer_volume:
            values = np.where(snapshot.customers, 0, values)
        worth = unit * self.rate
        least = self.guarantee(snapshot.plan)
        denominator = worth.denominator * least.denominator
        groups = own_groups(layout, values, leaders)
        factor = worth.numerator * least.denominator
        own = roomy(groups, factor) * factor
        guarantee = int(least * denominator)
        if guarantee >= 2**61:
            own = own.astype(object)
        personal = own_groups(layout, snapshot.known(self.qualifying), leaders)
        legs = layout.child_counts(layout.holds(leaders))
        enough = np.asarray(legs >= self.legs) | (np.asarray(legs >= 1) & np.asarray(personal >= self.partial))
        keeps = snapshot.qualified(component) & enough
        short = np.where(personal >= self.full, 0, np.maximum(0, guarantee - own))
        up, into, cut = _climb(layout, leaders, keeps, own, short, guarantee)
        return Passed(layout, up, into, own, cut, personal, legs, keeps, guarantee, denominator)

    def words(self, plan: Plan) -> list[Message]:
        """What is generated, who keeps it, and what is guaranteed to the one above."""
        values: dict[str, Value] = {
            "percent": percent_number(self.rate),
            "volume": plan.volume(self.base.volume).name,
            "guarantee": Money(round_half_up(self.guarantee(plan)), plan.currency).amount,
            "currency": plan.currency,
            "qualifying": plan.volume(self.qualifying).name,
            "full": volume_amount(self.full),
            "partial": volume_amount(self.partial),
            "legs": self.legs,
        }
        found = [
            self.leaders.words(plan),
            Message("A leader's personal group is she and all below her, down to the next leader."),
            Message("Groups are those of the {tree}.", {"tree": tree_words(self.tree)}),
            Message("Each leader's personal group generates {percent} % of its {volume}.", values),
            Message(
                "With one leg that holds a leader her personal group needs {partial} {qualifying}; with {legs} "
                "such legs it needs nothing.",
                values,
            ),
            Message(
                "Whoever qualifies keeps what her legs generate, and passes up her personal group's, at least "
                "{guarantee} {currency}.",
                values,
            ),
            Message(
                "Below {full} {qualifying} in her personal group, what is missing to that is taken from what she "
                "keeps.",
                values,
            ),
            Message("Whoever doesn't qualify passes everything up."),
        ]
        if self.guarantee_volume:
            values = {**values, "basis": volume_amount(self.guarantee_volume)}
            found.insert(6, Message("That smallest amount is {percent} % of {basis} {volume}.", values))
        if not self.customer_volume:
            found.append(Message("What customers buy doesn't count."))
        return [*found, *self.base.words(plan)]


def _climb(
    layout: Layout, leaders: Mask, keeps: Mask, own: Ints, short: Ints, guarantee: int
) -> tuple[Ints, Ints, Ints]:
    """What each passes up, is passed, and gives of it to the guarantee; the deepest first."""
    size = layout.size
    up, into, cut = [0] * size, [0] * (size + 1), [0] * size
    concerned = layout.holds(leaders)
    parent = layout.parent.tolist()
    generates, missing = own.tolist(), short.tolist()
    for member in layout.order[concerned[layout.order]][::-1].tolist():
        passed = into[member]
        if keeps[member]:
            cut[member] = min(max(0, passed), missing[member])
            up[member] = max(generates[member], guarantee)
        else:
            up[member] = passed + (generates[member] if leaders[member] else 0)
        into[parent[member]] += up[member]
    return ints(up), ints(into[:-1]), ints(cut)


def read_leadership(table: Table, vocabulary: Vocabulary) -> Leadership:
    """A component of kind "leadership"."""
    base, rate = read_base(table, vocabulary), table.percent("percent")
    by_volume = table.has("guarantee_volume")
    return Leadership(
        tree=table.choice("tree", Tree),
        base=base,
        leaders=read_leaders(table, vocabulary),
        rate=rate,
        guarantee_minor=0 if by_volume else table.money("guarantee", vocabulary),
        guarantee_volume=table.amount("guarantee_volume") if by_volume else 0,
        qualifying=table.volume("qualifying_volume", vocabulary),
        full=table.amount("full"),
        partial=table.amount("partial"),
        legs=table.count("legs", default=2),
        customer_volume=table.flag("customer_volume", True),
    )
