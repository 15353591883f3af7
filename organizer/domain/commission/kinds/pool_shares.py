"""Shares in a pool: how many there are, and who is among the first few by a volume."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask, common, ints
from organizer.domain.money import VOLUME_SCALE

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


class Ties(StrEnum):
    """What becomes of places that several with the same volume have a claim to.

    SPLIT: they share what those places give. ALL: each gets what the first of those places gives. EARLIER_ORDER:
    whose last order of the period came earlier comes first, then they share; orders without a date come last.
    """

    SPLIT = "split"
    ALL = "all"
    EARLIER_ORDER = "earlier_order"


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """Each member's shares, and how many there are in all, both over one denominator; None where nobody knows."""

    hers: Ints
    total: int | None
    denominator: int = 1


def company_figure(snapshot: Snapshot, volume: str) -> int | None:
    """A figure that the user typed in for the whole company, in thousandths; None where she hasn't."""
    given, me = snapshot.raw(volume), snapshot.team.me
    return given[me] if me >= 0 else next((figure for figure in given if figure is not None), None)


def by_place(
    volume: str, places: Sequence[int], ties: Ties, snapshot: Snapshot, qualified: Mask
) -> tuple[Ints, int]:
    """Each member's shares (thousandths) over one denominator; nobody without any of the volume has a place."""
    known = snapshot.known(volume)
    entrants = np.flatnonzero(qualified & (known > 0))
    days = _last_days(volume, snapshot) if ties is Ties.EARLIER_ORDER else np.zeros(len(known), dtype=np.int64)
    entrants = entrants[np.lexsort((days[entrants], -known[entrants]))]
    new = (np.diff(known[entrants]) != 0) | (np.diff(days[entrants]) != 0)
    starts = np.flatnonzero(np.append(True, new))[: len(entrants)]
    groups = zip(starts.tolist(), [*starts[1:].tolist(), len(entrants)], strict=False)
    claims = [(start, end) for start, end in groups if start < len(places)]
    numerators, denominator = common([_each(places, start, end, ties) for start, end in claims])
    shares = np.zeros(len(known), dtype=ints(numerators).dtype)
    for (start, end), numerator in zip(claims, numerators, strict=True):
        shares[entrants[start:end]] = numerator
    return shares, denominator


def _each(places: Sequence[int], start: int, end: int, ties: Ties) -> Fraction:
    """What each of those who have a claim to the places from `start` to `end` gets."""
    if ties is Ties.ALL:
        return Fraction(places[start] * VOLUME_SCALE)
    return Fraction(sum(places[start:end]) * VOLUME_SCALE, end - start)


def _last_days(volume: str, snapshot: Snapshot) -> Ints:
    """The day of each member's last order that has any of the volume; without one the last of all days."""
    last: Ints = np.full(len(snapshot.team), -1, dtype=np.int64)
    for order in snapshot.orders:
        if order.volumes.get(volume, 0) > 0:
            last[order.member] = max(last[order.member], order.day.toordinal())
    return np.where(last < 0, np.iinfo(np.int64).max, last)
