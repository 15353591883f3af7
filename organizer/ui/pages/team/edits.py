"""What is typed into a member's fields, understood and stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from organizer.domain.contact import Contact, Labelled
from organizer.domain.period import Period
from organizer.domain.result import FieldRefusal, Message
from organizer.domain.team import Kind, Member
from organizer.i18n import parse_date
from organizer.services import contacts, team
from organizer.services.files import File
from organizer.ui.pages.figures import to_thousandths


def store_field(file: File, member: Member, field: str, text: str, period: Period) -> bool:
    """Store one of a member's fields as typed, from `period` on; True. Raises FieldRefusal or Refusal."""
    if field == "name":
        team.rename_member(file, member, text)
    elif field == "kind":
        team.save_member(file, replace(member, kind=Kind(text)), period)
    elif field == "leg":
        team.save_member(file, replace(member, leg=text), period)
    elif field == "joined":
        team.save_member(file, replace(member, joined=to_date(field, text)), period)
    elif field == "last_order":
        team.save_member(file, replace(member, last_order=to_date(field, text)), period)
    elif field == "number":
        team.save_member(file, replace(member, number=text), period)
    elif field == "rank":
        team.save_member(file, replace(member, rank=text), period)
    else:
        team.save_member(file, replace(member, highest_rank=text), period)
    return True


def store_volume(file: File, member_id: int, period: Period, volume: str, text: str) -> bool:
    """Store one volume as typed; nothing typed makes it unknown; True. Raises FieldRefusal or Refusal."""
    team.set_volume(file, member_id, period, volume, to_thousandths(volume, text))
    return True


def store_contact(file: File, person_id: int, field: str, text: str) -> bool:
    """Store one of a person's details as typed; True. Raises FieldRefusal or Refusal.

    "phones" and "emails" are her first ones; those that come after stay.
    """
    person = contacts.get(file, person_id)
    if person is None:
        raise FieldRefusal(field, Message("This contact is gone. Nothing was changed."))
    contacts.save(file, _changed(person, field, text))
    return True


def _changed(person: Contact, field: str, text: str) -> Contact:
    if field == "phones":
        return replace(person, phones=_first(person.phones, text))
    if field == "emails":
        return replace(person, emails=_first(person.emails, text))
    if field == "notes":
        return replace(person, notes=text)
    if field == "street":
        return replace(person, street=text)
    if field == "postal_code":
        return replace(person, postal_code=text)
    return replace(person, city=text)


def _first(entries: tuple[Labelled, ...], text: str) -> tuple[Labelled, ...]:
    label = entries[0].label if entries else ""
    return (*((Labelled(text, label),) if text.strip() else ()), *entries[1:])


def to_date(field: str, text: str) -> date | None:
    """The date typed, None for nothing. Raises FieldRefusal for anything else."""
    if not text.strip():
        return None
    try:
        return parse_date(text)
    except ValueError:
        message = Message("{text} is not a date. Write it like 15.02.2026.", {"text": text})
        raise FieldRefusal(field, message) from None
