"""Limits over several bonuses: what each takes from whom.

The caps are worked out one after the other, each on what the ones before it left. Only what is above nothing is
limited and shared: a bonus that takes something back stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, divide_half_up, ints, largest, roomy, times
from organizer.domain.commission.plan import Cap, CapMode, CapPer, VolumeSource
from organizer.domain.commission.settle import per_thousandth
from organizer.domain.commission.shares import by_group, shared
from organizer.domain.commission.whole import whole_of_all
from organizer.domain.money import round_half_up
from organizer.domain.result import Message

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Cut:
    """What a cap takes from one member, in minor units; `together` is what it limits, `limit` to how much.

    With `unknown` the figure that the cap hangs on is missing, and it takes nothing.
    """

    cap: Cap
    taken: int
    limit: int
    together: int
    unknown: Message | None = None


def limited(snapshot: Snapshot, member: int, amounts: Mapping[str, int]) -> list[Cut]:
    """What each cap takes from the member, whose `amounts` go by component in minor units."""
    found, place = _concerning(snapshot, member, amounts)
    return [cuts.of(place) for cuts in found.cuts]


def left_of(snapshot: Snapshot, member: int, amounts: Mapping[str, int]) -> dict[str, int]:
    """What all caps together leave of the member's `amounts`."""
    found, place = _concerning(snapshot, member, amounts)
    return {name: int(found.left[name][place]) if name in found.left else amounts[name] for name in amounts}


def taken_from_all(snapshot: Snapshot) -> Ints:
    """What all caps together take from each member, in minor units."""
    everyone = np.arange(len(snapshot.team))
    cuts = _limits(snapshot, everyone, _amounts(snapshot, everyone)).cuts if snapshot.plan.caps else ()
    return sum((one.taken for one in cuts), np.zeros(len(everyone), dtype=np.int64))


def _concerning(snapshot: Snapshot, member: int, amounts: Mapping[str, int]) -> tuple[_Limited, int]:
    """The caps worked out for the member and all those whom they limit with her, and her place among them."""
    widest = {cap.per for cap in snapshot.plan.caps}
    if widest <= {CapPer.MEMBER}:
        alone = {name: ints([amount]) for name, amount in amounts.items()}
        return _limits(snapshot, np.asarray([member]), alone), 0
    if CapPer.COMPANY in widest:
        everyone = np.arange(len(snapshot.team))
        return snapshot.kept("caps", lambda: _limits(snapshot, everyone, _amounts(snapshot, everyone))), member
    people = np.asarray(snapshot.team.person_ids)
    hers = np.flatnonzero(people == people[member])
    return _limits(snapshot, hers, _amounts(snapshot, hers)), int(np.flatnonzero(hers == member)[0])


def _amounts(snapshot: Snapshot, members: Ints) -> dict[str, Ints]:
    return whole_of_all(snapshot, members, {name for cap in snapshot.plan.caps for name in cap.components})


@dataclass(frozen=True, slots=True, eq=False)
class _Cuts:
    """A cap's cuts for several members: by place among them."""

    cap: Cap
    taken: Ints
    limit: int
    together: Ints
    unknown: Message | None = None

    def of(self, place: int) -> Cut:
        return Cut(self.cap, int(self.taken[place]), self.limit, int(self.together[place]), self.unknown)


@dataclass(frozen=True, slots=True, eq=False)
class _Limited:
    """The caps' cuts one after the other, and what is `left` of each bonus at the end."""

    cuts: Sequence[_Cuts]
    left: Mapping[str, Ints]


def _limits(snapshot: Snapshot, members: Ints, amounts: Mapping[str, Ints]) -> _Limited:
    amounts = dict(amounts)
    found, ids = [], np.asarray(snapshot.team.ids)[members]
    for cap in snapshot.plan.caps:
        groups = _groups(snapshot, cap, members)
        nothing = np.zeros(len(members), dtype=np.int64)
        limit, told, unknown = _figures(snapshot, cap)
        if unknown is not None:
            found.append(_Cuts(cap, nothing, 0, nothing, unknown))
            continue
        before = {name: amounts[name] for name in sorted(cap.components)}
        net = sum(before.values(), nothing)
        together = by_group(np.maximum(net, 0), groups) if told is None else nothing + told
        if cap.mode is CapMode.LAST_FIRST:
            after = _first_ones_first({name: amounts[name] for name in cap.components}, groups, ids, limit)
        elif told is None:
            after = _in_proportion(
                before, shared(net, np.minimum(together, min(limit, largest(together))), groups, ids)
            )
        else:
            # most of those who share aren't known, so each share is rounded by itself
            after = _in_proportion(before, _share(net, limit, told) if told > limit else net)
        amounts |= after
        found.append(_Cuts(cap, net - sum(after.values(), nothing), limit, together))
    return _Limited(found, amounts)


