"""What there is to do today: whom to talk to, what was said last, what was promised; and nothing that presses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from organizer.domain.consent import Channel, Purpose, Topic, objection
from organizer.domain.contact import Contact
from organizer.domain.quick_note import dated
from organizer.domain.replan import Left, spread
from organizer.domain.result import Message, Refusal
from organizer.domain.timeline import Entry, EntryKind, FollowUp
from organizer.services import follow_ups
from organizer.storage import File, contact_page, contacts, timeline, today
from organizer.storage.today import Due

__all__ = ["Due"]

MOST = 200
"""Most lines of one part of the page."""

_WEEKS = 4
_ENTRIES = 3
_AHEAD = 400  # days whose load is counted when things are planned again


@dataclass(frozen=True, slots=True)
class Birthday:
    """Somebody's birthday in the coming seven days; `age` is None where the year isn't known."""

    person_id: int
    name: str
    day: date
    age: int | None


@dataclass(frozen=True, slots=True)
class Today:
    """All that the page shows. `before` is what was left; `next_day` when something is planned next, and how much.

    `conversations` counts those of this week first, then of the three weeks before it.
    """

    day: date
    promises: tuple[Due, ...]
    people: tuple[Due, ...]
    tasks: tuple[Due, ...]
    before: tuple[Due, ...]
    any_day: tuple[Due, ...]
    birthdays: tuple[Birthday, ...]
    conversations: tuple[int, ...]
    next_day: tuple[date, int] | None
    is_new: bool


def look(file: File) -> Today:
    """Today's page."""
    day = file.clock().date()
    due = today.due_on(file, day, MOST)
    monday = day - timedelta(days=day.weekday())
    counts = today.conversations(file, monday - timedelta(weeks=_WEEKS - 1), _WEEKS, day)
    promised = [one for one in due if one.person_id is not None and one.purpose is Purpose.PROMISE]
    return Today(
        day,
        tuple(promised),
        tuple(one for one in due if one.person_id is not None and one.purpose is not Purpose.PROMISE),
        tuple(one for one in due if one.person_id is None),
        tuple(today.due_before(file, day, MOST)),
        tuple(today.without_day(file, MOST)),
        tuple(_birthdays(file, day)),
        tuple(reversed(counts)),
        today.next_day(file, day),
        today.is_new(file),
    )


def _birthdays(file: File, first: date) -> list[Birthday]:
    """Those of the seven days from `first`, today's first; who was born on 29 February has it on the 28th else."""
    days = {_key(day): day for day in (first + timedelta(days=ahead) for ahead in range(7))}
    if "02-28" in days and "02-29" not in days and not _is_leap(days["02-28"].year):
        days["02-29"] = days["02-28"]
    found = []
    for person_id, name, birthday in today.birthdays(file, tuple(days), first.year):
        day = days[birthday[-5:]]
        age = day.year - int(birthday[:4]) if birthday[:4].isdigit() else None
        found.append(Birthday(person_id, name, day, age if age is None or age > 0 else None))
    return sorted(found, key=lambda one: one.day)[:MOST]


def _key(day: date) -> str:
    return day.strftime("%m-%d")


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@dataclass(frozen=True, slots=True)
class Story:
    """One person in short: the last entries, the next steps, and what they agreed to or said no to.

    `channels` are those on which they may be told of offers today; `is_final` is True for a no to everything.
    """

    day: date
    person: Contact
    entries: tuple[Entry, ...]
    steps: tuple[FollowUp, ...]
    channels: tuple[Channel, ...]
    noes: tuple[Message, ...]
    is_final: bool


