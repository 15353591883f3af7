"""What each condition means, in plain Python over whole people: the measure for the one question to the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from organizer.domain.consent import Channel, Purpose, SaidNo, Standing, Topic, objection
from organizer.domain.contact import Contact, Role, fold, fold_danish, phone_digits
from organizer.domain.contact_filter import Condition, Field, Filter, Op, Span, Unit
from organizer.domain.timeline import Entry


@dataclass
class Person:
    """A person with all that hangs on them."""

    contact: Contact
    entries: Sequence[Entry] = ()
    standing: Standing = field(default_factory=Standing)
    likes: frozenset[int] = frozenset()
    companies: frozenset[int] = frozenset()


def holds(filter_: Filter, person: Person, today: date) -> bool:
    told = [asks(one, person, today) != one.negated for one in filter_.conditions]
    return not told or (any(told) if filter_.any_of else all(told))


def months_back(day: date, count: int) -> date:
    year, month = day.year, day.month
    for _ in range(count):
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError


def since(span: Span, today: date) -> date:
    if span.unit is Unit.MONTHS:
        return months_back(today, span.count)
    return today - timedelta(days=span.count * (7 if span.unit is Unit.WEEKS else 1))


def asks(one: Condition, person: Person, today: date) -> bool:
    who, value = person.contact, one.value
    match one.field:
        case Field.ROLE:
            return Role(str(value)) in who.roles
        case Field.TAG:
            assert isinstance(value, tuple)
            own = {fold(tag) for tag in who.tags}
            return (all if one.op is Op.ALL else any)(fold(tag) in own for tag in value)
        case Field.AREA:
            return any(_lies(piece.strip(), _code(who)) for piece in str(value).split(","))
        case Field.CITY:
            words, town = fold_danish(str(value)).split(" "), fold_danish(who.city).split(" ")
            return town[: len(words)] == words
        case Field.COUNTRY:
            return fold(who.country) == fold(str(value))
        case Field.TALKED:
            talks = [entry.day for entry in person.entries if entry.kind.is_conversation]
            return any(not isinstance(value, Span) or day >= since(value, today) for day in talks)
        case Field.LIKES:
            return value in person.likes
        case Field.CONSENT:
            return person.standing.consent_to(Channel(str(value)), today) is not None
        case Field.MAY:
            assert isinstance(value, tuple)
            return objection(person.standing, Purpose(value[0]), Channel(value[1]), today) is None
        case Field.NO:
            return any(_said(no, str(value)) for no in person.standing.noes)
        case Field.BIRTHDAY:
            return bool(who.birthday) and _celebrates(one, who.birthday, today)
        case Field.HAS:
            told = {"phone": who.phones, "email": who.emails, "address": who.addresses, "birthday": who.birthday}
            return bool(told[str(value)])
        case Field.ADDED:
            first = since(value, today) if isinstance(value, Span) else value
            assert isinstance(first, date)
            return who.added is not None and who.added >= first
        case Field.SOURCE:
            return fold(str(value)) in fold(who.source)
        case Field.LIGHT:
            return who.expires is not None
        case Field.TEAM:
            return bool(person.companies) if value == 0 else value in person.companies
        case Field.TEXT:
            told = _text(who)
            # aa is å, whichever of the two is written where
            return all(word in told or _other(word) in told for word in fold(str(value)).split())
    raise AssertionError(one.field)


def _lies(piece: str, code: str) -> bool:
    if piece.endswith("*"):
        return code.casefold().startswith(piece[:-1].casefold())
    low, _dash, high = piece.partition("-")
    if not (code.isdigit() and code.isascii() and len(code) == len(low)):
        return False
    return int(low) <= int(code) <= int(high or low)


def _said(no: SaidNo, topic: str) -> bool:
    return no.lifted is None and (not topic or no.topic is Topic.EVERYTHING or no.topic.value == topic)


def _celebrates(one: Condition, birthday: str, today: date) -> bool:
    month, number = int(birthday[-5:-3]), int(birthday[-2:])
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            day = date(year, month, number)
        except ValueError:
            day = date(year, 2, 28)
        if one.op is Op.WEEK and day.isocalendar()[:2] == today.isocalendar()[:2]:
            return True
        if one.op is Op.MONTH and (day.year, day.month) == (today.year, today.month):
            return True
        if one.op is Op.WITHIN and isinstance(one.value, int) and 0 <= (day - today).days <= one.value:
            return True
    return False


def _code(who: Contact) -> str:
    before, _hyphen, code = who.postal_code.partition("-")
    is_country = code and before.isascii() and before.isalpha() and len(before) < 3
    return (code if is_country else who.postal_code).replace(" ", "")


def _other(word: str) -> str:
    return word.replace("aa", "å") if "aa" in word else word.replace("å", "aa")


def _text(who: Contact) -> str:
    numbers = [form for entry in who.phones for form in (entry.value, phone_digits(entry.value))]
    mails = [entry.value for entry in who.emails]
    return fold(" ".join([who.name, who.nickname, who.organization, who.city, *numbers, *mails, *who.tags]))
