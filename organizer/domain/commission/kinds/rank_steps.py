"""Where each member stands with each rank's bonus: not reached, being held, paid, lapsed, done with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from organizer.domain.commission.arrays import Ints, Mask, ints
from organizer.domain.commission.carried_ranks import numbered
from organizer.domain.commission.kinds.history import Timing, marked, newcomers, timing
from organizer.domain.commission.plan import Component

if TYPE_CHECKING:
    from organizer.domain.commission.kinds.rank_advancement import RankBonus
    from organizer.domain.commission.snapshot import Snapshot

_FIGURES = ("run", "paid", "missed")
_BITS = 62  # of a whole number that an array holds without Python's help


class State(IntEnum):
    """Why a rank's bonus pays or doesn't pay this period."""

    NOT_HELD = 0
    PAID = 1
    BEFORE = 2
    UNCLEAR = 3
    LATE = 4
    UNDATED = 5
    SKIPPED = 6
    HOLDING = 7
    MISSED = 8
    LAPSED = 9


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One rank by member: this period's `minor`, the `state` behind it, and what is left to the next period.

    `run` counts the periods in a row, `paid` the instalments, `missed` the periods since the first instalment in
    which she didn't hold the rank; nothing comes after `done`.
    """

    rank: int
    minor: Ints
    state: npt.NDArray[np.int8]
    run: Ints
    paid: Ints
    missed: Ints
    done: Mask
    unsure: Mask
    unclear: Mask


def steps(rules: RankBonus, component: Component, snapshot: Snapshot) -> list[Step]:
    """Every rank that has a bonus, everybody at once."""
    history = _history(component, snapshot)
    times, qualified = timing(rules.within, snapshot), snapshot.qualified(component)
    return [_step(rules, rank, minor, snapshot, qualified, times, history) for rank, minor in rules.amounts]


@dataclass(frozen=True, slots=True, eq=False)
class _History:
    """`figures` by name, `highest` rank had before (-1 for none), `unclear` of whom nothing is known."""

    figures: Mapping[str, Ints]
    highest: Ints
    unclear: Mask


def _history(component: Component, snapshot: Snapshot) -> _History:
    size = len(snapshot.team)
    highest: Ints = np.full(size, -1, dtype=np.int64)
    if component.id in snapshot.carry:
        return _History(_figures(component, snapshot), highest, marked(snapshot, component.id, "unclear"))
    known = newcomers(snapshot) | ~snapshot.distributors
    for member, entry in snapshot.carry.get("ranks", {}).items():
        highest[member], known[member] = entry.get("highest", -1), True
    return _History({}, highest, ~known)


def _figures(component: Component, snapshot: Snapshot) -> dict[str, Ints]:
    entries: dict[str, tuple[list[int], list[int]]] = {}
    for member, names in snapshot.carry[component.id].items():
        for name, figure in names.items():
            if name not in entries:
                entries[name] = ([], [])
            members, figures = entries[name]
            members.append(member)
            figures.append(figure)
    found = {}
    for name, (members, figures) in entries.items():
        values = ints(figures)
        found[name] = np.zeros(len(snapshot.team), dtype=values.dtype)
        found[name][members] = values
    return found


def _step(
    rules: RankBonus,
    rank: int,
    minor: int,
    snapshot: Snapshot,
    qualified: Mask,
    times: Timing,
    history: _History,
) -> Step:
    none = np.zeros(len(snapshot.team), dtype=np.int64)
    run, paid, missed = (history.figures.get(f"{name}{rank}", none) for name in _FIGURES)
    done = (history.figures.get("done", none) >> rank) & 1
    over = np.asarray((done > 0) | (history.highest >= rank))
    holds = np.asarray((snapshot.ranks >= rank) & qualified)
    state = np.where(over, State.BEFORE, State.NOT_HELD).astype(np.int8)

    stops, unsure = _stops(rules, rank, snapshot, times, history, holds & ~over & (paid == 0) & (run == 0))
    for reason, members in stops.items():
        state[members], over = reason, over | members

    waiting = ~over & (paid == 0)
    run = np.where(waiting, np.where(holds, run + 1, 0), run)
    state[waiting & holds] = State.HOLDING
    running = ~over & (paid > 0)
    missed = missed + (running & ~holds)
    state[running & ~holds] = State.MISSED
    lapses = running & (missed > rules.grace)
    state[lapses] = State.LAPSED
    pays = (waiting & holds & (run >= rules.maintain)) | (running & holds)
    state[pays] = State.PAID
    paid = paid + pays
    amount = np.where(pays, rules.instalment(minor, paid), 0)
    finished = over | lapses | (paid >= rules.instalments)
    return Step(rank, amount, state, run, paid, missed, finished, unsure, history.unclear)


def _stops(
    rules: RankBonus, rank: int, snapshot: Snapshot, times: Timing, history: _History, starts: Mask
) -> tuple[Mapping[State, Mask], Mask]:
    """Of those who begin to hold the rank, who gets nothing for it and why, and of whom that isn't sure."""
    late = starts & times.late
    skipped = starts & ~late & np.asarray(snapshot.ranks > rank) & (not rules.skipped)
    undated = starts & ~late & ~skipped & times.undated
    unclear = starts & ~late & ~skipped & ~undated & history.unclear
    stops = {State.LATE: late, State.SKIPPED: skipped}
    if not snapshot.hopeful:
        stops |= {State.UNDATED: undated, State.UNCLEAR: unclear}
    return stops, undated | unclear


def kept(found: Sequence[Step]) -> Mapping[int, Mapping[str, int]]:
    """What the next period must know, only what isn't nothing; `done` has a bit for each rank."""
    after: dict[int, dict[str, int]] = {}
    if not found:
        return after
    kind = np.int64 if found[-1].rank < _BITS else object
    done = np.zeros(len(found[0].done), dtype=kind)
    for step in found:
        done = done | step.done.astype(kind) << step.rank
        open_ = ~step.done
        _keep(after, f"run{step.rank}", np.where(open_ & (step.paid == 0), step.run, 0))
        _keep(after, f"paid{step.rank}", np.where(open_, step.paid, 0))
        _keep(after, f"missed{step.rank}", np.where(open_, step.missed, 0))
    _keep(after, "done", done)
    still = np.logical_or.reduce([~step.done for step in found]) & found[0].unclear
    _keep(after, "unclear", still.astype(np.int64))
    return after


def renumbered(names: Mapping[str, int], places: Mapping[int, int]) -> dict[str, int]:
    """What `kept` gave for a member, where ranks have other numbers now (`places`, by their old ones)."""
    found = numbered(names, places, _FIGURES)
    done = sum(1 << place for number, place in places.items() if names.get("done", 0) >> number & 1)
    if done:
        found["done"] = done
    if "unclear" in names:
        found["unclear"] = names["unclear"]
    return found


def _keep(after: dict[int, dict[str, int]], name: str, figures: Ints) -> None:
    some = np.flatnonzero(figures)
    for member, figure in zip(some.tolist(), figures[some].tolist(), strict=True):
        after.setdefault(member, {})[name] = figure
