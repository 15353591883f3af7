"""What each member has of what a condition asks for. Whole arrays by member; ranks come in where they matter."""

from __future__ import annotations

from datetime import date
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask, add_at, ints
from organizer.domain.commission.condition import (
    AnyOf,
    Condition,
    HeldCondition,
    LegsCondition,
    PersonalsCondition,
    RankCondition,
    Scope,
    Side,
    TenureCondition,
    Tree,
    VolumeCondition,
    Who,
    needed,
)
from organizer.domain.commission.layout import Layout

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


def figures(snapshot: Snapshot, condition: Condition, ranks: Ints) -> Ints:
    """Each member's figure for `condition`, to be compared with `needed`; `ranks` are those known so far."""
    if isinstance(condition, VolumeCondition):
        return _volume(snapshot, condition, ranks)
    if isinstance(condition, LegsCondition):
        return _legs(snapshot, condition, ranks)
    if isinstance(condition, PersonalsCondition):
        return _personals(snapshot, condition)
    if isinstance(condition, TenureCondition):
        last = snapshot.period.last
        return ints([_whole_months(joined, last) for joined in snapshot.team.joined])
    if isinstance(condition, HeldCondition):
        return _held(snapshot, condition)
    if isinstance(condition, RankCondition):
        return (ranks >= condition.rank).astype(np.int64)
    return meets_any(snapshot, condition, ranks).astype(np.int64)


def meets(snapshot: Snapshot, conditions: tuple[Condition, ...], ranks: Ints) -> Mask:
    """Who meets all of `conditions`."""
    holds = np.ones(len(snapshot.team), dtype=np.bool_)
    for condition in conditions:
        holds &= snapshot.figures(condition, ranks) >= needed(condition)
    return holds


def meets_any(snapshot: Snapshot, condition: AnyOf, ranks: Ints) -> Mask:
    """Who meets all of at least one alternative."""
    holds = np.zeros(len(snapshot.team), dtype=np.bool_)
    for conditions in condition.alternatives:
        holds |= meets(snapshot, conditions, ranks)
    return holds


def _volume(snapshot: Snapshot, condition: VolumeCondition, ranks: Ints) -> Ints:
    if not condition.in_one or condition.window == 1:
        own = snapshot.windowed(condition.volume, condition.window)
        return _volume_of(snapshot, condition, ranks, own, condition.window)
    periods = (snapshot.volume_of(condition.volume, back) for back in range(condition.window))
    return reduce(np.maximum, (_volume_of(snapshot, condition, ranks, own) for own in periods))


def _volume_of(
    snapshot: Snapshot, condition: VolumeCondition, ranks: Ints, own: Ints, window: int | None = None
) -> Ints:
    """The figure where each member's own volume is `own`: that of the `window`, if any."""
    if condition.scope is Scope.OWN:
        return own
    layout = snapshot.layout(condition.tree)
    if condition.scope is Scope.FRONTLINE:
        return own + layout.child_sums(own)
    if window is None:
        group = layout.subtree_sums(own)
    else:
        group = snapshot.group(condition.volume, condition.tree, window)
    if condition.without_rank is not None:
        group = group - of_leaders_below(layout, own, ranks >= condition.without_rank)
    if condition.scope is Scope.LEG:
        return layout.child_counts(np.asarray(group >= condition.minimum))
    if condition.leg_cap is not None:
        legs = np.minimum(group, condition.leg_cap)
        if condition.without_rank is not None:
            legs = np.where(ranks >= condition.without_rank, 0, legs)
        return own + layout.child_sums(legs)
    return group


def of_leaders_below(layout: Layout, own: Ints, leaders: Mask) -> Ints:
    """For each member what stands below her under a leader; a leader's own group stays in her own figure."""
    nearest = layout.nearest(leaders)
    led = add_at(np.zeros(layout.size + 1, dtype=np.int64), nearest[:-1], own)[:-1]
    return layout.subtree_sums(led) - led


def _legs(snapshot: Snapshot, condition: LegsCondition, ranks: Ints) -> Ints:
    layout = snapshot.layout(condition.tree)
    reached = np.asarray(ranks >= condition.rank)
    if condition.personally:
        return _legs_with_personals(snapshot, condition, reached)
    return layout.child_counts(reached if condition.frontline_only else layout.holds(reached))


def _legs_with_personals(snapshot: Snapshot, condition: LegsCondition, reached: Mask) -> Ints:
    layout = snapshot.layout(condition.tree)
    recruiter, head = snapshot.legs_of_sponsor(condition.tree)
    counted = reached & (head < layout.size)
    legs = np.unique(head[counted] + recruiter[counted] * (layout.size + 1))
    return np.bincount(legs // (layout.size + 1), minlength=layout.size)


def _personals(snapshot: Snapshot, condition: PersonalsCondition) -> Ints:
    return snapshot.layout(Tree.SPONSOR).child_counts(counted_personals(snapshot, condition))


def counted_personals(snapshot: Snapshot, condition: PersonalsCondition) -> Mask:
    """Who counts for the condition of whoever sponsored her."""
    if condition.who is Who.CUSTOMERS:
        chosen = snapshot.customers
    else:
        chosen = snapshot.active if condition.who is Who.ACTIVE else snapshot.distributors
    if condition.volume:
        chosen = chosen & np.asarray(snapshot.known(condition.volume) >= condition.minimum)
    if condition.side is not Side.ANY:
        chosen = chosen & (snapshot.side_of_sponsor == condition.side.value)
    return chosen


def _held(snapshot: Snapshot, condition: HeldCondition) -> Ints:
    run = np.zeros(len(snapshot.team), dtype=np.int64)
    for member, kept in snapshot.carry.get("ranks", {}).items():
        run[member] = kept.get(f"run{condition.rank}", 0)
    return run


def _whole_months(joined: date | None, last: date) -> int:
    if joined is None or joined > last:
        return 0
    months = (last.year - joined.year) * 12 + last.month - joined.month
    return months if last.day >= joined.day or _is_month_end(last) else months - 1


def _is_month_end(day: date) -> bool:
    return date.fromordinal(day.toordinal() + 1).day == 1
