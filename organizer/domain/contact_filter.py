"""Which people a list shows: conditions that combine, written and read as text.

A filter is what she saves, so it holds ids of products and companies, never what they are called, and days as
spans back from whatever today is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from organizer.domain.result import Message, Refusal

MOST_CONDITIONS = 20
"""More conditions than this in one filter are refused."""

MOST = 999
"""The longest span, in any unit; the most days that a birthday may be away is 365."""


class Unit(StrEnum):
    """What a span counts."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Span:
    """So many days, weeks or months."""

    count: int
    unit: Unit

    def before(self, day: date) -> date:
        """The day this long before `day`; the month's last where a month has no such day."""
        if self.unit is not Unit.MONTHS:
            return day - timedelta(days=self.count * (7 if self.unit is Unit.WEEKS else 1))
        months = day.year * 12 + day.month - 1 - self.count
        year, month = divmod(months, 12)
        last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
        return date(year, month + 1, min(day.day, last))


class Field(StrEnum):
    """What a condition looks at."""

    ROLE = "role"
    TAG = "tag"
    AREA = "area"
    CITY = "city"
    COUNTRY = "country"
    TALKED = "talked"
    LIKES = "likes"
    CONSENT = "consent"
    MAY = "may"
    NO = "no"
    BIRTHDAY = "birthday"
    RANK = "rank"
    HAS = "has"
    ADDED = "added"
    SOURCE = "source"
    LIGHT = "light"
    TEAM = "team"
    TEXT = "text"


class Has(StrEnum):
    """What may be known of a person."""

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    BIRTHDAY = "birthday"


class Op(StrEnum):
    """How a condition looks at it."""

    IS = "is"
    ANY = "any"
    ALL = "all"
    WITHIN = "within"
    EVER = "ever"
    SINCE = "since"
    WEEK = "week"
    MONTH = "month"
    CONTAINS = "contains"


class Kind(StrEnum):
    """What a condition compares with."""

    NOTHING = "nothing"
    ROLE = "role"
    TAGS = "tags"
    AREA = "area"
    WORDS = "words"
    SPAN = "span"
    DAYS = "days"
    DAY = "day"
    PERCENT = "percent"
    PRODUCT = "product"
    COMPANY = "company"
    CHANNEL = "channel"
    TOPIC = "topic"
    MAY = "may"
    HAS = "has"


Value = str | int | tuple[str, ...] | Span | date | None

OPERATORS: Mapping[Field, Mapping[Op, Kind]] = {
    Field.ROLE: {Op.IS: Kind.ROLE},
    Field.TAG: {Op.ANY: Kind.TAGS, Op.ALL: Kind.TAGS},
    Field.AREA: {Op.IS: Kind.AREA},
    Field.CITY: {Op.IS: Kind.WORDS},
    Field.COUNTRY: {Op.IS: Kind.WORDS},
    Field.TALKED: {Op.WITHIN: Kind.SPAN, Op.EVER: Kind.NOTHING},
    Field.LIKES: {Op.IS: Kind.PRODUCT},
    Field.CONSENT: {Op.IS: Kind.CHANNEL},
    Field.MAY: {Op.IS: Kind.MAY},
    Field.NO: {Op.IS: Kind.TOPIC},
    Field.BIRTHDAY: {Op.WEEK: Kind.NOTHING, Op.MONTH: Kind.NOTHING, Op.WITHIN: Kind.DAYS},
    Field.RANK: {Op.WITHIN: Kind.PERCENT},
    Field.HAS: {Op.IS: Kind.HAS},
    Field.ADDED: {Op.WITHIN: Kind.SPAN, Op.SINCE: Kind.DAY},
    Field.SOURCE: {Op.CONTAINS: Kind.WORDS},
    Field.LIGHT: {Op.IS: Kind.NOTHING},
    Field.TEAM: {Op.IS: Kind.COMPANY},
    Field.TEXT: {Op.CONTAINS: Kind.WORDS},
}
"""What can be asked of each field, and what it is compared with."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing asked of a person; `negated` asks for its opposite.

    `value` by the operator's Kind: ROLE, CHANNEL, TOPIC ("" for any) and HAS are those enums' texts, MAY a purpose
    and a channel, TAGS a tuple, AREA as `area_of` reads it, PRODUCT and COMPANY ids (0: any company), PERCENT at
    most how many percent lack of any single thing that the next rank asks for, DAYS from today on.
    """

    field: Field
    op: Op
    value: Value = None
    negated: bool = False

    @property
    def kind(self) -> Kind:
        """What it compares with."""
        return OPERATORS[self.field][self.op]


@dataclass(frozen=True, slots=True)
class Filter:
    """All of the conditions, or with `any_of` at least one of them; without any it is everybody."""

    conditions: tuple[Condition, ...] = ()
    any_of: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """Postal codes from `low` to `high`, both of as many digits; or those that begin with `low` (`high` "")."""

    low: str
    high: str = ""

    def holds(self, code: str) -> bool:
        """Whether a postal code lies in it; spaces in the code make no difference."""
        code = code.replace(" ", "")
        if not self.high:
            return code.casefold().startswith(self.low.casefold())
        digits = len(code) == len(self.low) and code.isascii() and code.isdigit()
        return digits and self.low <= code <= self.high


_CODES = re.compile(r"(\d{1,10})\s*[-–]\s*(\d{1,10})", re.ASCII)


def areas(text: str) -> list[Area]:
    """The postal codes that a text names: "8000-8299", "80*", "8000", several with commas between.

    Raises Refusal for anything else.
    """
    found = []
    for raw in filter(None, (piece.strip() for piece in text.split(","))):
        part = raw.replace(" ", "")
        if (match := _CODES.fullmatch(part)) and len(match[1]) == len(match[2]) and match[1] <= match[2]:
            found.append(Area(match[1], match[2]))
        elif part.endswith("*") and part[:-1].isalnum():
            found.append(Area(part[:-1]))
        elif part.isascii() and part.isdigit():
            found.append(Area(part, part))
        else:
            raise Refusal(Message("Write postal codes like 8000-8299, 80* or 8000; not {text}.", {"text": raw}))
    if not found:
        raise Refusal(Message("Write postal codes, such as 8000-8299."))
    return found


def birthdays(first: date, last: date) -> frozenset[str]:
    """The "MM-DD" of everybody whose birthday is from `first` to `last`; at most a year apart.

    Who was born on 29 February has it on the 28th in a year without one.
    """
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    found = {day.strftime("%m-%d") for day in days}
    if any((day.month, day.day) == (2, 28) and (day + timedelta(days=1)).month == 3 for day in days):
        found.add("02-29")
    return frozenset(found)


def birthday_window(condition: Condition, today: date) -> tuple[date, date]:
    """The first and last day that a condition about birthdays means, seen from `today`; weeks run from Monday."""
    if condition.op is Op.WEEK:
        monday = today - timedelta(days=today.weekday())
        return monday, monday + timedelta(days=6)
    if condition.op is Op.MONTH:
        first = today.replace(day=1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    assert isinstance(condition.value, int)  # noqa: S101 - as `checked` leaves it
    return today, today + timedelta(days=min(condition.value, 365))