def story(file: File, person_id: int) -> Story | None:
    """A person's short story, None when they are gone."""
    found = contacts.get(file, person_id)
    if not found:
        return None
    from organizer.services import consents

    day = file.clock().date()
    stands = consents.standing(file, person_id)
    open_ = [channel for channel in Channel if objection(stands, Purpose.OFFER, channel, day) is None]
    said = {no.topic: no for no in stands.noes if no.lifted is None}
    return Story(
        *(day, found[0], tuple(contact_page.entries(file, person_id, tuple(EntryKind), _ENTRIES))),
        *(tuple(contact_page.open_steps(file, person_id)), tuple(open_)),
        tuple(Message(_NOES[topic].text, {"day": no.day}) for topic, no in said.items()),
        Topic.EVERYTHING in said,
    )


_NOES = {
    Topic.EVERYTHING: Message("Said no to everything on {day}."),
    Topic.PARTIES: Message("Said no to parties on {day}."),
    Topic.BUSINESS: Message("Said no to the business on {day}."),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is shown of one line: the step (None for a birthday), its plan's name, and the person's story.

    `reason` says why the step may not be done as it was planned any more, None where it may. `story` is None for
    a task of her own.
    """

    step: FollowUp | None
    plan: str
    reason: Message | None
    story: Story | None


def chosen(file: File, step_id: int, person_id: int) -> Chosen | None:
    """What is shown of a step (0 for none) and of a person (0 for none); None when it is gone."""
    step = timeline.step_of(file, step_id) if step_id else None
    told = story(file, person_id) if person_id else None
    if (step_id and step is None) or (person_id and told is None):
        return None
    if step is None:
        return Chosen(None, "", None, told)
    from organizer.services import follow_up_plans

    name = follow_up_plans.name_of(file, step.plan)
    return Chosen(step, name, _against(file, step), told)


def _against(file: File, step: FollowUp) -> Message | None:
    if step.person_id is None:
        return None
    from organizer.services import consents

    # those planned beside it don't count here: one of them has to be the first
    day = max(step.due or date.min, file.clock().date())
    return consents.objection(file, step.person_id, step.purpose, step.channel, day)


@dataclass(frozen=True, slots=True)
class Again:
    """What was left, with the day proposed for it; `reason` says why it may not be planned again, else None."""

    due: Due
    day: date | None
    reason: Message | None = None


def plan_again(file: File) -> list[Again]:
    """What was left from before, spread over the coming days (`organizer.domain.replan`); nothing is stored yet.

    Selling that a consent or a no forbids now gets no day, and the reason.
    """
    day = file.clock().date()
    left = today.due_before(file, day, MOST)
    may: list[Left] = []
    reasons: dict[int, Message] = {}
    for one in left:
        reason = against_day(file, one, day)
        if reason:
            reasons[one.id] = reason
        else:
            may.append(Left(one.id, one.due or day, one.channel is Channel.PHONE))
    days = spread(may, today.load(file, day, day + timedelta(days=_AHEAD)), day)
    return [Again(one, days.get(one.id), reasons.get(one.id)) for one in left]


def against_day(file: File, one: Due, day: date) -> Message | None:
    """Why what was left can't be planned for a day: it has passed, or selling isn't allowed on it; else None."""
    if day < file.clock().date():
        return Message("This day has passed.")
    if not one.purpose.is_marketing:
        return None
    step = timeline.step_of(file, one.id)
    return follow_ups.objection(file, replace(step, due=day)) if step else None


def apply(file: File, days: Mapping[int, date]) -> int:
    """Store new days for what was left, by id, as one deed; how many. Raises Refusal, with nothing changed."""
    if not days:
        raise Refusal(Message("Nothing was chosen."))
    if min(days.values()) < file.clock().date():
        raise Refusal(Message("This day has passed."))
    follow_ups.reschedule(file, days)
    return len(days)


def note(file: File, person_id: int, words: str, talked: bool) -> int:
    """Note something about a person, today or on the day that the words begin with; the entry's id.

    Raises FieldRefusal ("body", "day"), or Refusal.
    """
    from organizer.services import timeline as entries

    day, body = dated(words, file.clock().date())
    return entries.add_entry(file, person_id, day, EntryKind.TALK if talked else EntryKind.NOTE, body)
