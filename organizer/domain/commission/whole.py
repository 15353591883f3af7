"""What each bonus counts for in whole minor units when what comes after the bonuses is worked out.

Where a plan rounds only the total, that total is handed out: each bonus counts rounded down, and what is left goes
to the largest remainders, the lowest component id first. So a cap or a fee sees the very sum that is paid.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import lcm
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, added, common, divide_down, divide_half_up, ints, times
from organizer.domain.commission.plan import Plan, RoundAt
from organizer.domain.commission.shares import one_more
from organizer.domain.commission.statement import ComponentResult

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


def whole_of_one(plan: Plan, results: Sequence[ComponentResult]) -> dict[str, int]:
    """By component id one member's amounts; together they are her total before anything else."""
    if plan.round_at is not RoundAt.TOTAL or not results:
        return {result.id: result.total_minor for result in results}
    numerators, denominator = common([result.exact for result in results])
    exact = {result.id: ints([one]) for result, one in zip(results, numerators, strict=True)}
    return {name: int(amounts[0]) for name, amounts in _handed_out(exact, denominator).items()}


def whole_of_all(snapshot: Snapshot, members: Ints, names: Iterable[str]) -> dict[str, Ints]:
    """The same for several members, by place among them, and at least for the components called `names`."""
    if snapshot.plan.round_at is not RoundAt.TOTAL:
        return {name: snapshot.earned(name).minor[members] for name in names}
    earned = {one.id: snapshot.earned(one.id) for one in snapshot.plan.components}
    denominator = lcm(*(one.denominator for one in earned.values()))
    exact = {name: times(one.exact[members], denominator // one.denominator) for name, one in earned.items()}
    return _handed_out(exact, denominator)


def _handed_out(exact: Mapping[str, Ints], denominator: int) -> dict[str, Ints]:
    names, size = sorted(exact), len(next(iter(exact.values())))
    wholes, rests = zip(*(divide_down(exact[name], denominator) for name in names), strict=True)
    total = divide_half_up(added([exact[name] for name in names], size), denominator)
    spare = np.tile(total - added(wholes, size), len(names))
    members, ids = np.tile(np.arange(size), len(names)), np.repeat(np.arange(len(names)), size)
    found = one_more(np.concatenate(wholes), np.concatenate(rests), spare, members, ids)
    return dict(zip(names, np.split(found, len(names)), strict=True))
