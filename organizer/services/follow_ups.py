"""What is to be done: with a person, or a task of her own; planned, done, put off, or ended by a no."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from organizer.domain import consent as rules
from organizer.domain.consent import Channel, Purpose, Topic
from organizer.domain.contact import clean_text, single_line
from organizer.domain.result import FieldRefusal, Message, Refusal
from organizer.domain.timeline import MAX_BODY, Entry, EntryKind, FollowUp, Outcome
from organizer.i18n import _
from organizer.storage import File, contacts, timeline

__all__ = ["FollowUp", "Outcome"]

_KINDS = {
    Channel.EMAIL: EntryKind.EMAIL,
    Channel.SMS: EntryKind.MESSAGE,
    Channel.CHAT: EntryKind.MESSAGE,
    Channel.PHONE: EntryKind.CALL,
    Channel.POST: EntryKind.LETTER,
}


def get(file: File, id_: int) -> FollowUp:
    """One next step or task. Raises Refusal when it is gone."""
    step = timeline.step_of(file, id_)
    if step is None:
        raise Refusal(Message("This is gone from your list. Nothing was changed."))
    return step


def open_of(file: File, person_id: int) -> list[FollowUp]:
    """What is still to be done with a person: the earliest day first, what has no day last."""
    steps = [step for step in timeline.follow_ups(file, person_id) if step.done is None]
    return sorted(steps, key=lambda step: (step.due is None, step.due or date.max, step.id))


def add(file: File, step: FollowUp) -> int:
    """Plan something, whatever its `id`; its new id.

    Raises FieldRefusal ("body", or "channel" where selling isn't allowed that way), or Refusal.
    """
    step = checked(file, step)
    kind = "task.add" if step.person_id is None else "step.add"
    with file.deed(kind, subject(file, step)):
        return timeline.add_follow_ups(file, [step])[0]


def change(file: File, step: FollowUp) -> None:
    """Store a changed step or task; nothing happens when nothing was changed.

    Raises FieldRefusal as `add` does, or Refusal when it is gone.
    """
    step = checked(file, step)
    if get(file, step.id) != step:
        with file.deed("task.edit" if step.person_id is None else "step.set", subject(file, step)):
            timeline.update_follow_up(file, step)


def done(file: File, id_: int, day: date, body: str = "", kind: EntryKind | None = None) -> None:
    """Close a step as done on `day`, and note it in the person's timeline.

    `body` is what was said, else the step's own words are noted; `kind` is what happened, else what the step's
    channel says. An invitation is always noted as one, as it counts towards the most a year.
    Raises FieldRefusal ("body", "day"), or Refusal.
    """
    step = _open(file, id_)
    body = _text(body)
    _must_have_come(file, day)
    with file.deed("task.done" if step.person_id is None else "step.done", subject(file, step)):
        timeline.update_follow_up(file, replace(step, done=day, outcome=Outcome.DONE))
        if step.person_id is not None:
            entry = Entry(0, step.person_id, day, _kind(step, kind), body or step.body)
            timeline.add_entries(file, [entry])


def _kind(step: FollowUp, said: EntryKind | None) -> EntryKind:
    if step.purpose is Purpose.INVITATION:
        return EntryKind.INVITATION
    return said or usual_kind(step)


def usual_kind(step: FollowUp) -> EntryKind:
    """What most likely happened when this step is done: by its channel; without one they talked."""
    if step.channel:
        return _KINDS[step.channel]
    return EntryKind.NOTE if step.purpose is Purpose.PROMISE else EntryKind.TALK


def later(file: File, ids: Sequence[int], day: date) -> None:
    """Put steps off until `day`. Raises Refusal when one is gone, or is selling that may not be planned then."""
    reschedule(file, dict.fromkeys(ids, day))


def reschedule(file: File, days: Mapping[int, date]) -> None:
    """Give steps new days, by their ids, as one deed. Raises Refusal as `later` does."""
    steps = [replace(_open(file, id_), due=day) for id_, day in days.items()]
    one = len(steps) == 1
    with file.deed(
        "step.later" if one else "step.later.many", subject(file, steps[0]) if one else str(len(steps))
    ):
        for step in steps:
            timeline.update_follow_up(file, step)
        # only now is it seen how many invitations come to lie in the same twelve months
        for step in steps:
            must_may(file, step)


def no(file: File, id_: int, day: date, topic: Topic | None = None, body: str = "") -> None:
    """The person said no: this step and what is left of its plan are closed; `body` is what was said.

    `topic` None means not this time. With a topic the no is final: whatever selling it covers is closed too.
    Raises FieldRefusal ("body"), or Refusal.
    """
    step = _open(file, id_)
    body = _text(body)
    with file.deed("step.no" if topic is None else "no.say", subject(file, step)):
        for one in _with_rest(file, step):
            timeline.update_follow_up(file, replace(one, done=day, outcome=Outcome.NO))
        if step.person_id is not None and topic is not None:
            from organizer.services import consents

            consents.say_no(file, step.person_id, topic, day, body)
        elif step.person_id is not None and body:
            timeline.add_entries(file, [Entry(0, step.person_id, day, EntryKind.NOTE, body)])


def _with_rest(file: File, step: FollowUp) -> list[FollowUp]:
    """The step, and what is still open of the plan it belongs to."""
    rest = timeline.open_in_run(file, step.run) if step.run else []
    return [step, *(one for one in rest if one.id != step.id)]


def note_purchase(file: File, person_id: int, day: date, what: str, pieces: int = 1) -> int:
    """Note by hand that somebody bought something; the entry's id. Raises FieldRefusal ("what", "day")."""
    what = single_line(_text(what))
    if not what:
        raise FieldRefusal("what", Message("Write what was bought."))
    _must_have_come(file, day)
    bought = _("Bought: {count} × {what}") if pieces > 1 else _("Bought: {what}")
    body = bought.format(count=pieces, what=what)
    with file.deed("purchase.note", subject(file, FollowUp(0, person_id, None, what))):
        return timeline.add_entries(file, [Entry(0, person_id, day, EntryKind.NOTE, body)])[0]


def _must_have_come(file: File, day: date) -> None:
    if day > file.clock().date():
        raise FieldRefusal("day", Message("This day hasn't come yet."))


def drop(file: File, ids: Sequence[int], day: date) -> None:
    """Close steps that need not be done after all, as one deed; nothing is noted. Raises Refusal."""
    steps = [_open(file, id_) for id_ in ids]
    one = len(steps) == 1
    with file.deed("step.drop" if one else "step.drop.many", subject(file, steps[0]) if one else str(len(steps))):
        for step in steps:
            timeline.update_follow_up(file, replace(step, done=day, outcome=Outcome.DROPPED))


def checked(file: File, step: FollowUp) -> FollowUp:
    """The step tidied. Raises FieldRefusal ("body"; "channel" where it is selling that may not be planned)."""
    body = _text(step.body)
    if not body:
        raise FieldRefusal("body", Message("Write what you want to do."))
    try:
        must_may(file, step)
    except Refusal as refusal:
        raise FieldRefusal("channel", refusal.message) from None
    return replace(step, body=body)


def must_may(file: File, step: FollowUp) -> None:
    """Raise Refusal where the step is selling that consents or a no forbid on its day, with the reason."""
    reason = objection(file, step)
    if reason:
        raise Refusal(reason)


def objection(file: File, step: FollowUp, beside: Iterable[date] = ()) -> Message | None:
    """Why the step may not be planned for its day (today where it has none or that is past), None where it may.

    Invitations that are planned with the person already count towards the most a year, and those on the days
    `beside`, which are about to be.
    """
    if step.person_id is None or not step.purpose.is_marketing:
        return None
    from organizer.services import consents

    today = file.clock().date()
    planned = timeline.planned(file, step.person_id, Purpose.INVITATION, but=step.id)
    days = [day or today for day in planned] + list(beside)
    standing = replace(consents.standing(file, step.person_id), planned=days)
    # a day that has passed is as good as today: it will be done now
    return rules.objection(standing, step.purpose, step.channel, max(step.due or today, today))


def _open(file: File, id_: int) -> FollowUp:
    step = get(file, id_)
    if step.done:
        raise Refusal(Message("This is closed already. Nothing was changed."))
    return step


def _text(body: str) -> str:
    body = clean_text(body).strip()
    if len(body) > MAX_BODY:
        values = {"limit": MAX_BODY}
        raise FieldRefusal("body", Message("This is too long: more than {limit} characters.", values))
    return body


def subject(file: File, step: FollowUp) -> str:
    """What a deed about the step is called after: the person's name, or the task's first line."""
    if step.person_id is None:
        return step.body.partition("\n")[0]
    found = contacts.get(file, step.person_id)
    if not found:
        raise Refusal(Message("This person is gone. Nothing was changed."))
    return found[0].name
