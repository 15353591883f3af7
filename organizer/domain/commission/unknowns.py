"""What nobody knows: she sees only part of the team, and a volume that is missing is unknown, not nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission import earlier
from organizer.domain.commission.arrays import Mask
from organizer.domain.commission.statement import ComponentResult, Range
from organizer.domain.result import Message

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot

_VOLUMES = Message(
    "from none of what isn't known having any volume to each having as much as the highest known one"
)

Unknown = dict[int, list[str]]
"""By member the volumes that nobody knows."""


def members(snapshot: Snapshot, team: Mask, volumes: Sequence[str]) -> Unknown:
    """The members of the team with a volume that the plan uses and nobody knows, of this or an earlier period."""
    found: Unknown = {}
    before = earlier.members(snapshot, team)
    for volume in [*volumes, *(name for name in before if name not in volumes)]:
        missing = snapshot.missing(volume) & team if volume in volumes else np.zeros(len(team), dtype=np.bool_)
        if volume in before:
            missing = missing | before[volume]
        for member in np.flatnonzero(missing).tolist():
            found.setdefault(member, []).append(volume)
    return found


def between(
    snapshot: Snapshot,
    earner: int,
    total: int,
    team: Mask,
    doubtful: Unknown,
    components: Sequence[ComponentResult],
    unsure: Sequence[Message] = (),
) -> Range:
    """Between what the total lies: with the unknown volumes as nothing, and each as high as the highest one.

    More volume below can also cost her something (a leg that catches up with her rate): either may be the lower.
    `unsure` is what else nobody knows.
    """
    from organizer.domain.commission.engine import total_of

    blank = next((result.unknown for result in components if result.unknown), None)
    if blank is not None:
        return Range(total, None, blank)
    changes: dict[str, dict[int, int | None]] = {}
    highest: dict[str, int] = {}
    before = earlier.members(snapshot, team)
    for volume in {name for names in doubtful.values() for name in names}:
        most = _highest(snapshot, volume, earner, past=volume in before and bool(before[volume].any()))
        if most is None:
            return Range(
                total,
                None,
                Message(
                    "Nobody's {volume} is known, so no upper figure can be given.",
                    {"volume": snapshot.plan.volume(volume).name},
                ),
            )
        highest[volume] = max(0, most)
        missing = snapshot.missing(volume)
        changes[volume] = {
            member: highest[volume] for member, names in doubtful.items() if volume in names and missing[member]
        }
    past = earlier.filled(snapshot, team, highest) if any(one.any() for one in before.values()) else None
    high = total_of(snapshot.changed(changes, past=past, hopeful=True), earner)
    return Range(min(total, high), max(total, high), _together([*([_VOLUMES] if doubtful else []), *unsure]))


def _highest(snapshot: Snapshot, volume: str, earner: int, *, past: bool) -> int | None:
    """The highest figure that anybody but the earner has; of earlier periods (`past`) too, her own at a pinch."""
    known = [snapshot.raw(volume), *(before.get(volume) or () for before in snapshot.past if past)]
    others = (figures[:earner] + figures[earner + 1 :] for figures in map(list, known))
    most = max((figure for figures in others for figure in figures if figure is not None), default=None)
    if most is None and past:
        most = max((own for figures in known if figures and (own := figures[earner]) is not None), default=None)
    return most


def _together(messages: Sequence[Message]) -> Message:
    first, *others = messages
    for other in (message for place, message in enumerate(others) if message not in messages[: place + 1]):
        first = Message("{first}; {other}", {"first": first, "other": other})
    return first
