"""What everyone earns on her own sales, at once: the same pieces as in `retail_lines`, as rows of arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask, ints
from organizer.domain.commission.kinds.retail_bracket import When
from organizer.domain.commission.kinds.retail_lines import Share
from organizer.domain.commission.kinds.retail_new import NewRate, Standing
from organizer.domain.commission.kinds.retail_rates import Choice
from organizer.domain.commission.kinds.retail_tiers import TierMode
from organizer.domain.commission.plan import Component

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot

Paid = tuple[Ints, Ints, Fraction]
"""Lines: whose each is, the volume it is paid on, and the minor units that one thousandth of it pays."""


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Pieces of volume: whose, how much, the figure that chooses the tier, and whether new members' rate holds."""

    members: Ints
    amounts: Ints
    reached: Ints
    promised: Mask


def paid_on(share: Share, new: NewRate | None, component: Component, snapshot: Snapshot) -> Iterator[Paid]:
    """Every line of everyone's for one share."""
    known, unit = snapshot.known(share.base.volume), share.base.minor_per_thousandth(snapshot.plan)
    some = np.asarray(known != 0)
    some[list(snapshot.orders_of)] = True
    for choice, holds in share.rates.everyones(snapshot):
        who = np.flatnonzero(holds & snapshot.qualified(component) & some)
        by_order = choice.bracket.when is When.ORDER and not choice.scale.flat
        standing = np.asarray([_standing(new, component, snapshot, member).value for member in who.tolist()])
        whole = np.zeros(len(who), dtype=np.bool_) if by_order else standing != Standing.BY_ORDER.value
        amounts = known[who]
        reached = amounts if by_order else choice.everyones(snapshot, known)[who]
        promised = np.asarray(standing == Standing.WHOLE.value)
        rows = _Rows(who[whole], amounts[whole], reached[whole], promised[whole])
        yield from _tiers(rows, choice, new, unit)
        parts = _Parts(share, choice, new, component, snapshot)
        left = parts.gather(who[~whole], amounts[~whole], reached[~whole], standing[~whole])
        yield from _tiers(parts.rows(), choice, new, unit)
        if by_order:
            yield from _loose(who[~whole], left, standing[~whole], choice, new, unit, hopeful=snapshot.hopeful)


def _standing(new: NewRate | None, component: Component, snapshot: Snapshot, member: int) -> Standing:
    return new.standing(snapshot, component, member) if new else Standing.OVER


def _tiers(rows: _Rows, choice: Choice, new: NewRate | None, unit: Fraction) -> Iterator[Paid]:
    """The lines of some pieces, tier by tier."""
    if not len(rows.members):
        return
    promise = new.rate if new else Fraction()
    below = rows.amounts
    for tier, parts in choice.scale.everyones_parts(rows.amounts, rows.reached):
        below = below - parts
        better = rows.promised & np.asarray(parts > 0) if promise > tier.rate else np.zeros_like(rows.promised)
        yield rows.members, np.where(better, 0, parts), unit * tier.rate
        if better.any():
            yield rows.members, np.where(better, parts, 0), unit * promise
    if rows.promised.any():
        yield rows.members, np.where(rows.promised & np.asarray(rows.amounts > 0), below, 0), unit * promise


def _loose(
    who: Ints, left: Ints, standing: Ints, choice: Choice, new: NewRate | None, unit: Fraction, *, hopeful: bool
) -> Iterator[Paid]:
    """What belongs to no order that is known, where tiers go by order."""
    best = choice.scale.best
    promised = np.asarray(standing != Standing.OVER.value) & np.asarray(left > 0)
    rated = np.asarray((left > 0) == hopeful)
    yield who, np.where(rated & ~promised, left, 0), unit * best
    yield who, np.where(rated & promised, left, 0), unit * max(best, new.rate if new else best)


class _Parts:
    """The orders of those whose rate hangs on the order, one after the other."""

    def __init__(
        self, share: Share, choice: Choice, new: NewRate | None, component: Component, snapshot: Snapshot
    ) -> None:
        self._volume = share.base.volume
        self._choice = choice
        self._new = new
        self._component = component
        self._snapshot = snapshot
        self._by_order = choice.bracket.when is When.ORDER and not choice.scale.flat
        self._found: list[tuple[int, int, int, bool]] = []

    def gather(self, who: Ints, amounts: Ints, reached: Ints, standing: Ints) -> Ints:
        """Take up the orders; what of each member's amount belongs to none comes back."""
        left, given = amounts.copy(), self._snapshot.raw(self._volume)
        for place, member in enumerate(who.tolist()):
            if given[member] is None:
                continue
            if member in self._snapshot.orders_of:
                left[place] = self._orders(member, int(amounts[place]), int(reached[place]), int(standing[place]))
            if left[place] and not self._by_order:
                promised = self._snapshot.hopeful and bool(left[place] > 0)
                self._found.append((member, int(left[place]), int(reached[place]), promised))
        return left

    def _orders(self, member: int, amount: int, reached: int, standing: int) -> int:
        orders = self._snapshot.orders_of[member]
        promised = [standing == Standing.WHOLE.value] * len(orders)
        if self._new and standing == Standing.BY_ORDER.value:
            promised = self._new.promised(self._snapshot, self._component, member)
        running, left = reached - amount, amount
        for order, promise in zip(orders, promised, strict=True):
            part = order.volumes.get(self._volume, 0)
            running, left = running + part, left - part
            figure = running if self._choice.scale.mode is TierMode.MARGINAL else reached
            if self._by_order:
                figure = sum(order.volumes.get(name, 0) for name in self._choice.bracket.volumes)
            if part:
                self._found.append((member, part, figure, promise))
        return left

    def rows(self) -> _Rows:
        """The orders, and what belongs to none, as arrays."""
        members, amounts, reached, promised = zip(*self._found, strict=True) if self._found else ((), (), (), ())
        return _Rows(
            np.asarray(members, dtype=np.int64), ints(amounts), ints(reached), np.asarray(promised, dtype=np.bool_)
        )
