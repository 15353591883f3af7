"""What a bonus that is paid once must know of time and of earlier periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Mask
from organizer.domain.commission.base import NewMembers

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class Timing:
    """By member: whose time is over in this period, and of whom it isn't known whether it is."""

    late: Mask
    undated: Mask


def timing(within: NewMembers | None, snapshot: Snapshot) -> Timing:
    """Who is in her first days or months; of a time that ends within the period it isn't known."""
    if within is None:
        none = np.zeros(len(snapshot.team), dtype=np.bool_)
        return Timing(none, none)
    wholly, partly = within.standing(snapshot)
    begun = snapshot.joined <= np.datetime64(snapshot.period.last, "D")  # never so for an unknown day
    undated = partly | ~begun
    return Timing(~wholly & ~undated, undated)


def newcomers(snapshot: Snapshot) -> Mask:
    """Who joined in the period: of her nothing can have been paid before."""
    first, last = np.datetime64(snapshot.period.first, "D"), np.datetime64(snapshot.period.last, "D")
    return np.asarray((snapshot.joined >= first) & (snapshot.joined <= last))


def marked(snapshot: Snapshot, component: str, name: str) -> Mask:
    """Whom the period before left that mark of the component."""
    found = np.zeros(len(snapshot.team), dtype=np.bool_)
    found[[member for member, kept in snapshot.carry.get(component, {}).items() if kept.get(name)]] = True
    return found
