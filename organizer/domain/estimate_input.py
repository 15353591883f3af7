"""The JSON of an estimate that was kept: is it whole, who is in it, and the same under other ids.

`commission.frozen` writes it and reads it; here its ids are looked after when a file's contents move to another.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any, NoReturn

from organizer.domain import tree
from organizer.domain.estimate import RANK_IDS, Kept
from organizer.domain.team import Kind

_ID = re.compile(r"-?[0-9]{1,15}", re.ASCII)
_LARGEST_ID = 10**15
_LARGEST_FIGURE = 2**63
_KINDS = frozenset(kind.value for kind in Kind)


@dataclass(frozen=True, slots=True)
class Ids:
    """The ids of members and of people that a kept estimate names."""

    members: frozenset[int]
    people: frozenset[int]


def loaded(text: str) -> Any:
    """The JSON in `text`. Raises ValueError for anything else, also for figures with decimals: none has any."""
    try:
        return json.loads(text, parse_float=_no_figure, parse_constant=_no_figure)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _no_figure(text: str) -> NoReturn:
    raise ValueError(f"not a whole number: {text}")


def dumped(data: Any) -> str:
    """`data` as the JSON that is stored: to the letter what `frozen` wrote, if it came from that."""
    return json.dumps(data, separators=(",", ":"))


def ids_of(made_from: Any, carried: Any) -> Ids:
    """Everyone who is named in texts without a `flaw`."""
    data = made_from or {"ids": (), "people": (), "carry": {}}
    carries = (_sections(carry) for carry in (data["carry"], carried or {}))
    names = (id_ for sections in carries for members in sections.values() for id_ in members)
    return Ids(frozenset(data["ids"]).union(map(int, names)), frozenset(data["people"]))


def renumbered(kept: Kept, member: Callable[[int], int], person: Callable[[int], int]) -> Kept:
    """The same estimate of people who have other ids now. Order decides ties, so `member` must keep it."""
    made_from, carried = loaded(kept.made_from or "null"), loaded(kept.carried or "null")
    if made_from is not None:
        made_from["ids"] = list(map(member, made_from["ids"]))
        made_from["people"] = list(map(person, made_from["people"]))
        made_from["carry"] = _carry_of(made_from["carry"], member)
    if carried is not None:
        carried = _carry_of(carried, member)
    texts = ["" if data is None else dumped(data) for data in (made_from, carried)]
    return replace(kept, made_from=texts[0], carried=texts[1])


def _carry_of(carry: Mapping[str, Any], member: Callable[[int], int]) -> dict[str, Any]:
    moved = {
        section: {str(member(int(id_))): names for id_, names in members.items()}
        for section, members in _sections(carry).items()
    }
    return moved | ({RANK_IDS: carry[RANK_IDS]} if RANK_IDS in carry else {})


def _sections(carry: Mapping[str, Any]) -> Mapping[str, Any]:
    return {section: members for section, members in carry.items() if section != RANK_IDS}


def flaw(made_from: Any, carried: Any, period: str) -> str:
    """Which part isn't as the program writes it for an estimate of `period`, such as "sponsor"; "" for none."""
    if carried is not None and not _is_carry(carried):
        return "carried"
    if made_from is None:
        return ""
    if not isinstance(made_from, dict):
        return "made_from"
    if made_from.get("period") != period:
        return "period"
    ids = made_from.get("ids")
    if not isinstance(ids, list) or not _all(ids, _is_id) or any(one >= next_ for one, next_ in pairwise(ids)):
        return "ids"
    size = len(ids)
    sound = (name in made_from and check(made_from[name], size) for name, check in _PARTS.items())
    return next((name for name, whole in zip(_PARTS, sound, strict=True) if not whole), "")


def _all(value: Any, check: Callable[[Any], bool], *sizes: int) -> bool:
    """A list of such things; of one of the `sizes`, where any is said."""
    return isinstance(value, list) and (not sizes or len(value) in sizes) and all(map(check, value))


def _is_whole(value: Any) -> bool:
    return type(value) is int and abs(value) < _LARGEST_FIGURE  # True is an int, too


def _is_id(value: Any) -> bool:
    return type(value) is int and abs(value) < _LARGEST_ID


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _are_links(value: Any, size: int) -> bool:
    return _all(value, lambda link: type(link) is int and -1 <= link < size, size) and not tree.find_cycle(value)


def _are_figures(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_whole, value.values()))


def _are_volumes(value: Any, size: int) -> bool:
    return isinstance(value, dict) and all(
        _all(figures, lambda figure: figure is None or _is_whole(figure), size) for figures in value.values()
    )


def _is_order(value: Any, size: int) -> bool:
    if not (isinstance(value, list) and len(value) == 3):
        return False
    member, day, volumes = value
    return type(member) is int and 0 <= member < size and _is_day(day) and _are_figures(volumes)


def _is_carry(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and _all(value.get(RANK_IDS, []), _is_text)
        and all(
            isinstance(members, dict)
            and all(_ID.fullmatch(id_) and _are_figures(names) for id_, names in members.items())
            for members in _sections(value).values()
        )
    )


_PARTS: Mapping[str, Callable[[Any, int], bool]] = {
    "format": lambda value, _size: _is_whole(value),
    "plan": lambda value, _size: _is_text(value),
    "people": lambda value, size: _all(value, _is_id, size),
    "sponsor": _are_links,
    "placement": lambda value, size: value is None or _are_links(value, size),
    "kinds": lambda value, size: _all(value, lambda kind: _is_text(kind) and kind in _KINDS, size),
    "ranks": lambda value, size: _all(value, _is_text, size),
    "joined": lambda value, size: _all(value, lambda day: day is None or _is_day(day), size),
    "legs": lambda value, size: _all(value, _is_text, size, 0),
    "active": lambda value, size: _all(value, lambda told: told is None or isinstance(told, bool), size, 0),
    "me": lambda value, size: type(value) is int and 0 <= value < size,
    "volumes": _are_volumes,
    "past": lambda value, size: _all(value, lambda volumes: _are_volumes(volumes, size)),
    "orders": lambda value, size: _all(value, lambda order: _is_order(order, size)),
    "carry": lambda value, _size: _is_carry(value),
}
"""Each part of what an estimate was made from, with what it must be for so many members."""
