"""Changing a plan's text where it stands: comments and layout stay, and the text always says what was meant."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import tomlkit
from tomlkit.items import AoT

from organizer.domain.commission.asked import Path

Wrap = Callable[[Any, Any], Any]
"""Makes a value fit for what it is put into."""


@dataclass(frozen=True, slots=True)
class Put:
    """Let `value` stand at `path`, whatever stood there."""

    path: Path
    value: Any

    def do(self, data: Any, wrap: Wrap) -> None:
        """Make the change in `data`."""
        parent = at(data, self.path[:-1])
        parent[self.path[-1]] = wrap(parent, self.value)


@dataclass(frozen=True, slots=True)
class Take:
    """Take away what stands at `path`."""

    path: Path

    def do(self, data: Any, wrap: Wrap) -> None:  # noqa: ARG002 - every change is called so
        """Make the change in `data`."""
        del at(data, self.path[:-1])[self.path[-1]]


@dataclass(frozen=True, slots=True)
class Insert:
    """Put `value` into the list at `path`, before number `place`; a missing list is made."""

    path: Path
    place: int
    value: Any

    def do(self, data: Any, wrap: Wrap) -> None:
        """Make the change in `data`."""
        parent = at(data, self.path[:-1])
        if self.path[-1] not in parent:
            parent[self.path[-1]] = wrap(parent, [self.value])
            return
        entries = parent[self.path[-1]]
        entries.insert(self.place, wrap(entries, self.value))


@dataclass(frozen=True, slots=True)
class Move:
    """Let entry `place` of the list at `path` stand `by` places further down."""

    path: Path
    place: int
    by: int

    def do(self, data: Any, wrap: Wrap) -> None:  # noqa: ARG002 - every change is called so
        """Make the change in `data`."""
        entries = at(data, self.path)
        entry = entries[self.place]
        del entries[self.place]
        entries.insert(self.place + self.by, entry)


Change = Put | Take | Insert | Move


def read(text: str) -> dict[str, Any]:
    """What the text says: numbers as ints and Decimals."""
    return tomllib.loads(text, parse_float=Decimal)


def at(data: Any, path: Path) -> Any:
    """What stands at `path`. Raises KeyError or IndexError where there is nothing."""
    for one in path:
        data = data[one]
    return data


def tried(data: Mapping[str, Any], changes: Sequence[Change]) -> dict[str, Any]:
    """What the text would say after the changes."""
    new = deepcopy(dict(data))
    for change in changes:
        change.do(new, lambda _parent, value: deepcopy(value))
    return new


def changed(text: str, changes: Sequence[Change]) -> str:
    """The text after the changes, with its comments.

    Where the writer of TOML can't keep the layout, the part that was changed is written anew: what the text says
    is compared with what was meant, always.
    """
    meant = tried(read(text), changes)
    document = tomlkit.parse(text)
    for change in changes:
        change.do(document, _wrapped)
    if _says(new := tomlkit.dumps(document), meant):
        return new
    before, document = read(text), tomlkit.parse(text)
    for key in [key for key in before if key not in meant]:
        del document[key]
    for key in [key for key, value in meant.items() if before.get(key) != value]:
        document[key] = _wrapped(document, meant[key])
    if _says(new := tomlkit.dumps(document), meant):
        return new
    return tomlkit.dumps(_table(meant))


def _says(text: str, meant: Mapping[str, Any]) -> bool:
    try:
        return read(text) == meant
    except tomllib.TOMLDecodeError:
        return False


def _wrapped(parent: Any, value: Any) -> Any:
    if isinstance(parent, AoT):
        return _table(value)
    if isinstance(parent, tomlkit.TOMLDocument):
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            entries = tomlkit.aot()
            for one in value:
                entries.append(_table(one))
            return entries
        if isinstance(value, dict):
            return _table(value)
    return _item(value)


def _table(value: Mapping[str, Any]) -> Any:
    table = tomlkit.table()
    for key, one in value.items():
        table[key] = _item(one)
    table.add(tomlkit.nl())
    return table


def _item(value: Any) -> Any:
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, Mapping):
        inline = tomlkit.inline_table()
        for key, one in value.items():
            inline[key] = _item(one)
        return inline
    if isinstance(value, list):
        array = tomlkit.array()
        for one in value:
            array.append(_item(one))
        return array.multiline(any(isinstance(one, dict) for one in value))
    if isinstance(value, date):
        return tomlkit.date(value.isoformat())
    return tomlkit.item(value)


def _number(value: Decimal) -> Any:
    """A number as it is written: never by way of a float."""
    return tomlkit.value(f"{value:f}")
