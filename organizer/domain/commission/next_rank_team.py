"""Who in the whole team is how close to her next rank: what share she has of every single thing it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask
from organizer.domain.commission.condition import AnyOf, Condition, needed
from organizer.domain.commission.next_rank_legs import unknown_for

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class Closeness:
    """By member: `least` is how many percent she has of what she has least of, 0 to 100, -1 where there is no rank
    above hers or she can hold none. `missing` is the percent that lack of all conditions together; `doubtful` are
    those of whom a condition isn't met as far as is known, and some of its figures aren't.
    """

    least: Ints
    missing: Ints
    doubtful: Mask


def closeness(snapshot: Snapshot) -> Closeness:
    """How close everybody is to the rank above hers."""
    size = len(snapshot.team)
    least, missing = np.full(size, -1, dtype=np.int64), np.zeros(size, dtype=np.int64)
    doubtful = np.zeros(size, dtype=np.bool_)
    for number, rank in enumerate(snapshot.plan.ranks):
        who = snapshot.distributors & np.asarray(snapshot.ranks == number - 1)
        if not who.any():
            continue
        shares = [percent(snapshot, condition) for condition in rank.conditions]
        least[who] = reduce(np.minimum, shares, np.full(size, 100))[who]
        missing[who] = np.sum([100 - share for share in shares], axis=0)[who] if shares else 0
        for condition, share in zip(rank.conditions, shares, strict=True):
            doubtful |= who & (share < 100) & (unknown_for(snapshot, condition) > 0)
    return Closeness(least, missing, doubtful)


def percent(snapshot: Snapshot, condition: Condition) -> Ints:
    """By member the whole percent of what the condition asks for that she has; 100 only where it is met."""
    if isinstance(condition, AnyOf):
        everybody = np.full(len(snapshot.team), 100)
        ways = [
            reduce(np.minimum, (percent(snapshot, part) for part in way), everybody)
            for way in condition.alternatives
        ]
        return reduce(np.maximum, ways)
    wanted = needed(condition)
    if wanted <= 0:
        return np.where(snapshot.figures_for_ranks(condition) >= wanted, 100, 0)
    has = np.clip(snapshot.figures_for_ranks(condition), 0, wanted).astype(np.int64)
    return np.asarray(has * 100 // wanted)
