"""What each level pays whom: percentages or amounts, by rank or by package, as deep as rank or active legs open.

A row holds what each level pays, the nearest first. Each member has a row, by her rank or by the package that
she bought; the last row is for those who have none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints
from organizer.domain.commission.layout import Layout
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.settle import percent_number
from organizer.domain.money import VOLUME_SCALE, Money, volume_amount
from organizer.domain.result import Message, Value, listed

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot

Row = tuple[Fraction, ...]


class Per(StrEnum):
    """What a fixed amount is paid for: each whole unit of the volume, or each member who has any of it."""

    UNIT = "unit"
    MEMBER = "member"


class ActiveLeg(StrEnum):
    """Whose activity makes a leg active: its first member's, or anyone's in it."""

    FIRST = "first"
    ANYONE = "anyone"


@dataclass(frozen=True, slots=True)
class Package:
    """A member's row is the last one whose minimum (thousandths) her `volume` reaches."""

    volume: str
    minimums: tuple[int, ...]

    def rows(self, snapshot: Snapshot) -> Ints:
        """Each member's row, -1 below the first minimum."""
        reached = np.searchsorted(np.asarray(self.minimums), snapshot.known(self.volume), side="right")
        return np.asarray(reached - 1)


@dataclass(frozen=True, slots=True)
class LegDepth:
    """`steps` (legs, levels) in rising order: with so many active legs so many levels are open.

    A leg is active when its first member is, or with `anyone` when anybody in it is.
    """

    steps: tuple[tuple[int, int], ...]
    anyone: bool = False

    def active_legs(self, snapshot: Snapshot, layout: Layout) -> Ints:
        """How many active legs each member has."""
        return layout.child_counts(layout.holds(snapshot.active) if self.anyone else snapshot.active)

    def levels(self, snapshot: Snapshot, layout: Layout) -> Ints:
        """How many levels each member's legs open."""
        needed = [legs for legs, _levels in self.steps]
        opened = np.asarray([0, *(levels for _legs, levels in self.steps)])
        return np.asarray(opened[np.searchsorted(needed, self.active_legs(snapshot, layout), side="right")])

    def words(self) -> list[Message]:
        """What the steps are."""
        legs = (
            Message("A leg counts as active when anyone in it is.")
            if self.anyone
            else Message("A leg counts as active when its first member is.")
        )
        return [
            *(
                Message("From {legs} active legs: {levels} levels.", {"legs": legs_, "levels": levels})
                for legs_, levels in self.steps
            ),
            legs,
        ]


