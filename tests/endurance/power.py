"""What a power cut leaves: of everything not yet synced to the disk any part may be missing, or be there torn.

Writes to a file are sure once that file was synced; new, changed and vanished names once their folder was.
Until then any of the writes may be missing, whole or by sectors, and the names may be as they were at any moment
since: file systems with a journal keep the order of names, but nothing more is taken for granted.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

_SECTOR = 512


@dataclass(eq=False)
class _Content:
    """A file's bytes that are sure, and what came after them: (offset, data), or (size, None) for a cut."""

    sure: bytes = b""
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)
    path: Path | None = None
    """Where to read the bytes as they are now, for a file that another than SQLite writes, until its sync."""

    def sync(self) -> None:
        if self.path:
            self.sure, self.path = self.path.read_bytes(), None
        data = bytearray(self.sure)
        for change in self.pending:
            _apply(data, *change)
        self.sure, self.pending = bytes(data), []

    def after_cut(self, chance: Random) -> bytes:
        if self.path:
            now = self.path.read_bytes() if self.path.exists() else b""
            if now == self.sure:
                return now  # opened, and nothing written
            return chance.choice((self.sure, now, now[: chance.randrange(len(now) + 1)], bytes(len(now))))
        data = bytearray(self.sure)
        for offset, part in self._lasting(chance):
            _apply(data, offset, part)
        return bytes(data)

    def _lasting(self, chance: Random) -> list[tuple[int, bytes | None]]:
        manner = chance.choice(("all", "none", "first", "some", "torn"))
        if manner in ("all", "none"):
            return self.pending if manner == "all" else []
        if manner == "first":
            return self.pending[: chance.randrange(len(self.pending) + 1)]
        share = chance.random()
        pending = _sectors(self.pending) if manner == "torn" else self.pending
        return [change for change in pending if chance.random() < share]


def _apply(data: bytearray, offset: int, part: bytes | None) -> None:
    if part is None:
        del data[offset:]
        return
    if len(data) < offset:
        data.extend(bytes(offset - len(data)))
    data[offset : offset + len(part)] = part


def _sectors(changes: list[tuple[int, bytes | None]]) -> list[tuple[int, bytes | None]]:
    parts: list[tuple[int, bytes | None]] = []
    for offset, data in changes:
        if data is None:
            parts.append((offset, None))
            continue
        start = 0
        while start < len(data):
            end = min(len(data), start + _SECTOR - (offset + start) % _SECTOR)
            parts.append((offset + start, data[start:end]))
            start = end
    return parts


class Shadow:
    """Keeps up with what is sure of the files in `folder`, told of each step before it is done."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._now: dict[str, _Content] = {}
        self._sure: dict[str, _Content] = {}
        self._names: list[dict[str, _Content]] = []
        """The names after each change that isn't sure yet."""
        self._new_journals: set[str] = set()
        for path in folder.rglob("*"):
            if path.is_file():
                self._now[str(path)] = _Content(path.read_bytes())
        self._sure = dict(self._now)

    def opened(self, path: str, by_sqlite: bool) -> None:
        """A file is about to be opened for writing, and made if it isn't there."""
        if path not in self._now:
            self._now[path] = _Content()
            self._changed()
            if path.endswith("-journal"):
                self._new_journals.add(path)
        content = self._now[path]
        if not by_sqlite and not content.pending:
            content.path = Path(path)

    def written(self, path: str, offset: int, data: bytes) -> None:
        """SQLite is about to write."""
        self._now[path].path = None
        self._now[path].pending.append((offset, data))

    def truncated(self, path: str, size: int) -> None:
        """SQLite is about to cut a file to `size` bytes."""
        self._now[path].pending.append((size, None))

    def synced(self, path: str) -> None:
        """A file or a folder is about to be synced."""
        if path in self._now:
            self._now[path].sync()
        # SQLite syncs the folder together with a journal that it made
        if Path(path).is_dir() or path in self._new_journals:
            self._new_journals.discard(path)
            self.names_synced()

    def deleted(self, path: str) -> None:
        """A name is about to vanish."""
        if self._now.pop(path, None):
            self._changed()

    def renamed(self, old: str, new: str) -> None:
        """A file is about to get another name, in place of whatever had it."""
        content = self._now.pop(old, None)
        if content:
            if content.path:
                content.path = Path(new)
            self._now[new] = content
            self._changed()

    def linked(self, old: str, new: str) -> None:
        """A file is about to get a second name."""
        self._now[new] = self._now[old]
        self._changed()

    def names_synced(self) -> None:
        """The names are sure as they are."""
        self._sure, self._names = dict(self._now), []

    def _changed(self) -> None:
        self._names.append(dict(self._now))

    def write_out(self, folder: Path, chance: Random) -> None:
        """Make `folder` what a machine might find when the power is back."""
        contents: dict[int, bytes] = {}
        for path, content in chance.choice((self._sure, *self._names, self._now)).items():
            data = contents.setdefault(id(content), content.after_cut(chance))
            there = folder / os.path.relpath(path, self.folder)
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(data)