def _groups(snapshot: Snapshot, cap: Cap, members: Ints) -> Ints:
    """By place a number that those have in common whom the cap limits together."""
    if cap.per is CapPer.COMPANY:
        return np.zeros(len(members), dtype=np.int64)
    if cap.per is CapPer.MEMBER:
        return np.arange(len(members))
    return np.unique(np.asarray(snapshot.team.person_ids)[members], return_inverse=True)[1]


def _share(amounts: Ints, limit: int, together: int) -> Ints:
    """Each amount's share of `limit` where all come to `together`; what isn't above nothing stays."""
    size = times(np.maximum(amounts, 0), limit)
    return np.where(amounts > 0, divide_half_up(size, max(together, 1)), amounts)


def _in_proportion(before: dict[str, Ints], left: Ints) -> dict[str, Ints]:
    """What is `left` of each member's sum goes to her bonuses in proportion.

    What is lost in rounding down goes to the first ones by id, so that the plan's order of them doesn't matter.
    """
    positive = {name: np.maximum(amounts, 0) for name, amounts in before.items()}
    total = sum(positive.values())
    kept = total - (sum(before.values()) - left)
    room, of = largest(kept), np.maximum(total, 1)
    shares = {name: roomy(amounts, room) * kept // of for name, amounts in positive.items()}
    lost = kept - sum(shares.values())
    after = {}
    for name, amounts in before.items():
        extra = np.where((lost > 0) & (shares[name] < positive[name]), 1, 0)
        lost = lost - extra
        after[name] = np.where(amounts > 0, shares[name] + extra, amounts)
    return after


def _first_ones_first(before: dict[str, Ints], groups: Ints, ids: Ints, limit: int) -> dict[str, Ints]:
    """The bonuses are paid in their order as far as `limit` reaches; the last one that it reaches is shared.

    What a bonus takes back is set against the last ones of the same member first.
    """
    counted, debt = {}, -sum(np.minimum(amounts, 0) for amounts in before.values())
    for name in reversed(before):
        positive = np.maximum(before[name], 0)
        counted[name] = np.maximum(positive - debt, 0)
        debt = np.maximum(debt - positive, 0)
    left = np.full(len(groups), limit, dtype=np.int64)
    after = {}
    for name, amounts in before.items():
        allowed = np.minimum(by_group(counted[name], groups), left)
        after[name] = amounts - (counted[name] - shared(counted[name], allowed, groups, ids))
        left = left - allowed
    return after


def _figures(snapshot: Snapshot, cap: Cap) -> tuple[int, int | None, Message | None]:
    """The limit, what all would be paid together if she says so, and which of the two isn't known."""
    plan, limit, told = snapshot.plan, cap.minor, None
    if limit is None:
        base = _entered(snapshot, cap.of) if plan.volume(cap.of).source is VolumeSource.ENTERED else None
        if plan.volume(cap.of).source is VolumeSource.MEMBER:
            base = int(snapshot.known(cap.of).sum())
        if base is None:
            return 0, None, _unknown(snapshot, cap.of)
        limit = max(0, round_half_up(base * per_thousandth(plan, cap.share * cap.point_value)))
    if cap.together:
        volume = _entered(snapshot, cap.together)
        if volume is None:
            return 0, None, _unknown(snapshot, cap.together)
        told = round_half_up(volume * per_thousandth(plan, Fraction(1)))
    return limit, told, None


def _entered(snapshot: Snapshot, volume: str) -> int | None:
    """A figure of the company's, as the user entered it for herself."""
    figures = snapshot.raw(volume)
    if snapshot.team.me >= 0:
        return figures[snapshot.team.me]
    return next((figure for figure in figures if figure is not None), None)


def _unknown(snapshot: Snapshot, volume: str) -> Message:
    name = snapshot.plan.volume(volume).name
    return Message("{volume} isn't known for this period, so this cap is left out.", {"volume": name})
