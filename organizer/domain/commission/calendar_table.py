"""How a plan file says what the company settles by: `period = "month"`, or a table with the details."""

from __future__ import annotations

import re
from datetime import time
from enum import StrEnum

from organizer.domain.commission.asked import Holds
from organizer.domain.commission.reader import Table
from organizer.domain.period import KEY_FORMS, LONGEST_CAMPAIGN, MONTHS, Calendar, PeriodKind, make_a_year, zone
from organizer.domain.result import Message

_CUTOFF = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)", re.ASCII)


class Weekday(StrEnum):
    """The day that a company's weeks begin on, in the order that a calendar counts them."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


def read_calendar(top: Table) -> Calendar:
    """The calendar at the key `period`; months where something is wrong with it, which is then noted."""
    what = Message("one of {words}, or a table", {"words": ", ".join(KEY_FORMS)})
    value = top.word_or_table("period", Message("table"), what)
    if isinstance(value, Table):
        calendar = _calendar(value)
        value.done()
        return calendar
    top.tell("period", Holds.CHOICE, KEY_FORMS)
    if value == PeriodKind.CAMPAIGN:
        top.wrong("period", Message("campaigns need a table with their first day and their length."))
    elif value and value not in KEY_FORMS:
        top.wrong("period", Message('"{value}" isn\'t {what}.', {"value": value, "what": what}))
    elif value:
        return Calendar(PeriodKind(value))
    return MONTHS


def _calendar(table: Table) -> Calendar:
    kind = table.choice("kind", PeriodKind)
    starts, anchor, days, a_year = Weekday.MONDAY, None, 0, None
    if kind is PeriodKind.WEEK:
        starts = table.choice("week_starts", Weekday, default=Weekday.MONDAY)
    if kind is PeriodKind.CAMPAIGN:
        anchor = table.day("campaign_anchor")
        days = _campaign_days(table)
        if table.has("campaigns_a_year"):
            a_year = _campaigns_a_year(table, days)
    cutoff, timezone = _cutoff(table), _timezone(table)
    try:
        return Calendar(kind, list(Weekday).index(starts), anchor, days, a_year, cutoff, timezone)
    except ValueError:  # the mistake is noted already
        return MONTHS


def _campaign_days(table: Table) -> int:
    days = table.count("campaign_days")
    if days > LONGEST_CAMPAIGN:
        table.wrong("campaign_days", Message("this can't be more than {maximum}.", {"maximum": LONGEST_CAMPAIGN}))
    return days


def _campaigns_a_year(table: Table, days: int) -> int:
    count = table.count("campaigns_a_year")
    if count > 0 and 0 < days <= LONGEST_CAMPAIGN and not make_a_year(count, days):
        table.wrong(
            "campaigns_a_year",
            Message("{count} campaigns of {days} days don't make a year.", {"count": count, "days": days}),
        )
    return count


def _cutoff(table: Table) -> time:
    value = table.string("cutoff", required=False)
    match = _CUTOFF.fullmatch(value)
    if value and not match:
        table.wrong("cutoff", Message("this must be {what}.", {"what": Message("a time of day such as 23:59")}))
    return time(int(match[1]), int(match[2])) if match else time()


def _timezone(table: Table) -> str:
    value = table.string("timezone", required=False)
    if not value:
        return ""
    try:
        zone(value)
    except ValueError:
        table.wrong(
            "timezone",
            Message(
                'no time zone is called "{value}"; they have names such as America/Chicago or Europe/Copenhagen.',
                {"value": value},
            ),
        )
    return value