@dataclass(frozen=True, slots=True)
class LevelPay:
    """`rows` are rates; with `per` they are amounts in minor units for each.

    A row goes by rank, or by `package`: then it is the lower one of payer's and receiver's. `opened` are the
    levels that each rank opens where the rows don't say so themselves (the last for no rank; empty: all).
    """

    rows: tuple[Row, ...]
    per: Per | None = None
    package: Package | None = None
    opened: tuple[int, ...] = ()
    legs: LegDepth | None = None

    @property
    def deepest(self) -> int:
        """The number of levels that the best row pays."""
        return max(len(row) for row in self.rows)

    def volumes(self) -> frozenset[str]:
        """The volume that says which package a member has."""
        return frozenset((self.package.volume,)) if self.package else frozenset()

    def row_of(self, snapshot: Snapshot) -> Ints:
        """Each member's row."""
        return self.package.rows(snapshot) if self.package else snapshot.ranks

    def lengths(self, snapshot: Snapshot, layout: Layout) -> Ints:
        """How many levels each member is paid, as far as rank, package and legs go."""
        lengths = np.asarray([len(row) for row in self.rows])[self.row_of(snapshot)]
        if self.opened:
            lengths = np.minimum(lengths, np.asarray(self.opened)[snapshot.ranks])
        if self.legs:
            lengths = np.minimum(lengths, self.legs.levels(snapshot, layout))
        return lengths

    def counted(self, known: Ints) -> Ints:
        """How many fixed amounts each member's volume (thousandths) gives."""
        if self.per is Per.MEMBER:
            return (known > 0).astype(np.int64)
        return np.asarray(np.where(known < 0, -1, 1) * (abs(known) // VOLUME_SCALE))

    def level_words(self, plan: Plan, row: int, level: int) -> Message:
        """A level by its number, with its amount where that is fixed."""
        if self.per is None:
            return Message("Level {level}.", {"level": level})
        rates = self.rows[row]
        amount = Money(int(rates[level - 1]) if level <= len(rates) else 0, plan.currency).amount
        values: dict[str, Value] = {"level": level, "amount": amount, "currency": plan.currency}
        return Message("Level {level}: {amount} {currency} each.", values)

    def closed(self, snapshot: Snapshot, layout: Layout, earner: int, level: int) -> Message | None:
        """Why a level isn't open to the earner; None where it is."""
        return (
            self._closed_by_row(snapshot, earner, level)
            or self._closed_by_rank(snapshot, earner, level)
            or self._closed_by_legs(snapshot, layout, earner, level)
        )

    def _closed_by_row(self, snapshot: Snapshot, earner: int, level: int) -> Message | None:
        paid = len(self.rows[int(self.row_of(snapshot)[earner])])
        if level <= paid:
            return None
        if self.package is None:
            return _rank_closes(snapshot, earner, paid, level)
        has = snapshot.raw(self.package.volume)[earner]
        values: dict[str, Value] = {
            "volume": snapshot.plan.volume(self.package.volume).name,
            "has": volume_amount(has or 0),
            "levels": paid,
            "level": level,
        }
        if has is None:
            return Message("{volume} isn't known, so no level is open; this is level {level}.", values)
        return Message("{has} {volume} pays {levels} levels; this is level {level}.", values)

    def _closed_by_rank(self, snapshot: Snapshot, earner: int, level: int) -> Message | None:
        if not self.opened or level <= (opened := self.opened[int(snapshot.ranks[earner])]):
            return None
        return _rank_closes(snapshot, earner, opened, level)

    def _closed_by_legs(self, snapshot: Snapshot, layout: Layout, earner: int, level: int) -> Message | None:
        if self.legs is None or level <= (opened := int(self.legs.levels(snapshot, layout)[earner])):
            return None
        return Message(
            "Active legs: {legs}. They open {levels} levels; this is level {level}.",
            {"legs": int(self.legs.active_legs(snapshot, layout)[earner]), "levels": opened, "level": level},
        )

    def too_little(self, snapshot: Snapshot, volume: str, member: int) -> Message | None:
        """Why a member who has some of the volume gives no fixed amount; None where that isn't so."""
        has = snapshot.raw(volume)[member]
        if not has or self.per is None:
            return None
        values: dict[str, Value] = {"volume": snapshot.plan.volume(volume).name, "has": volume_amount(has)}
        if self.per is Per.UNIT and abs(has) < VOLUME_SCALE:
            return Message("{has} {volume}: it takes a whole one.", values)
        if self.per is Per.MEMBER and has < 0:
            return Message("{has} {volume}: it takes more than nothing.", values)
        return None

    def words(self, plan: Plan) -> list[Message]:
        """What each level pays each rank or package, and what opens the levels."""
        found = self._package_words(plan) if self.package else self._rank_words(plan)
        if self.per:
            found.append(
                Message("The amounts are for each whole unit of the volume.")
                if self.per is Per.UNIT
                else Message("The amounts are for each member who has any of the volume.")
            )
        if self.opened:
            found += [
                Message("{rank}: {levels} levels at most.", {"rank": rank.name, "levels": levels})
                for rank, levels in zip(plan.ranks, self.opened, strict=False)
            ]
        return found + (self.legs.words() if self.legs else [])

    def _rank_words(self, plan: Plan) -> list[Message]:
        if not plan.ranks or len(set(self.rows)) == 1:
            values: dict[str, Value] = {"rates": self._listed(plan, self.rows[-1])}
            return [Message("Everyone: {rates} by level, the nearest first.", values)]
        found = []
        for rank, row in zip(plan.ranks, self.rows, strict=False):
            values = {"rank": rank.name, "rates": self._listed(plan, row)}
            paid = Message("{rank}: {rates} by level, the nearest first.", values)
            found.append(paid if row else Message("{rank}: nothing.", values))
        return found

    def _package_words(self, plan: Plan) -> list[Message]:
        package = self.package
        if package is None:
            return []
        name = plan.volume(package.volume).name
        found = []
        for minimum, row in zip(package.minimums, self.rows, strict=False):
            values: dict[str, Value] = {
                "minimum": volume_amount(minimum), "volume": name, "rates": self._listed(plan, row),
            }  # fmt: skip
            found.append(Message("From {minimum} {volume}: {rates} by level, the nearest first.", values))
        return [
            *found,
            Message("The lower one of the payer's and the receiver's {volume} counts.", {"volume": name}),
        ]

    def _listed(self, plan: Plan, row: Sequence[Fraction]) -> Message:
        if self.per is None:
            return listed([Message("{rate} %", {"rate": percent_number(rate)}) for rate in row])
        return listed(
            [
                Message(
                    "{amount} {currency}",
                    {"amount": Money(int(amount), plan.currency).amount, "currency": plan.currency},
                )
                for amount in row
            ]
        )


def _rank_closes(snapshot: Snapshot, earner: int, levels: int, level: int) -> Message:
    rank = snapshot.plan.rank_name(int(snapshot.ranks[earner]))
    values: dict[str, Value] = {"levels": levels, "level": level}
    if rank is not None:
        return Message("The rank {rank} pays {levels} levels; this is level {level}.", {**values, "rank": rank})
    if snapshot.plan.ranks:
        return Message("Without a rank this bonus pays nothing; this is level {level}.", values)
    return Message("Deeper than the {levels} levels that this bonus pays.", values)
