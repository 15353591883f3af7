"""The least that a new part of a plan needs to be read: filled in by reading it again and again."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from organizer.domain.commission.asked import Asked, Holds, Path, Problems
from organizer.domain.commission.labels import is_condition, label
from organizer.domain.commission.parse import outline_of
from organizer.i18n import _, say
from organizer.services.plan_text import at

_FILE = "plan.toml"
_ROUNDS = 60
_USUAL: Mapping[str, Any] = {"cutoff": "23:59", "timezone": "Europe/Copenhagen", "campaign_days": 14, "width": 3}
_PLAIN: Mapping[Holds, Any] = {
    Holds.TEXTS: [],
    Holds.STRING: "",
    Holds.STRINGS: [],
    Holds.FLAG: True,
    Holds.DAY: date(2026, 1, 1),
    Holds.NUMBER: 1,
    Holds.COUNT: 1,
    Holds.COUNTS: [1],
    Holds.AMOUNT: 100,
    Holds.PERCENT: 5,
    Holds.PERCENTS: [5],
    Holds.MONEY: 100,
    Holds.MONEYS: [100],
    Holds.TABLE: {},
}
_LISTS = (Holds.BONUSES, Holds.VOLUMES)
_CHOSEN = (Holds.CHOICE, Holds.VOLUME, Holds.RANK, Holds.BONUS)


def least(asked: Asked, kind: str = "") -> Any:
    """Something harmless for a key to hold; None where it must name something that the plan doesn't have."""
    key = asked.path[-1]
    if asked.holds is Holds.RANK:
        return asked.options[-1] if asked.options else None
    if asked.holds in _CHOSEN:
        return next(iter(asked.options), None)
    if asked.holds in _LISTS:
        return list(asked.options[-1:])
    if asked.holds is Holds.BY_RANK:
        return {rank: deepcopy(_PLAIN[asked.each]) if asked.each else 1 for rank in asked.options}
    if asked.holds is Holds.SOME_RANKS:
        return dict.fromkeys(asked.options[-1:], _PLAIN[asked.each or Holds.COUNT])
    if asked.holds is Holds.TABLES:
        return [] if is_condition((*asked.path, 0)) else [{}]
    if asked.holds is Holds.TEXT:
        called = label(asked.path, asked.holds, kind)
        return say(called.text, called.values)
    if key == "from":
        return 0
    return deepcopy(_USUAL.get(str(key), _PLAIN[asked.holds]))


def filled(data: Mapping[str, Any], within: Path) -> dict[str, Any]:
    """The plan with what the part at `within` still needs, as far as it can be guessed.

    What it must name and the plan doesn't have yet is left for her to say, except a figure that she types in.
    """
    new = deepcopy(dict(data))
    tried: dict[Path, int] = {}
    added: set[Path] = set()
    for _round in range(_ROUNDS):
        problems = outline_of(new, _FILE)
        places = [path for path in dict.fromkeys(problems.paths) if path[: len(within)] == within]
        if not any(_mended(new, problems, path, tried, added) for path in places):
            break
    return new


def _mended(
    data: dict[str, Any], problems: Problems, path: Path, tried: dict[Path, int], added: set[Path]
) -> bool:
    """Whether something could be done about the mistake at `path`."""
    asked = problems.asked.get(path) or offer(data, path)
    if asked is None:
        return _added(data, problems, path, added)
    missing = asked.value is None
    if missing:
        value = _in_money(data, asked) or least(asked, kind_at(data, path))
        if value is not None:
            at(data, path[:-1])[path[-1]] = value
            added.add(path)
        return value is not None
    if asked.holds not in _CHOSEN or path[-1] in ("kind", "id"):
        return _taken_back(data, path, added)
    number = tried[path] = tried.get(path, 0) + 1
    others = [option for option in asked.options if option != asked.value]
    if number <= len(asked.options):
        at(data, path[:-1])[path[-1]] = asked.options[number % len(asked.options)]
        return bool(others)
    if asked.holds is Holds.VOLUME and number == len(asked.options) + 1:
        at(data, path[:-1])[path[-1]] = _typed_in(data)
        return True
    return False


def _added(data: dict[str, Any], problems: Problems, path: Path, added: set[Path]) -> bool:
    """Whether a table as a whole is right once it holds one of the keys that it may."""
    for key in [one for one in problems.offered if one[:-1] == path[:-1] and one not in problems.asked]:
        new = offer(data, key)
        value = least(new, kind_at(data, key)) if new and not is_condition(key) else None
        if value is not None:
            table = at(data, key[:-1])
            table[key[-1]] = value
            if path not in outline_of(data, _FILE).paths:
                added.add(key)
                return True
            del table[key[-1]]
    return False


def _taken_back(data: dict[str, Any], path: Path, added: set[Path]) -> bool:
    """Whether `path` was filled in and isn't wanted after all, as another choice was made since."""
    if path not in added:
        return False
    added.remove(path)
    del at(data, path[:-1])[path[-1]]
    return True


def _in_money(data: Mapping[str, Any], asked: Asked) -> str | None:
    """The volume that a bonus is most likely paid on: the first one in money."""
    if asked.holds is not Holds.VOLUME or asked.path[-1] != "volume" or is_condition(asked.path):
        return None
    known = [one for one in data["volumes"] if one.get("unit") == "money" and one.get("source") != "entered"]
    return next((one["id"] for one in known if one.get("id") in asked.options), None)


def _typed_in(data: dict[str, Any]) -> str:
    """The id of a new volume in money that she types in herself."""
    key = free_id("figure", [volume.get("id") for volume in data["volumes"]])
    data["volumes"].append(
        {"id": key, "name": _("Figure that you type in"), "unit": "money", "columns": [], "source": "entered"}
    )
    return key


def free_id(wish: str, taken: list[Any]) -> str:
    """`wish`, or it with the first number that makes it the only one."""
    number, key = 1, wish
    while key in taken:
        number += 1
        key = f"{wish}-{number}"
    return key


def offer(data: Mapping[str, Any], path: Path) -> Asked | None:
    """What a key that isn't there would hold if it were; None where it wouldn't be read."""
    new = deepcopy(dict(data))
    at(new, path[:-1])[path[-1]] = 1
    asked = outline_of(new, _FILE).asked.get(path)
    return replace(asked, value=None) if asked else None


def fits(data: Mapping[str, Any], asked: Asked) -> bool:
    """Whether a key may stand there: false for a point's value where money is counted."""
    value = least(asked, kind_at(data, asked.path))
    if value is None:
        return False
    new = deepcopy(dict(data))
    at(new, asked.path[:-1])[asked.path[-1]] = value
    return asked.path not in outline_of(filled(new, asked.path), _FILE).paths


def kind_at(data: Mapping[str, Any], path: Path) -> str:
    """The kind of the bonus that `path` lies in, "" elsewhere."""
    if path[0] != "components" or len(path) < 3:
        return ""
    kind = at(data, path[:2]).get("kind", "")
    return kind if isinstance(kind, str) else ""


def another(entry: Mapping[str, Any], rising: tuple[str, ...]) -> dict[str, Any]:
    """A copy of a list's last entry as its next one: the first of `rising` that it has grows."""
    new = deepcopy(dict(entry))
    for key in rising:
        if type(new.get(key)) in (int, Decimal):
            new[key] = new[key] * 2 or 100
            break
    return new
