"""What is made of a list: a call sheet, address labels, a line of e-mail addresses.

All of them ask first what they are for. Whoever may not be reached for that is never on them, whatever the list
says: consents and noes are looked at here, for every one of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from organizer.domain.address_label import labels as address_lines
from organizer.domain.consent import Channel, Purpose
from organizer.domain.contact import Contact, sort_key
from organizer.domain.duplicate_text import mail_key
from organizer.domain.result import Message
from organizer.domain.timeline import Entry, EntryKind
from organizer.i18n import _, format_date
from organizer.services import consents, reports
from organizer.services.jobs import Job, Progress
from organizer.storage import File, contact_list_told, contacts, settings

if TYPE_CHECKING:
    from organizer.reports.call_sheet import Caller
    from organizer.reports.labels import LabelSheet, Placing

__all__ = ["Channel", "Labelling", "LeftOut", "Order", "Purpose", "Ready"]

_KEY = "labels"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who isn't on what is made, and why."""

    person_id: int
    name: str
    reason: Message


@dataclass(frozen=True, slots=True)
class Ready:
    """Who of a list may be reached and can be, in its order, and who is left out.

    `ways` holds each one's first number, address or street. `unwanted` counts those whom a "no" or a missing
    consent leaves out; the others have nothing to be reached by.
    """

    ids: list[int] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    ways: dict[int, str] = field(default_factory=dict)
    unwanted: int = 0


class Order(StrEnum):
    """How a call sheet is sorted."""

    NAME = "name"
    TOWN = "town"
    LONGEST = "longest"


@dataclass(frozen=True, slots=True)
class Labelling:
    """How labels are printed: on which sheet, from which label on, moved by so many tenths of a millimetre."""

    sheet: str = "70x37"
    first: int = 1
    right: int = 0
    down: int = 0
    households: bool = True


def ready(file: File, ids: Sequence[int], purpose: Purpose, channel: Channel) -> Ready:
    """Who of these people may be reached for `purpose` today on PHONE, EMAIL or POST, and can be."""
    allowed = consents.allowed(file, ids, purpose, channel, file.clock().date())
    known = contact_list_told.reached(file, ids, channel)
    reasons = dict(allowed.left_out)
    shared = _mails_of_refusers(file, purpose) if channel is Channel.EMAIL else {}
    made = Ready(unwanted=len([one for one in reasons if one in known]))
    for id_ in ids:
        if id_ not in known:
            continue
        name, way = known[id_]
        reason = reasons.get(id_) or _unreachable(way, channel) or shared.get(mail_key(way))
        if reason:
            made.left_out.append(LeftOut(id_, name, reason))
        else:
            made.ids.append(id_)
            made.ways[id_] = way
    return made


def _mails_of_refusers(file: File, purpose: Purpose) -> dict[str, Message]:
    """Why nothing may go to an address that somebody has, too, who said no to `purpose`: by `mail_key`."""
    ids = consents.refusing(file, purpose)
    return {
        mail_key(mail.value): Message("{name} has the same address, and said no.", {"name": person.name})
        for person in contacts.get(file, ids)
        for mail in person.emails
    }


_MAIL = re.compile(r"[^\s@;,<>\"()]+@[^\s@;,<>\"()]+")


def _unreachable(way: str, channel: Channel) -> Message | None:
    if not way:
        return {
            Channel.PHONE: Message("No phone number is known."),
            Channel.EMAIL: Message("No e-mail address is known."),
            Channel.POST: Message("No whole address is known: it takes a street, and a postal code or city."),
        }[channel]
    if channel is Channel.EMAIL and not _MAIL.fullmatch(way):
        return Message("{address} can't be an e-mail address.", {"address": way})
    return None


def addresses(found: Ready) -> str:
    """The e-mail addresses of those who may get it, each once, as they go into the Bcc line: "a@x.dk; b@y.dk"."""
    once = {way.casefold(): way for id_ in reversed(found.ids) if (way := found.ways[id_])}
    return "; ".join(reversed(once.values()))


