"""The period that a title or a heading names: "periode 10-2026", "October 2026", "uge 43 2026"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from organizer.domain.contact import fold

_MONTHS = (
    ("jan", "stycz"), ("feb", "fev", "luty", "lut"), ("mar", "maer", "maar", "mrt"), ("apr", "avr", "abr", "kwie"),
    ("maj", "may", "mai", "mei"), ("jun", "juin", "czerw"), ("jul", "juil", "lip"), ("aug", "aou", "ago", "sierp"),
    ("sep", "wrze"), ("oct", "okt", "paz", "out"), ("nov", "list"), ("dec", "dez", "des", "dic", "grud"),
)  # fmt: skip
_WEEK = re.compile(
    r"\b(?:uge|week|vecka|uke|woche|kw|semaine|semana|tydzien)\W{0,2}([0-9]{1,2})\W{1,3}([0-9]{4})\b"
)
_WEEK_KEY = re.compile(r"\b([0-9]{4})-?w([0-9]{2})\b")
_MONTH_FIRST = re.compile(r"(?<![0-9./-])(0?[1-9]|1[0-2])\s?[-/.]\s?(20[0-9]{2})(?![0-9./-])")
_YEAR_FIRST = re.compile(r"(?<![0-9./-])(20[0-9]{2})\s?[-/.]\s?(0?[1-9]|1[0-2])(?![0-9./-])")
_NAMED = re.compile(r"(?<![^\W_])([^\W\d_]{3,12})\.?,?\s{0,2}(?:de )?(20[0-9]{2})(?![0-9])")
_QUARTER = re.compile(r"\b(?:q|k)([1-4])\W{1,2}(20[0-9]{2})\b")


def period_in(text: str) -> str:
    """The key of the period that `text` names ("2026-10", "2026-W43", "2026-Q4"), "" where it names none.

    >>> period_in("periode 10-2026"), period_in("Period: October 2026"), period_in("uge 43, 2026")
    ('2026-10', '2026-10', '2026-W43')
    >>> period_in("Udskrevet 23-11-2026")
    ''
    """
    plain = fold(text[:200])
    if found := _WEEK.search(plain):
        return f"{found[2]}-W{int(found[1]):02}"
    if found := _WEEK_KEY.search(plain):
        return f"{found[1]}-W{found[2]}"
    if found := _QUARTER.search(plain):
        return f"{found[2]}-Q{found[1]}"
    if found := _YEAR_FIRST.search(plain):
        return f"{found[1]}-{int(found[2]):02}"
    if found := _MONTH_FIRST.search(plain):
        return f"{found[2]}-{int(found[1]):02}"
    for word, year in _NAMED.findall(plain):
        if month := month_named(word):
            return f"{year}-{month:02}"
    return ""


def month_named(word: str) -> int:
    """The number of the month that a folded word begins like, 0 for none."""
    return next((number for number, names in enumerate(_MONTHS, 1) if word.startswith(names)), 0)


def period_of(cells: Iterable[str]) -> str:
    """The period that the first of `cells` names which names one."""
    return next((period for cell in cells if (period := period_in(cell))), "")


def months_between(earlier: str, later: str) -> int | None:
    """How many months lie between two keys of months; None where one isn't a month's."""
    try:
        (year, month), (last_year, last_month) = (map(int, key.split("-")) for key in (earlier, later))
    except ValueError:
        return None
    return (last_year - year) * 12 + last_month - month
