"""Which period a team file's title or headings name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from organizer.domain.company import Company
from organizer.domain.contact import fold
from organizer.domain.period import Calendar, Period, PeriodKind
from organizer.exchange.team_rows import TeamReading
from organizer.services import periods
from organizer.storage import File

_MONTHS = (
    ("january", "jan", "januar"),
    ("february", "feb", "februar"),
    ("march", "mar", "marts"),
    ("april", "apr"),
    ("may", "maj"),
    ("june", "jun", "juni"),
    ("july", "jul", "juli"),
    ("august", "aug"),
    ("september", "sep", "sept"),
    ("october", "oct", "oktober", "okt"),
    ("november", "nov"),
    ("december", "dec"),
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_NAME = "(" + "|".join(sorted(_MONTH_OF, key=len, reverse=True)) + r")\.?"
_YEAR = r"((?:19|20)\d\d)"
_SIGN = r"[-./ ]"

_DATES = (
    (re.compile(rf"\b{_YEAR}[-./](\d\d?)[-./](\d\d?)\b"), (1, 2, 3)),
    (re.compile(rf"\b(\d\d?)[-./](\d\d?)[-./]{_YEAR}\b"), (3, 2, 1)),
)
_NUMBERED = {
    PeriodKind.WEEK: ("W", r"(?:uge|week|w)"),
    PeriodKind.CAMPAIGN: ("C", r"(?:kampagne|campaign|c)"),
    PeriodKind.QUARTER: ("Q", r"(?:kvartal|quarter|q|k)"),
}


def period_guess(file: File, company: Company, reading: TeamReading) -> Period | None:
    """The company's period that the file names as that of its figures; None where it names none."""
    return named(reading.period_text, periods.calendar_of(file, company.id))


def named(text: str, calendar: Calendar) -> Period | None:
    """The calendar's one period that `text` names: by its key, as a month or by number, or by a day in it.

    Days may be written 2026-10-31, 31-10-2026 or 10/31/2026; of several the last one counts, and all that could be
    meant must lie in the same period. None where the text names none, or leaves more than one.
    """
    text = fold(" ".join(text.split()))
    for find in (_by_key, _by_days, _by_number, _by_month):
        found = set(find(text, calendar))
        if len(found) == 1:
            return found.pop()
        if found:
            return None
    return None


def _by_key(text: str, calendar: Calendar) -> Iterator[Period]:
    for word in re.findall(r"(?<![\w-])\d{4}-[\w-]+", text):
        yield from _parsed(calendar, word)


def _by_days(text: str, calendar: Calendar) -> Iterator[Period]:
    last: list[date] = []
    for pattern, (year, month, day) in _DATES:
        for match in pattern.finditer(text):
            either = [(match[month], match[day])]
            if year == 3 and "/" in match[0]:
                either.append((match[day], match[month]))
            days = [found for first, second in either for found in _day(match[year], first, second)]
            if days and (not last or max(days) > max(last)):
                last = days
    for one in last:
        yield calendar.containing(one)


def _day(year: str, month: str, day: str) -> Iterator[date]:
    try:
        yield date(int(year), int(month), int(day))
    except ValueError:
        return


def _by_number(text: str, calendar: Calendar) -> Iterator[Period]:
    if calendar.kind not in _NUMBERED:
        return
    letter, word = _NUMBERED[calendar.kind]
    for pattern, swapped in (
        (rf"\b{word}\.? ?(?:nr\.? ?|no\.? ?)?(\d\d?\d?)(?:{_SIGN}|, |\b)+(?:i |of )?{_YEAR}\b", False),
        (rf"\b{_YEAR}{_SIGN}*{word}\.? ?(\d\d?\d?)\b", True),
        (rf"\b(\d)\.? ?{word} {_YEAR}\b", False),
        (rf"\b(\d\d?)[-/]{_YEAR}\b", False),
    ):
        for match in re.finditer(pattern, text):
            number, year = (match[2], match[1]) if swapped else (match[1], match[2])
            width = 1 if letter == "Q" else 2
            yield from _parsed(calendar, f"{year}-{letter}{int(number):0{width}d}")


def _by_month(text: str, calendar: Calendar) -> Iterator[Period]:
    if calendar.kind is not PeriodKind.MONTH:
        return
    months: tuple[tuple[str, Callable[[re.Match[str]], tuple[str, int]]], ...] = (
        (rf"\b{_NAME}[-./, ]*{_YEAR}\b", lambda match: (match[2], _MONTH_OF[match[1]])),
        (rf"\b{_YEAR}[-./, ]*{_NAME}\b", lambda match: (match[1], _MONTH_OF[match[2]])),
        (rf"(?<!\d)(\d\d?){_SIGN}{_YEAR}\b", lambda match: (match[2], int(match[1]))),
        (rf"\b{_YEAR}{_SIGN}(\d\d?)(?!\d)", lambda match: (match[1], int(match[2]))),
    )
    for pattern, read in months:
        for match in re.finditer(pattern, text):
            year, month = read(match)
            yield from _parsed(calendar, f"{year}-{month:02d}")


def _parsed(calendar: Calendar, key: str) -> Iterator[Period]:
    try:
        yield calendar.parse(key)
    except ValueError:
        return
