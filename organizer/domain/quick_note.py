"""A line jotted down about somebody, which may begin with the day it is about."""

from __future__ import annotations

import re
from datetime import date, timedelta

from organizer.domain.result import FieldRefusal, Message

_WORDS = {
    "today": 0,
    "i dag": 0,
    "yesterday": 1,
    "i går": 1,
    "the day before yesterday": 2,
    "i forgårs": 2,
}
_WORD = re.compile(rf"({'|'.join(_WORDS)})\b[\s:,–-]*", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}))?(?=[\s:,]|\Z)[\s:,]*")
_LONG = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?=[\s:,]|\Z)[\s:,]*")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?=[\s:,]|\Z)[\s:,]*")


def dated(text: str, today: date) -> tuple[date, str]:
    """The day that a jotted line is about and what it says: "12.11. called" is about 12 November.

    The day may be written "12.11.", "12.11.2026", "2026-11-12", "yesterday" or "i går"; without a year it is the
    last such day. What begins otherwise is about today. Raises FieldRefusal for a day that hasn't come.
    """
    text = text.strip()
    if match := _WORD.match(text):
        return today - timedelta(days=_WORDS[match[1].lower()]), text[match.end() :]
    for pattern in (_ISO, _LONG, _DAY):
        if (match := pattern.match(text)) and (day := _day(pattern is _ISO, match, today)):
            return day, text[match.end() :]
    return today, text


def past_day(day: date, today: date) -> date:
    """The day, if it has come. Raises FieldRefusal: what is noted has happened, what is to come is planned."""
    if day > today:
        message = Message("{day} hasn't come yet. What is to come is planned as a next step.", {"day": day})
        raise FieldRefusal("day", message)
    return day


def _day(iso: bool, match: re.Match[str], today: date) -> date | None:
    first, month, last = match.groups()
    day, year = (last, first) if iso else (first, last)
    if year:
        found = _known(int(year), int(month), int(day))
        return past_day(found, today) if found else None
    # eight years back there is a 29 February for sure
    earlier = (_known(today.year - back, int(month), int(day)) for back in range(9))
    return next((one for one in earlier if one and one <= today), None)


def _known(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
