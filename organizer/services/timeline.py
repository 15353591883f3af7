"""What she said and did with a person, and what she means to do next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from organizer.domain.consent import Purpose
from organizer.domain.result import FieldRefusal, Message, Refusal
from organizer.domain.timeline import MAX_BODY, Entry, EntryKind, FollowUp, Outcome
from organizer.storage import File, contacts, timeline

__all__ = ["Entry", "EntryKind", "FollowUp"]


def entries(file: File, person_id: int) -> list[Entry]:
    """A person's entries, the newest first."""
    return timeline.entries(file, person_id)


def add_entry(file: File, person_id: int, day: date, kind: EntryKind, body: str = "") -> int:
    """Note what was said, done or sent, or something about them; the entry's id.

    An invitation beyond the most a year, or against a no, is refused. Raises FieldRefusal, or Refusal.
    """
    body = _entry_body(kind, body)
    if kind is EntryKind.INVITATION:
        from organizer.services import consents

        consents.must_may(file, person_id, Purpose.INVITATION, None, day)
    with file.deed(f"entry.{kind}", _name(file, person_id)):
        return timeline.add_entries(file, [Entry(0, person_id, day, kind, body)])[0]


def change_entry(file: File, changed: Entry) -> None:
    """Store an entry with another day, kind or text; nothing happens where nothing was changed.

    What becomes an invitation is refused as a new one is. Raises FieldRefusal, or Refusal.
    """
    body = _entry_body(changed.kind, changed.body)
    before = timeline.entry_of(file, changed.id)
    if before is None:
        raise Refusal(Message("This entry is gone. Nothing was changed."))
    if changed.kind is EntryKind.INVITATION and before.kind is not EntryKind.INVITATION:
        from organizer.services import consents

        consents.must_may(file, before.person_id, Purpose.INVITATION, None, changed.day)
    after = replace(before, day=changed.day, kind=changed.kind, body=body)
    if after != before:
        with file.deed("entry.edit", _name(file, before.person_id)):
            timeline.update_entry(file, after)


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
    """Write or change a person's next step; nothing written takes it away. Raises FieldRefusal, or Refusal."""
    body = _checked(body)
    before = next_step(file, person_id)
    with file.deed("step.set", _name(file, person_id)):
        if not body and before:
            timeline.remove_follow_up(file, before.id)
        elif not body:
            raise FieldRefusal("body", Message("Write what you want to do."))
        elif before and (before.due, before.body) != (due, body):
            timeline.update_follow_up(file, replace(before, due=due, body=body))
        elif not before:
            timeline.add_follow_ups(file, [FollowUp(0, person_id, due, body)])


def finish_step(file: File, step_id: int, day: date) -> None:
    """Note that a next step was done on `day`. Raises Refusal when it is gone."""
    step = next((one for one in timeline.follow_ups(file) if one.id == step_id), None)
    if step is None:
        raise Refusal(Message("This next step is gone. Nothing was changed."))
    with file.deed("step.done", _name(file, step.person_id)):
        timeline.update_follow_up(file, replace(step, done=day, outcome=Outcome.DONE))


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
