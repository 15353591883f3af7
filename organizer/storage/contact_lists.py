"""A filter of people as one question to the file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from organizer.domain.consent import INVITATIONS_A_YEAR, Basis, Channel, Purpose, Topic
from organizer.domain.contact import fold, fold_danish, spellings
from organizer.domain.contact_filter import (
    Condition,
    Field,
    Filter,
    Has,
    Op,
    Span,
    Unit,
    areas,
    birthday_window,
    birthdays,
)
from organizer.domain.team import Kind as MemberKind
from organizer.domain.timeline import EntryKind
from organizer.storage.file import File

Near = Callable[[int], Iterable[int]]
"""Who lacks at most so many percent of any thing that her next rank asks for: their ids."""

_TALKS = ", ".join(f"'{kind}'" for kind in EntryKind if kind.is_conversation)
# literals, not bound: an index on conversations alone can answer then

_YEAR = Span(12, Unit.MONTHS)


@dataclass
class _Asked:
    """What the question is made from, and the values bound in it so far."""

    file: File
    today: date
    near: Near
    cap: int
    values: list[Any] = field(default_factory=list)

    def bind(self, *values: Any) -> None:
        """The values for the next places, in their order."""
        self.values += values


def matching(
    file: File,
    filter_: Filter,
    today: date,
    near: Near,
    *,
    cap: int = INVITATIONS_A_YEAR,
    in_order: bool = True,
) -> list[int]:
    """The ids of those in Contacts whom a filter (tidied before) asks for, sorted as the list is if `in_order`.

    `cap` is how many invitations a person gets in twelve months.
    """
    asked = _Asked(file, today, near, cap)
    parts = [_negatable(asked, condition) for condition in filter_.conditions]
    where = (" OR " if filter_.any_of else " AND ").join(parts) or "1"
    # without the order the lines are read as they lie, which is several times quicker
    table, order = ("person p", " ORDER BY p.sort_key, p.id") if in_order else ("person p NOT INDEXED", "")
    query = f"SELECT p.id FROM {table} WHERE p.listed AND ({where}){order}"
    return [id_ for (id_,) in file.fetch(query, tuple(asked.values))]


def _negatable(asked: _Asked, condition: Condition) -> str:
    part = _PARTS[condition.field](asked, condition)
    return f"NOT ({part})" if condition.negated else f"({part})"


def _role(asked: _Asked, condition: Condition) -> str:
    asked.bind(condition.value)
    return "p.id IN (SELECT person_id FROM person_role WHERE value = ?)"


def _tag(asked: _Asked, condition: Condition) -> str:
    wanted = condition.value if isinstance(condition.value, tuple) else ()
    known = [tag for (tag,) in asked.file.fetch("SELECT DISTINCT value FROM person_tag")]
    parts = []
    for tag in wanted:
        asked.bind(json.dumps([one for one in known if fold(one) == fold(tag)]))
        parts.append("p.id IN (SELECT person_id FROM person_tag WHERE value IN (SELECT value FROM json_each(?)))")
    return (" AND " if condition.op is Op.ALL else " OR ").join(parts)


_CODE = """replace(iif(p.postal_code GLOB '[A-Za-z]-*' OR p.postal_code GLOB '[A-Za-z][A-Za-z]-*',
    substr(p.postal_code, instr(p.postal_code, '-') + 1), p.postal_code), ' ', '')"""
"""The postal code without its country: DK-8000 is 8000."""


def _area(asked: _Asked, condition: Condition) -> str:
    code, parts = _CODE, []
    for area in areas(str(condition.value)):
        if area.high:
            asked.bind(area.low, area.high, len(area.low))
            parts.append(f"({code} BETWEEN ? AND ? AND length({code}) = ? AND {code} NOT GLOB '*[^0-9]*')")
        else:
            asked.bind(len(area.low), area.low)
            parts.append(f"substr({code}, 1, ?) = ? COLLATE NOCASE")
    return " OR ".join(parts)


def _town(asked: _Asked, condition: Condition) -> str:
    wanted = fold_danish(str(condition.value))
    return _spelled(asked, "city", lambda city: city == wanted or city.startswith(wanted + " "), fold_danish)


def _country(asked: _Asked, condition: Condition) -> str:
    wanted = fold(str(condition.value))
    return _spelled(asked, "country", lambda country: country == wanted)


def _source(asked: _Asked, condition: Condition) -> str:
    wanted = fold(str(condition.value))
    return _spelled(asked, "source", lambda source: wanted in source)


def _spelled(asked: _Asked, column: str, fits: Callable[[str], bool], folded: Callable[[str], str] = fold) -> str:
    """Those whose text fits whatever its case and accents, which SQLite doesn't know of."""
    known = asked.file.fetch(f"SELECT DISTINCT {column} FROM person p NOT INDEXED WHERE p.listed")
    asked.bind(json.dumps([text for (text,) in known if fits(folded(text))]))
    return f"p.{column} IN (SELECT value FROM json_each(?))"


def _talked(asked: _Asked, condition: Condition) -> str:
    since = "0001-01-01"
    if isinstance(condition.value, Span):
        since = condition.value.before(asked.today).isoformat()
    asked.bind(since)
    return f"p.id IN (SELECT person_id FROM entry WHERE day >= ? AND kind IN ({_TALKS}))"


def _likes(asked: _Asked, condition: Condition) -> str:
    asked.bind(condition.value)
    return "p.id IN (SELECT person_id FROM product_like WHERE product_id = ?)"


