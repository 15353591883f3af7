"""The rate of a binary bonus: one for everyone, by rank, or by how much she has of a volume of her own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.commission.settle import decimal, percent_number
from organizer.domain.money import Money, volume_amount
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


class By(StrEnum):
    """What a rate hangs on."""

    FLAT = "flat"
    RANK = "rank"
    OWN_VOLUME = "own_volume"


@dataclass(frozen=True, slots=True)
class Rate:
    """`figures` are shares (1/10 is 10 %), with `of` shares of so many minor units; or minor units themselves.

    By rank there is one for each and a last one for no rank. By own volume the first one is for less than
    `minimums[0]` of `volume`, the next for what reaches that, and so on.
    """

    figures: tuple[Fraction, ...]
    by: By = By.FLAT
    shares: bool = True
    of: int | None = None
    volume: str = ""
    minimums: tuple[int, ...] = ()

    def rows(self, snapshot: Snapshot) -> Ints:
        """Which figure holds for each member."""
        if self.by is By.RANK:
            return np.asarray(snapshot.ranks)  # no rank is -1, and so the last one
        if self.by is By.OWN_VOLUME:
            return np.searchsorted(np.asarray(self.minimums), snapshot.known(self.volume), side="right")
        return np.zeros(len(snapshot.team), dtype=np.int64)

    def in_words(self, plan: Plan, figure: Fraction) -> Message:
        """One of the figures: "10 %", "4 % of 200 USD", "54 USD"."""
        if not self.shares:
            return money_words(plan, figure)
        percent = Message("{rate} %", {"rate": percent_number(figure)})
        if self.of is None:
            return percent
        return Message(
            "{percent} of {amount}", {"percent": percent, "amount": money_words(plan, Fraction(self.of))}
        )

    def words(self, plan: Plan) -> list[Message]:
        """Who gets which figure."""
        figures = [self.in_words(plan, figure) if figure else Message("nothing") for figure in self.figures]
        if self.by is By.FLAT:
            return [Message("Everyone: {rate}.", {"rate": figures[0]})]
        if self.by is By.RANK:
            return [
                Message("{rank}: {rate}.", {"rank": rank.name, "rate": figure})
                for rank, figure in zip(plan.ranks, figures[:-1], strict=True)
            ]
        name = plan.volume(self.volume).name
        return [
            Message(
                "From {minimum} {volume} of her own: {rate}.",
                {"minimum": volume_amount(minimum), "volume": name, "rate": figure},
            )
            for minimum, figure in zip(self.minimums, figures[1:], strict=True)
        ]

    def source(self, snapshot: Snapshot, member: int, row: int) -> Message | None:
        """Where the member's figure comes from; None where it is the same for everyone."""
        plan = snapshot.plan
        if self.by is By.RANK:
            rank = plan.rank_name(int(snapshot.ranks[member]))
            return Message("The rate is that of {rank}.", {"rank": rank}) if rank is not None else None
        if self.by is By.FLAT:
            return None
        values = self._own(snapshot, member) | {"minimum": volume_amount(self.minimums[row - 1])}
        return Message("The rate is the one from {minimum} {volume} of her own; she has {has}.", values)

    def none(self, snapshot: Snapshot, member: int) -> Message:
        """Why the member has no rate at all."""
        if self.by is By.RANK:
            rank = snapshot.plan.rank_name(int(snapshot.ranks[member]))
            if rank is None:
                return Message("Without a rank this bonus pays nothing.")
            return Message("The rank {rank} is paid nothing in this bonus.", {"rank": rank})
        if self.by is By.FLAT:
            return Message("The plan's rate is 0.")
        lowest = next((m for m, figure in zip(self.minimums, self.figures[1:], strict=True) if figure), 0)
        values = self._own(snapshot, member) | {"needed": volume_amount(lowest)}
        if snapshot.raw(self.volume)[member] is None:
            return Message("Needs {needed} {volume} of her own, and the figure isn't known.", values)
        return Message("Needs {needed} {volume} of her own, has {has}.", values)

    def _own(self, snapshot: Snapshot, member: int) -> dict[str, Value]:
        has = volume_amount(int(snapshot.known(self.volume)[member]))
        return {"volume": snapshot.plan.volume(self.volume).name, "has": has}


def money_words(plan: Plan, minor: Fraction) -> Message:
    """An amount with its currency."""
    scale = Money(1, plan.currency).amount
    return Message("{amount} {currency}", {"amount": decimal(minor * Fraction(scale)), "currency": plan.currency})


def read_rate(table: Table, vocabulary: Vocabulary, *, amounts: bool) -> Rate:
    """`percent`, `percent_by_rank` or `tiers` with `tiers_volume`.

    With `amounts` also `amount` or `amount_by_rank`, and percentages are taken of the amount `percent_of`.
    """
    if amounts and table.has("amount_by_rank"):
        rows = table.money_by_rank("amount_by_rank", vocabulary)
        return Rate(_by_rank(rows, vocabulary), By.RANK, shares=False)
    of = None
    if amounts:
        if not _has_percent(table):
            return Rate((Fraction(table.money("amount", vocabulary)),), shares=False)
        of = table.money("percent_of", vocabulary)
    if table.has("percent_by_rank"):
        shares = table.percent_by_rank("percent_by_rank", vocabulary)
        return Rate(_by_rank(shares, vocabulary), By.RANK, of=of)
    if table.has("tiers"):
        return _read_tiers(table, vocabulary, of)
    return Rate((table.percent("percent"),), of=of)


def _has_percent(table: Table) -> bool:
    return any(table.has(key) for key in ("percent", "percent_by_rank", "tiers"))


def _by_rank(rows: dict[int, Fraction] | dict[int, int], vocabulary: Vocabulary) -> tuple[Fraction, ...]:
    return (*(Fraction(rows.get(rank, 0)) for rank in range(len(vocabulary.ranks))), Fraction())


def _read_tiers(table: Table, vocabulary: Vocabulary, of: int | None) -> Rate:
    minimums, figures = [], [Fraction()]
    for part in table.parts("tiers"):
        minimums.append(part.amount("from"))
        figures.append(part.percent("percent"))
        part.done()
    if not minimums:
        table.wrong("tiers", Message("this list is empty."))
    must_rise(table, "tiers", minimums)
    volume = table.volume("tiers_volume", vocabulary)
    return Rate(tuple(figures), By.OWN_VOLUME, of=of, volume=volume, minimums=tuple(minimums))


def must_rise(table: Table, key: str, figures: Sequence[int]) -> None:
    """Volumes at `key` that don't rise are a mistake."""
    for lower, higher in pairwise(figures):
        if higher <= lower:
            values: dict[str, Value] = {"lower": volume_amount(lower), "higher": volume_amount(higher)}
            table.wrong(key, Message("the tiers must rise: {higher} comes after {lower}.", values))
