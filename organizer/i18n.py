"""Texts in Danish and English, and how money, numbers, dates and months are written in each.

Texts are translated where they are shown: call `_` in a function, never at import. Nothing here knows Qt, so
the window, the reports and the command line speak with one catalogue (resources/i18n/<language>.mo).
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Protocol

from organizer.resource_files import resource

LANGUAGES = {"da": "Dansk", "en": "English"}
"""Each language under its own name."""

_MINUS = "\N{MINUS SIGN}"
_KILO = 1000


class _State:
    language = "en"
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def set_language(language: str) -> None:
    """Speak `language` ("da" or "en") from now on; anything else becomes English."""
    _State.language = language if language in LANGUAGES else "en"
    _State.catalogue = gettext.NullTranslations()
    if _State.language != "en":
        with resource("i18n", f"{_State.language}.mo").open("rb") as catalogue:
            _State.catalogue = gettext.GNUTranslations(catalogue)


def language() -> str:
    """The language spoken now: "da" or "en"."""
    return _State.language


def system_language() -> str:
    """The language of the user's system if it is one of ours, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if code := os.environ.get(name, "")[:2].lower():
            return code if code in LANGUAGES else "en"
    import locale  # only needed where the environment says nothing

    try:
        code = (locale.getlocale()[0] or "")[:2].lower()
    except ValueError:
        code = ""
    return "da" if code == "da" else "en"


