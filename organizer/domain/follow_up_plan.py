"""Follow-up plans: what to do with somebody, and how many days, weeks or months after (or before) a day.

A plan is data, a TOML file: those that come with the program lie in resources/follow_up_plans, and hers in her
file. How she keeps in touch is up to her; nothing here decides what may be sold to whom (see consent.py).
"""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from organizer.domain.commission.plan import Text
from organizer.domain.consent import Channel, Purpose
from organizer.domain.contact import MAX_TEXT, single_line
from organizer.domain.result import FieldRefusal, Message

MAX_STEPS = 20
"""Most steps of one plan."""

MAX_COUNT = 1_000
"""Most days, weeks or months between a step and the day that is counted from."""


class Event(StrEnum):
    """What a plan is offered after; nothing where it is only started by hand."""

    CUSTOMER = "customer"
    HOST = "host"
    JOINED = "joined"
    PURCHASE = "purchase"
    BY_HAND = ""


class CountedFrom(StrEnum):
    """The day that a plan's steps are counted from: when it starts, a party's day, or when a product runs out."""

    START = "start"
    PARTY = "party"
    RUNS_OUT = "runs_out"


class Unit(StrEnum):
    """What is counted between two days."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, `count` units after the day that is counted from, or `before` it."""

    count: int
    unit: Unit
    what: Text
    before: bool = False
    channel: Channel | None = None
    purpose: Purpose = Purpose.OTHER

    def day(self, counted_from: date) -> date:
        """The day of this step. A month that is too short ends earlier: 31 January + 1 month is 28 February.

        Raises FieldRefusal ("day") where the calendar ends.
        """
        count = -self.count if self.before else self.count
        try:
            if self.unit is Unit.MONTHS:
                return _months_later(counted_from, count)
            return counted_from + timedelta(days=count * (7 if self.unit is Unit.WEEKS else 1))
        except (OverflowError, ValueError):
            raise FieldRefusal("day", Message("This day is too far away.")) from None


@dataclass(frozen=True, slots=True)
class Plan:
    """A follow-up plan. `own` is True for one of her own making."""

    key: str
    name: Text
    steps: tuple[Step, ...]
    event: Event = Event.BY_HAND
    counted_from: CountedFrom = CountedFrom.START
    own: bool = False


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def runs_out(bought: date, lasts_days: int, pieces: int) -> date:
    """The day on which `pieces` of a product are used up, each of which lasts `lasts_days`.

    Raises FieldRefusal ("lasts") for less than a day, or where the calendar ends.
    """
    if lasts_days < 1 or pieces < 1:
        raise FieldRefusal("lasts", Message("Write how many days one lasts, and how many were bought."))
    try:
        return bought + timedelta(days=lasts_days * pieces)
    except OverflowError:
        raise FieldRefusal("lasts", Message("This day is too far away.")) from None


def checked(plan: Plan) -> Plan:
    """The plan as it may be kept. Raises FieldRefusal: "name", "steps", and "what 2" for the second one's."""
    if not (plan.name.en or plan.name.da).strip():
        raise FieldRefusal("name", Message("Give the plan a name."))
    if len(plan.name.en) > MAX_TEXT or len(plan.name.da) > MAX_TEXT:
        raise FieldRefusal(
            "name", Message("This text is too long: at most {limit} characters.", {"limit": MAX_TEXT})
        )
    if not plan.steps:
        raise FieldRefusal("steps", Message("A plan needs at least one step."))
    if len(plan.steps) > MAX_STEPS:
        raise FieldRefusal("steps", Message("A plan has at most {limit} steps.", {"limit": MAX_STEPS}))
    for number, step in enumerate(plan.steps, 1):
        _check_step(step, number)
    return plan


def _check_step(step: Step, number: int) -> None:
    if not (step.what.en or step.what.da).strip():
        raise FieldRefusal(
            f"what {number}", Message("Step {number}: write what you want to do.", {"number": number})
        )
    if not 0 <= step.count <= MAX_COUNT:
        values = {"number": number, "limit": MAX_COUNT}
        raise FieldRefusal(f"count {number}", Message("Step {number}: a number from 0 to {limit}.", values))


_WHEN = re.compile(r"(\d{1,4}) (day|week|month)s?( before)?\Z")


def parse(text: str, key: str, own: bool = False) -> Plan:
    """The plan that a TOML text describes. Raises FieldRefusal, in "steps" for whatever is wrong with the file."""
    try:
        found = tomllib.loads(text)
        steps = tuple(_step(one) for one in found["steps"])
        event, counted_from = Event(found.get("event", "")), CountedFrom(found.get("counted_from", "start"))
        return checked(Plan(key, _text(found["name"]), steps, event, counted_from, own))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise FieldRefusal("steps", Message("The follow-up plan {key} can't be read.", {"key": key})) from None


def _step(told: Mapping[str, Any]) -> Step:
    match = _WHEN.match(told["when"])
    if match is None:
        raise ValueError(told["when"])
    channel = told.get("channel", "")
    return Step(
        *(int(match[1]), Unit(match[2] + "s"), _text(told["what"]), bool(match[3])),
        *(Channel(channel) if channel else None, Purpose(told.get("purpose", ""))),
    )


def _text(told: object) -> Text:
    """A text in both languages, or one that she wrote, which is the same in both."""
    if isinstance(told, str):
        return Text("", single_line(told))
    if isinstance(told, Mapping):
        return Text(single_line(told["da"]), single_line(told["en"]))
    raise ValueError(told)


def to_toml(plan: Plan) -> str:
    """The plan as the text that `parse` reads."""
    lines = [f"name = {_told(plan.name)}"]
    if plan.event:
        lines.append(f'event = "{plan.event}"')
    lines.append(f'counted_from = "{plan.counted_from}"')
    for step in plan.steps:
        before = " before" if step.before else ""
        lines += ["", "[[steps]]", f'when = "{step.count} {step.unit}{before}"']
        if step.channel:
            lines.append(f'channel = "{step.channel}"')
        if step.purpose:
            lines.append(f'purpose = "{step.purpose}"')
        lines.append(f"what = {_told(step.what)}")
    return "\n".join(lines) + "\n"


def _told(text: Text) -> str:
    if text.da and text.en:
        return f"{{ en = {_quoted(text.en)}, da = {_quoted(text.da)} }}"
    return _quoted(text.en or text.da)


def _quoted(text: str) -> str:
    escaped = single_line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
