"""Contacts out: files that other programs read, and this one again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from organizer.domain.consent import Channel, Purpose
from organizer.domain.contact import Contact
from organizer.domain.picture import Picture
from organizer.domain.result import Message, Refusal
from organizer.exchange.cards import Card
from organizer.exchange.contacts_csv import write_contacts
from organizer.exchange.icalendar import write_follow_ups
from organizer.exchange.vcard import write_vcards
from organizer.i18n import N_
from organizer.services import consents, files
from organizer.storage import SUFFIX, File, contacts, pictures, timeline

__all__ = ["Channel", "Exported", "Form", "Purpose", "export", "who_may"]


class Form(StrEnum):
    """What is written. vCards hold pictures; a calendar holds open follow-ups and birthdays."""

    VCARD_3 = "vcf3"
    VCARD_4 = "vcf4"
    CSV = "csv"
    CALENDAR = "ics"

    @property
    def suffix(self) -> str:
        """The ending of its files."""
        return ".vcf" if self in (Form.VCARD_3, Form.VCARD_4) else f".{self.value}"


@dataclass(frozen=True, slots=True)
class Exported:
    """How many contacts or events were written, and the names of those left out with the reason."""

    count: int
    left_out: Sequence[tuple[str, Message]] = ()


def who_may(
    file: File, ids: Sequence[int] | None, purpose: Purpose, channel: Channel | None
) -> tuple[list[Contact], list[tuple[str, Message]]]:
    """The contacts with these ids (None: all in Contacts); and who may not be reached for the purpose, and why."""
    people = contacts.everyone(file, listed_only=True) if ids is None else contacts.get(file, ids)
    allowed = consents.allowed(file, [one.id for one in people], purpose, channel, file.clock().date())
    may, names = set(allowed.may), {one.id: one.name for one in people}
    return [one for one in people if one.id in may], [(names[id_], why) for id_, why in allowed.left_out]


def export(
    file: File,
    path: Path,
    form: Form,
    ids: Sequence[int] | None = None,
    purpose: Purpose = Purpose.OTHER,
    channel: Channel | None = None,
) -> Exported:
    """Write contacts to `path`, which is replaced whole or not at all; `ids` None: all in Contacts.

    For marketing those who may not get it on `channel` are left out; any other file holds everyone. Raises Refusal
    where the file can't be written.
    """
    if path.resolve() == file.path or path.suffix.lower() in (SUFFIX, ".pdf"):
        sentence = N_("{file} is not a name for such a file. Choose one that ends in {suffix}.")
        raise Refusal(Message(sentence, {"file": path.name, "suffix": form.suffix}))
    people, left_out = who_may(file, ids, purpose, channel)
    return Exported(_write(file, path, form, people, ids is None), left_out)


def _write(file: File, path: Path, form: Form, people: Sequence[Contact], all_of_them: bool) -> int:
    if form is Form.CSV:
        write_contacts(people, path)
    elif form in (Form.VCARD_3, Form.VCARD_4):
        cards = [Card(one, picture) for one, picture in _with_pictures(file, people)]
        write_vcards(cards, path, "3.0" if form is Form.VCARD_3 else "4.0")
    else:
        names = {one.id: one.name for one in people}
        steps = [(one, names.get(one.person_id or 0, "")) for one in timeline.follow_ups(file)]
        own = [step for step in steps if step[1] or (all_of_them and step[0].person_id is None)]
        count = write_follow_ups(own, path, file.clock(), files.identity(file), people)
        if not count:
            raise Refusal(Message("There are no follow-ups with a day and no birthdays, so no file was made."))
        return count
    return len(people)


def _with_pictures(file: File, people: Sequence[Contact]) -> list[tuple[Contact, Picture | None]]:
    pictured = pictures.owners(file)
    return [(one, pictures.of_person(file, one.id) if one.id in pictured else None) for one in people]
