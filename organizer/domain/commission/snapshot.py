"""One period of one team under one plan, with what every bonus needs worked out once and kept.

Members are indices into the team's arrays, volumes are thousandths. Everything is O(n) and made when first
asked for; the lists that come back are shared, so nobody may change them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from organizer.domain import tree
from organizer.domain.commission.plan import Plan, Tree
from organizer.domain.commission.ranks import Ranking, rank_members
from organizer.domain.period import Period
from organizer.domain.team import Kind, Team


class Snapshot:
    """`team` as it was in `period`, seen through `plan`. Raises tree.CycleError where links run in a circle."""

    def __init__(self, plan: Plan, team: Team, period: Period) -> None:
        self.plan = plan
        self.team = team
        self.period = period
        self._one_tree = list(team.sponsor) == list(team.placement)
        self._orders: dict[Tree, list[int]] = {}
        self._known: dict[str, list[int]] = {}
        self._groups: dict[tuple[str, Tree], list[int]] = {}
        self._below: dict[tuple[int, Tree], list[int]] = {}  # the last one asked for

    def parent(self, which: Tree) -> Sequence[int]:
        """Who stands above each member in that tree, -1 at a top."""
        return self.team.sponsor if which is Tree.SPONSOR else self.team.placement

    def same(self, which: Tree) -> Tree:
        """The tree to file results under: the sponsor tree where both trees are alike."""
        return Tree.SPONSOR if self._one_tree else which

    def order(self, which: Tree) -> list[int]:
        """Every member after the one above her."""
        which = self.same(which)
        if which not in self._orders:
            self._orders[which] = tree.top_down(self.parent(which))
        return self._orders[which]

    def raw(self, volume: str) -> Sequence[int | None]:
        """Each member's own volume as it was given: None where it isn't known."""
        given = self.team.volumes.get(volume)
        return [None] * len(self.team) if given is None else given

    def known(self, volume: str) -> list[int]:
        """Each member's own volume, with nothing where it isn't known."""
        if volume not in self._known:
            self._known[volume] = [amount or 0 for amount in self.raw(volume)]
        return self._known[volume]

    def group(self, volume: str, which: Tree) -> list[int]:
        """Each member's own volume plus that of everyone below her."""
        key = (volume, self.same(which))
        if key not in self._groups:
            self._groups[key] = tree.subtree_sums(self.parent(which), self.order(which), self.known(volume))
        return self._groups[key]

    @cached_property
    def distributors(self) -> list[bool]:
        """True for members, False for customers, who neither earn nor hold a rank."""
        customer = Kind.CUSTOMER  # looking it up for each member would take longer than the rest
        return [kind is not customer for kind in self.team.kinds]

    @cached_property
    def active(self) -> list[bool]:
        """Who is active this period; with no rule in the plan, every distributor."""
        rule = self.plan.active
        if rule is None:
            return self.distributors
        minimum, amounts = rule.minimum, self.known(rule.volume)
        if all(self.distributors):
            return [amount >= minimum for amount in amounts]
        return [amount >= minimum and earns for amount, earns in zip(amounts, self.distributors, strict=True)]

    @cached_property
    def ranking(self) -> Ranking:
        """Each member's rank this period, with the figures behind it."""
        return rank_members(self)

    @property
    def ranks(self) -> Sequence[int]:
        """Each member's rank this period as an index into the plan's ranks, -1 where she has none."""
        return self.ranking.ranks

    def below(self, which: Tree, top: int) -> list[int]:
        """Everyone under `top` in that tree, each after the one above her."""
        key = (top, self.same(which))
        if key not in self._below:
            self._below = {key: tree.members_below(self.parent(which), self.order(which), top)}
        return self._below[key]