def _holding(asked: _Asked, channel: Channel) -> str:
    """The consents in force to a channel, as `Standing.consent_to` has it."""
    asked.bind(channel.value, asked.today.isoformat(), asked.today.isoformat())
    own = f" AND basis = '{Basis.CONSENT}'" if channel in (Channel.PHONE, Channel.POST) else ""
    return f"FROM consent WHERE channel = ? AND given <= ? AND (withdrawn IS NULL OR withdrawn > ?){own}"


def _consent(asked: _Asked, condition: Condition) -> str:
    return f"p.id IN (SELECT person_id {_holding(asked, Channel(str(condition.value)))})"


def _may(asked: _Asked, condition: Condition) -> str:
    """Just what `domain.consent.objection` finds nothing against."""
    assert isinstance(condition.value, tuple)  # noqa: S101 - as it is checked
    purpose, channel = Purpose(condition.value[0]), Channel(condition.value[1])
    if purpose is Purpose.BUSINESS:
        latest = (
            "SELECT person_id, basis, row_number() OVER (PARTITION BY person_id ORDER BY given DESC, id DESC) n"
        )
        agreed = f"SELECT person_id FROM ({latest} {_holding(asked, channel)}) WHERE n = 1 AND basis = ?"
        asked.bind(Basis.CONSENT.value)
    else:
        agreed = f"SELECT person_id {_holding(asked, channel)}"
    covering = [topic for topic in Topic if topic.covers(purpose)]
    asked.bind(json.dumps([topic.value for topic in covering]))
    parts = [f"p.id IN ({agreed})", f"NOT ({_SAID_NO})"]
    if purpose is Purpose.INVITATION:
        asked.bind(_YEAR.before(asked.today).isoformat(), asked.today.isoformat(), asked.cap)
        # last, and for each by itself: few have agreed, and only theirs are counted then (the plus: by person)
        invited = (
            "SELECT count(*) FROM entry WHERE person_id = p.id AND +kind = 'invitation' AND day > ? AND day <= ?"
        )
        parts.append(f"({invited}) < ?")
    return " AND ".join(parts)


_SAID_NO = (
    "p.id IN (SELECT person_id FROM said_no WHERE lifted IS NULL AND topic IN (SELECT value FROM json_each(?)))"
)


def _no(asked: _Asked, condition: Condition) -> str:
    topics = [Topic.EVERYTHING.value, str(condition.value)] if condition.value else [one.value for one in Topic]
    asked.bind(json.dumps(topics))
    return _SAID_NO


def _birthday(asked: _Asked, condition: Condition) -> str:
    days = birthdays(*birthday_window(condition, asked.today))
    asked.bind(json.dumps(sorted(days)))
    return "substr(p.birthday, -5) IN (SELECT value FROM json_each(?))"


def _rank(asked: _Asked, condition: Condition) -> str:
    assert isinstance(condition.value, int)  # noqa: S101 - as it is checked
    asked.bind(json.dumps(sorted(asked.near(condition.value))))
    return "p.id IN (SELECT value FROM json_each(?))"


_KNOWN = {
    Has.PHONE: "EXISTS (SELECT 1 FROM person_phone d WHERE d.person_id = p.id)",
    Has.EMAIL: "EXISTS (SELECT 1 FROM person_email d WHERE d.person_id = p.id)",
    Has.ADDRESS: "p.street != '' OR p.postal_code != '' OR p.city != '' OR p.country != '' "
    "OR EXISTS (SELECT 1 FROM person_address d WHERE d.person_id = p.id)",
    Has.BIRTHDAY: "p.birthday != ''",
}


def _has(_asked: _Asked, condition: Condition) -> str:
    return _KNOWN[Has(str(condition.value))]


def _added(asked: _Asked, condition: Condition) -> str:
    since = condition.value.before(asked.today) if isinstance(condition.value, Span) else condition.value
    asked.bind(str(since))
    return "ifnull(p.added >= ?, 0)"


def _light(_asked: _Asked, _condition: Condition) -> str:
    return "p.expires IS NOT NULL"


def _team(asked: _Asked, condition: Condition) -> str:
    asked.bind(condition.value, condition.value)
    stays = f"kind != '{MemberKind.CANCELLED}'"
    return f"p.id IN (SELECT person_id FROM member WHERE {stays} AND (? = 0 OR company_id = ?))"


def _text(asked: _Asked, condition: Condition) -> str:
    parts = []
    for word in fold(str(condition.value)).split():
        ways = spellings(word)
        asked.bind(*ways)
        parts.append("(" + " OR ".join("instr(p.search, ?)" for _way in ways) + ")")
    return " AND ".join(parts) or "1"


_PARTS: dict[Field, Callable[[_Asked, Condition], str]] = {
    Field.ROLE: _role,
    Field.TAG: _tag,
    Field.AREA: _area,
    Field.CITY: _town,
    Field.COUNTRY: _country,
    Field.TALKED: _talked,
    Field.LIKES: _likes,
    Field.CONSENT: _consent,
    Field.MAY: _may,
    Field.NO: _no,
    Field.BIRTHDAY: _birthday,
    Field.RANK: _rank,
    Field.HAS: _has,
    Field.ADDED: _added,
    Field.SOURCE: _source,
    Field.LIGHT: _light,
    Field.TEAM: _team,
    Field.TEXT: _text,
}
