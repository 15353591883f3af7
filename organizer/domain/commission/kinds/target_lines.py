"""The lines of a target: what each member asked about gives, and why the others give nothing."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, divide_half_up
from organizer.domain.commission.condition import Tree, Who
from organizer.domain.commission.explain import activity, not_qualified, requirements
from organizer.domain.commission.kinds.fast_start_words import no_longer_new
from organizer.domain.commission.lazy_lines import LazyLines
from organizer.domain.commission.plan import Component
from organizer.domain.commission.settle import settle_lines
from organizer.domain.commission.statement import ComponentResult, Line
from organizer.domain.result import Message

if TYPE_CHECKING:
    from organizer.domain.commission.kinds.target import Target
    from organizer.domain.commission.snapshot import Snapshot


def result(rules: Target, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
    """What the earner gets, with a line for each tier paid and for each member who gives nothing."""
    notes = rules.taken.base.words(snapshot.plan) if rules.taken else ()
    asked = _asked_about(rules, snapshot, earner)
    if not len(asked):
        reason = _nobody(rules, component, snapshot, earner)
        line = Line(component.id, earner, None, 0, "", None, Fraction(), Fraction(), 0, reason)
        return settle_lines(snapshot.plan, component, [line], notes)
    return TargetLines(rules, component, snapshot, earner, asked).result(component, notes)


def _asked_about(rules: Target, snapshot: Snapshot, earner: int) -> Ints:
    if rules.per is None:
        return np.asarray([earner])
    below = snapshot.layout(Tree.SPONSOR).children(earner)
    return np.asarray(below[snapshot.customers[below] == (rules.per is Who.CUSTOMERS)])


def _nobody(rules: Target, component: Component, snapshot: Snapshot, earner: int) -> Message:
    if not snapshot.qualified(component)[earner]:
        return not_qualified(snapshot, component, earner)
    if rules.per is Who.CUSTOMERS:
        return Message("She has no customers of her own.")
    return Message("She hasn't sponsored anybody herself.")


class TargetLines(LazyLines):
    """A line for each tier that each of the `asked` is paid for, one for each who isn't; by name."""

    def __init__(self, rules: Target, component: Component, snapshot: Snapshot, earner: int, asked: Ints) -> None:
        self._rules, self._component, self._earner = rules, component, earner
        self._outcome = rules.outcome(component, snapshot)
        amounts, denominator = rules.amounts(component, snapshot)
        pays = self._outcome.pays[:, asked]
        tiers, places = np.nonzero(pays)
        unpaid = np.flatnonzero(~pays.any(axis=0))
        self._tiers = np.concatenate([tiers, np.full(len(unpaid), -1)])
        sources = asked[np.concatenate([places, unpaid])]
        exact = np.zeros(len(sources), dtype=object)
        for tier, amount in enumerate(amounts):
            exact = np.where(self._tiers == tier, amount[sources], exact)
        minor = divide_half_up(exact, denominator)
        super().__init__(snapshot, sources, np.zeros(len(sources), dtype=np.int64), exact, denominator, minor)

    def line(self, entry: int) -> Line:
        """The line of entry number `entry`."""
        member, number = int(self._sources[entry]), int(self._tiers[entry])
        taken, tier = self._rules.taken, self._rules.tiers[number]
        percent = taken is not None and number >= 0 and bool(tier.share)
        return Line(
            component=self._component.id,
            source=member,
            level=None,
            depth=int(member != self._earner),
            volume=taken.base.volume if percent and taken else "",
            base=taken.shown(self._snapshot, member) if percent and taken else None,
            rate=tier.share if percent else Fraction(),
            amount=self.amount(entry),
            minor=int(self._minor[entry]),
            reason=self._met(number, member) if number >= 0 else self._why_not(member),
        )

    def _met(self, number: int, member: int) -> Message:
        found = Message("Target {number} is met.", {"number": number + 1})
        for one in requirements(self._snapshot, self._rules.tiers[number].conditions, member):
            found = Message("{first} {second}.", {"first": found, "second": one.words})
        return found

    def _why_not(self, member: int) -> Message:
        outcome, snapshot, rules = self._outcome, self._snapshot, self._rules
        if not outcome.receives[member]:
            return not_qualified(snapshot, self._component, self._earner)
        if not outcome.asked[member]:
            return activity(snapshot, member)
        if outcome.before[member]:
            return Message("It was paid in an earlier period, and is paid once.")
        if outcome.timing.late[member] and rules.within:
            return no_longer_new(rules.within)
        if not outcome.met[:, member].any():
            missing = [one for one in requirements(snapshot, rules.tiers[0].conditions, member) if not one.met]
            return missing[0].words
        if outcome.unclear[member]:
            return Message("It isn't known whether it was paid in an earlier period, so it isn't counted.")
        if snapshot.team.joined[member] is None:
            return Message("It isn't known when she joined.")
        return Message("Whether it was in her first days or months isn't known, so it isn't counted.")
