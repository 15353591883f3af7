"""Reading what each level pays from a plan file."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from organizer.domain.commission.kinds.level_pay import ActiveLeg, LegDepth, LevelPay, Package, Per, Row
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.result import Message


def pays_amounts(table: Table) -> bool:
    """True where the levels pay fixed amounts, so that the volume needs no value in money."""
    return table.has("amounts") or table.has("amounts_by_rank")


def read_level_pay(table: Table, vocabulary: Vocabulary, *, depth: str = "depth") -> LevelPay:
    """One of the keys `rates`, `rates_by_rank`, `amounts`, `amounts_by_rank` (with `per`), `package`; how many
    levels are open in the key called `depth` (by rank) and in `depth_by_legs` (with `active_leg`).
    """
    if table.has("package"):
        package, rows = _package(table, vocabulary)
        opened: tuple[int, ...] = ()
        if table.has(depth):
            by_rank = table.counts_by_rank(depth, vocabulary, max(map(len, rows)))
            opened = (*(by_rank.get(rank, 0) for rank in range(len(vocabulary.ranks))), 0)
        return LevelPay(rows, None, package, opened, _legs(table))
    per = table.choice("per", Per) if pays_amounts(table) else None
    rows = _by_rank(table, vocabulary, "rates" if per is None else "amounts", depth)
    return LevelPay(rows, per, legs=_legs(table))


def read_rates(table: Table, vocabulary: Vocabulary) -> tuple[Row, ...]:
    """The rates by rank: `rates_by_rank`, or `rates` with how many of them each rank gets in `depth`."""
    return _by_rank(table, vocabulary, "rates", "depth")


def _by_rank(table: Table, vocabulary: Vocabulary, key: str, depth: str) -> tuple[Row, ...]:
    """The rows by rank: a list for each rank, or one list with how many of its levels each rank gets."""
    ranks = range(len(vocabulary.ranks))
    if table.has(f"{key}_by_rank"):
        rows = _rows_by_rank(table, vocabulary, key)
        return (*(rows.get(rank, ()) for rank in ranks), ())
    row = _row(table, vocabulary, key)
    if not table.has(depth):
        return (row,) * (len(ranks) + 1)
    opened = table.counts_by_rank(depth, vocabulary, len(row))
    return (*(row[: opened.get(rank, 0)] for rank in ranks), ())


def _row(table: Table, vocabulary: Vocabulary, key: str) -> Row:
    if key == "rates":
        return table.percents(key)
    return tuple(Fraction(amount) for amount in table.moneys(key, vocabulary))


def _rows_by_rank(table: Table, vocabulary: Vocabulary, key: str) -> dict[int, Row]:
    if key == "rates":
        return table.percents_by_rank("rates_by_rank", vocabulary)
    found = table.moneys_by_rank("amounts_by_rank", vocabulary)
    return {rank: tuple(Fraction(amount) for amount in amounts) for rank, amounts in found.items()}


def _package(table: Table, vocabulary: Vocabulary) -> tuple[Package, tuple[Row, ...]]:
    part = table.part("package")
    if part is None:
        return Package("", ()), ((),)
    volume = part.volume("volume", vocabulary)
    tiers = []
    for tier in part.parts("tiers"):
        tiers.append((tier.amount("from"), tier.percents("rates")))
        tier.done()
    if not tiers:
        part.wrong("tiers", Message("give at least one tier."))
    if any(higher[0] <= lower[0] for lower, higher in pairwise(tiers)):
        part.wrong("tiers", Message("the tiers must rise."))
    part.done()
    return Package(volume, tuple(minimum for minimum, _row in tiers)), (*(row for _minimum, row in tiers), ())


def _legs(table: Table) -> LegDepth | None:
    if not table.has("depth_by_legs"):
        return None
    steps = []
    for part in table.parts("depth_by_legs"):
        steps.append((part.whole("legs"), part.whole("levels")))
        part.done()
    if not steps:
        table.wrong("depth_by_legs", Message("this list is empty."))
    if any(higher[0] <= lower[0] for lower, higher in pairwise(steps)):
        table.wrong("depth_by_legs", Message("the steps must rise."))
    active = table.choice("active_leg", ActiveLeg, default=ActiveLeg.FIRST)
    return LegDepth(tuple(steps), active is ActiveLeg.ANYONE)
