"""Ranks from a period's figures: of every rank whose conditions hold the highest one counts.

A rank may ask for ranks further down, so the search repeats until nothing changes. It starts from nobody holding
any rank: two members who could only hold a rank because of each other don't.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission import figures
from organizer.domain.commission.arrays import Ints, Mask
from organizer.domain.commission.condition import (
    AnyOf,
    Condition,
    HeldCondition,
    LegsCondition,
    VolumeCondition,
    needed,
    rests_on_ranks,
)
from organizer.domain.commission.plan import Plan, RanksFrom
from organizer.domain.commission.ranks_upwards import climb, only_tree

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot

_ROUNDS = 30
"""After so many rounds it is quicker to go up the tree member by member, if one tree is all that ranks rest on."""

_PATIENCE = 200
"""After so many rounds ranks that cost each other their ranks may only fall, so that the search ends.

That can only be so where ranks rest on both trees: in one tree they hang on nobody but those below.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """By member: `ranks` is what she is paid as (-1 for none), `reached` what this period's figures give.

    They differ where a grace period holds or where the company's file reports another rank (`reported`).
    """

    ranks: Ints
    reached: Ints
    reported: Mask


def rank_members(snapshot: Snapshot) -> Ranking:
    """Every member's rank this period."""
    reported = _reported(snapshot)
    told = reported >= 0
    reached = _settled(snapshot, np.where(told, reported, -1), told)
    return Ranking(np.maximum(reached, _in_grace(snapshot, told)), reached, told)


def _settled(snapshot: Snapshot, ranks: Ints, fixed: Mask) -> Ints:
    """The ranks that agree with themselves; those of the `fixed` stay as they are."""
    plan_ranks = snapshot.plan.ranks
    sure = [
        snapshot.distributors & ~fixed & figures.meets(snapshot, _part(rank.conditions, on_ranks=False), ranks)
        for rank in plan_ranks
    ]
    open_ = [_part(rank.conditions, on_ranks=True) for rank in plan_ranks]
    rising = all(_rises(condition) for conditions in open_ for condition in conditions)
    watched = _Watched(snapshot)
    tree = None if rising else only_tree(snapshot, open_)
    for round_ in count():
        if tree is not None and round_ >= _ROUNDS:
            return climb(snapshot, tree, ranks, fixed, sure, open_)
        before = ranks
        found = np.where(fixed, before, -1)
        for number, (members, conditions) in enumerate(zip(sure, open_, strict=True)):
            # where more ranks below never cost anyone hers, those found a moment ago may count at once
            current = np.maximum(before, found) if rising else before
            found = np.where(members & watched.meets(conditions, current), number, found)
        if rising:
            ranks = np.maximum(before, found)
        else:
            ranks = found if round_ < _PATIENCE else np.minimum(before, found)
        if np.array_equal(ranks, before):
            break
    return ranks


def _part(conditions: tuple[Condition, ...], *, on_ranks: bool) -> tuple[Condition, ...]:
    return tuple(condition for condition in conditions if rests_on_ranks(condition) is on_ranks)


def _rises(condition: Condition) -> bool:
    """True where more ranks below can only help."""
    if isinstance(condition, AnyOf):
        return all(_rises(part) for parts in condition.alternatives for part in parts)
    return not (isinstance(condition, VolumeCondition) and condition.without_rank is not None)


