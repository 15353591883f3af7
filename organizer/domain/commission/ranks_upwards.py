"""Ranks in one go from the bottom up, where all that they ask for is looked for below in one and the same tree.

A member's rank then hangs on nobody but those below her, so each is settled once, whatever the tree's shape.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask
from organizer.domain.commission.condition import (
    AnyOf,
    Condition,
    LegsCondition,
    Tree,
    VolumeCondition,
    needed,
    rests_on_ranks,
)

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot

_Asks = Callable[[int], bool]
_Open = Sequence[tuple[Condition, ...]]
"""By rank the conditions that rest on others' ranks."""


def only_tree(snapshot: Snapshot, open_: _Open) -> Tree | None:
    """The tree in which all those below stand on whom the conditions rest; None where there are two."""
    trees = {snapshot.same(one.tree) for conditions in open_ for one in _resting(conditions)}
    return trees.pop() if len(trees) == 1 else None


def _resting(conditions: tuple[Condition, ...]) -> Iterator[LegsCondition | VolumeCondition]:
    for condition in conditions:
        if isinstance(condition, AnyOf):
            for alternative in condition.alternatives:
                yield from _resting(alternative)
        elif isinstance(condition, LegsCondition | VolumeCondition) and rests_on_ranks(condition):
            yield condition


def climb(snapshot: Snapshot, tree: Tree, ranks: Ints, fixed: Mask, sure: Sequence[Mask], open_: _Open) -> Ints:
    """Everybody's rank; `ranks` are those of the `fixed`, `sure` by rank who meets what rests on nobody's."""
    layout = snapshot.layout(tree)
    counters: dict[Condition, _Counter] = {
        one: _counter(snapshot, one) for conditions in open_ for one in _resting(conditions)
    }
    asks = [[_asks(snapshot, one, counters) for one in conditions] for conditions in open_]
    highest_first = [(number, sure[number].tolist(), asks[number]) for number in reversed(range(len(sure)))]
    found, above, told = ranks.tolist(), layout.parent.tolist(), fixed.tolist()
    for member in layout.order[::-1].tolist():
        if not told[member]:
            found[member] = next(
                (rank for rank, may, every in highest_first if may[member] and all(one(member) for one in every)),
                -1,
            )
        for counter in counters.values():
            counter.settled(member, found[member], above[member])
    return np.asarray(found, dtype=np.int64)


def _asks(snapshot: Snapshot, condition: Condition, counters: dict[Condition, _Counter]) -> _Asks:
    """Whether a member meets the condition, asked when all below her are settled."""
    if isinstance(condition, AnyOf):
        alternatives = [[_asks(snapshot, one, counters) for one in parts] for parts in condition.alternatives]
        return lambda member: any(all(one(member) for one in parts) for parts in alternatives)
    enough = needed(condition)
    if condition in counters:
        counter = counters[condition]
        return lambda member: counter.figure(member) >= enough
    known = snapshot.figures(condition).tolist()
    return lambda member: bool(known[member] >= enough)


class _Counter(ABC):
    """What each member has of what a condition asks for, as far as those below her are settled."""

    @abstractmethod
    def figure(self, member: int) -> int:
        """Hers; all below her are settled."""

    @abstractmethod
    def settled(self, member: int, rank: int, above: int) -> None:
        """Take her rank into account for who stands `above` her."""


def _counter(snapshot: Snapshot, condition: LegsCondition | VolumeCondition) -> _Counter:
    if isinstance(condition, VolumeCondition):
        return _Group(snapshot, condition)
    return _Personal(snapshot, condition) if condition.personally else _Legs(len(snapshot.team), condition)


class _Legs(_Counter):
    """Legs with someone of the rank."""

    def __init__(self, size: int, condition: LegsCondition) -> None:
        self._rank = condition.rank
        self._frontline = condition.frontline_only
        self._counts = [0] * (size + 1)

    def figure(self, member: int) -> int:
        return self._counts[member]

    def settled(self, member: int, rank: int, above: int) -> None:
        if rank >= self._rank or (not self._frontline and self._counts[member]):
            self._counts[above] += 1


class _Personal(_Counter):
    """Legs with someone of the rank whom she sponsored herself."""

    def __init__(self, snapshot: Snapshot, condition: LegsCondition) -> None:
        recruiters, heads = snapshot.legs_of_sponsor(condition.tree)
        self._rank = condition.rank
        self._recruiters, self._heads = recruiters.tolist(), heads.tolist()
        self._legs: dict[int, set[int]] = {}
        self._nobody = len(self._heads)

    def figure(self, member: int) -> int:
        return len(self._legs.get(member, ()))

    def settled(self, member: int, rank: int, above: int) -> None:  # noqa: ARG002
        if rank >= self._rank and self._heads[member] < self._nobody:
            self._legs.setdefault(self._recruiters[member], set()).add(self._heads[member])


class _Group(_Counter):
    """The group's volume without those of the rank and all below them; of each leg at most the cap."""

    def __init__(self, snapshot: Snapshot, condition: VolumeCondition) -> None:
        self._rank, self._cap = condition.without_rank, condition.leg_cap
        if condition.in_one:
            owns = [snapshot.volume_of(condition.volume, back).tolist() for back in range(condition.window)]
        else:
            owns = [snapshot.windowed(condition.volume, condition.window).tolist()]
        self._groups: list[list[int]] = [[*own, 0] for own in owns]
        self._figures: list[list[int]] = [[*own, 0] for own in owns]

    def figure(self, member: int) -> int:
        return max(figures[member] for figures in self._figures)

    def settled(self, member: int, rank: int, above: int) -> None:
        if self._rank is None or rank < self._rank:
            for groups, figures in zip(self._groups, self._figures, strict=True):
                group = groups[member]
                groups[above] += group
                figures[above] += group if self._cap is None else min(group, self._cap)
