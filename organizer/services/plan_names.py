"""The ids of a plan's volumes, ranks and bonuses, and everywhere that they are named."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from organizer.domain.commission.asked import Asked, Holds, Path, Problems
from organizer.domain.result import Message, Refusal
from organizer.i18n import N_
from organizer.services.plan_least import free_id
from organizer.services.plan_text import Change, Insert, Put, Take, at

_NAMED = {
    "volumes": (Holds.VOLUME, Holds.VOLUMES),
    "ranks": (Holds.RANK, Holds.BY_RANK, Holds.SOME_RANKS),
    "components": (Holds.BONUS, Holds.BONUSES),
}
_WISH = {"volumes": "volume", "ranks": "rank", "caps": "cap", "deductions": "deduction"}


def free(data: Mapping[str, Any], key: str, kind: str = "") -> str:
    """An id that nothing of this sort has yet."""
    wish = kind.replace("_", "-") or _WISH[key]
    return free_id(wish, [entry.get("id") for entry in data.get(key, [])])


def check(data: Mapping[str, Any], path: Path, name: str) -> None:
    """Raises Refusal when another entry of the same list has that id."""
    others = [one for number, one in enumerate(at(data, path[:-2])) if number != path[-2]]
    if any(one.get("id") == name for one in others):
        raise Refusal(Message(N_('There is one called "{name}" already.'), {"name": name}))


def renamed(problems: Problems, data: Mapping[str, Any], path: Path, name: str) -> list[Change]:
    """The changes that give the entry at `path[:-1]` the id `name`, there and wherever it is named."""
    old = at(data, path[:-1]).get("id")
    changes: list[Change] = [Put(path, name)]
    for asked in problems.asked.values():
        if isinstance(old, str) and asked.holds in _NAMED.get(str(path[0]), ()):
            new = _with(asked.value, old, name)
            if new != asked.value or _in_order(new) != _in_order(asked.value):
                changes.append(Put(asked.path, new))
    return changes


def _with(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {new if key == old else key: one for key, one in value.items()}
    if isinstance(value, list):
        return [new if one == old else one for one in value]
    return new if value == old else value


def _in_order(value: Any) -> Any:
    return list(value) if isinstance(value, dict) else value


def _tables(problems: Problems) -> list[Asked]:
    return [
        one
        for one in problems.asked.values()
        if one.holds in (Holds.BY_RANK, Holds.SOME_RANKS) and isinstance(one.value, dict)
    ]


def with_rank(problems: Problems, rank: str) -> list[Change]:
    """A new rank in every table that needs each rank: with what the rank below it has."""
    changes: list[Change] = []
    for asked in _tables(problems):
        below = [one for one in asked.options if one in asked.value]
        if asked.holds is Holds.BY_RANK and below:
            changes.append(Put((*asked.path, rank), deepcopy(asked.value[below[-1]])))
    return changes


def without(problems: Problems, data: Mapping[str, Any], path: Path) -> list[Change]:
    """What goes with an entry that is taken away: a rank's values in the tables by rank."""
    if len(path) != 2 or path[0] != "ranks":
        return []
    rank = at(data, path).get("id")
    return [Take((*asked.path, rank)) for asked in _tables(problems) if rank in asked.value]


def difference(before: Mapping[str, Any], after: Mapping[str, Any], within: Path) -> list[Change]:
    """The changes from one to the other: in what lies `within`, and volumes that came along."""
    changes: list[Change] = []
    old, new = at(before, within), at(after, within)
    if old != new:
        if isinstance(new, dict):
            changes += [Put((*within, key), value) for key, value in new.items() if old.get(key) != value]
        else:
            changes.append(Put(within, new))
    count = len(before["volumes"]) if within[0] != "volumes" else len(after["volumes"])
    for place, volume in list(enumerate(after["volumes"]))[count:]:
        changes.append(Insert(("volumes",), place, volume))
    return changes
