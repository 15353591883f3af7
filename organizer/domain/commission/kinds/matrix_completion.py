"""What a matrix pays for full levels: those that hold width × width × … distributors who haven't left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask
from organizer.domain.commission.explain import not_qualified
from organizer.domain.commission.plan import Component, Plan
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.commission.statement import Line
from organizer.domain.money import Money
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


class Paid(StrEnum):
    """How often a full level is paid."""

    ONCE = "once"
    EACH_PERIOD = "each_period"


@dataclass(frozen=True, slots=True)
class Completion:
    """`minor` units when `level` is full; level 0 is the whole matrix."""

    level: int
    minor: int

    @property
    def name(self) -> str:
        """What it is called in what is kept for the next period."""
        return f"level_{self.level}" if self.level else "whole"

    def what(self) -> Message:
        """What must be full, as the beginning of a sentence."""
        if self.level:
            return Message("Level {level}", {"level": self.level})
        return Message("The whole matrix")


@dataclass(frozen=True, slots=True)
class Completions:
    """What is paid in a matrix `width` wide and `depth` deep.

    `counts` are by level how many distributors each member has there, herself at level 0.
    """

    width: int
    depth: int
    each: tuple[Completion, ...]
    paid: Paid

    def carries(self) -> bool:
        """True where a full level is paid once."""
        return bool(self.each) and self.paid is Paid.ONCE

    def bonus(self, component: Component, snapshot: Snapshot, counts: Sequence[Ints]) -> Ints:
        """What everyone gets, in minor units."""
        total = np.zeros(len(snapshot.team), dtype=np.int64)
        for completion in self.each:
            total += np.where(self._pays(component, snapshot, counts, completion), completion.minor, 0)
        return total

    def after(
        self, component: Component, snapshot: Snapshot, counts: Sequence[Ints]
    ) -> Mapping[int, Mapping[str, int]]:
        """Which full levels have been paid to whom by now."""
        kept = {member: dict(names) for member, names in snapshot.carry.get(component.id, {}).items()}
        for completion in self.each:
            for member in np.flatnonzero(self._pays(component, snapshot, counts, completion)).tolist():
                kept.setdefault(member, {})[completion.name] = 1
        return kept

    def lines(
        self, component: Component, snapshot: Snapshot, counts: Sequence[Ints], earner: int
    ) -> Sequence[Line]:
        """A line for each of them."""
        found = []
        for one in self.each:
            minor = one.minor if self._pays(component, snapshot, counts, one)[earner] else 0
            reason = self._reason(component, snapshot, counts, earner, one)
            level = one.level or None
            found.append(
                Line(component.id, earner, level, 0, "", None, Fraction(), Fraction(minor), minor, reason)
            )
        return found

    def _levels(self, completion: Completion) -> Sequence[int]:
        return [completion.level] if completion.level else range(1, self.depth + 1)

    def _full(self, snapshot: Snapshot, counts: Sequence[Ints], completion: Completion) -> Mask:
        full = np.ones(len(snapshot.team), dtype=np.bool_)
        for level in self._levels(completion):
            full &= counts[level] >= self.width**level
        return full

    def _paid_before(self, component: Component, snapshot: Snapshot, completion: Completion) -> Mask:
        before = np.zeros(len(snapshot.team), dtype=np.bool_)
        if self.paid is Paid.ONCE:
            for member, kept in snapshot.carry.get(component.id, {}).items():
                before[member] = kept.get(completion.name, 0) > 0
        return before

    def _pays(
        self, component: Component, snapshot: Snapshot, counts: Sequence[Ints], completion: Completion
    ) -> Mask:
        full = self._full(snapshot, counts, completion) & snapshot.qualified(component)
        return full & ~self._paid_before(component, snapshot, completion)

    def _reason(
        self,
        component: Component,
        snapshot: Snapshot,
        counts: Sequence[Ints],
        earner: int,
        completion: Completion,
    ) -> Message:
        what = completion.what()
        if not snapshot.qualified(component)[earner]:
            return not_qualified(snapshot, component, earner)
        if self._paid_before(component, snapshot, completion)[earner]:
            return Message("{what} was paid in an earlier period.", {"what": what})
        if self._full(snapshot, counts, completion)[earner]:
            return Message("{what} is full.", {"what": what})
        levels = self._levels(completion)
        filled = sum(min(int(counts[level][earner]), self.width**level) for level in levels)
        room = sum(self.width**level for level in levels)
        return Message("{what} isn't full: {filled} of {room}.", {"what": what, "filled": filled, "room": room})

    def words(self, plan: Plan) -> list[Message]:
        """What each of them pays."""
        found = []
        for one in self.each:
            values: dict[str, Value] = {
                "what": one.what(),
                "amount": Money(one.minor, plan.currency).amount,
                "currency": plan.currency,
            }
            found.append(
                Message("{what} full: {amount} {currency}, once.", values)
                if self.paid is Paid.ONCE
                else Message("{what} full: {amount} {currency} each period.", values)
            )
        return found


def read_completions(table: Table, vocabulary: Vocabulary, width: int, depth: int) -> Completions:
    """The keys `completion` (a list of `level` or `whole_matrix`, with `amount`) and `completion_paid`."""
    found = []
    for part in table.parts("completion"):
        whole = part.flag("whole_matrix", False)
        level = 0 if whole else part.count("level")
        if level > depth:
            part.wrong("level", Message("this can't be more than {maximum}.", {"maximum": depth}))
            level = depth
        found.append(Completion(level, part.money("amount", vocabulary)))
        part.done()
    if len({one.level for one in found}) < len(found):
        table.wrong("completion", Message("a level is there more than once."))
    return Completions(width, depth, tuple(found), table.choice("completion_paid", Paid, default=Paid.ONCE))
