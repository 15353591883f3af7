"""What she said and did with a person, and what she means to do next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from organizer.domain.consent import Purpose, objection
from organizer.domain.result import FieldRefusal, Message, Refusal
from organizer.domain.timeline import MAX_BODY, Entry, EntryKind, FollowUp
from organizer.storage import File, contacts, timeline

__all__ = ["Entry", "EntryKind", "FollowUp"]


def entries(file: File, person_id: int) -> list[Entry]:
    """A person's entries, the newest first."""
    return timeline.entries(file, person_id)


def add_entry(file: File, person_id: int, day: date, kind: EntryKind, body: str = "") -> int:
    """Note what was said, done or sent, or something about them; the entry's id.

    An invitation beyond the most a year, or against a no, is refused, and a day that hasn't come yet.
    Raises FieldRefusal ("body", "day"), or Refusal.
    """
    body = _entry_body(kind, body)
    _must_have_come(file, day)
    if kind is EntryKind.INVITATION:
        _must_be_invited(file, Entry(0, person_id, day, kind))
    with file.deed(f"entry.{kind}", _name(file, person_id)):
        return timeline.add_entries(file, [Entry(0, person_id, day, kind, body)])[0]


def change_entry(file: File, changed: Entry) -> None:
    """Store an entry with another day, kind or text; nothing happens where nothing was changed.

    An invitation, or the new day of one, is refused as a new one is. Raises FieldRefusal, or Refusal.
    """
    body = _entry_body(changed.kind, changed.body)
    before = timeline.entry_of(file, changed.id)
    if before is None:
        raise Refusal(Message("This entry is gone. Nothing was changed."))
    if changed.day != before.day:
        _must_have_come(file, changed.day)
    if changed.kind is EntryKind.INVITATION and (before.kind, before.day) != (changed.kind, changed.day):
        _must_be_invited(file, replace(before, day=changed.day), before)
    after = replace(before, day=changed.day, kind=changed.kind, body=body)
    if after != before:
        with file.deed("entry.edit", _name(file, before.person_id)):
            timeline.update_entry(file, after)


def _must_have_come(file: File, day: date) -> None:
    if day > file.clock().date():
        raise FieldRefusal("day", Message("This day hasn't come yet."))


def _must_be_invited(file: File, invitation: Entry, before: Entry | None = None) -> None:
    """Raise Refusal where a person may not be invited on that day; the entry as it was `before` doesn't count."""
    from organizer.services import consents

    standing = consents.standing(file, invitation.person_id)
    invited = list(standing.invited)
    if before and before.kind is EntryKind.INVITATION:
        invited.remove(before.day)
    reason = objection(replace(standing, invited=invited), Purpose.INVITATION, None, invitation.day)
    if reason:
        raise Refusal(reason)


def _entry_body(kind: EntryKind, body: str) -> str:
    body = _checked(body)
    if kind is EntryKind.NOTE and not body:
        raise FieldRefusal("body", Message("Write something first."))
    return body


def remove_entry(file: File, entry_id: int) -> None:
    """Delete an entry; one that is gone already is gone."""
    entry = timeline.entry_of(file, entry_id)
    if entry:
        with file.deed("entry.remove", _name(file, entry.person_id)):
            timeline.remove_entry(file, entry_id)


def last_talks(file: File, company_id: int) -> dict[int, date]:
    """When each of a company's people was last talked to, by person, where she noted it."""
    return timeline.last_talks(file, company_id)


def next_step(file: File, person_id: int) -> FollowUp | None:
    """The next of what is to be done with a person: the earliest day first, one without a day last."""
    open_ = [step for step in timeline.follow_ups(file, person_id) if step.done is None]
    return min(open_, key=lambda step: (step.due is None, step.due or date.max, step.id), default=None)


def next_steps(file: File, company_id: int) -> dict[int, FollowUp]:
    """The next step of each of a company's people who has one, by person."""
    found: dict[int, FollowUp] = {}
    for step in timeline.open_steps(file, company_id):
        if step.person_id is not None:
            found.setdefault(step.person_id, step)
    return found


def set_next_step(file: File, person_id: int, due: date | None, body: str) -> None:
    """Write or change a person's next step; nothing written takes it away.

    Raises FieldRefusal ("body", or "channel" where it is selling that may not be planned then), or Refusal.
    """
    from organizer.services import follow_ups

    body = _checked(body)
    before = next_step(file, person_id)
    with file.deed("step.set", _name(file, person_id)):
        if not body and before:
            timeline.remove_follow_up(file, before.id)
        elif not body:
            raise FieldRefusal("body", Message("Write what you want to do."))
        elif before:
            follow_ups.change(file, replace(before, due=due, body=body))
        else:
            follow_ups.add(file, FollowUp(0, person_id, due, body))


def _checked(body: str) -> str:
    body = "\n".join(body.strip().splitlines())
    if len(body) > MAX_BODY:
        values = {"limit": MAX_BODY}
        raise FieldRefusal("body", Message("This is too long: more than {limit} characters.", values))
    return body


def _name(file: File, person_id: int | None) -> str:
    if person_id is None:
        return ""
    found = contacts.get(file, person_id)
    if not found:
        raise Refusal(Message("This person is gone. Nothing was changed."))
    return found[0].name
