"""The sentences about activity and rank that an estimate gives as its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from organizer.domain.commission.plan import (
    Condition,
    LegsCondition,
    Plan,
    Scope,
    VolumeCondition,
)
from organizer.domain.commission.ranks import needed
from organizer.domain.commission.statement import RankStanding
from organizer.domain.money import volume_amount
from organizer.domain.period import Period
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


def activity(snapshot: Snapshot, member: int) -> Message:
    """Why the member counts as active this period, or what it would take."""
    if not snapshot.distributors[member]:
        return Message("A customer earns no bonus.")
    rule = snapshot.plan.active
    if rule is None:
        return Message("This plan asks for no activity.")
    volume = snapshot.plan.volume(rule.volume).name
    wanted = volume_amount(rule.minimum)
    has = snapshot.raw(rule.volume)[member]
    if has is None:
        return Message(
            "Counted as not active: needs {needed} {volume}, and the figure isn't known.",
            {"needed": wanted, "volume": volume},
        )
    values: dict[str, Value] = {"needed": wanted, "volume": volume, "has": volume_amount(has)}
    if snapshot.active[member]:
        return Message("Active: needs {needed} {volume}, has {has}.", values)
    return Message("Not active: needs {needed} {volume}, has {has}.", values)


def standing(snapshot: Snapshot, member: int) -> RankStanding:
    """The member's rank this period, what it rests on, and what is missing to the next."""
    plan, rank = snapshot.plan, snapshot.ranks[member]
    if not snapshot.distributors[member]:
        return RankStanding(-1, None, (), None, ())
    figures = snapshot.ranking.figures
    held = plan.ranks[rank].conditions if rank >= 0 else ()
    following = plan.ranks[rank + 1] if rank + 1 < len(plan.ranks) else None
    met = tuple(_condition(snapshot, condition, member) for condition in held)
    if following is None:
        return RankStanding(rank, plan.rank_name(rank), met, None, ())
    missing = tuple(
        _condition(snapshot, condition, member)
        for condition in following.conditions
        if figures[condition][member] < needed(condition)
    )
    return RankStanding(rank, plan.rank_name(rank), met, following.name, missing)


def _condition(snapshot: Snapshot, condition: Condition, member: int) -> Message:
    plan, has = snapshot.plan, snapshot.ranking.figures[condition][member]
    if isinstance(condition, VolumeCondition):
        return _volume_condition(snapshot, condition, member, has)
    values = {"has": has, "needed": condition.count}
    if isinstance(condition, LegsCondition):
        return _legs_condition(plan, condition, has)
    return Message("Active distributors sponsored personally: {has}, needs {needed}", values)


def _volume_condition(snapshot: Snapshot, condition: VolumeCondition, member: int, has: int) -> Message:
    volume = snapshot.plan.volume(condition.volume).name
    minimum = volume_amount(condition.minimum)
    if condition.scope is Scope.LEG:
        return Message(
            "Legs with at least {minimum} {volume}: {has}, needs {needed}",
            {"minimum": minimum, "volume": volume, "has": has, "needed": condition.legs},
        )
    if condition.scope is Scope.OWN and snapshot.raw(condition.volume)[member] is None:
        return Message("Own {volume}: not known, needs {needed}", {"volume": volume, "needed": minimum})
    values: dict[str, Value] = {"volume": volume, "has": volume_amount(has), "needed": minimum}
    if condition.scope is Scope.OWN:
        return Message("Own {volume}: {has}, needs {needed}", values)
    return Message("{volume} in the whole group: {has}, needs {needed}", values)


def _legs_condition(plan: Plan, condition: LegsCondition, has: int) -> Message:
    values: dict[str, Value] = {"rank": plan.ranks[condition.rank].name, "has": has, "needed": condition.count}
    if condition.frontline_only:
        return Message("Frontline members who are {rank} or higher: {has}, needs {needed}", values)
    return Message("Legs with a {rank} or higher: {has}, needs {needed}", values)


def trust(confidence: str, teaching: bool) -> Message:
    """How far a plan file's figures can be relied on; `confidence` is A to D, or empty for a teaching plan."""
    if teaching:
        return Message("An invented plan to learn from; no company pays by it.")
    words = {
        "A": Message("Confidence A: read in the company's own papers."),
        "B": Message("Confidence B: from software documentation."),
        "C": Message("Confidence C: from distributors' pages, not the company's own."),
        "D": Message("Confidence D: from an unofficial copy. Check it with your company."),
    }
    return words.get(confidence, Message("The plan file doesn't say where its figures come from."))


def validity(plan: Plan, period: Period) -> Message | None:
    """A word of caution where the plan's dates don't cover the whole period; None where they do."""
    if period.first < plan.valid_from:
        return Message("The plan file holds from a later day than this month; the plan may have been another.")
    if plan.valid_to and period.last > plan.valid_to:
        return Message("The plan file no longer holds for the whole of this month; the plan may be another now.")
    return None
