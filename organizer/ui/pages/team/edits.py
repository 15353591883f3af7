"""What is typed into a member's fields, understood and stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from organizer.domain.period import Period
from organizer.domain.result import FieldRefusal, Message
from organizer.domain.team import Kind, Member
from organizer.i18n import parse_date
from organizer.services import team
from organizer.services.files import File
from organizer.ui.pages.figures import to_thousandths


def store_field(file: File, member: Member, field: str, text: str) -> bool:
    """Store one of a member's fields as typed; True. Raises FieldRefusal, or Refusal from the file."""
    if field == "name":
        team.rename_member(file, member, text)
    elif field == "kind":
        team.save_member(file, replace(member, kind=Kind(text)))
    elif field == "leg":
        team.save_member(file, replace(member, leg=text))
    elif field == "joined":
        team.save_member(file, replace(member, joined=to_date(field, text)))
    elif field == "last_order":
        team.save_member(file, replace(member, last_order=to_date(field, text)))
    elif field == "number":
        team.save_member(file, replace(member, number=text))
    elif field == "rank":
        team.save_member(file, replace(member, rank=text))
    else:
        team.save_member(file, replace(member, highest_rank=text))
    return True


def store_volume(file: File, member_id: int, period: Period, volume: str, text: str) -> bool:
    """Store one volume as typed; nothing typed makes it unknown; True. Raises FieldRefusal or Refusal."""
    team.set_volume(file, member_id, period, volume, to_thousandths(volume, text))
    return True


def to_date(field: str, text: str) -> date | None:
    """The date typed, None for nothing. Raises FieldRefusal for anything else."""
    if not text.strip():
        return None
    try:
        return parse_date(text)
    except ValueError:
        message = Message("{text} is not a date. Write it like 15.02.2026.", {"text": text})
        raise FieldRefusal(field, message) from None
