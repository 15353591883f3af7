"""What nobody knows: she sees only part of the team, and a volume that is missing is unknown, not nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

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
    """The members of the team with a volume that the plan uses and nobody knows."""
    found: Unknown = {}
    for volume in volumes:
        for member in np.flatnonzero(snapshot.missing(volume) & team).tolist():
            found.setdefault(member, []).append(volume)
    return found


def between(
    snapshot: Snapshot,
    earner: int,
    total: int,
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
    others = [member for member in range(len(snapshot.team)) if member != earner]
    changes: dict[str, dict[int, int | None]] = {}
    for volume in {name for names in doubtful.values() for name in names}:
        figures = snapshot.raw(volume)
        highest = max((amount for member in others if (amount := figures[member]) is not None), default=None)
        if highest is None:
            return Range(
                total,
                None,
                Message(
                    "Nobody's {volume} is known, so no upper figure can be given.",
                    {"volume": snapshot.plan.volume(volume).name},
                ),
            )
        changes[volume] = {member: max(0, highest) for member, names in doubtful.items() if volume in names}
    high = total_of(snapshot.changed(changes, hopeful=True), earner)
    return Range(min(total, high), max(total, high), _together([*([_VOLUMES] if doubtful else []), *unsure]))


def _together(messages: Sequence[Message]) -> Message:
    first, *others = messages
    for other in (message for place, message in enumerate(others) if message not in messages[: place + 1]):
        first = Message("{first}; {other}", {"first": first, "other": other})
    return first
