"""Fast start: who recruited somebody is paid on what the newcomer buys in her first days or months.

Sponsor, recruitment and kit bonuses are the same: a percentage of the newcomers' volume, or a fixed amount for
each whole item of a volume, or for each new distributor. Levels are counted by who recruited whom, never by who
stands under whom. Everyone who ever recruited takes up a level; what she isn't qualified for stays with the
company unless `unearned` says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask
from organizer.domain.commission.base import Base
from organizer.domain.commission.condition import Tree
from organizer.domain.commission.earned import Earned
from organizer.domain.commission.kinds.fast_start_lines import FastStartLines
from organizer.domain.commission.kinds.fast_start_words import Paid, rule_words, unsure_words
from organizer.domain.commission.kinds.first_order import FirstOrders, first_orders, waiting
from organizer.domain.commission.kinds.history import newcomers
from organizer.domain.commission.plan import Component, Plan, Rules
from organizer.domain.commission.statement import ComponentResult
from organizer.domain.commission.walk import Unearned, Walk
from organizer.domain.money import VOLUME_SCALE
from organizer.domain.result import Message

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class FastStart(Rules):
    """`rates[rank]` are the rates by level, the last row those for no rank; fixed amounts in minor units.

    `base` has the window as its new members' rule: all of their volume counts inside, nothing outside. For
    recruits its volume, if there is one, must reach `minimum` (thousandths) in the period of joining.
    `recruit_caps` are by level the most (minor units) that is paid for one newcomer a period.
    """

    paid: Paid
    base: Base
    rates: tuple[tuple[Fraction, ...], ...]
    minimum: int = 0
    first_order_only: bool = False
    recruit_caps: tuple[int, ...] = ()
    unearned: Unearned = Unearned.BREAKAGE
    customer_volume: bool = True

    @property
    def deepest(self) -> int:
        """The number of levels that the best rank is paid for."""
        return max(len(row) for row in self.rates)

    def volumes(self) -> frozenset[str]:
        """The volume it is taken of, if any."""
        return self.base.volumes()

    def pays_for_recruiting_alone(self) -> bool:
        """True where a new distributor who buys nothing pays something."""
        return self.paid is Paid.RECRUITS and not self.minimum and any(any(row) for row in self.rates)

    def carries(self) -> bool:
        """True where it is kept who hasn't ordered yet."""
        return self.first_order_only

    def after(self, component: Component, snapshot: Snapshot) -> Mapping[int, Mapping[str, int]]:
        """Who is still to place her first order."""
        return waiting(component.id, self.base, snapshot) if self.first_order_only else {}

    def pay(self, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
        """A line for everyone below the earner."""
        return FastStartLines(self, component, snapshot, self.walk(component, snapshot), earner).result()

    def earned(self, component: Component, snapshot: Snapshot) -> Earned:
        """What everyone gets, in one pass over the levels."""
        return self.walk(component, snapshot).earned(snapshot.plan)

    def walk(self, component: Component, snapshot: Snapshot) -> Walk:
        """Who takes which level, and what it pays."""
        values, unit = self.counted(component, snapshot), Fraction(1)
        if self.paid is Paid.PERCENT:
            unit = self.base.minor_per_thousandth(snapshot.plan)
        elif self.paid is Paid.ITEMS:
            values = whole_items(values)
        rows = np.append(snapshot.ranks, -1)
        lengths = np.asarray([len(row) for row in self.rates])[rows[:-1]]
        qualified = snapshot.qualified(component)
        return Walk(
            layout=snapshot.layout(Tree.SPONSOR),
            values=values,
            unit=unit,
            takers=[~snapshot.customers] * self.deepest,
            entitled=[qualified & (lengths > level) for level in range(self.deepest)],
            rows=rows,
            rates=self.rates,
            unearned=self.unearned,
            line_caps=self.recruit_caps,
        )

    def counted(self, component: Component, snapshot: Snapshot) -> Ints:
        """How much of each member's volume counts; for recruits 1 for each who does."""
        if self.paid is Paid.RECRUITS:
            return self.recruited(snapshot).astype(np.int64)
        if self.first_order_only:
            volume = self.orders(component, snapshot).volume
        elif self.base.new_members:
            volume = self.base.new_volume(snapshot)
        else:
            volume = snapshot.known(self.base.volume)
        return volume if self.customer_volume else np.where(snapshot.customers, 0, volume)

    def orders(self, component: Component, snapshot: Snapshot) -> FirstOrders:
        """The first orders."""
        return first_orders(component.id, self.base, snapshot)

    def recruited(self, snapshot: Snapshot) -> Mask:
        """Who joined as a distributor this period and bought enough."""
        new = newcomers(snapshot) & snapshot.distributors
        return new & (snapshot.known(self.base.volume) >= self.minimum) if self.base.volume else new

    def undecided(self, component: Component, snapshot: Snapshot) -> Mask:
        """Of whose volume nobody knows whether it counts."""
        if self.paid is Paid.RECRUITS:
            return np.zeros(len(snapshot.team), dtype=np.bool_)
        if self.first_order_only:
            doubtful = self.orders(component, snapshot).doubtful
        else:
            doubtful = self.base.undated(snapshot)
        return doubtful if self.customer_volume else doubtful & ~snapshot.customers

    def unsure(self, component: Component, snapshot: Snapshot, earner: int) -> Message | None:
        """Orders without a date, where the date decides."""
        doubtful = self.undecided(component, snapshot)
        if not doubtful.any() or not snapshot.qualified(component)[earner]:
            return None
        paid = self.walk(component, snapshot).paid_to()
        return unsure_words() if any((level[doubtful] == earner).any() for level in paid) else None

    def words(self, plan: Plan) -> list[Message]:
        """The levels, the window, the caps, and what becomes of what nobody is qualified for."""
        return rule_words(self, plan)


def whole_items(volume: Ints) -> Ints:
    """How many whole items each volume is; of what came back too."""
    return np.where(volume < 0, -(-volume // VOLUME_SCALE), volume // VOLUME_SCALE)