class _Watched:
    """Figures that rest on ranks, counted anew only when the ranks have changed."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._last: dict[Condition, tuple[Ints, Mask]] = {}

    def meets(self, conditions: tuple[Condition, ...], ranks: Ints) -> Mask:
        holds = np.ones(len(ranks), dtype=np.bool_)
        for condition in conditions:
            holds &= self._met(condition, ranks)
        return holds

    def _met(self, condition: Condition, ranks: Ints) -> Mask:
        known = self._last.get(condition)
        if known is not None and self._same(condition, known[0], ranks):
            return known[1]
        met = np.asarray(figures.figures(self._snapshot, condition, ranks) >= needed(condition))
        self._last[condition] = (ranks, met)
        return met

    def _same(self, condition: Condition, before: Ints, ranks: Ints) -> bool:
        """Whether those who count for the condition are the same ones as `before`."""
        if isinstance(condition, LegsCondition):
            return np.array_equal(before >= condition.rank, ranks >= condition.rank)
        return np.array_equal(before, ranks)


def _reported(snapshot: Snapshot) -> Ints:
    """The ranks that the company's file names, where the plan goes by them; -1 elsewhere."""
    if snapshot.plan.ranks_from is RanksFrom.COMPUTED:
        return np.full(len(snapshot.team), -1, dtype=np.int64)
    numbers = rank_words(snapshot.plan)
    told = np.asarray([numbers.get(name.strip().casefold(), -1) for name in snapshot.team.ranks], dtype=np.int64)
    return np.where(snapshot.distributors, told, -1)


def rank_words(plan: Plan) -> Mapping[str, int]:
    """How files may call each rank: its id or its name in either language, folded."""
    words: dict[str, int] = {}
    for number, rank in enumerate(plan.ranks):
        for word in (rank.id, rank.name.en, rank.name.da):
            words.setdefault(word.casefold(), number)
    return words


def _in_grace(snapshot: Snapshot, told: Mask) -> Ints:
    """The ranks that are still paid because they were reached a short while ago."""
    held = np.full(len(snapshot.team), -1, dtype=np.int64)
    graces = [(number, rank.grace) for number, rank in enumerate(snapshot.plan.ranks) if rank.grace]
    for member, kept in snapshot.carry.get("ranks", {}).items() if graces else ():
        had = kept.get("rank", -1)
        held[member] = max((rank for rank, n in graces if rank <= had and _missed(kept, rank) < n), default=-1)
    return np.where(told | ~snapshot.distributors, -1, held)


def _missed(kept: Mapping[str, int], rank: int) -> int:
    """For how many periods she hadn't reached `rank`, at most the one kept, nor a higher one."""
    return kept.get(f"missed{rank}", kept.get("missed", 0))


def after(snapshot: Snapshot) -> dict[int, dict[str, int]]:
    """What is kept of the ranks for the next period: rank, highest rank, periods missed, runs asked for.

    `rank` is the last one reached or paid in grace, `missed` for how many periods it wasn't reached, and with a
    number for how many a lower one wasn't that she may still be paid by when that is over.
    """
    watched = {condition.rank for rank in snapshot.plan.ranks for condition in _held(rank.conditions)}
    watched |= {c.rank for component in snapshot.plan.components for c in _held(component.conditions)}
    before = snapshot.carry.get("ranks", {})
    ranking, kept = snapshot.ranking, {}
    for member in np.flatnonzero(snapshot.distributors).tolist():
        was, paid, reached = before.get(member, {}), int(ranking.ranks[member]), int(ranking.reached[member])
        if paid < 0 and not was:
            continue
        entry = {"rank": paid, "highest": max(paid, was.get("highest", -1))}
        if paid > reached:
            entry["missed"] = _missed(was, paid) + 1
            entry |= {f"missed{rank}": periods for rank, periods in _lower(snapshot.plan, was, paid, reached)}
        entry |= {f"run{number}": was.get(f"run{number}", 0) + 1 for number in watched if paid >= number}
        kept[member] = entry
    return kept


def _lower(plan: Plan, was: Mapping[str, int], paid: int, reached: int) -> Iterator[tuple[int, int]]:
    """The ranks below the one `paid` that have a time of grace left, and for how long each wasn't reached."""
    for rank in range(paid):
        periods = 0 if rank <= reached else _missed(was, rank) + 1
        if periods < plan.ranks[rank].grace:
            yield rank, periods


def _held(conditions: tuple[Condition, ...]) -> list[HeldCondition]:
    found = [condition for condition in conditions if isinstance(condition, HeldCondition)]
    for condition in conditions:
        if isinstance(condition, AnyOf):
            found += [held for parts in condition.alternatives for held in _held(parts)]
    return found
