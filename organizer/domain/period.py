"""The periods a company settles by: weeks, half months, months, campaigns or quarters.

A Period is a plain value: its key, its kind, its first and last day. What comes before and after it, which one a
day or an order falls in and what its key means is known by a Calendar, which each plan holds one of. Months are
what there is without a plan: `Period.parse`, `Period.containing` and `Period.shifted` speak of months alone.

Pure, but for the time zone database that `Calendar.at` looks a zone up in.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

_FIRST_YEAR, _LAST_YEAR = 1900, 9998
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
_WEEK, _YEAR = 7, 365
LONGEST_CAMPAIGN = 366
"""The most days that a campaign may have."""


class PeriodKind(StrEnum):
    """How long a company's period is."""

    WEEK = "week"
    HALF_MONTH = "half_month"
    MONTH = "month"
    CAMPAIGN = "campaign"
    QUARTER = "quarter"


KEY_FORMS: Mapping[PeriodKind, str] = {
    PeriodKind.WEEK: "2026-W47",
    PeriodKind.HALF_MONTH: "2026-11-1",
    PeriodKind.MONTH: "2026-11",
    PeriodKind.CAMPAIGN: "2026-C05",
    PeriodKind.QUARTER: "2026-Q4",
}
"""How the key of each kind of period is written, by example."""

_KEYS: Mapping[PeriodKind, re.Pattern[str]] = {
    PeriodKind.WEEK: re.compile(r"(\d{4})-W(\d{2})", re.ASCII),
    PeriodKind.HALF_MONTH: re.compile(r"(\d{4})-(\d{2}-[12])", re.ASCII),
    PeriodKind.MONTH: re.compile(r"(\d{4})-(\d{2})", re.ASCII),
    PeriodKind.CAMPAIGN: re.compile(r"(\d{4})-C(\d{2,3})", re.ASCII),
    PeriodKind.QUARTER: re.compile(r"(\d{4})-Q([1-4])", re.ASCII),
}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One period, both its days included. Sorts as time does: by its first day.

    `key` is how it is stored and how files and the command line write it: "2026-W47", "2026-11-1" and "2026-11-2"
    (half months), "2026-11", "2026-C05", "2026-Q4".
    """

    first: date
    last: date
    kind: PeriodKind
    key: str

    @classmethod
    def parse(cls, key: str) -> Period:
        """The month written as "YYYY-MM". Raises ValueError for anything else."""
        return MONTHS.parse(key)

    @classmethod
    def containing(cls, day: date) -> Period:
        """The month that `day` falls in."""
        return MONTHS.containing(day)

    def shifted(self, months: int) -> Period:
        """The month `months` later (earlier when negative). Raises ValueError for what isn't a month."""
        return MONTHS.shifted(self, months)

    @property
    def year(self) -> int:
        """The year in its key: that of most of its days."""
        return int(self.key.partition("-")[0])

    @property
    def month(self) -> int:
        """The number, 1 to 12, of the month that it begins in."""
        return self.first.month

    @property
    def number(self) -> int:
        """Which one of its year: the month, week, campaign or quarter; of half months 1 or 2 in the month."""
        return int(self.key.rsplit("-", 1)[1].lstrip("WCQ"))

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def overlap(self, first: date, last: date) -> int:
        """How many of its days lie from `first` to `last`, both included; none where `last` comes before."""
        return max(0, (min(self.last, last) - max(self.first, first)).days + 1)

    def __str__(self) -> str:
        return self.key


