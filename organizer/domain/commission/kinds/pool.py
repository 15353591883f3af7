"""Pools: a percentage of a company figure, shared out among those who have a part in it.

The company's figure is typed in by the user. Shares go by rank, in proportion to a volume, equally, or to the
first few by a volume. How many shares there are in all is typed in too, or counted among the members that are
known. Shares are thousandths, so that a volume can be one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import divide_half_up, times
from organizer.domain.commission.base import Base
from organizer.domain.commission.earned import Earned, earned, nothing
from organizer.domain.commission.kinds.pool_shares import Shares, Ties, by_place, company_figure
from organizer.domain.commission.kinds.pool_words import result, rule_words
from organizer.domain.commission.plan import Component, Plan, Rules
from organizer.domain.commission.statement import ComponentResult
from organizer.domain.money import VOLUME_SCALE
from organizer.domain.result import Message

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


class By(StrEnum):
    """What a member's shares go by."""

    RANK = "rank"
    VOLUME = "volume"
    EQUAL = "equal"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Pool(Rules):
    """`share` of `base`; `by_rank` are the shares of ranks by number, the last for none.

    `own` is the volume that shares or places go by, `places` the shares of the first, the second and so on.
    `total_shares` is the volume that is typed in for the number of all shares; empty where they are counted.
    """

    base: Base
    share: Fraction
    by: By
    by_rank: tuple[int, ...] = ()
    own: str = ""
    places: tuple[int, ...] = ()
    ties: Ties = Ties.SPLIT
    total_shares: str = ""

    def volumes(self) -> frozenset[str]:
        """The company's figures, and what shares go by."""
        return self.base.volumes() | {name for name in (self.own, self.total_shares) if name}

    def shares(self, component: Component, snapshot: Snapshot) -> Shares:
        """Who has how many shares."""
        return snapshot.kept((component.id, "shares"), lambda: self._shares(component, snapshot))

    def _shares(self, component: Component, snapshot: Snapshot) -> Shares:
        qualified, denominator = snapshot.qualified(component), 1
        if self.by is By.RANK:
            hers = np.asarray(self.by_rank)[snapshot.ranks] * VOLUME_SCALE
        elif self.by is By.VOLUME:
            hers = np.maximum(snapshot.known(self.own), 0)
        elif self.by is By.EQUAL:
            hers = np.full(len(snapshot.team), VOLUME_SCALE, dtype=np.int64)
        else:
            hers, denominator = by_place(self.own, self.places, self.ties, snapshot, qualified)
        hers = np.where(qualified, hers, 0)
        if not self.total_shares:
            return Shares(hers, int(hers.astype(object).sum()), denominator)
        typed = company_figure(snapshot, self.total_shares)
        return Shares(hers, None if typed is None else typed * denominator, denominator)

    def pool(self, snapshot: Snapshot) -> Fraction | None:
        """What is shared out, in minor units; None where the company's figure isn't known."""
        figure = company_figure(snapshot, self.base.volume)
        return None if figure is None else figure * self.base.minor_per_thousandth(snapshot.plan) * self.share

    def pay(self, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
        """One line: the earner's shares of the pool, or what isn't known."""
        return result(self, component, snapshot, earner)

    def earned(self, component: Component, snapshot: Snapshot) -> Earned:
        """What everyone gets."""
        shares, pool = self.shares(component, snapshot), self.pool(snapshot)
        if pool is None or shares.total is None or shares.total <= 0:
            return nothing(snapshot)
        exact, denominator = times(shares.hers, pool.numerator), pool.denominator * shares.total
        return earned(snapshot.plan, exact, denominator, divide_half_up(exact, denominator))

    def words(self, plan: Plan) -> list[Message]:
        """How large the pool is, who has a share, how many there are."""
        return rule_words(self, plan)
