"""Volumes of earlier periods that rules look at and nobody knows: they count as nothing, and that is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Mask
from organizer.domain.commission.condition import AnyOf, Condition, Scope, VolumeCondition
from organizer.domain.commission.plan import Plan, VolumeSource
from organizer.domain.period import Period

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot, Volumes


@dataclass(frozen=True, slots=True)
class Look:
    """A rule looks at `volume` over `window` periods: everybody's, or only that of `distributors`.

    With `untold` only of those of whom the company's file doesn't say whether they are active.
    """

    volume: str
    window: int
    distributors: bool = False
    untold: bool = False


def looks(plan: Plan) -> list[Look]:
    """Every rule of the plan that sums up or goes through periods before the one to be estimated."""
    found = [Look(plan.active.volume, plan.active.window, True, True)] if plan.active else []
    for asked in (*(rank.conditions for rank in plan.ranks), *(one.conditions for one in plan.components)):
        found += _of(asked)
    for component in plan.components:
        found += [Look(volume, window) for volume, window in component.rules.looks_back().items()]
    return [look for look in dict.fromkeys(found) if look.window > 1]


def _of(conditions: Sequence[Condition]) -> Iterator[Look]:
    for condition in conditions:
        if isinstance(condition, AnyOf):
            for parts in condition.alternatives:
                yield from _of(parts)
        elif isinstance(condition, VolumeCondition):
            yield Look(condition.volume, condition.window, condition.scope is Scope.OWN)


def unknown_at(snapshot: Snapshot, volume: str, back: int) -> Mask:
    """Whose volume of the period `back` ago nobody knows. Who joined after it had none, and that is known."""
    size = len(snapshot.team)
    given = snapshot.past[back - 1].get(volume) if back <= len(snapshot.past) else None
    if given is None:
        missing = np.ones(size, dtype=np.bool_)
    else:
        missing = np.fromiter((one is None for one in given), dtype=np.bool_, count=size)
    last = snapshot.plan.calendar.shifted(snapshot.period, -back).last
    return missing & ~np.asarray(snapshot.joined > np.datetime64(last))


def unknown(snapshot: Snapshot, volume: str, window: int) -> Mask:
    """Whose volume of any of the `window` - 1 periods before this one nobody knows."""

    def found() -> Mask:
        missing = np.zeros(len(snapshot.team), dtype=np.bool_)
        for back in range(1, window):
            missing |= unknown_at(snapshot, volume, back)
        return missing

    return snapshot.kept(("earlier", volume, window), found)


def doubtful(snapshot: Snapshot, condition: Condition, member: int) -> bool:
    """Whether the member's figure for the condition looks at an earlier period's volume that nobody knows."""
    if isinstance(condition, AnyOf):
        return any(doubtful(snapshot, part, member) for parts in condition.alternatives for part in parts)
    if not isinstance(condition, VolumeCondition) or condition.window == 1:
        return False
    missing = unknown(snapshot, condition.volume, condition.window)
    if condition.scope is Scope.OWN:
        return bool(missing[member] or snapshot.missing(condition.volume)[member])
    layout = snapshot.layout(condition.tree)
    below = layout.children(member) if condition.scope is Scope.FRONTLINE else layout.below(member)
    return bool(missing[member] or missing[below].any())


def members(snapshot: Snapshot, team: Mask) -> Mapping[str, Mask]:
    """By volume those of the team whose figure a rule looks at in an earlier period and nobody knows."""
    found: dict[str, Mask] = {}
    for look in looks(snapshot.plan):
        missing = unknown(snapshot, look.volume, look.window) & _looked_at(snapshot, look) & team
        found[look.volume] = found[look.volume] | missing if look.volume in found else missing
    return found


def _looked_at(snapshot: Snapshot, look: Look) -> Mask:
    who = snapshot.distributors if look.distributors else np.ones(len(snapshot.team), dtype=np.bool_)
    if look.untold and snapshot.team.active:
        who = who & np.asarray([told is None for told in snapshot.team.active])
    if snapshot.plan.volume(look.volume).source is VolumeSource.ENTERED:
        who = who & (np.arange(len(snapshot.team)) == snapshot.team.me)
    return who


def filled(snapshot: Snapshot, team: Mask, highest: Mapping[str, int]) -> Sequence[Volumes]:
    """The earlier periods, with `highest` of each volume wherever the team's figures aren't known."""
    windows: dict[str, int] = {}
    for look in looks(snapshot.plan):
        windows[look.volume] = max(look.window, windows.get(look.volume, 1))
    periods = max([len(snapshot.past), *(window - 1 for window in windows.values())])
    past = [dict(snapshot.past[back]) if back < len(snapshot.past) else {} for back in range(periods)]
    for volume, who in members(snapshot, team).items():
        for back in range(1, windows[volume]) if volume in highest else ():
            figures = list(past[back - 1].get(volume) or [None] * len(snapshot.team))
            for member in np.flatnonzero(unknown_at(snapshot, volume, back) & who).tolist():
                figures[member] = highest[volume]
            past[back - 1][volume] = figures
    return past


def without_figures(snapshot: Snapshot, team: Mask) -> list[Period]:
    """The earlier periods that a rule looks at and of which nothing at all is known, the first one first."""
    found = []
    asked = looks(snapshot.plan)
    for back in range(max((look.window for look in asked), default=1) - 1, 0, -1):
        known = snapshot.past[back - 1].values() if back <= len(snapshot.past) else ()
        if any(figure is not None for figures in known for figure in figures):
            continue
        missing = (
            unknown_at(snapshot, look.volume, back) & _looked_at(snapshot, look) & team
            for look in asked
            if look.window > back
        )
        if any(mask.any() for mask in missing):
            found.append(snapshot.plan.calendar.shifted(snapshot.period, -back))
    return found
