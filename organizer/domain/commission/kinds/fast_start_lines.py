"""The lines of a fast start bonus: what each newcomer gives, and why the others give nothing."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from organizer.domain.commission.arrays import Ints, Mask
from organizer.domain.commission.kinds import fast_start_words as words
from organizer.domain.commission.kinds.fast_start_words import Paid
from organizer.domain.commission.plan import Component
from organizer.domain.commission.statement import ComponentResult, Line
from organizer.domain.commission.walk import Walk
from organizer.domain.commission.walk_lines import WalkLines, Words
from organizer.domain.money import Money, volume_amount
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.kinds.fast_start import FastStart
    from organizer.domain.commission.snapshot import Snapshot


class FastStartLines(WalkLines):
    """A line for each member below the earner in the sponsor tree, by level and then by name."""

    def __init__(
        self, rules: FastStart, component: Component, snapshot: Snapshot, walk: Walk, earner: int
    ) -> None:
        self._rules = rules
        plan = snapshot.plan
        texts = Words(
            level=lambda level: Message("Level {level}.", {"level": level}),
            skipped=Message("customers"),
            closed=lambda level: words.closed(rules, plan, int(snapshot.ranks[earner]), level),
            too_deep=lambda: Message(
                "Deeper than the {levels} levels that this bonus pays.", {"levels": rules.deepest}
            ),
            left_out=self._left_out,
        )
        self._taken_of = replace(rules.base, new_members=None)  # the window is said here, in words of its own
        super().__init__(component, snapshot, self._taken_of, walk, earner, texts)

    def result(self) -> ComponentResult:
        """The component's result."""
        return self.settle(self._taken_of.words(self._snapshot.plan) if self._rules.paid is Paid.PERCENT else ())

    @cached_property
    def _counted(self) -> Ints:
        return self._rules.counted(self._component, self._snapshot)

    @cached_property
    def _undecided(self) -> Mask:
        return self._rules.undecided(self._component, self._snapshot)

    def _line(self, entry: int) -> Line:
        line = super()._line(entry)
        if self._rules.paid is Paid.PERCENT:
            return line
        if self._rules.paid is Paid.RECRUITS:
            volume = self._rules.base.volume
            line = replace(line, base=self._snapshot.raw(volume)[line.source] if volume else None)
        return replace(line, rate=Fraction())

    def _shown_base(self, member: int) -> int | None:
        """What counts of the volume, all of it where nothing does; 1 for a recruit who counts."""
        counted = int(self._counted[member])
        if counted or self._rules.paid is Paid.RECRUITS:
            return counted
        return self._snapshot.raw(self._rules.base.volume)[member]

    def _reason(self, entry: int, member: int, level: int, distance: int) -> Message:
        reason, paid = super()._reason(entry, member, level, distance), int(self._entries.level[entry])
        if paid < 0 or not self._walk.values[member]:
            return reason
        if self._rules.paid is not Paid.PERCENT:
            reason = self._fixed(reason, int(self._walk.values[member]), paid)
        return self._capped(reason, member, paid)

    def _fixed(self, reason: Message, count: int, level: int) -> Message:
        values = self._money(int(self._each(level)))
        return Message("{reason} {count} × {amount} {currency}.", {"reason": reason, "count": count, **values})

    def _capped(self, reason: Message, member: int, level: int) -> Message:
        caps = self._rules.recruit_caps
        if level >= len(caps):
            return reason
        if int(self._walk.values[member]) * self._walk.unit * self._each(level) <= caps[level]:
            return reason
        values = {"reason": reason, **self._money(caps[level])}
        return Message("{reason} At most {amount} {currency} is paid for one newcomer.", values)

    def _each(self, level: int) -> Fraction:
        return self._walk.rates[int(self._walk.rows[self._earner])][level]

    def _money(self, minor: int) -> dict[str, Value]:
        currency = self._snapshot.plan.currency
        return {"amount": Money(minor, currency).amount, "currency": currency}

    def _left_out(self, member: int) -> Message | None:
        """Why a member's volume gives nobody anything."""
        if self._walk.values[member]:
            return None
        rules, snapshot = self._rules, self._snapshot
        if rules.paid is Paid.RECRUITS:
            return self._not_recruited(member)
        if snapshot.customers[member] and not rules.customer_volume:
            return Message("A customer's volume doesn't count in this bonus.")
        if not snapshot.raw(rules.base.volume)[member]:
            return None
        if self._counted[member]:
            return Message("Less than one whole item.")
        if self._undecided[member]:
            return words.undated(rules.first_order_only)
        return self._not_new(member)

    def _not_new(self, member: int) -> Message | None:
        joined, new = self._snapshot.team.joined[member], self._rules.base.new_members
        if joined is None:
            return Message("It isn't known when she joined.")
        if joined > self._snapshot.period.last:
            return Message("She joined after this period.")
        if new is not None and not (new.standing(self._snapshot)[0][member]):
            return words.no_longer_new(new)
        return Message("Only the first order counts.") if self._rules.first_order_only else None

    def _not_recruited(self, member: int) -> Message | None:
        snapshot, volume = self._snapshot, self._rules.base.volume
        joined = snapshot.team.joined[member]
        if not snapshot.distributors[member]:
            return Message("She isn't a distributor.")
        if joined is None:
            return Message("It isn't known when she joined.")
        if not snapshot.period.first <= joined <= snapshot.period.last:
            return Message("She didn't join in this period.")
        amount, name = snapshot.raw(volume)[member], snapshot.plan.volume(volume).name
        needed = volume_amount(self._rules.minimum)
        if amount is None:
            return Message("{what}: not known, needs {needed}", {"what": name, "needed": needed})
        values: dict[str, Value] = {"what": name, "has": volume_amount(amount), "needed": needed}
        return Message("{what}: {has}, needs {needed}", values)
