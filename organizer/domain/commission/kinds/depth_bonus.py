"""The depth bonus: a percentage of groups from the second leader down, for who has enough legs with a leader.

Only leaders take part; a leader's legs are the next leaders below her. What a group generates climbs to the first
one above who qualifies and to whom it is the second leader's or a deeper one. Who qualifies passes up her own
group's and, instead of what comes from below, that of her legs' groups, each at least the guarantee; what a leg's
group lacks to the guarantee is taken from what comes to her through that leg.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask, add_at, divide_half_up, ints, roomy
from organizer.domain.commission.base import Base, read_base
from organizer.domain.commission.condition import Tree
from organizer.domain.commission.earned import Earned, earned
from organizer.domain.commission.explain import not_qualified
from organizer.domain.commission.kinds.groups import own_groups, tree_words, undated_below
from organizer.domain.commission.kinds.leaders import Leaders, read_leaders
from organizer.domain.commission.plan import Component, Plan, Rules
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.commission.settle import percent_number, settle_lines
from organizer.domain.commission.statement import ComponentResult, Line
from organizer.domain.contact import sort_key
from organizer.domain.money import round_half_up, volume_amount
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class Depths:
    """By member: `above` is the next leader above (nobody is the size), `legs` how many have her for that.

    Over `denominator` minor units: `up` is what a leader passes up, `short` what her group lacks to the guarantee
    as far as it can be taken from what comes from below her.
    `keeps` is who qualifies.
    """

    above: Ints
    legs: Ints
    up: Ints
    short: Ints
    keeps: Mask
    denominator: int

    def second(self) -> tuple[Ints, Ints]:
        """The leaders whose second leader above qualifies, and those who do."""
        to = np.append(self.above, len(self.above))[self.above]
        found = np.flatnonzero(np.append(self.keeps, False)[to])
        return found, to[found]

    def lacking(self) -> tuple[Ints, Ints]:
        """The leaders who lack something to the guarantee and whose leader above qualifies, and those who do."""
        found = np.flatnonzero(np.append(self.keeps, False)[self.above] & np.asarray(self.short > 0))
        return found, self.above[found]


@dataclass(frozen=True, slots=True)
class DepthBonus(Rules):
    """`rate` of the groups; `legs` legs qualify; at least `rate` of `guarantee_volume` (thousandths) a leg."""

    tree: Tree
    base: Base
    leaders: Leaders
    rate: Fraction
    guarantee_volume: int
    legs: int
    customer_volume: bool = True

    def volumes(self) -> frozenset[str]:
        """The one volume it is taken of."""
        return self.base.volumes()

    def builds_on(self) -> frozenset[str]:
        """The bonus whose groups break away."""
        return frozenset((self.leaders.of,)) if self.leaders.of else frozenset()

    def unsure(self, component: Component, snapshot: Snapshot, earner: int) -> Message | None:  # noqa: ARG002
        """Where nobody knows on which day somebody bought."""
        return undated_below(self.base, self.tree, snapshot, earner)

    def earned(self, component: Component, snapshot: Snapshot) -> Earned:
        """What everyone gets."""
        found = self.depths(component, snapshot)
        exact, minor = np.zeros(len(snapshot.team), dtype=np.int64), np.zeros(len(snapshot.team), dtype=np.int64)
        for (sources, to), amounts in ((found.second(), found.up), (found.lacking(), -found.short)):
            exact = add_at(exact, to, amounts[sources])
            minor = add_at(minor, to, divide_half_up(amounts[sources], found.denominator))
        return earned(snapshot.plan, exact, found.denominator, minor)

    def pay(self, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
        """A line for each second leader below, and one for each leg that lacks something to the guarantee."""
        found, plan, lines = self.depths(component, snapshot), snapshot.plan, []
        first = np.flatnonzero(found.above == earner).tolist()
        above = np.append(found.above, len(snapshot.team))
        second = np.flatnonzero(above[found.above] == earner).tolist()
        depth = snapshot.layout(self.tree).depth
        refusal = None if found.keeps[earner] else self._refusal(component, snapshot, earner, len(first))
        shortage = Message("The leg's group generates less than the guarantee; the difference is taken off.")
        for leader in self._by_name(snapshot, first):
            if refusal is None and found.short[leader] > 0:
                amount = Fraction(-int(found.short[leader]), found.denominator)
                lines.append(_line(component, leader, int(depth[leader] - depth[earner]), None, amount, shortage))
        for leader in self._by_name(snapshot, second):
            up = Fraction(int(found.up[leader]), found.denominator)
            reason = refusal or Message("Passed up by a second leader below.")
            amount = Fraction() if refusal else up
            distance = int(depth[leader] - depth[earner])
            lines.append(_line(component, leader, distance, round_half_up(up), amount, reason))
        if not lines:
            reason = refusal or Message("No leg has a second leader.")
            lines = [_line(component, earner, 0, None, Fraction(), reason)]
        return settle_lines(plan, component, lines, self.base.words(plan))

    def _by_name(self, snapshot: Snapshot, members: list[int]) -> list[int]:
        team = snapshot.team
        return sorted(members, key=lambda member: (sort_key(team.names[member]), team.ids[member]))

    def _refusal(self, component: Component, snapshot: Snapshot, earner: int, legs: int) -> Message:
        if not snapshot.qualified(component)[earner]:
            return not_qualified(snapshot, component, earner)
        if not self.leaders.mask(snapshot)[earner]:
            return Message("Only leaders are paid. {who}", {"who": self.leaders.words(snapshot.plan)})
        return Message("Legs that hold a leader: {has}, needs {needed}.", {"has": legs, "needed": self.legs})

    def depths(self, component: Component, snapshot: Snapshot) -> Depths:
        """What every leader passes up."""
        return snapshot.kept((component.id, "depths"), lambda: self._depths(component, snapshot))

    def _depths(self, component: Component, snapshot: Snapshot) -> Depths:
        layout, leaders = snapshot.layout(self.tree), self.leaders.mask(snapshot)
        values, unit = self.base.values(snapshot)
        if not self.customer_volume:
            values = np.where(snapshot.customers, 0, values)
        least = self.guarantee_volume * self.base.minor_per_thousandth(snapshot.plan) * self.rate
        worth = unit * self.rate
        denominator, factor = worth.denominator * least.denominator, worth.numerator * least.denominator
        own = roomy(own_groups(layout, values, leaders), factor) * factor
        guarantee = int(least * denominator)
        if guarantee >= 2**61:
            own = own.astype(object)
        above = np.where(leaders, layout.nearest(leaders)[layout.parent[:-1]], layout.size)
        legs = np.bincount(above, minlength=layout.size + 1)[:-1]
        keeps = snapshot.qualified(component) & leaders & np.asarray(legs >= self.legs)
        up, generates = [0] * layout.size, own.tolist()
        from_below, from_legs = [0] * (layout.size + 1), [0] * (layout.size + 1)
        to = above.tolist()
        for member in layout.order[leaders[layout.order]][::-1].tolist():
            below = from_legs[member] if keeps[member] else from_below[member]
            up[member] = generates[member] + below
            from_below[to[member]] += up[member]
            from_legs[to[member]] += max(generates[member], guarantee)
        lacks = np.maximum(0, guarantee - own)
        short = np.where(leaders, np.minimum(lacks, np.maximum(0, ints(from_below[:-1]))), 0)
        return Depths(above, legs, ints(up), short, keeps, denominator)

    def words(self, plan: Plan) -> list[Message]:
        """Who qualifies, what is paid, and what is guaranteed."""
        values: dict[str, Value] = {
            "percent": percent_number(self.rate),
            "legs": self.legs,
            "volume": plan.volume(self.base.volume).name,
            "guarantee": volume_amount(self.guarantee_volume),
        }
        found = [
            self.leaders.words(plan),
            Message("A leader's group is she and all below her, down to the next leader."),
            Message("Groups are those of the {tree}.", {"tree": tree_words(self.tree)}),
            Message("A leader qualifies with {legs} legs that hold a leader.", values),
            Message(
                "She is paid {percent} % of the {volume} of the groups from the second leader down, as far as "
                "to the first one who qualifies as well, and to that one's first legs.",
                values,
            ),
        ]
        if self.guarantee_volume:
            found.append(
                Message(
                    "For each of her legs the one above is guaranteed {percent} % of {guarantee} {volume}; what a "
                    "leg lacks is taken off.",
                    values,
                )
            )
        if not self.customer_volume:
            found.append(Message("What customers buy doesn't count."))
        return [*found, *self.base.words(plan)]


def _line(
    component: Component, source: int, depth: int, base: int | None, amount: Fraction, reason: Message
) -> Line:
    return Line(component.id, source, None, depth, "", base, Fraction(), amount, round_half_up(amount), reason)


def read_depth(table: Table, vocabulary: Vocabulary) -> DepthBonus:
    """A component of kind "depth"."""
    return DepthBonus(
        tree=table.choice("tree", Tree),
        base=read_base(table, vocabulary),
        leaders=read_leaders(table, vocabulary),
        rate=table.percent("percent"),
        guarantee_volume=table.amount("guarantee_volume") if table.has("guarantee_volume") else 0,
        legs=table.count("legs", default=3),
        customer_volume=table.flag("customer_volume", True),
    )
