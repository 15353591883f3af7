"""How a plan's values are written in the fields of a form, and read from them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from organizer.domain.commission.asked import Holds
from organizer.i18n import _, format_date, format_number, parse_date, parse_number

NUMBERS = (Holds.NUMBER, Holds.COUNT, Holds.AMOUNT, Holds.PERCENT, Holds.MONEY)
LINES = (*NUMBERS, Holds.STRING, Holds.DAY)
"""What one line of text can hold."""

ONE_OF = {
    Holds.PERCENTS: Holds.PERCENT,
    Holds.MONEYS: Holds.MONEY,
    Holds.COUNTS: Holds.COUNT,
    Holds.STRINGS: Holds.STRING,
    Holds.TEXTS: Holds.TEXT,
}
"""What each entry of a list holds."""


def written(holds: Holds, value: Any) -> str:
    """A value as its field shows it; what is of another sort as it stands in the file."""
    if value is None:
        return ""
    if isinstance(value, list) and holds in ONE_OF:
        return "; ".join(written(ONE_OF[holds], one) for one in value)
    if isinstance(value, date):
        return format_date(value)
    if holds in NUMBERS and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return format_number(value)
    return str(value)


def read(holds: Holds, text: str) -> Any:
    """The value of what was typed, None for nothing. Raises ValueError with what to type instead."""
    text = text.strip()
    if holds in ONE_OF:
        return [read(ONE_OF[holds], one) for one in re.split(r"[;\s]+", text) if one]
    if not text:
        return None
    if holds is Holds.DAY:
        return _day(text)
    return _number(holds, text) if holds in NUMBERS else text


def _day(text: str) -> date:
    try:
        return parse_date(text)
    except ValueError:
        raise ValueError(_("Write a date such as {day}.").format(day=format_date(date(2026, 1, 31)))) from None


def _number(holds: Holds, text: str) -> int | Decimal:
    try:
        number = parse_number(text.removesuffix("%").strip())
    except ValueError:
        raise ValueError(_("Write a number.")) from None
    if number == number.to_integral_value():
        return int(number)
    if holds is Holds.COUNT:
        raise ValueError(_("Write a whole number."))
    return number


def unit(holds: Holds | None, currency: str) -> str:
    """What stands behind a figure."""
    if holds in (Holds.PERCENT, Holds.PERCENTS):
        return "%"
    return currency if holds in (Holds.MONEY, Holds.MONEYS) else ""
