"""The sentences about activity, rank and conditions that an estimate gives as its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from organizer.domain.commission import earlier
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
    VolumeCondition,
    Who,
    needed,
)
from organizer.domain.commission.plan import Component, Plan
from organizer.domain.commission.statement import RankStanding, Requirement
from organizer.domain.money import volume_amount
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


def activity(snapshot: Snapshot, member: int) -> Message:
    """Why the member counts as active this period, or what it would take."""
    if snapshot.customers[member]:
        return Message("A customer earns no bonus.")
    if snapshot.cancelled[member]:
        return Message("Who has left earns no bonus.")
    told = snapshot.team.active[member] if snapshot.team.active else None
    if told is not None:
        return Message("Active, as given.") if told else Message("Not active, as given.")
    rule = snapshot.plan.active
    if rule is None:
        return Message("This plan asks for no activity.")
    values: dict[str, Value] = {
        "needed": volume_amount(rule.minimum),
        "volume": snapshot.plan.volume(rule.volume).name,
        "periods": rule.window,
    }
    unknown = bool(snapshot.missing(rule.volume)[member])
    if rule.window == 1 and unknown and not snapshot.active[member]:
        return Message("Counted as not active: needs {needed} {volume}, and the figure isn't known.", values)
    has = volume_amount(int(snapshot.over(rule.volume, rule.window, in_one=rule.in_one)[member]))
    before = rule.window > 1 and earlier.unknown(snapshot, rule.volume, rule.window)[member]
    values["has"] = _as_known(has) if rule.window > 1 and (unknown or before) else has
    if rule.window > 1 and rule.in_one:
        if snapshot.active[member]:
            return Message("Active: needs {needed} {volume} in one of {periods} periods, has {has}.", values)
        return Message("Not active: needs {needed} {volume} in one of {periods} periods, has {has}.", values)
    if rule.window > 1:
        if snapshot.active[member]:
            return Message("Active: needs {needed} {volume} in {periods} periods, has {has}.", values)
        return Message("Not active: needs {needed} {volume} in {periods} periods, has {has}.", values)
    if snapshot.active[member]:
        return Message("Active: needs {needed} {volume}, has {has}.", values)
    return Message("Not active: needs {needed} {volume}, has {has}.", values)


def _as_known(amount: Value) -> Message:
    return Message("{amount} as far as is known", {"amount": amount})


def not_qualified(snapshot: Snapshot, component: Component, member: int) -> Message:
    """Why the member earns nothing at all in a component."""
    if not snapshot.distributors[member] or (component.active_only and not snapshot.active[member]):
        return activity(snapshot, member)
    missing = [one for one in requirements(snapshot, component.requires, member) if not one.met]
    return missing[0].words if missing else activity(snapshot, member)


def standing(snapshot: Snapshot, member: int) -> RankStanding:
    """The member's rank this period, what it rests on, and what is missing to the next."""
    plan, rank = snapshot.plan, int(snapshot.ranks[member])
    if not snapshot.distributors[member]:
        return RankStanding(-1, None, (), None, ())
    held = rank_requirements(snapshot, rank, member) if rank >= 0 else ()
    reached = int(snapshot.ranking.reached[member])
    highest = max(rank, snapshot.carry.get("ranks", {}).get(member, {}).get("highest", -1))
    following = plan.ranks[rank + 1] if rank + 1 < len(plan.ranks) else None
    asked = rank_requirements(snapshot, rank + 1, member) if following else ()
    return RankStanding(
        rank=rank,
        name=plan.rank_name(rank),
        met=tuple(one.words for one in held if one.met),
        next_name=following.name if following else None,
        missing=tuple(one.words for one in asked if not one.met),
        requirements=asked,
        highest=plan.rank_name(highest),
        why=_why(snapshot, member, rank, reached),
    )


def _why(snapshot: Snapshot, member: int, rank: int, reached: int) -> Message | None:
    if snapshot.ranking.reported[member]:
        return Message("The rank is the one that the company's file gives.")
    if rank > reached:
        values: dict[str, Value] = {"grace": snapshot.plan.ranks[rank].grace}
        return Message("Still paid by this rank: it was reached a short while ago (grace: {grace}).", values)
    return None


def requirements(snapshot: Snapshot, conditions: tuple[Condition, ...], member: int) -> tuple[Requirement, ...]:
    """What the conditions ask of the member, and what she has."""
    return tuple(_requirement(snapshot, one, member, int(snapshot.figures(one)[member])) for one in conditions)


def rank_requirements(snapshot: Snapshot, rank: int, member: int) -> tuple[Requirement, ...]:
    """The same for rank number `rank`: of others' ranks those count that this period's figures give."""
    return requirements_for_ranks(snapshot, snapshot.plan.ranks[rank].conditions, member)


def requirements_for_ranks(
    snapshot: Snapshot, conditions: tuple[Condition, ...], member: int
) -> tuple[Requirement, ...]:
    """The same for some of a rank's conditions."""
    return tuple(
        _requirement(snapshot, one, member, int(snapshot.figures_for_ranks(one)[member])) for one in conditions
    )


def _requirement(snapshot: Snapshot, condition: Condition, member: int, has: int) -> Requirement:
    unknown = _unknown(snapshot, condition, member)
    partly = earlier.doubtful(snapshot, condition, member)
    words = condition_words(snapshot.plan, condition, has, unknown=unknown, partly=partly)
    return Requirement(condition, has, needed(condition), words)