def _(text: str) -> str:
    """`text` in the language spoken now."""
    return _State.catalogue.gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many` for `count`, in the language spoken now; the caller formats {count} in."""
    return _State.catalogue.ngettext(one, many, count)


def N_(text: str) -> str:  # noqa: N802 - the name that gettext's tools know
    """Mark `text` for the catalogue without translating it yet."""
    return text


def say(text: str, values: Mapping[str, Any]) -> str:
    """A sentence with its values, both in the language spoken now (see domain.result.Message).

    A value is a text, a number, a day, a text that knows itself `in_language`, or another message.
    """
    return _(text).format(**{name: _written(value) for name, value in values.items()})


def _written(value: Any) -> str:
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, int | Decimal):
        return format_number(value)
    if isinstance(value, date):
        return format_date(value)
    if hasattr(value, "in_language"):
        return str(value.in_language(language()))
    return say(value.text, value.values)


def shown(text: str) -> str:
    """A text from elsewhere, such as a file's name, as it can be shown and stored within a sentence.

    Line ends and control characters become spaces, halves of surrogate pairs (bytes of a name that are no text)
    the sign for an unknown letter, and marks that turn the direction of what follows are left out.
    """
    return text if text.isprintable() else text.translate(_SHOWN)


_SHOWN: dict[int, int | None] = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), 0x20),
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A))),
}


def format_number(value: Decimal | int, decimals: int | None = None) -> str:
    """A number with the language's separators: 1.234,5. `decimals` fixes how many are shown."""
    amount = Decimal(value)
    if decimals is not None:
        text = f"{amount:,.{decimals}f}"
    else:
        text = f"{amount.normalize():,f}" if amount else "0"
    if _State.language == "da":
        text = text.translate({ord(","): ".", ord("."): ","})
    return text.replace("-", _MINUS)


def format_money(minor: int, currency: str, digits: int = 2) -> str:
    """An amount given in minor units, as Danes and Britons write it: 1.234,50 kr. or DKK 1,234.50."""
    text = format_number(Decimal(minor).scaleb(-digits), digits)
    if _State.language == "da":
        return f"{text}\N{NO-BREAK SPACE}{'kr.' if currency == 'DKK' else currency}"
    sign, figure = (_MINUS, text[1:]) if text.startswith(_MINUS) else ("", text)
    return f"{sign}{currency}\N{NO-BREAK SPACE}{figure}"


def format_percent(fraction: Decimal, decimals: int | None = None) -> str:
    """0.05 as 5 % (Danish) or 5% (English)."""
    text = format_number(fraction * 100, decimals)
    return f"{text}\N{NO-BREAK SPACE}%" if _State.language == "da" else f"{text}%"


def format_date(day: date | datetime | None) -> str:
    """07.03.2026 or 07/03/2026; empty for None."""
    if day is None:
        return ""
    return day.strftime("%d.%m.%Y" if _State.language == "da" else "%d/%m/%Y")


def format_time(at: datetime) -> str:
    """Danish 14.05, English 14:05."""
    return at.strftime("%H.%M" if _State.language == "da" else "%H:%M")


def format_moment(at: datetime) -> str:
    """A day with its time: 07/03/2026 14:05."""
    return f"{format_date(at)} {format_time(at)}"


def format_size(count: int) -> str:
    """So many bytes as people read them: 340 kB, 4.2 MB."""
    if count < _KILO * _KILO:
        return f"{format_number(max(1, round(count / _KILO)))}\N{NO-BREAK SPACE}kB"
    amount = Decimal(count) / (_KILO * _KILO)
    return f"{format_number(amount, 1 if amount < 100 else 0)}\N{NO-BREAK SPACE}MB"


def format_birthday(text: str) -> str:
    """A stored birthday ("1962-02-15", "--02-15") as a date, without the year where it isn't known."""
    if text.startswith("--"):
        day, month = text[5:7], text[2:4]
        return f"{day}.{month}." if _State.language == "da" else f"{day}/{month}"
    return format_date(date.fromisoformat(text)) if text else ""


class Period(Protocol):
    """What `format_period` looks at (see domain.period.Period)."""

    @property
    def kind(self) -> str:
        """ "week", "half_month", "month", "campaign" or "quarter"."""

    @property
    def first(self) -> date:
        """Its first day."""

    @property
    def last(self) -> date:
        """Its last day."""

    @property
    def year(self) -> int:
        """The year that it is counted in."""

    @property
    def number(self) -> int:
        """Which one of that year; for half months which one of the month."""


def format_period(period: Period) -> str:
    """A period as people call it: November 2026; uge 47, 2026 (16.–22. nov.); Campaign 5, 2026."""
    match period.kind:
        case "week":
            days = _format_days(period.first, period.last)
            return _("Week {number}, {year} ({days})").format(number=period.number, year=period.year, days=days)
        case "half_month":
            half = _("1st half of {month}") if period.number == 1 else _("2nd half of {month}")
            return half.format(month=format_month(period.year, period.first.month))
        case "campaign":
            return _("Campaign {number}, {year}").format(number=period.number, year=period.year)
        case "quarter":
            names = (
                _("1st quarter {year}"),
                _("2nd quarter {year}"),
                _("3rd quarter {year}"),
                _("4th quarter {year}"),
            )
            return names[period.number - 1].format(year=period.year)
    return format_month(period.year, period.first.month)


def _format_days(first: date, last: date) -> str:
    """Days of one week: 16.–22. nov., 30 Nov.–6 Dec."""
    names, dot = _short_month_names(_State.language), "." if _State.language == "da" else ""
    begins, ends = f"{first.day}{dot}", f"{last.day}{dot} {names[last.month - 1]}"
    if first.month != last.month:
        begins += f" {names[first.month - 1]}"
    return f"{begins}–{ends}"


def format_month(year: int, month: int) -> str:
    """Danish oktober 2026, English October 2026."""
    return f"{_month_names(_State.language)[month - 1]} {year}"


@lru_cache(maxsize=4)
def _month_names(_language: str) -> tuple[str, ...]:
    return (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"),
        _("August"), _("September"), _("October"), _("November"), _("December"),
    )  # fmt: skip


@lru_cache(maxsize=4)
def _short_month_names(_language: str) -> tuple[str, ...]:
    return (
        _("Jan."), _("Feb."), _("March"), _("April"), _("May"), _("June"), _("July"),
        _("Aug."), _("Sept."), _("Oct."), _("Nov."), _("Dec."),
    )  # fmt: skip


def parse_number(text: str) -> Decimal:
    """A number as people type it: 1234,50, 1234.50, 1.234,50, 1,234.50, with or without spaces.

    Where one separator could be either, the language decides: 1.234 is a thousand and more in Danish.
    Raises ValueError when it is no number.
    """
    figure = "".join(text.split()).replace(_MINUS, "-").replace("'", "")
    comma, dot = figure.rfind(","), figure.rfind(".")
    if comma >= 0 and dot >= 0:
        decimal_mark = "," if comma > dot else "."
    elif comma >= 0 or dot >= 0:
        mark = "," if comma >= 0 else "."
        groups = figure.split(mark)
        thousands = len(groups) > 2 or (len(groups[1]) == 3 and mark == ("." if _State.language == "da" else ","))
        decimal_mark = "" if thousands and all(len(group) == 3 for group in groups[1:]) else mark
    else:
        decimal_mark = ""
    for mark in ",.":
        if mark != decimal_mark:
            figure = figure.replace(mark, "")
    try:
        number = (
            Decimal(figure.replace(",", "."))
            if figure.strip("-").replace(",", "").replace(".", "").isdigit()
            else None
        )
    except InvalidOperation:
        number = None
    if number is None:
        raise ValueError(f"not a number: {text!r}")
    return number


def parse_date(text: str) -> date:
    """A date as people type it: 07.03.2026, 7/3-2026, 7-3-2026 or 2026-03-07. Raises ValueError."""
    text = text.strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        parts = [part for part in text.replace("/", ".").replace("-", ".").split(".") if part]
        if len(parts) == 3 and len(parts[2]) == 4:
            return date(int(parts[2]), int(parts[1]), int(parts[0]))
        raise ValueError(f"not a date: {text!r}") from None
