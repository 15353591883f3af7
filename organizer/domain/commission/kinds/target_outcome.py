"""Who meets which tier of a target, and whom nothing is paid for because of time or because it was paid before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from organizer.domain.commission import figures
from organizer.domain.commission.arrays import Mask
from organizer.domain.commission.condition import Tree, Who
from organizer.domain.commission.kinds.history import Timing, marked, newcomers, timing
from organizer.domain.commission.plan import Component

if TYPE_CHECKING:
    from organizer.domain.commission.kinds.target import Target
    from organizer.domain.commission.snapshot import Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """By member asked: `met` and `pays` by tier; `asked` is who counts at all, `receives` whose earner may earn.

    `before` was paid for in an earlier period; of the `unclear` that isn't known.
    """

    met: npt.NDArray[np.bool_]
    pays: npt.NDArray[np.bool_]
    asked: Mask
    receives: Mask
    timing: Timing
    before: Mask
    unclear: Mask

    @property
    def unsure(self) -> Mask:
        """Who may or may not be paid for."""
        open_ = self.asked & self.receives & ~self.before & ~self.timing.late
        return open_ & (self.unclear | self.timing.undated)

    def kept(self) -> Mapping[int, Mapping[str, int]]:
        """What the next period must know: for whom it was paid, for whom it may have been."""
        met = self.met.any(axis=0) & self.receives
        paid = self.before | self.pays.any(axis=0) | (self.unclear & met & self.asked & ~self.timing.late)
        found = {member: {"paid": 1} for member in np.flatnonzero(paid).tolist()}
        still = self.unclear & ~paid & ~self.timing.late
        return found | {member: {"unclear": 1} for member in np.flatnonzero(still).tolist()}


def work_out(rules: Target, component: Component, snapshot: Snapshot) -> Outcome:
    """Everyone at once."""
    met = np.asarray([figures.meets(snapshot, tier.conditions, snapshot.ranks) for tier in rules.tiers])
    asked, receives = _asked(rules, component, snapshot)
    times = timing(rules.within, snapshot)
    nobody = np.zeros(len(snapshot.team), dtype=np.bool_)
    before, unclear = nobody, nobody
    if rules.once:
        before = marked(snapshot, component.id, "paid")
        if component.id in snapshot.carry:
            unclear = marked(snapshot, component.id, "unclear")
        else:
            unclear = asked & ~newcomers(snapshot)
    open_ = asked & receives & ~before & ~times.late
    if not snapshot.hopeful:
        open_ = open_ & ~unclear & ~times.undated
    pays = met & open_
    if rules.best_only:
        higher = np.zeros(len(snapshot.team), dtype=np.bool_)
        for tier in reversed(range(len(rules.tiers))):
            pays[tier] &= ~higher
            higher = higher | met[tier]
    return Outcome(met, pays, asked, receives, times, before, unclear)


def _asked(rules: Target, component: Component, snapshot: Snapshot) -> tuple[Mask, Mask]:
    """Of whom the conditions are asked, and whose earner may earn the bonus."""
    qualified = snapshot.qualified(component)
    if rules.per is None:
        return snapshot.distributors, qualified
    chosen = {
        Who.ACTIVE: snapshot.active,
        Who.DISTRIBUTORS: snapshot.distributors,
        Who.CUSTOMERS: snapshot.customers,
    }[rules.per]
    return chosen, np.append(qualified, False)[snapshot.layout(Tree.SPONSOR).parent[:-1]]
