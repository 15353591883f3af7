"""Today as lines: headings, what is due, and birthdays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from organizer.domain.consent import Channel, Purpose
from organizer.i18n import _, format_date, format_number
from organizer.services.today import Birthday, Due, Today
from organizer.ui.pages.today.words import channel_icon, day_name, one_line


class Line(NamedTuple):
    """One line: a heading ("head"), something due ("due", its id) or a birthday ("birthday", the person's id).

    `person_id` is 0 for a heading and for a task of her own.
    """

    kind: str
    id: int
    person_id: int
    title: str
    text: str = ""
    below: str = ""
    phone: str = ""
    icon: str = ""
    is_call: bool = False

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return ". ".join(part for part in (self.title, self.text, self.below, self.phone) if part)


def lines_of(today: Today) -> list[Line]:
    """The page from top to bottom; a part with nothing in it has no heading."""
    parts = (
        (_("Promised"), [_due(one, today.day) for one in today.promises]),
        (_("To talk to today"), [_due(one, today.day) for one in today.people]),
        (_("Birthdays this week"), [_birthday(one, today.day) for one in today.birthdays]),
        (_("Your own tasks"), [_due(one, today.day) for one in today.tasks]),
        (_("From before"), [_due(one, today.day) for one in today.before]),
        (_("Without a day"), [_due(one, today.day) for one in today.any_day]),
    )
    return [line for title, lines in parts for line in _part(title, lines)]


def _part(title: str, lines: Sequence[Line]) -> Sequence[Line]:
    return (Line("head", 0, 0, title), *lines) if lines else ()


def _due(one: Due, today: date) -> Line:
    what = one_line(one.body)
    if one.person_id is None:
        below = "" if one.due in (today, None) else format_date(one.due)
        return Line("due", one.id, 0, what, "", below, "", "square")
    if one.purpose is Purpose.PROMISE and one.due != today:
        what = _("Promised: {what}").format(what=what)
    is_call = one.channel is Channel.PHONE
    icon = channel_icon(one.channel)
    return Line("due", one.id, one.person_id, one.name, what, _last(one), one.phone, icon, is_call)


def _last(one: Due) -> str:
    if one.last_day is None:
        return _("Nothing noted yet")
    said = one_line(one.last_body)
    return f"{format_date(one.last_day)}: {said}" if said else format_date(one.last_day)


def _birthday(one: Birthday, today: date) -> Line:
    day = day_name(one.day, today)
    if one.age is None:
        text = _("Birthday {day}").format(day=day)
    else:
        text = _("Turns {age} {day}").format(age=format_number(one.age), day=day)
    return Line("birthday", one.person_id, one.person_id, one.name, text, "", "", "cake")
