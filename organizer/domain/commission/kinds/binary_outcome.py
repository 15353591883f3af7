"""What everyone's two legs pay in a binary plan, and what they carry on, worked out for all members at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask, common, largest, roomy
from organizer.domain.commission.kinds.binary_legs import Legs
from organizer.domain.commission.kinds.binary_payout import Pair, Taken
from organizer.domain.commission.kinds.binary_terms import After, AfterCap, Ineligible
from organizer.domain.commission.plan import Component

if TYPE_CHECKING:
    from organizer.domain.commission.kinds.binary import Binary
    from organizer.domain.commission.snapshot import Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What the legs pay, by member. They hold `held`; of that `payable` is nothing for who isn't `eligible`.

    `full` is what it is enough for, `count` how much of that is paid. The exact amount is `exact` over `over`
    minor units; `minor` is it rounded, `paid` what a cap leaves of it.
    """

    legs: Legs
    held: Pair
    payable: Pair
    rows: Ints
    eligible: Mask
    full: Taken
    count: Ints
    exact: Ints
    over: Ints
    minor: Ints
    caps: Ints | None
    paid: Ints

    @property
    def limited(self) -> Mask:
        """Whose pay a cap or a maximum cut."""
        return np.asarray((self.full.count > self.count) | (self.minor > self.paid))


@dataclass(frozen=True, slots=True, eq=False)
class Left:
    """By member what was taken for the payout, and what each leg carries on."""

    taken: Taken
    left: Ints
    right: Ints


def outcome(rules: Binary, component: Component, snapshot: Snapshot, members: Ints | None = None) -> Outcome:
    """What the legs of everyone, or of those `members`, pay."""
    per = rules.per(snapshot.plan)
    numerators, denominator = common([figure * per for figure in rules.rate.figures])
    figures = np.asarray(numerators, dtype=object if max(numerators) >= 2**62 else np.int64)
    legs = snapshot.kept((component.id, "legs"), lambda: _legs(rules, component, snapshot))
    rows = rules.rate.rows(snapshot)
    eligible, ranks = snapshot.qualified(component) & np.asarray(figures[rows] > 0), np.asarray(snapshot.ranks)
    if members is not None:
        legs, rows, eligible, ranks = legs.only(members), rows[members], eligible[members], ranks[members]
    held = legs.pair()
    payable = Pair(np.where(eligible, held.left, 0), np.where(eligible, held.right, 0), held.before)
    full = rules.payout.takes(payable)
    count = full.count if rules.limits.count is None else np.minimum(full.count, rules.limits.count)
    worth, over = rules.payout.worth(payable, count)
    exact = roomy(worth, largest(figures)) * figures[rows]
    over = roomy(over, denominator) * denominator
    minor = (roomy(exact, 4) * 2 + roomy(over, 4)) // (roomy(over, 4) * 2)
    caps = np.asarray(rules.limits.minor)[ranks] if rules.limits.minor else None
    paid = minor if caps is None else np.minimum(minor, caps)
    return Outcome(legs, held, payable, rows, eligible, full, count, exact, over, minor, caps, paid)


def _legs(rules: Binary, component: Component, snapshot: Snapshot) -> Legs:
    legs = rules.legs.of(component.id, snapshot)
    if not snapshot.hopeful or not rules.carries_volume():
        return legs
    return legs.evened(rules.legs.unknown(component.id, snapshot), rules.ending.most)


def leaves(rules: Binary, snapshot: Snapshot, outcome: Outcome, members: Ints | None = None) -> Left:
    """What is taken from the legs, and what they carry on."""
    held, taken, keep = outcome.held, _taken(rules, outcome), rules.limits.then is AfterCap.KEEP
    set_off = (
        outcome.eligible
        & np.asarray(rules.ending.after is After.NET_OFF)
        & (outcome.count > 0)
        & ~(outcome.limited & keep)
    )
    set_off |= ~outcome.eligible & (rules.ending.ineligible is Ineligible.NET_OFF)
    emptied = np.where(
        outcome.eligible, rules.ending.after is After.FLUSH, rules.ending.ineligible is Ineligible.FLUSH
    )
    emptied |= outcome.limited & (rules.limits.then is AfterCap.FLUSH)
    emptied |= ~(snapshot.distributors if members is None else snapshot.distributors[members])

    left, right = held.left - taken.left, held.right - taken.right
    off = np.where(set_off, np.maximum(np.minimum(left, right), 0), 0)

    def kept(leg: Ints) -> Ints:
        rest = leg - off if rules.ending.most is None else np.minimum(leg - off, rules.ending.most)
        return np.where(emptied, 0, rest)

    return Left(taken, kept(left), kept(right))


def _taken(rules: Binary, outcome: Outcome) -> Taken:
    """What the payout takes; with KEEP only as much as it takes for what is paid."""
    if rules.limits.then is AfterCap.USE or not outcome.limited.any():
        return outcome.full
    pair, most = outcome.payable, outcome.count
    cut = np.flatnonzero(outcome.minor > outcome.paid)
    if len(cut):
        wanted = roomy(outcome.paid[cut], largest(outcome.over)) * outcome.over[cut]
        some = Pair(pair.left[cut], pair.right[cut], pair.before[cut])
        needed = rules.payout.reaching(some, most[cut], outcome.exact[cut], wanted)
        most = most.astype(object) if needed.dtype == object else most.copy()
        most[cut] = needed
    return rules.payout.takes(pair, most)
