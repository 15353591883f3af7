"""Reading a fast start bonus from a plan file."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from organizer.domain.commission.base import Base, NewMembers, read_base
from organizer.domain.commission.kinds.fast_start import FastStart
from organizer.domain.commission.kinds.fast_start_words import Paid
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.commission.walk import Unearned
from organizer.domain.result import Message

_NONE, _ALL = Fraction(), Fraction(1)


def read_fast_start(table: Table, vocabulary: Vocabulary) -> FastStart:
    """A component of kind "fast_start".

    `rates` or `rates_by_rank` of `volume`; or fixed `amounts` for each whole item of the
    volume `items`, or for each new distributor.
    """
    if not table.has("amounts"):
        return _percent(table, vocabulary)
    amounts = tuple(Fraction(minor) for minor in table.moneys("amounts", vocabulary))
    rates = (amounts,) * (len(vocabulary.ranks) + 1)
    caps, unearned = _recruit_caps(table, vocabulary, len(amounts)), _unearned(table)
    if table.has("items"):
        base = Base(table.volume("items", vocabulary), _ALL, _ALL, read_window(table))
        first, customers = table.flag("first_order_only", False), table.flag("customer_volume", True)
        return FastStart(Paid.ITEMS, base, rates, 0, first, caps, unearned, customers)
    volume, minimum = "", 0
    if table.has("volume"):
        volume, minimum = table.volume("volume", vocabulary), table.amount("min")
    return FastStart(Paid.RECRUITS, Base(volume, _ALL, _ALL), rates, minimum, recruit_caps=caps, unearned=unearned)


def _percent(table: Table, vocabulary: Vocabulary) -> FastStart:
    base = replace(read_base(table, vocabulary), new_members=read_window(table))
    rates = _rates(table, vocabulary)
    return FastStart(
        paid=Paid.PERCENT,
        base=base,
        rates=rates,
        first_order_only=table.flag("first_order_only", False),
        recruit_caps=_recruit_caps(table, vocabulary, max(map(len, rates))),
        unearned=_unearned(table),
        customer_volume=table.flag("customer_volume", True),
    )


def _rates(table: Table, vocabulary: Vocabulary) -> tuple[tuple[Fraction, ...], ...]:
    """`rates` for everyone, or `rates_by_rank` (and nothing for no rank)."""
    if not table.has("rates_by_rank"):
        return (table.percents("rates"),) * (len(vocabulary.ranks) + 1)
    rows = table.percents_by_rank("rates_by_rank", vocabulary)
    return (*(rows.get(rank, ()) for rank in range(len(vocabulary.ranks))), ())


def read_window(table: Table) -> NewMembers | None:
    """`days` or `months` since joining; None where there is neither."""
    if table.has("days") and table.has("months"):
        table.wrong("days", Message("give either days or months."))
    if table.has("days"):
        return NewMembers(table.count("days"), 0, _ALL, _NONE)
    return NewMembers(0, table.count("months"), _ALL, _NONE) if table.has("months") else None


def _unearned(table: Table) -> Unearned:
    return table.choice("unearned", Unearned, default=Unearned.BREAKAGE)


def _recruit_caps(table: Table, vocabulary: Vocabulary, levels: int) -> tuple[int, ...]:
    if not table.has("recruit_caps"):
        return ()
    caps = table.moneys("recruit_caps", vocabulary)
    if len(caps) > levels:
        table.wrong("recruit_caps", Message("there are more caps than levels."))
    return caps
