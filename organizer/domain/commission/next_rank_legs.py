"""What the next rank asks of any member, condition by condition and leg by leg: which leg counts how much."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission import earlier, figures
from organizer.domain.commission.arrays import Ints, Mask
from organizer.domain.commission.condition import (
    AnyOf,
    Condition,
    HeldCondition,
    LegsCondition,
    PersonalsCondition,
    Scope,
    TenureCondition,
    Tree,
    VolumeCondition,
    Who,
)
from organizer.domain.commission.explain import rank_requirements, requirements_for_ranks
from organizer.domain.commission.statement import Requirement

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class LegShare:
    """What the leg under `head` (an index) gives to a condition.

    `has` is the leg's volume in thousandths, or the number of the highest rank in it (-1: none); `counts` is what
    of it counts: volume, or 1 for a leg that counts as one. Of `unknown` members in it the volume isn't known.
    """

    head: int
    has: int
    counts: int
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """One condition of a rank with what the member has of it.

    `unknown` counts the figures that it looks at and nobody knows: they add nothing to `requirement.has`. `own` is
    her own part of a group's volume (thousandths), None where none is asked for. `legs` are those it is made of,
    what counts most first; empty where it isn't about legs. `alternatives` are the parts of an "either … or".
    """

    requirement: Requirement
    unknown: int = 0
    own: int | None = None
    legs: tuple[LegShare, ...] = ()
    alternatives: tuple[tuple[Asked, ...], ...] = ()


def asked_of(snapshot: Snapshot, rank: int, member: int) -> tuple[Asked, ...]:
    """What rank number `rank` asks of the member at that index, and what she has of it."""
    return tuple(_asked(snapshot, one, member) for one in rank_requirements(snapshot, rank, member))


def _asked(snapshot: Snapshot, one: Requirement, member: int) -> Asked:
    condition = one.condition
    if isinstance(condition, AnyOf):
        parts = tuple(
            tuple(_asked(snapshot, part, member) for part in requirements_for_ranks(snapshot, conditions, member))
            for conditions in condition.alternatives
        )
        return Asked(one, max((part.unknown for way in parts for part in way), default=0), alternatives=parts)
    unknown = unknown_for(snapshot, condition)
    count = int(unknown[member])
    if isinstance(condition, VolumeCondition) and condition.scope is not Scope.OWN:
        own, legs = _volume_legs(snapshot, condition, member)
        return Asked(one, count, own, legs)
    if isinstance(condition, LegsCondition):
        return Asked(one, count, legs=_rank_legs(snapshot, condition, member))
    return Asked(one, count)


def _most_first(legs: list[LegShare]) -> tuple[LegShare, ...]:
    return tuple(sorted(legs, key=lambda leg: (-leg.counts, -leg.has, leg.head)))


def _volume_legs(
    snapshot: Snapshot, condition: VolumeCondition, member: int
) -> tuple[int | None, tuple[LegShare, ...]]:
    """Her own part, and each leg's; of the period that counts where one of several does."""
    if not condition.in_one or condition.window == 1:
        periods = [snapshot.windowed(condition.volume, condition.window)]
    else:
        periods = [snapshot.volume_of(condition.volume, back) for back in range(condition.window)]
    found = [_legs_of(snapshot, condition, member, own) for own in periods]
    return max(found, key=lambda part: (part[0] or 0) + sum(leg.counts for leg in part[1]))


def _legs_of(
    snapshot: Snapshot, condition: VolumeCondition, member: int, own: Ints
) -> tuple[int | None, tuple[LegShare, ...]]:
    """The same where everybody's own volume is `own`."""
    layout = snapshot.layout(condition.tree)
    heads = layout.children(member)
    missing = layout.subtree_sums(unknown_volume(snapshot, condition).astype(np.int64))[heads]
    if condition.scope is Scope.FRONTLINE:
        whole = counts = own[heads]
        missing = unknown_volume(snapshot, condition)[heads].astype(np.int64)
    else:
        whole = counts = _groups(snapshot, condition, own)[heads]
        if condition.scope is Scope.LEG:
            counts = (whole >= condition.minimum).astype(np.int64)
        else:
            if condition.without_rank is not None:
                leaders = snapshot.ranking.reached[heads] >= condition.without_rank
                counts = np.where(leaders, 0, counts)
            if condition.leg_cap is not None:
                counts = np.minimum(counts, condition.leg_cap)
    columns = (heads.tolist(), whole.tolist(), counts.tolist(), missing.tolist())
    legs = [LegShare(*leg) for leg in zip(*columns, strict=True)]
    return None if condition.scope is Scope.LEG else int(own[member]), _most_first(legs)


