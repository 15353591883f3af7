"""Ranks from a period's figures: every rank whose conditions hold, found bottom-up, the highest one counts.

A rank may ask for ranks further down, so the figures of those below come first. With one tree in use a single
pass from the bottom is the fixpoint; with both trees in use the passes repeat until nothing changes. Ranks only
rise on the way (each condition asks for "at least"), so that ends, and two members who could only hold a rank
because of each other don't.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from organizer.domain.commission.plan import (
    Condition,
    LegsCondition,
    PersonalsCondition,
    Scope,
    Tree,
    VolumeCondition,
)

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Ranking:
    """`ranks` holds each member's rank, -1 for none; `figures` what each condition counts, member by member."""

    ranks: Sequence[int]
    figures: Mapping[Condition, Sequence[int]]


def needed(condition: Condition) -> int:
    """The figure that a condition asks for, in the unit of `Ranking.figures`."""
    if isinstance(condition, VolumeCondition):
        return condition.legs if condition.scope is Scope.LEG else condition.minimum
    return condition.count


def rank_members(snapshot: Snapshot) -> Ranking:
    """Every member's rank this period."""
    figures: dict[Condition, list[int]] = {}
    ranks = [-1] * len(snapshot.team)
    pending: list[_Pending] = []
    reached = _Reached(snapshot, figures)
    for number, rank in enumerate(snapshot.plan.ranks):
        legs = [condition for condition in rank.conditions if isinstance(condition, LegsCondition)]
        members = reached.all_of(tuple(c for c in rank.conditions if not isinstance(c, LegsCondition)))
        for condition in legs:
            figures.setdefault(condition, [0] * len(ranks))  # counted on the way up
        if legs:
            flags = reached.flags_of(members)
            pending.append(_Pending(number, flags, [(figures[c], c.count) for c in legs]))
        else:
            for member in members:
                ranks[member] = number
    pending.reverse()
    _climb_until_settled(snapshot, ranks, pending, figures)
    return Ranking(ranks, figures)


class _Reached:
    """Who meets conditions that don't depend on ranks; ranks share most of theirs, so each is asked once."""

    def __init__(self, snapshot: Snapshot, figures: dict[Condition, list[int]]) -> None:
        everyone = [member for member, earns in enumerate(snapshot.distributors) if earns]
        self._snapshot = snapshot
        self._figures = figures
        self._known: dict[tuple[Condition, ...], list[int]] = {(): everyone}
        self._flags: dict[int, bytearray] = {}

    def all_of(self, conditions: tuple[VolumeCondition | PersonalsCondition, ...]) -> list[int]:
        """The distributors who meet all of `conditions`."""
        if conditions not in self._known:
            members = self.all_of(conditions[:-1])
            condition = conditions[-1]
            if condition not in self._figures:
                self._figures[condition] = _figures(self._snapshot, condition)
            amounts, minimum = self._figures[condition], needed(condition)
            self._known[conditions] = [member for member in members if amounts[member] >= minimum]
        return self._known[conditions]

    def flags_of(self, members: list[int]) -> bytearray:
        """The same members as flags; `members` is a list that `all_of` gave."""
        if id(members) not in self._flags:
            flags = bytearray(len(self._snapshot.team))
            for member in members:
                flags[member] = 1
            self._flags[id(members)] = flags
        return self._flags[id(members)]


@dataclass(frozen=True, slots=True)
class _Pending:
    """Rank `number` goes to whoever of the flagged `members` has the legs: (counts by member, how many)."""

    number: int
    members: bytearray
    legs: list[tuple[list[int], int]]


def _figures(snapshot: Snapshot, condition: VolumeCondition | PersonalsCondition) -> list[int]:
    if isinstance(condition, PersonalsCondition):
        active = snapshot.active
        return _count_at_parent(snapshot, Tree.SPONSOR, [m for m, is_active in enumerate(active) if is_active])
    if condition.scope is Scope.OWN:
        return snapshot.known(condition.volume)
    group = snapshot.group(condition.volume, condition.tree)
    if condition.scope is Scope.GROUP:
        return group
    minimum = condition.minimum
    return _count_at_parent(snapshot, condition.tree, [m for m, amount in enumerate(group) if amount >= minimum])


def _count_at_parent(snapshot: Snapshot, which: Tree, members: list[int]) -> list[int]:
    counts = [0] * len(snapshot.team)
    parent = snapshot.parent(which)
    for member in members:
        if parent[member] >= 0:
            counts[parent[member]] += 1
    return counts


def _climb_until_settled(
    snapshot: Snapshot, ranks: list[int], pending: list[_Pending], figures: Mapping[Condition, list[int]]
) -> None:
    trees: dict[Tree, list[tuple[LegsCondition, list[int]]]] = {}
    for condition, counts in figures.items():
        if isinstance(condition, LegsCondition):
            trees.setdefault(snapshot.same(condition.tree), []).append((condition, counts))
    touched = bytearray(len(ranks))
    rose = bool(trees)
    while rose:
        rose = False
        for which, watched in trees.items():
            rose |= _climb(snapshot, which, watched, ranks, pending, touched)
        if len(trees) == 1:
            break


def _climb(
    snapshot: Snapshot,
    which: Tree,
    watched: list[tuple[LegsCondition, list[int]]],
    ranks: list[int],
    pending: list[_Pending],
    touched: bytearray,
) -> bool:
    """One pass from the bottom of one tree: raise ranks and count legs anew. True when a rank rose.

    `touched` marks who has a leg that some condition counts; nobody else can rise.
    """
    for _, counts in watched:
        counts[:] = [0] * len(ranks)
    counters = [(condition.rank, condition.frontline_only, counts) for condition, counts in watched]
    lowest = min(condition.rank for condition, _ in watched)
    parent = snapshot.parent(which)
    best = [-1] * len(ranks)
    rose = False
    for member in reversed(snapshot.order(which)):
        rank = ranks[member]
        if touched[member]:
            higher = _highest(member, rank, pending)
            if higher > rank:
                rank = ranks[member] = higher
                rose = True
        highest = best[member]
        if rank > highest:
            highest = rank
        if highest >= lowest and (above := parent[member]) >= 0:
            if highest > best[above]:
                best[above] = highest
            for threshold, frontline_only, counts in counters:
                if (rank if frontline_only else highest) >= threshold:
                    counts[above] += 1
                    touched[above] = 1
    return rose


def _highest(member: int, rank: int, pending: list[_Pending]) -> int:
    """The highest pending rank whose legs the member has now, or `rank`; `pending` begins with the highest."""
    for candidate in pending:
        if candidate.number <= rank:
            break
        if candidate.members[member] and all(counts[member] >= count for counts, count in candidate.legs):
            return candidate.number
    return rank