@dataclass(frozen=True)
class Calendar:
    """How one company divides time. Its periods follow one another without a gap and without sharing a day.

    Weeks begin on weekday `week_starts` (0 is Monday) and belong to the year that holds most of their days, as in
    ISO 8601; week 1 is the first of its year. Campaigns are `campaign_days` long; `campaign_anchor` is the first
    day of one campaign 1, whose year is the one that most of its days lie in. With `campaigns_a_year` every year
    has so many of them; without it a year begins with the campaign that begins nearest to the anchor's day in that
    year, so a year has one campaign more now and then.

    `cutoff` is the time of day at which the last day is over: the minute it names is the last that counts (23:59
    is the whole day), and 00:00 is the end of the day. `timezone` is an IANA name, the clock that it is read on;
    empty for the distributor's own clock. Raises ValueError for what makes no calendar.
    """

    kind: PeriodKind = PeriodKind.MONTH
    week_starts: int = 0
    campaign_anchor: date | None = None
    campaign_days: int = 0
    campaigns_a_year: int | None = None
    cutoff: time = field(default=time())
    timezone: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.week_starts < _WEEK:
            raise ValueError(f"no weekday: {self.week_starts}")
        if self.kind is PeriodKind.CAMPAIGN:
            if self.campaign_anchor is None or not 1 <= self.campaign_days <= LONGEST_CAMPAIGN:
                raise ValueError("campaigns need the first day of one, and how many days they have")
            if self.campaigns_a_year is not None and not make_a_year(self.campaigns_a_year, self.campaign_days):
                raise ValueError(f"{self.campaigns_a_year} campaigns of {self.campaign_days} days make no year")

    @property
    def key_form(self) -> str:
        """How a key of this calendar is written, by example: "2026-W47"."""
        return KEY_FORMS[self.kind]

    def parse(self, key: str) -> Period:
        """The period with that key. Raises ValueError, whose text says what a key looks like."""
        match = _KEYS[self.kind].fullmatch(key.strip().upper())
        if not match:
            raise ValueError(f"a period is written {self.key_form}, not {key!r}")
        if not _FIRST_YEAR <= int(match[1]) <= _LAST_YEAR:
            raise ValueError(f"no year of the calendar: {key!r}")
        period = self._made(self._index_of(int(match[1]), match[2]))
        if period.key != match[0]:
            raise ValueError(f"the calendar has no period {key!r}")
        return period

    def recalled(self, key: str) -> Period:
        """The period that a stored key means: of this calendar, else as `written` reads it. Raises ValueError."""
        try:
            return self.parse(key)
        except ValueError:
            return written(key)

    def containing(self, day: date) -> Period:
        """The period that `day` falls in. Raises ValueError outside the years 1900 to 9998."""
        return self._made(self._index(day))

    def at(self, moment: datetime) -> Period:
        """The period that an order placed at `moment` counts in, by the cut-off and the company's clock.

        Without a time zone, `moment` must be told on the distributor's own clock. Where the cut-off falls in an
        hour that the clock shows twice, the second time counts; where it falls in one that is skipped, the skip.
        Raises ValueError for a moment that doesn't know its zone, or a zone that the system doesn't know.
        """
        if moment.tzinfo is None:
            raise ValueError("a moment without a time zone")
        local = moment.astimezone(zone(self.timezone)) if self.timezone else moment
        return self.containing(local.date() + _DAY if self._is_over(local) else local.date())

    def _is_over(self, local: datetime) -> bool:
        """Whether the day of `local` is over at that time of it."""
        if self.cutoff == time():
            return False
        end = datetime.combine(local.date(), self.cutoff, local.tzinfo).replace(second=0, fold=1)
        # the clock may be turned back to before the cut-off: then the day isn't over the first time it is reached
        elapsed = local.astimezone(UTC) - end.astimezone(UTC)
        shown = local.replace(tzinfo=None) - end.replace(tzinfo=None)
        return elapsed >= _MINUTE and shown >= _MINUTE

    def shifted(self, period: Period, count: int) -> Period:
        """The period `count` later (earlier when negative). Raises ValueError for a period of another calendar."""
        if not self.has(period):
            raise ValueError(f"{period.key} is no period of a calendar of {self.kind.value}s")
        return self._made(self._index(period.first) + count)

    def has(self, period: Period) -> bool:
        """Whether the period is one of this calendar's own."""
        return period.kind is self.kind and self.containing(period.first) == period

    def previous(self, period: Period, count: int) -> tuple[Period, ...]:
        """The `count` periods before `period`, the oldest first."""
        return tuple(self.shifted(period, -back) for back in range(count, 0, -1))

    def year_to(self, period: Period) -> tuple[Period, ...]:
        """The periods of its year from the first one to `period` itself: the year to date."""
        first = period
        while (before := self.shifted(first, -1)).year == period.year:
            first = before
        return self.between(first, period)

    def quarter_before(self, period: Period) -> tuple[Period, ...]:
        """This calendar's periods in the calendar quarter before that of `period`."""
        return self.in_quarter(QUARTERS.shifted(quarter_of(period), -1))

    def in_quarter(self, quarter: Period) -> tuple[Period, ...]:
        """This calendar's periods in a calendar quarter, which is where most of their days lie (`quarter_of`)."""
        around = self.between(self.containing(quarter.first), self.containing(quarter.last))
        return tuple(period for period in around if quarter_of(period) == quarter)

    def between(self, first: Period, last: Period) -> tuple[Period, ...]:
        """The periods from `first` to `last`, both included."""
        return tuple(map(self._made, range(self._index(first.first), self._index(last.first) + 1)))

    # each period has a number counted from a fixed day; so many later is so much more

    def _index(self, day: date) -> int:
        match self.kind:
            case PeriodKind.WEEK:
                return (day.toordinal() - 1 - self.week_starts) // _WEEK
            case PeriodKind.CAMPAIGN:
                return (day - self._anchor).days // self.campaign_days
            case PeriodKind.HALF_MONTH:
                return (day.year * 12 + day.month - 1) * 2 + (day.day > 15)
            case PeriodKind.MONTH:
                return day.year * 12 + day.month - 1
            case PeriodKind.QUARTER:
                return day.year * 4 + (day.month - 1) // 3

    def _made(self, index: int) -> Period:
        try:
            period = _MAKERS[self.kind](self, index)
        except (ValueError, OverflowError):
            raise ValueError("a period before or after all time") from None
        if not _FIRST_YEAR <= period.year <= _LAST_YEAR:
            raise ValueError(f"no year of the calendar: {period.year}")
        return period

    def _index_of(self, year: int, within: str) -> int:
        """The index of the period with that year and that part of its key, which may not exist."""
        match self.kind:
            case PeriodKind.WEEK:
                return self._index(date(year, 1, 4)) + int(within) - 1
            case PeriodKind.CAMPAIGN:
                return self._first_campaign(year) + int(within) - 1
            case PeriodKind.HALF_MONTH:
                return (year * 12 + int(within[:2]) - 1) * 2 + int(within[3:]) - 1
            case PeriodKind.MONTH:
                return year * 12 + int(within) - 1
            case PeriodKind.QUARTER:
                return year * 4 + int(within) - 1

    def _week(self, index: int) -> Period:
        first = date.fromordinal(index * _WEEK + 1 + self.week_starts)
        day = first + 3 * _DAY
        number = (day.timetuple().tm_yday - 1) // _WEEK + 1
        return Period(first, first + 6 * _DAY, PeriodKind.WEEK, f"{day.year:04d}-W{number:02d}")

    def _half_month(self, index: int) -> Period:
        month = _month(index // 2)
        middle = month.first.replace(day=15)
        if index % 2:
            return Period(middle + _DAY, month.last, PeriodKind.HALF_MONTH, f"{month.key}-2")
        return Period(month.first, middle, PeriodKind.HALF_MONTH, f"{month.key}-1")

    def _campaign(self, index: int) -> Period:
        first = self._anchor + index * self.campaign_days * _DAY
        last = first + (self.campaign_days - 1) * _DAY
        year = self._campaign_year(index, first)
        number = index - self._first_campaign(year) + 1
        return Period(first, last, PeriodKind.CAMPAIGN, f"{year:04d}-C{number:02d}")

    def _campaign_year(self, index: int, first: date) -> int:
        if self.campaigns_a_year is not None:
            return self._anchor_year + index // self.campaigns_a_year
        year = first.year + 2  # the latest that it could belong to, as an anchor may lie before New Year
        while self._first_campaign(year) > index:
            year -= 1
        return year

    @property
    def _anchor(self) -> date:
        if self.campaign_anchor is None:
            raise ValueError("no campaign has a first day")
        return self.campaign_anchor

    @property
    def _anchor_year(self) -> int:
        return (self._anchor + self.campaign_days // 2 * _DAY).year

    def _first_campaign(self, year: int) -> int:
        """The index of campaign 1 of that year; the anchor's is 0."""
        later = year - self._anchor_year
        if self.campaigns_a_year is not None:
            return later * self.campaigns_a_year
        anniversary = date(self._anchor.year + later, self._anchor.month, 1) + (self._anchor.day - 1) * _DAY
        return ((anniversary - self._anchor).days + self.campaign_days // 2) // self.campaign_days


def make_a_year(campaigns: int, days: int) -> bool:
    """Whether so many campaigns of so many days are as long as a year, give or take one campaign."""
    return campaigns > 0 and abs(campaigns * days - _YEAR) <= days


def _month(index: int) -> Period:
    year, month = index // 12, index % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return Period(date(year, month, 1), date(year, month, last), PeriodKind.MONTH, f"{year:04d}-{month:02d}")


def _quarter(index: int) -> Period:
    year, quarter = index // 4, index % 4 + 1
    last = _month(year * 12 + quarter * 3 - 1).last
    return Period(date(year, quarter * 3 - 2, 1), last, PeriodKind.QUARTER, f"{year:04d}-Q{quarter}")


_MAKERS: Mapping[PeriodKind, Callable[[Calendar, int], Period]] = {
    PeriodKind.WEEK: Calendar._week,
    PeriodKind.HALF_MONTH: Calendar._half_month,
    PeriodKind.MONTH: lambda _calendar, index: _month(index),
    PeriodKind.CAMPAIGN: Calendar._campaign,
    PeriodKind.QUARTER: lambda _calendar, index: _quarter(index),
}

MONTHS = Calendar()
"""Calendar months: what a company without a plan settles by."""

QUARTERS = Calendar(PeriodKind.QUARTER)
"""The calendar's quarters."""


def quarter_of(period: Period) -> Period:
    """The calendar quarter that holds the period's middle day."""
    return QUARTERS.containing(period.first + (period.last - period.first) // _DAY // 2 * _DAY)


def written(key: str) -> Period:
    """The period that a key means by itself, for one whose calendar isn't known (any more).

    A week is one that begins on Monday. A campaign's days can't be told: it gets its whole year, to be shown and
    sorted only. Raises ValueError for what is no key of any kind.
    """
    key = key.strip().upper()
    kind = next((kind for kind, form in _KEYS.items() if form.fullmatch(key)), None)
    if kind is PeriodKind.CAMPAIGN and _FIRST_YEAR <= int(key[:4]) <= _LAST_YEAR and int(key[6:]):
        year = int(key[:4])
        return Period(date(year, 1, 1), date(year, 12, 31), kind, key)
    if kind is PeriodKind.WEEK and key.endswith("-W53"):  # a year of another week's start may have one
        last = Calendar(kind).parse(f"{key[:4]}-W52")
        return Period(last.first + _WEEK * _DAY, last.last + _WEEK * _DAY, kind, key)
    if kind is None or kind is PeriodKind.CAMPAIGN:
        raise ValueError(f"no period: {key!r}")
    return Calendar(kind).parse(key)


def zone(name: str) -> tzinfo:
    """The time zone with that IANA name. Raises ValueError where the system knows none."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # few companies have one: the start needn't wait for it

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        raise ValueError(f"no such time zone: {name!r}") from error
