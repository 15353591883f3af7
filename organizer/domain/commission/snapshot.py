"""One period of one team under one plan, with what every bonus needs worked out once and kept.

Members are indices into the team's arrays, volumes are thousandths, figures of all members are numpy arrays.
Everything is made when first asked for; the arrays that come back are shared, so nobody may change them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, reduce
from typing import Any, TypeVar

import numpy as np

from organizer.domain.commission import figures, ranks, returned
from organizer.domain.commission.arrays import Ints, Mask, ints
from organizer.domain.commission.condition import Condition, Tree, rests_on_ranks
from organizer.domain.commission.earned import Earned
from organizer.domain.commission.layout import Layout
from organizer.domain.commission.plan import Component, Plan
from organizer.domain.period import Period
from organizer.domain.team import SIDES, Kind, Order, Team

_Kept = TypeVar("_Kept")

_FEW = 50
"""So many members' changes are followed up through their groups one by one; more are summed anew."""

Volumes = Mapping[str, Sequence[int | None]]
"""By name each member's volume in thousandths, None where it isn't known."""

Words = np.ndarray[tuple[int], np.dtype[np.str_]]
"""A word for each member."""

Carry = Mapping[str, Mapping[int, Mapping[str, int]]]
"""What an earlier period left: by component (or "ranks", "balance") and member, figures by name."""


