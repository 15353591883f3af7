"""A filter as the text that is saved, and back. What isn't understood is refused, never left out: a condition that
was dropped would show people who were not meant."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from organizer.domain.contact_filter import (
    MOST_CONDITIONS,
    OPERATORS,
    Condition,
    Field,
    Filter,
    Kind,
    Op,
    Span,
    Unit,
    Value,
)
from organizer.domain.contact_filter_check import checked, unknown
from organizer.domain.result import Message, Refusal

VERSION = 1
"""The version of the text; a newer one is refused."""

LONGEST = 100_000
"""A longer text is no filter."""

_KEYS = {"version", "match", "conditions"}
_CONDITION_KEYS = {"field", "op", "value", "not"}


def tidied(filter_: Filter) -> Filter:
    """The filter with each condition checked, none twice. Raises Refusal."""
    conditions = tuple(dict.fromkeys(checked(one) for one in filter_.conditions))
    if len(conditions) > MOST_CONDITIONS:
        raise Refusal(Message("At most {limit} conditions fit into one list.", {"limit": MOST_CONDITIONS}))
    return Filter(conditions, filter_.any_of)


def written(filter_: Filter) -> str:
    """The filter as text. Raises Refusal where it can't be answered."""
    tidy = tidied(filter_)
    conditions = [_condition_out(one) for one in tidy.conditions]
    match = "any" if tidy.any_of else "all"
    return json.dumps({"version": VERSION, "match": match, "conditions": conditions}, ensure_ascii=False)


def read(text: str) -> Filter:
    """The filter that a text holds. Raises Refusal, which says what isn't understood."""
    try:
        told = json.loads(text) if len(text) <= LONGEST else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise _broken()
    version = told.get("version")
    if version != VERSION or isinstance(version, bool):
        raise Refusal(Message("A newer version of the program made this list. This one can't read it."))
    if more := set(told) - _KEYS:
        raise unknown(min(more))
    conditions = told.get("conditions")
    if told.get("match") not in ("all", "any") or not isinstance(conditions, list):
        raise _broken()
    return tidied(Filter(tuple(map(_condition_in, conditions)), told["match"] == "any"))


def _broken() -> Refusal:
    return Refusal(Message("This list can't be read: it isn't written as lists are."))


def _condition_out(condition: Condition) -> dict[str, Any]:
    told: dict[str, Any] = {"field": condition.field.value, "op": condition.op.value}
    if condition.value is not None:
        told["value"] = _value_out(condition.value)
    return told | ({"not": True} if condition.negated else {})


def _value_out(value: Value) -> Any:
    if isinstance(value, Span):
        return [value.count, value.unit.value]
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _condition_in(told: Any) -> Condition:
    if not isinstance(told, dict):
        raise _broken()
    if more := set(told) - _CONDITION_KEYS:
        raise unknown(min(more))
    field, op = told.get("field"), told.get("op")
    if field not in tuple(one.value for one in Field):
        raise unknown(field)
    if op not in tuple(one.value for one in Op) or Op(op) not in OPERATORS[Field(field)]:
        raise unknown(f"{field} {op}")
    negated = told.get("not", False)
    if not isinstance(negated, bool):
        raise _broken()
    kind = OPERATORS[Field(field)][Op(op)]
    return Condition(Field(field), Op(op), _value_in(kind, told.get("value")), negated)


def _value_in(kind: Kind, told: Any) -> Value:
    if kind is Kind.SPAN:
        count, unit = told if isinstance(told, list) and len(told) == 2 else (None, None)
        if isinstance(count, bool) or not isinstance(count, int) or unit not in tuple(one.value for one in Unit):
            raise unknown(told)
        return Span(count, Unit(unit))
    if kind is Kind.DAY:
        try:
            return date.fromisoformat(told)
        except (TypeError, ValueError):
            raise unknown(told) from None
    if isinstance(told, list):
        if not all(isinstance(one, str) for one in told):
            raise unknown(told)
        return tuple(told)
    if told is not None and not isinstance(told, str | int):
        raise unknown(told)
    return told