def _unknown(snapshot: Snapshot, condition: Condition, member: int) -> bool:
    own = isinstance(condition, VolumeCondition) and condition.scope is Scope.OWN and condition.window == 1
    return own and isinstance(condition, VolumeCondition) and snapshot.raw(condition.volume)[member] is None


def condition_words(
    plan: Plan, condition: Condition, has: int, *, unknown: bool = False, partly: bool = False
) -> Message:
    """A condition with what she has of it: "Own PV: 60, needs 100"; `partly` where some of it isn't known."""
    what = asked(plan, condition)
    wanted: Value = needed(condition)
    shown: Value = has
    if isinstance(condition, VolumeCondition) and condition.scope is not Scope.LEG:
        wanted, shown = volume_amount(needed(condition)), volume_amount(has)
    if isinstance(condition, AnyOf | RankCondition):
        if has:
            return Message("{what}: yes", {"what": what})
        if partly:
            return Message("{what}: not yet, as far as is known", {"what": what})
        return Message("{what}: not yet", {"what": what})
    if partly:
        shown = _as_known(shown)
    if unknown:
        return Message("{what}: not known, needs {needed}", {"what": what, "needed": wanted})
    return Message("{what}: {has}, needs {needed}", {"what": what, "has": shown, "needed": wanted})


def condition_rule(plan: Plan, condition: Condition) -> Message:
    """A condition as a rule of the plan: "Own PV: at least 100"."""
    what = asked(plan, condition)
    if isinstance(condition, AnyOf | RankCondition):
        return what
    wanted: Value = needed(condition)
    if isinstance(condition, VolumeCondition) and condition.scope is not Scope.LEG:
        wanted = volume_amount(needed(condition))
    return Message("{what}: at least {needed}", {"what": what, "needed": wanted})


def asked(plan: Plan, condition: Condition) -> Message:
    """What a condition counts, as the beginning of a line."""
    if isinstance(condition, VolumeCondition):
        return _volume(plan, condition)
    if isinstance(condition, LegsCondition):
        return _legs(plan, condition)
    if isinstance(condition, PersonalsCondition):
        return _personals(plan, condition)
    if isinstance(condition, TenureCondition):
        return Message("Whole months since joining")
    if isinstance(condition, HeldCondition):
        return Message("Periods in a row as {rank} or higher", {"rank": plan.ranks[condition.rank].name})
    if isinstance(condition, RankCondition):
        return Message("Paid as {rank} or higher", {"rank": plan.ranks[condition.rank].name})
    return _any_of(plan, condition)


def _any_of(plan: Plan, condition: AnyOf) -> Message:
    def both(conditions: tuple[Condition, ...]) -> Message:
        first, *others = (condition_rule(plan, one) for one in conditions)
        for other in others:
            first = Message("{first} and {other}", {"first": first, "other": other})
        return first

    first, *others = (both(conditions) for conditions in condition.alternatives)
    for other in others:
        first = Message("{first}; or {other}", {"first": first, "other": other})
    return first


def _volume(plan: Plan, condition: VolumeCondition) -> Message:
    values: dict[str, Value] = {
        "volume": plan.volume(condition.volume).name,
        "minimum": volume_amount(condition.minimum),
        "periods": condition.window,
    }
    what = {
        Scope.OWN: Message("Own {volume}", values),
        Scope.FRONTLINE: Message("{volume} of her own and her frontline", values),
        Scope.GROUP: Message("{volume} in the whole group", values),
        Scope.LEG: Message("Legs with at least {minimum} {volume}", values),
    }[condition.scope]
    if condition.without_rank is not None:
        rank = plan.ranks[condition.without_rank].name
        what = Message(
            "{what}, without those who are {rank} or higher and all below them", {"what": what, "rank": rank}
        )
    if condition.leg_cap is not None:
        what = Message(
            "{what}, at most {cap} of each leg", {"what": what, "cap": volume_amount(condition.leg_cap)}
        )
    if condition.window > 1:
        values = {"what": what, "periods": condition.window}
        if condition.in_one:
            return Message("{what}, in one of {periods} periods", values)
        what = Message("{what}, in {periods} periods", values)
    return what


def _legs(plan: Plan, condition: LegsCondition) -> Message:
    values: dict[str, Value] = {"rank": plan.ranks[condition.rank].name}
    if condition.personally:
        return Message("Legs with {rank} or higher whom she sponsored herself", values)
    if condition.frontline_only:
        return Message("Frontline members who are {rank} or higher", values)
    return Message("Legs with {rank} or higher", values)


def _personals(plan: Plan, condition: PersonalsCondition) -> Message:
    what = {
        Who.ACTIVE: Message("Active distributors sponsored personally"),
        Who.DISTRIBUTORS: Message("Distributors sponsored personally"),
        Who.CUSTOMERS: Message("Own customers"),
    }[condition.who]
    if condition.volume:
        values: dict[str, Value] = {
            "what": what,
            "minimum": volume_amount(condition.minimum),
            "volume": plan.volume(condition.volume).name,
        }
        what = Message("{what} with at least {minimum} {volume}", values)
    if condition.side is not Side.ANY:
        side = Message("left leg") if condition.side is Side.LEFT else Message("right leg")
        what = Message("{what}, in the {side}", {"what": what, "side": side})
    return what
