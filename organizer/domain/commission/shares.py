"""Whole amounts shared out in proportion, so that the shares add up exactly.

Every share is rounded down, and the single units that are left go to the largest remainders; between remainders of
one size the lowest id goes first, so that the order in which members stand makes no difference.
"""

from __future__ import annotations

import numpy as np

from organizer.domain.commission.arrays import Ints, add_at, largest, roomy


def by_group(amounts: Ints, groups: Ints) -> Ints:
    """For each place the sum over its group; groups are numbered from 0."""
    return add_at(np.zeros(len(groups), dtype=np.int64), groups, amounts)[groups]


def shared(amounts: Ints, pot: Ints, groups: Ints, ids: Ints) -> Ints:
    """Each place's share of its group's `pot`, in proportion to what is above nothing; the rest stays as it is.

    `pot` is given for every place, and is at most what the group's amounts above nothing come to.
    """
    positive = np.maximum(amounts, 0)
    together = np.maximum(by_group(positive, groups), 1)
    size = roomy(positive, largest(pot)) * pot
    whole, rest = size // together, size % together
    spare = by_group(rest, groups) // together
    return np.where(amounts > 0, one_more(whole, rest, spare, groups, ids), amounts)


def one_more(whole: Ints, rest: Ints, spare: Ints, groups: Ints, ids: Ints) -> Ints:
    """`whole`, with one more where `rest` is among the `spare` largest of its group."""
    if not spare.any():
        return whole
    order = np.argsort(ids, kind="stable")
    # sorted by one key after the other, as numpy sorts Python integers by a single key only
    order = order[np.argsort(-rest[order], kind="stable")]
    order = order[np.argsort(groups[order], kind="stable")]
    in_order = groups[order]
    place = np.empty(len(groups), dtype=np.int64)
    place[order] = np.arange(len(groups)) - np.searchsorted(in_order, in_order)
    return whole + np.where(place < spare, 1, 0)