def call_sheet(
    file: File, words: str, ids: Sequence[int], purpose: Purpose, order: Order = Order.NAME
) -> Job[bytes]:
    """A call sheet of those who may be called for `purpose`; `words` say which list it is."""
    found = ready(file, ids, purpose, Channel.PHONE)
    last = contact_list_told.last_entries(file, found.ids)
    steps = contact_list_told.next_steps(file, found.ids)
    people = _sorted(contacts.get(file, found.ids), order, last)
    told = [(one, _said(last.get(one.id)), _step(steps.get(one.id))) for one in people]
    head = reports.head_of(file, None)

    def work(progress: Progress) -> bytes:
        from organizer.reports.call_sheet import call_sheet as make

        callers = [_caller(*one) for one in told]
        return make(callers, words, found.unwanted, head(), progress.report, progress.cancelled)

    return Job(_("Making {file}").format(file=file_name("call_sheet")), work)


def _sorted(people: Sequence[Contact], order: Order, last: dict[int, Entry]) -> list[Contact]:
    if order is Order.TOWN:
        return sorted(people, key=lambda one: (not one.city, sort_key(one.city), sort_key(one.name), one.id))
    if order is Order.LONGEST:
        days = {person: entry.day for person, entry in last.items()}
        return sorted(people, key=lambda one: (days.get(one.id, date.min), sort_key(one.name), one.id))
    return sorted(people, key=lambda one: (sort_key(one.name), one.id))


def _caller(contact: Contact, last: str, following: str) -> Caller:
    from organizer.reports.call_sheet import Caller

    phones = [(one.value, one.label.strip("* ")) for one in contact.phones]
    town = " ".join(part for part in (contact.postal_code, contact.city) if part)
    return Caller(contact.name, town, phones, last, following)


def _said(entry: Entry | None) -> str:
    if entry is None:
        return ""
    kinds = {
        EntryKind.TALK: _("talked"),
        EntryKind.CALL: _("called"),
        EntryKind.MESSAGE: _("message"),
        EntryKind.EMAIL: _("e-mail"),
        EntryKind.LETTER: _("letter"),
        EntryKind.INVITATION: _("invitation"),
        EntryKind.NOTE: _("note"),
    }
    told = f"{format_date(entry.day)}, {kinds[entry.kind]}"
    return f"{told}: {entry.body}" if entry.body else told


def _step(step: tuple[date | None, str] | None) -> str:
    if step is None:
        return ""
    due, body = step
    return f"{format_date(due)}: {body}" if due else body


def label_sheets() -> Sequence[LabelSheet]:
    """The sheets of labels that are known."""
    from organizer.reports.labels import sheets

    return sheets()


def labels_of(file: File, found: Ready, households: bool) -> list[tuple[str, ...]]:
    """What stands on each label of those who may get a letter."""
    return address_lines(contacts.get(file, found.ids), households=households, joint=_("and"))


def labels(file: File, ids: Sequence[int], purpose: Purpose, how: Labelling) -> Job[bytes]:
    """Labels for those who may get a letter for `purpose`."""
    lines = labels_of(file, ready(file, ids, purpose, Channel.POST), how.households)
    head = reports.head_of(file, None)

    def work(progress: Progress) -> bytes:
        from organizer.reports.labels import Placing
        from organizer.reports.labels import labels as make

        placing: Placing = Placing(how.first, how.right / 10, how.down / 10)
        return make(lines, sheet_of(how), placing, head(), progress.report, progress.cancelled)

    return Job(_("Making {file}").format(file=file_name("labels")), work)


def sheet_of(how: Labelling) -> LabelSheet:
    """The sheet that is meant, the first where it isn't known (any more)."""
    known = label_sheets()
    return next((one for one in known if one.key == how.sheet), known[0])


def remembered(file: File) -> Labelling:
    """How labels were printed last; the next sheet begins with its first label."""
    try:
        told = json.loads(settings.read(file, _KEY) or "{}")
        return replace(Labelling(), **{name: kind(told[name]) for name, kind in _KEPT.items() if name in told})
    except (ValueError, TypeError, AttributeError):
        return Labelling()


_KEPT = {"sheet": str, "right": int, "down": int, "households": bool}


def remember(file: File, how: Labelling) -> None:
    """Keep the sheet and how its printer is off: a habit, not a deed."""
    file.remember(_KEY, json.dumps({name: getattr(how, name) for name in _KEPT}))


def file_name(kind: str) -> str:
    """A file name for "call_sheet" or "labels", without a person's name."""
    return {"call_sheet": _("Call sheet"), "labels": _("Address labels")}[kind] + ".pdf"
