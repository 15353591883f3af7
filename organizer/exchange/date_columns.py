"""Dates as back offices write them; whether day or month comes first is found from the whole column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from organizer.exchange.cells import BadCell
from organizer.i18n import N_

_DATE = re.compile(r"([0-9]{1,4})([./-]) ?([0-9]{1,2})([./-]) ?([0-9]{1,4})(?:[T ].{0,30})?")


class Order(StrEnum):
    """Which of day and month comes first in dates such as 06/07/2021."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


@dataclass(frozen=True, slots=True)
class DateOrder:
    """How a column's dates are read; `sure` is False where every one could be read in two ways."""

    order: Order
    sure: bool


def date_order(texts: Iterable[str], english: bool) -> DateOrder | None:
    """The order that a column's dates show, None where all are clear by their form (2026-08-28, 28.08.2026).

    A number above 12 tells; where none is, dates with "/" under English headings are month first, others day
    first, and it is not sure.
    """
    day_first = month_first = unclear = 0
    slashes = True
    for text in texts:
        match = _DATE.fullmatch(text)
        if not match or len(match[5]) != 4 or match[2] != match[4] or match[2] == ".":
            continue
        one, other = int(match[1]), int(match[3])
        slashes = slashes and match[2] == "/"
        day_first += one > 12 >= other
        month_first += other > 12 >= one
        unclear += one <= 12 and other <= 12 and one != other
    if day_first != month_first:
        return DateOrder(Order.DAY_FIRST if day_first > month_first else Order.MONTH_FIRST, True)
    if not unclear:
        return None
    return DateOrder(Order.MONTH_FIRST if english and slashes else Order.DAY_FIRST, False)


def date_orders(columns: Sequence[Iterable[str]], english: bool) -> list[DateOrder]:
    """The order of each column; one that can't be told follows a sure one of the same file."""
    found = [date_order(column, english) for column in columns]
    sure = next((order for order in found if order and order.sure), None)
    clear = DateOrder(Order.DAY_FIRST, True)
    return [order if order and order.sure else sure or order or clear for order in found]


def read_date(text: str, order: Order) -> date:
    """The date in `text`, a time of day after it ignored. Raises BadCell for what is no date since 1900."""
    match = _DATE.fullmatch(text)
    try:
        day = _day(match, order) if match else None
    except ValueError:
        day = None
    if day is None or day.year < 1900:
        raise BadCell(N_("{column}: “{value}” is not a date. It was not used."), text)
    return day


def _day(match: re.Match[str], order: Order) -> date | None:
    one, middle, last = int(match[1]), int(match[3]), int(match[5])
    if len(match[1]) == 4:
        return date(one, middle, last)
    if len(match[5]) != 4:
        return None
    if order is Order.MONTH_FIRST and match[2] == match[4] != ".":
        return date(last, one, middle)
    return date(last, middle, one)
