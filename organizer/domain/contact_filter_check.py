"""Whether a condition asks something that can be answered, and as text it is stored in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum

from organizer.domain.consent import Channel, Purpose, Topic
from organizer.domain.contact import MAX_ENTRIES, MAX_TEXT, Role, single_line
from organizer.domain.contact_filter import MOST, OPERATORS, Condition, Has, Kind, Span, Value, areas
from organizer.domain.result import Message, Refusal

MOST_AWAY = 365
"""The most days that a birthday can be ahead."""

_Check = Callable[[Value], Value]


def checked(condition: Condition) -> Condition:
    """The condition tidied. Raises Refusal where it asks nothing that can be answered."""
    kind = OPERATORS[condition.field].get(condition.op)
    if kind is None:
        raise unknown(f"{condition.field} {condition.op}")
    return Condition(condition.field, condition.op, _CHECKS[kind](condition.value), condition.negated)


def unknown(word: object) -> Refusal:
    """The refusal of a saved filter that says something unheard of."""
    text = "This list asks for something that this version doesn't know: {word}. A newer version may have made it."
    return Refusal(Message(text, {"word": str(word)[:MAX_TEXT]}))


def _nothing(value: Value) -> Value:
    if value is not None:
        raise unknown(value)
    return None


def _words(value: Value) -> Value:
    text = single_line(value)[:MAX_TEXT].strip() if isinstance(value, str) else ""
    if not text:
        raise Refusal(Message("Write what to look for."))
    return text


def _tags(value: Value) -> Value:
    tags = value if isinstance(value, tuple) else ()
    tidy = tuple(dict.fromkeys(tag for tag in (single_line(one)[:MAX_TEXT].strip() for one in tags) if tag))
    if not tidy or len(tidy) > MAX_ENTRIES:
        raise Refusal(Message("Write at least one tag."))
    return tidy


def _area(value: Value) -> Value:
    text = str(_words(value))
    areas(text)
    return text


def _span(value: Value) -> Value:
    if not (isinstance(value, Span) and 1 <= value.count <= MOST):
        raise Refusal(Message("Choose from {least} to {most}.", {"least": 1, "most": MOST}))
    return value


def _number(least: int, most: int) -> _Check:
    def check(value: Value) -> Value:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise Refusal(Message("Choose from {least} to {most}.", {"least": least, "most": most}))
        return value

    return check


def _choice(least: int) -> _Check:
    def check(value: Value) -> Value:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value < 1 << 63:
            raise Refusal(Message("Choose one."))
        return value

    return check


def _day(value: Value) -> Value:
    if not isinstance(value, date):
        raise Refusal(Message("Write a day, such as 07.03.2026."))
    return value


def _one_of(kind: type[StrEnum], *, also_any: bool = False) -> _Check:
    known = {one.value for one in kind} | ({""} if also_any else set())

    def check(value: Value) -> Value:
        if not isinstance(value, str) or value not in known:
            raise unknown(value)
        return str(value)

    return check


def _may(value: Value) -> Value:
    if not (isinstance(value, tuple) and len(value) == 2):
        raise unknown(value)
    purpose, channel = value
    if purpose not in {one.value for one in Purpose if one.is_marketing}:
        raise unknown(purpose)
    return str(purpose), str(_one_of(Channel)(channel))


_CHECKS: dict[Kind, _Check] = {
    Kind.NOTHING: _nothing,
    Kind.ROLE: _one_of(Role),
    Kind.TAGS: _tags,
    Kind.AREA: _area,
    Kind.WORDS: _words,
    Kind.SPAN: _span,
    Kind.DAYS: _number(0, MOST_AWAY),
    Kind.DAY: _day,
    Kind.PERCENT: _number(1, 100),
    Kind.PRODUCT: _choice(1),
    Kind.COMPANY: _choice(0),
    Kind.CHANNEL: _one_of(Channel),
    Kind.TOPIC: _one_of(Topic, also_any=True),
    Kind.MAY: _may,
    Kind.HAS: _one_of(Has),
}
