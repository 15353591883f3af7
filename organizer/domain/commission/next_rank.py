"""What is missing to the next rank, the smallest changes first: from those who are there, never from recruits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints
from organizer.domain.commission.condition import (
    LegsCondition,
    PersonalsCondition,
    Scope,
    Tree,
    VolumeCondition,
    Who,
)
from organizer.domain.commission.explain import rank_requirements
from organizer.domain.commission.figures import counted_personals
from organizer.domain.commission.statement import Requirement
from organizer.domain.money import volume_amount
from organizer.domain.result import Message

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot

_SHOWN = 5
"""So many of those who are nearest are named."""

_LOOKED_AT = 20
"""So many legs are looked into, and so many members of each weighed: those with the highest ranks or volumes."""


@dataclass(frozen=True, slots=True)
class Near:
    """Someone in the team (index `member`) who lacks little of what is asked for, and what she lacks."""

    member: int
    lacks: tuple[Message, ...]
    effort: Fraction


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is missing: `effort` is how much of what is asked for (0 to 1), `near` who is near it.

    `more` says the change in words; `near` holds existing members only, the nearest first.
    """

    requirement: Requirement
    effort: Fraction
    more: Message
    near: tuple[Near, ...] = ()


def steps_to_next_rank(snapshot: Snapshot, member: int) -> tuple[Step, ...]:
    """What the member lacks of the rank above hers, the smallest part first; empty at the top."""
    rank = int(snapshot.ranks[member]) + 1
    if not snapshot.distributors[member] or rank >= len(snapshot.plan.ranks):
        return ()
    asked = rank_requirements(snapshot, rank, member)
    steps = [_step(snapshot, one, member) for one in asked if not one.met]
    return tuple(sorted(steps, key=lambda step: step.effort))


def _gap(has: int, wanted: int) -> Fraction:
    return Fraction(max(0, wanted - max(0, has)), wanted) if wanted > 0 else Fraction()


def _step(snapshot: Snapshot, one: Requirement, member: int) -> Step:
    condition = one.condition
    near: tuple[Near, ...] = ()
    if isinstance(condition, VolumeCondition):
        if condition.scope is Scope.LEG:
            near = _nearest(_legs_by_volume(snapshot, condition, member))
            more = Message("{count} more such legs", {"count": one.needed - one.has})
        else:
            more = _more(snapshot, condition.volume, one.needed - one.has)
    elif isinstance(condition, LegsCondition):
        near = _nearest(_legs_by_rank(snapshot, condition, member))
        more = Message("{count} more such legs", {"count": one.needed - one.has})
    elif isinstance(condition, PersonalsCondition):
        near = _nearest(_personals(snapshot, condition, member))
        more = Message("{count} more of those you sponsored", {"count": one.needed - one.has})
    else:
        more = one.words
    return Step(one, _gap(one.has, one.needed), more, near)


def _nearest(found: Iterator[Near]) -> tuple[Near, ...]:
    return tuple(sorted(found, key=lambda near: (len(near.lacks), near.effort, near.member)))[:_SHOWN]


def _legs_by_volume(snapshot: Snapshot, condition: VolumeCondition, member: int) -> Iterator[Near]:
    group = snapshot.group(condition.volume, condition.tree, 1 if condition.in_one else condition.window)
    name = snapshot.plan.volume(condition.volume).name
    legs = snapshot.layout(condition.tree).children(member)
    for leg in _highest(legs[(group[legs] > 0) & (group[legs] < condition.minimum)], group, _SHOWN):
        amount = volume_amount(condition.minimum - int(group[leg]))
        lacks = Message("{amount} {volume} more in the leg", {"amount": amount, "volume": name})
        yield Near(leg, (lacks,), _gap(int(group[leg]), condition.minimum))


def _highest(members: Ints, figures: Ints, most: int) -> list[int]:
    """The members with the highest figures, at most so many."""
    return [int(one) for one in members[np.argsort(-figures[members], kind="stable")][:most]]


def _legs_by_rank(snapshot: Snapshot, condition: LegsCondition, member: int) -> Iterator[Near]:
    """In each leg that doesn't count yet, the member who lacks least of the rank; in the most promising legs."""
    layout, ranks = snapshot.layout(condition.tree), snapshot.ranks
    legs = layout.children(member)
    if not len(legs):
        return
    best = ranks.copy()
    if not condition.frontline_only:
        # siblings stand one after the other in the line, so each leg ends where the next begins
        best[legs] = np.maximum.reduceat(ranks[layout.order[: layout.end[member]]], layout.place[legs])
    for leg in _highest(legs[best[legs] < condition.rank], best, _LOOKED_AT):
        inside = np.asarray([leg]) if condition.frontline_only else np.append(layout.below(leg), leg)
        able = inside[snapshot.distributors[inside]]
        weighed = [_lacking(snapshot, one, condition.rank) for one in _highest(able, ranks, _LOOKED_AT)]
        if weighed:
            yield min(weighed, key=lambda near: (len(near.lacks), near.effort, near.member))


def _lacking(snapshot: Snapshot, member: int, rank: int) -> Near:
    missing = [one for one in rank_requirements(snapshot, rank, member) if not one.met]
    effort = sum((_gap(one.has, one.needed) for one in missing), Fraction())
    return Near(member, tuple(one.words for one in missing), effort)


def _personals(snapshot: Snapshot, condition: PersonalsCondition, member: int) -> Iterator[Near]:
    sponsored = snapshot.layout(Tree.SPONSOR).children(member)
    able = snapshot.customers if condition.who is Who.CUSTOMERS else snapshot.distributors
    rule = snapshot.plan.active
    volume = condition.volume or (rule.volume if rule else "")
    figures = snapshot.known(volume) if volume else np.zeros(len(snapshot.team), dtype=np.int64)
    missing = able & ~counted_personals(snapshot, condition)
    for one in _highest(sponsored[missing[sponsored]], figures, _LOOKED_AT):
        lacks, effort = [], Fraction()
        if condition.who is Who.ACTIVE and not snapshot.active[one]:
            has = int(snapshot.over(rule.volume, rule.window, in_one=rule.in_one)[one]) if rule else 0
            if rule is None or has >= rule.minimum:
                continue  # the file calls her inactive, and no volume makes up for that
            effort += _gap(has, rule.minimum)
            lacks.append(_more(snapshot, rule.volume, rule.minimum - has))
        if condition.volume and (has := int(snapshot.known(condition.volume)[one])) < condition.minimum:
            effort += _gap(has, condition.minimum)
            lacks.append(_more(snapshot, condition.volume, condition.minimum - has))
        if lacks:
            yield Near(one, tuple(lacks), effort)


def _more(snapshot: Snapshot, volume: str, amount: int) -> Message:
    name = snapshot.plan.volume(volume).name
    return Message("{amount} {volume} more", {"amount": volume_amount(amount), "volume": name})