class Snapshot:
    """`team` as it was in `period`, seen through `plan`. Raises tree.CycleError where links run in a circle.

    `past` holds the volumes of the periods before, the latest first, as far as they are known; `carry` is what
    the period before left.
    """

    def __init__(
        self, plan: Plan, team: Team, period: Period, past: Sequence[Volumes] = (), carry: Carry | None = None
    ) -> None:
        self.plan = plan
        self.team = team
        self.period = period
        self.past = past
        self.carry: Carry = carry or {}
        self.hopeful = False
        """Where it isn't known which of two rules holds, the one that pays more (for the high figure)."""
        self.volumes, self.orders, self.returned = returned.parted(plan, team, period)
        """The volumes and orders that count in the period, and what came back of earlier ones."""
        self._one_tree = team.sponsor is team.placement or np.array_equal(team.sponsor, team.placement)
        self._layouts: dict[Hashable, Layout] = {}
        self._known: dict[tuple[str, int], Ints] = {}
        self._groups: dict[tuple[str, Tree, int], Ints] = {}
        self._figures: dict[Condition, Ints] = {}
        self._earned: dict[str, Earned] = {}
        self._kept: dict[Hashable, Any] = {}
        self._missing: dict[str, Mask] = {}
        self._legs: dict[Tree, tuple[Ints, Ints]] = {}

    def changed(
        self,
        volumes: Mapping[str, Mapping[int, int | None]],
        active: Mapping[int, bool] | None = None,
        *,
        past: Sequence[Volumes] | None = None,
        hopeful: bool = False,
    ) -> Snapshot:
        """The same team and period with other volumes (by name and member) and activity; the trees are shared.

        `past` are other volumes of the periods before.
        """
        new = dict(self.volumes)
        for name, amounts in volumes.items():
            # copied whole, so that what is shared stays as it was
            figures_ = list(self.raw(name))
            for member, amount in amounts.items():
                figures_[member] = amount
            new[name] = figures_
        # a team's volumes hold what came back too, as it is taken out of them when they are read
        team = replace(self.team, volumes=returned.changed(new, self.returned, 1) if self.returned else new)
        if active:
            activity = list(self.team.active) or [None] * len(self.team)
            for member, is_active in active.items():
                activity[member] = is_active
            team = replace(team, active=activity)
        other = Snapshot.__new__(Snapshot)
        other.__dict__.update(
            plan=self.plan, team=team, period=self.period, past=self.past, carry=self.carry, hopeful=hopeful,
            volumes=new, orders=self.orders, returned=self.returned,
            _one_tree=self._one_tree, _layouts=self._layouts, _legs=self._legs, _figures={}, _earned={}, _kept={},
            _known=dict(self._known), _groups=dict(self._groups), _missing=dict(self._missing),
        )  # fmt: skip
        if past is not None:
            other.past = past
            other._known = {key: found for key, found in self._known.items() if key[1] == 1}
            other._groups = {key: found for key, found in self._groups.items() if key[2] == 1}
        for name, amounts in volumes.items():
            other._follow(name, amounts)
        for name in ("distributors", "customers", "cancelled", "joined", "sides", "side_of_sponsor"):
            if name in self.__dict__:
                other.__dict__[name] = self.__dict__[name]
        return other

    def _follow(self, volume: str, amounts: Mapping[int, int | None]) -> None:
        """Bring what was worked out for one volume in line with other amounts of a few members."""
        members = np.fromiter(amounts, dtype=np.int64, count=len(amounts))
        after = ints([amount or 0 for amount in amounts.values()])
        unknown = np.asarray([amount is None for amount in amounts.values()], dtype=np.bool_)
        if volume in self._missing:
            self._missing[volume] = _with(self._missing[volume], members, unknown)
        before = self._known[volume, 1][members] if (volume, 1) in self._known else None
        for key in [key for key in self._known if key[0] == volume]:
            if before is None:
                del self._known[key]
            else:
                self._known[key] = _with(self._known[key], members, self._known[key][members] + after - before)
        for group in [key for key in self._groups if key[0] == volume]:
            if before is None or len(members) > _FEW:
                del self._groups[group]
            else:
                layout, sums = self.layout(group[1]), self._groups[group].copy()
                for member, more in zip(members.tolist(), (after - before).tolist(), strict=True):
                    sums[[member, *layout.ancestors(member)]] += more
                self._groups[group] = sums

    def before(self, back: int) -> Snapshot:
        """The period `back` ago, from its volumes and the team as it is now. Raises IndexError where unknown."""

        def make() -> Snapshot:
            team = replace(self.team, volumes=self.past[back - 1], orders=(), active=())
            period = self.plan.calendar.shifted(self.period, -back)
            other = Snapshot(self.plan, team, period, self.past[back:])
            other._layouts = self._layouts
            return other

        return self.kept(("before", back), make)

    @cached_property
    def orders_of(self) -> Mapping[int, Sequence[Order]]:
        """The period's single orders by member, the earliest first, as far as they are known."""
        found: dict[int, list[Order]] = {}
        for order in sorted(self.orders, key=lambda order: order.day):
            found.setdefault(order.member, []).append(order)
        return found

    def parent(self, which: Tree) -> Sequence[int]:
        """Who stands above each member in that tree, -1 at a top."""
        return self.team.sponsor if which is Tree.SPONSOR else self.team.placement

    def same(self, which: Tree) -> Tree:
        """The tree to file results under: the sponsor tree where both trees are alike."""
        return Tree.SPONSOR if self._one_tree else which

    def layout(self, which: Tree) -> Layout:
        """That tree laid out in a line."""
        which = self.same(which)
        if which not in self._layouts:
            self._layouts[which] = Layout(self.parent(which))
        return self._layouts[which]

    def made_layout(self, key: Hashable, links: Callable[[], Sequence[int]]) -> Layout:
        """A tree that a plan makes of its own, laid out once for this team, whatever the volumes."""
        if key not in self._layouts:
            self._layouts[key] = Layout(links())
        return self._layouts[key]

    def raw(self, volume: str) -> Sequence[int | None]:
        """Each member's own volume as it was given: None where it isn't known."""
        given = self.volumes.get(volume)
        return [None] * len(self.team) if given is None else given

    def missing(self, volume: str) -> Mask:
        """Whose volume isn't known."""
        if volume not in self._missing:
            given = self.volumes.get(volume)
            size = len(self.team)
            if given is None:
                self._missing[volume] = np.ones(size, dtype=np.bool_)
            elif None in given:
                self._missing[volume] = np.fromiter((one is None for one in given), dtype=np.bool_, count=size)
            else:
                self._missing[volume] = np.zeros(size, dtype=np.bool_)
        return self._missing[volume]

    def known(self, volume: str) -> Ints:
        """Each member's own volume, with nothing where it isn't known."""
        return self.windowed(volume, 1)

    def windowed(self, volume: str, window: int) -> Ints:
        """Each member's own volume of this period and the `window` - 1 before it together, as far as known."""
        key = (volume, window)
        if key not in self._known:
            given = self.volumes.get(volume)
            total = _amounts(given, len(self.team))
            for before in self.past[: window - 1]:
                total = total + _amounts(before.get(volume), len(self.team))
            self._known[key] = total
        return self._known[key]

    def volume_of(self, volume: str, back: int) -> Ints:
        """Each member's own volume of the one period `back` ago (0: this one), as far as known."""
        if not back:
            return self.known(volume)
        given = self.past[back - 1].get(volume) if back <= len(self.past) else None
        return _amounts(given, len(self.team))

    def over(self, volume: str, window: int, *, in_one: bool) -> Ints:
        """The same of `window` periods: together, or (`in_one`) of the one in which it was highest."""
        if not in_one:
            return self.windowed(volume, window)
        highest = (self.volume_of(volume, back) for back in range(window))
        return self.kept(("highest", volume, window), lambda: reduce(np.maximum, highest))

    def group(self, volume: str, which: Tree, window: int = 1) -> Ints:
        """Each member's own volume plus that of everyone below her."""
        key = (volume, self.same(which), window)
        if key not in self._groups:
            self._groups[key] = self.layout(which).subtree_sums(self.windowed(volume, window))
        return self._groups[key]

    @cached_property
    def distributors(self) -> Mask:
        """Who is neither a customer, who never earns nor holds a rank, nor has left."""
        return ~(self.customers | self.cancelled)

    @cached_property
    def customers(self) -> Mask:
        """Who is a customer."""
        return self._of_kind(Kind.CUSTOMER)

    @cached_property
    def cancelled(self) -> Mask:
        """Who has left, her place still standing."""
        return self._of_kind(Kind.CANCELLED)

    def _of_kind(self, wanted: Kind) -> Mask:
        # there is one object of each kind, and comparing where they lie is ten times as fast as comparing them
        kinds = np.fromiter(map(id, self.team.kinds), dtype=np.int64, count=len(self.team))
        return np.asarray(kinds == id(wanted))

    @cached_property
    def joined(self) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
        """The day on which each member joined; where it isn't known the value that is before and after nothing."""
        return np.asarray(self.team.joined, dtype="datetime64[D]")

    @cached_property
    def active(self) -> Mask:
        """Who is active this period: as the company's file says, else by the plan's rule, if any."""
        rule = self.plan.active
        if rule is None:
            active = self.distributors
        else:
            has = self.over(rule.volume, rule.window, in_one=rule.in_one)
            active = self.distributors & np.asarray(has >= rule.minimum)
        if any(told is not None for told in self.team.active):
            told = np.asarray([-1 if told is None else int(told) for told in self.team.active])
            active = self.distributors & np.where(told < 0, active, told == 1)
        return active

    @cached_property
    def ranking(self) -> ranks.Ranking:
        """Each member's rank this period, with the figures behind it."""
        return ranks.rank_members(self)

    @property
    def ranks(self) -> Ints:
        """Each member's rank this period as an index into the plan's ranks, -1 where she has none."""
        return self.ranking.ranks

    def figures(self, condition: Condition, known_ranks: Ints | None = None) -> Ints:
        """Each member's figure for a condition, by the ranks found so far (all of them when None)."""
        if known_ranks is not None and rests_on_ranks(condition):
            return figures.figures(self, condition, known_ranks)
        if condition not in self._figures:
            own = np.zeros(0) if not rests_on_ranks(condition) else self.ranks
            self._figures[condition] = figures.figures(self, condition, own)
        return self._figures[condition]

    def figures_for_ranks(self, condition: Condition) -> Ints:
        """The same as ranks are found by it: from those that the period's figures give, none paid in grace."""
        if not rests_on_ranks(condition):
            return self.figures(condition)
        return self.kept(("ranks", condition), lambda: self.figures(condition, self.ranking.reached))

    def qualified(self, component: Component) -> Mask:
        """Who may earn the component at all: a distributor, active where asked for, who meets its conditions."""

        def who() -> Mask:
            able = self.active if component.active_only else self.distributors
            return able & figures.meets(self, component.requires, self.ranks) if component.requires else able

        return self.kept(("qualified", component.id), who)

    def earned(self, component_id: str) -> Earned:
        """What everyone earns in a component."""
        if component_id not in self._earned:
            component = self.plan.component(component_id)
            self._earned[component_id] = component.rules.earned(component, self)
        return self._earned[component_id]

    def kept(self, key: Hashable, make: Callable[[], _Kept]) -> _Kept:
        """What `make` gives, worked out once for this snapshot and known by `key` (a component id and a word)."""
        if key not in self._kept:
            self._kept[key] = make()
        value: _Kept = self._kept[key]
        return value

    def legs_of_sponsor(self, which: Tree) -> tuple[Ints, Ints]:
        """Each member's sponsor (-1: none), and whose leg of hers the member stands in."""
        which = self.same(which)
        if which not in self._legs:
            sponsor = np.asarray(self.team.sponsor, dtype=np.int64)
            self._legs[which] = sponsor, self.layout(which).legs_of(sponsor)
        return self._legs[which]

    @cached_property
    def sides(self) -> Words:
        """Each member's leg under the one above her, "left" or "right"; by order where the file doesn't say."""
        return _sides(self.layout(Tree.PLACEMENT), self.team.legs)

    @cached_property
    def side_of_sponsor(self) -> Words:
        """In which of her sponsor's two placement legs each member stands; empty where in neither."""
        heads = self.layout(Tree.PLACEMENT).legs_of(np.asarray(self.team.sponsor, dtype=np.int64))
        return np.append(self.sides, "")[heads]