def _groups(snapshot: Snapshot, condition: VolumeCondition, own: Ints) -> Ints:
    layout = snapshot.layout(condition.tree)
    group = layout.subtree_sums(own)
    if condition.without_rank is not None:
        leaders = np.asarray(snapshot.ranking.reached >= condition.without_rank)
        group = group - figures.of_leaders_below(layout, own, leaders)
    return group


def _rank_legs(snapshot: Snapshot, condition: LegsCondition, member: int) -> tuple[LegShare, ...]:
    layout, ranks = snapshot.layout(condition.tree), snapshot.ranking.reached
    heads = layout.children(member)
    best = np.full(layout.size + 1, -1, dtype=np.int64)
    if condition.personally:
        recruiter, leg = snapshot.legs_of_sponsor(condition.tree)
        hers = np.flatnonzero(recruiter == member)
        np.maximum.at(best, leg[hers], ranks[hers])
    elif condition.frontline_only:
        best[heads] = ranks[heads]
    elif len(heads):
        # siblings stand one after the other in the line, so each leg ends where the next begins
        line = ranks[layout.order[: layout.end[member]]]
        in_line = heads[np.argsort(layout.place[heads])]
        best[in_line] = np.maximum.reduceat(line, layout.place[in_line])
    return _most_first(
        [LegShare(head, int(best[head]), int(best[head] >= condition.rank)) for head in heads.tolist()]
    )


def unknown_for(snapshot: Snapshot, condition: Condition) -> Ints:
    """By member how many of the figures that the condition looks at nobody knows: they add nothing to hers."""
    return snapshot.kept(("unknown for", condition), lambda: _unknown_for(snapshot, condition))


def _unknown_for(snapshot: Snapshot, condition: Condition) -> Ints:
    size = len(snapshot.team)
    if isinstance(condition, AnyOf):
        parts = [unknown_for(snapshot, part) for way in condition.alternatives for part in way]
        return reduce(np.maximum, parts, np.zeros(size, dtype=np.int64))
    if isinstance(condition, VolumeCondition):
        missing = unknown_volume(snapshot, condition).astype(np.int64)
        if condition.scope is Scope.OWN:
            return missing
        layout = snapshot.layout(condition.tree)
        if condition.scope is Scope.FRONTLINE:
            return missing + layout.child_sums(missing)
        below = layout.subtree_sums(missing)
        # what isn't known of her own volume tells nothing of a leg
        return below - missing if condition.scope is Scope.LEG else below
    if isinstance(condition, PersonalsCondition):
        return snapshot.layout(Tree.SPONSOR).child_counts(_unknown_personals(snapshot, condition))
    if isinstance(condition, TenureCondition):
        return np.asarray([day is None for day in snapshot.team.joined], dtype=np.int64)
    if isinstance(condition, HeldCondition):
        kept = snapshot.carry.get("ranks", {})
        known = any("rank" in left for left in kept.values())
        return np.full(size, 0 if known else 1, dtype=np.int64)
    return np.zeros(size, dtype=np.int64)


def unknown_volume(snapshot: Snapshot, condition: VolumeCondition) -> Mask:
    """Whose volume nobody knows, of this period or another that the condition looks at; not of those who left."""
    missing = snapshot.missing(condition.volume)
    if condition.window > 1:
        missing = missing | earlier.unknown(snapshot, condition.volume, condition.window)
    return np.asarray(missing & ~snapshot.cancelled)


def _unknown_personals(snapshot: Snapshot, condition: PersonalsCondition) -> Mask:
    """Who might count for her sponsor if her figures were known."""
    able = snapshot.customers if condition.who is Who.CUSTOMERS else snapshot.distributors
    missing = np.zeros(len(snapshot.team), dtype=np.bool_)
    rule = snapshot.plan.active
    if condition.who is Who.ACTIVE and rule is not None:
        missing = missing | (snapshot.missing(rule.volume) & ~snapshot.active)
        if snapshot.team.active:
            missing &= np.asarray([told is None for told in snapshot.team.active])
    if condition.volume:
        missing = missing | snapshot.missing(condition.volume)
    return np.asarray(able & missing & ~figures.counted_personals(snapshot, condition))
