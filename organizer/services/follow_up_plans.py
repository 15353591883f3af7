"""Follow-up plans: those that come with the program and her own, and starting or stopping one with somebody."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from organizer.domain.consent import Channel, Purpose
from organizer.domain.follow_up_plan import Event, Plan, Step, checked, parse, to_toml
from organizer.domain.result import FieldRefusal, Message, Refusal
from organizer.domain.timeline import FollowUp, Outcome
from organizer.i18n import language
from organizer.resource_files import resource
from organizer.services import files, follow_ups
from organizer.storage import File, contacts, follow_up_events, timeline
from organizer.storage import follow_up_plans as stored

__all__ = ["Event", "Plan", "Step"]


@cache
def built_in() -> tuple[Plan, ...]:
    """The plans that come with the program."""
    files = sorted(resource("follow_up_plans").glob("*.toml"))
    return tuple(parse(file.read_text(encoding="utf-8"), file.stem) for file in files)


def plans(file: File) -> list[Plan]:
    """Her own plans in the order they were made, then those that come with the program.

    One of hers that this version can't read (a newer one may have made it) is left out, and kept.
    """
    own = []
    for key, text in stored.everyone(file).items():
        with suppress(FieldRefusal):
            own.append(parse(text, key, own=True))
    return [*own, *built_in()]


def plan_of(file: File, key: str) -> Plan | None:
    """The plan with this key, None where there is none (any more)."""
    return next((plan for plan in plans(file) if plan.key == key), None)


def name_of(file: File, key: str) -> str:
    """What a plan is called in the language spoken now; "" for one that is gone."""
    plan = plan_of(file, key) if key else None
    return plan.name.in_language(language()) if plan else ""


def keep(file: File, plan: Plan) -> str:
    """Store one of her own plans, new where its `key` is empty; its key. Raises FieldRefusal (see `checked`)."""
    plan = checked(plan)
    taken = {one.key for one in plans(file)}
    key = plan.key or next(f"own-{n}" for n in range(1, len(taken) + 2) if f"own-{n}" not in taken)
    with file.deed("follow_up_plan.keep", str(plan.name)):
        stored.write(file, key, to_toml(plan))
    return key


def remove(file: File, key: str) -> None:
    """Delete one of her own plans; what was started of it stays."""
    with file.deed("follow_up_plan.remove", name_of(file, key)):
        stored.remove(file, key)


@dataclass(frozen=True, slots=True)
class Dated:
    """A step of a plan with its day. `reason` says why it may not be planned so, None where it may.

    `allowed` are the channels on which it may be planned instead, None among them standing for meeting.
    """

    step: Step
    day: date
    reason: Message | None
    allowed: tuple[Channel | None, ...]

    @property
    def can_be(self) -> bool:
        """Whether it may be planned, as it is or on another channel."""
        return self.reason is None or bool(self.allowed)


def dated(file: File, plan: Plan, person_id: int, counted_from: date) -> list[Dated]:
    """What starting the plan with a person would plan; nothing is stored. Raises FieldRefusal ("day")."""
    told: list[Dated] = []
    for step in plan.steps:
        invited = [one.day for one in told if one.step.purpose is Purpose.INVITATION and one.can_be]
        told.append(_dated(file, step, person_id, step.day(counted_from), invited))
    return told


def _dated(file: File, step: Step, person_id: int, day: date, invited: Sequence[date]) -> Dated:
    def objection(channel: Channel | None) -> Message | None:
        wanted = FollowUp(0, person_id, day, "", None, channel, step.purpose)
        return follow_ups.objection(file, wanted, beside=invited)

    reason = objection(step.channel)
    if reason is None:
        return Dated(step, day, None, ())
    others: tuple[Channel | None, ...] = (*Channel, None)
    return Dated(step, day, reason, tuple(one for one in others if objection(one) is None))


def start(
    file: File,
    plan_key: str,
    person_id: int,
    day: date,
    channels: Sequence[Channel | bool | None] | None = None,
) -> list[int]:
    """Plan a plan's steps with a person, counted from `day`, as one deed; the ids of the new steps.

    `channels` says for each step how it is done; False leaves the step out. Without it each is done as the plan
    says, and what isn't allowed is left out. Raises Refusal when nothing is left or a step isn't allowed so.
    """
    plan = plan_of(file, plan_key)
    if plan is None:
        raise Refusal(Message("This follow-up plan is gone. Nothing was changed."))
    told = dated(file, plan, person_id, day)
    chosen = channels if channels is not None else [one.step.channel if not one.reason else False for one in told]
    run = timeline.next_run(file)
    steps = [
        FollowUp(
            *(0, person_id, one.day, one.step.what.in_language(language()), None, channel, one.step.purpose),
            *(Outcome.OPEN, plan.key, run),
        )
        for one, channel in zip(told, chosen, strict=True)
        if not isinstance(channel, bool)
    ]
    if not steps:
        raise Refusal(Message("No step is left to plan. Nothing was changed."))
    with file.deed("follow_up_plan.start", follow_ups.subject(file, steps[0])):
        ids = timeline.add_follow_ups(file, steps)
        for id_, step in zip(ids, steps, strict=True):
            follow_ups.must_may(file, replace(step, id=id_))
        return ids


@dataclass(frozen=True, slots=True)
class Offer:
    """Something happened with a person that a plan belongs to: it may be offered, never started by itself."""

    person_id: int
    name: str
    event: Event


_BY_HAND = frozenset({"contact.add", "contact.edit", "member.add", "purchase.note"})


def offer(file: File, seen: int) -> tuple[Offer | None, int]:
    """What to offer after the newest deed, if it is newer than the deed `seen`, and that deed's number.

    Only deeds about one person are looked at: an import of many offers nothing.
    """
    deed = files.undoable(file)
    newest = max(deed.id if deed else 0, seen)
    if deed is None or deed.id <= seen or deed.kind not in _BY_HAND:
        return None, newest
    for person_id, event in follow_up_events.begun(file, deed.id):
        person = contacts.get(file, person_id)
        if person and any(plan.event == event for plan in plans(file)):
            return Offer(person_id, person[0].name, Event(event)), newest
    return None, newest


def stop(file: File, run: int, day: date) -> int:
    """Close what is still open of a plan that was started, as one deed; how many steps. Raises Refusal."""
    steps = timeline.open_in_run(file, run) if run else []
    if not steps:
        raise Refusal(Message("Nothing is open of this plan any more."))
    with file.deed("follow_up_plan.stop", follow_ups.subject(file, steps[0])):
        for step in steps:
            timeline.update_follow_up(file, replace(step, done=day, outcome=Outcome.DROPPED))
    return len(steps)