def _with(known: Ints, members: Ints, amounts: Ints) -> Ints:
    """A copy with other amounts at some places."""
    if amounts.dtype == object and known.dtype != object:
        known = known.astype(object)
    else:
        known = known.copy()
    known[members] = amounts
    return known


def _amounts(given: Sequence[int | None] | None, size: int) -> Ints:
    if given is None:
        return np.zeros(size, dtype=np.int64)
    return ints([amount or 0 for amount in given])


def _sides(layout: Layout, legs: Sequence[str]) -> Words:
    """Where no leg is given the first one (in index order) takes the side that is free, left before right."""
    given = [SIDES.get(leg, "") for leg in legs] or [""] * layout.size
    sides, above = np.asarray(given, dtype="<U5"), layout.parent[:-1]
    has_left, has_right = (layout.child_counts(sides == side) > 0 for side in ("left", "right"))
    free = np.flatnonzero((sides == "") & (above < layout.size))
    free = free[np.argsort(above[free], kind="stable")]
    over = above[free]
    nth = np.arange(len(free)) - np.searchsorted(over, over)
    takes_left = (nth == 0) & ~has_left[over]
    takes_right = (nth == np.where(has_left[over], 0, 1)) & ~has_right[over]
    sides[free[takes_left]], sides[free[takes_right]] = "left", "right"
    return sides
