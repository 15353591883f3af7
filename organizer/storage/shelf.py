"""The backups that there are: found, verified anew, thinned by rule, deleted only if the program made them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from organizer.domain.result import Message, Refusal
from organizer.domain.retention import Rule, kept
from organizer.storage import manifest
from organizer.storage.cipher import Key
from organizer.storage.failures import Damaged, told
from organizer.storage.file import SUFFIX
from organizer.storage.manifest import Entry
from organizer.storage.pages import must_have, verify
from organizer.storage.places import SECOND, folder_of, name_of

RESTORE = "restore"
"""The reason of what was there before a restore: never thinned, for she may have chosen the wrong day."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup that lies in a folder. `entry` is None for one that isn't listed: it is never deleted."""

    path: Path
    entry: Entry | None
    elsewhere: bool

    @property
    def time(self) -> datetime:
        """When it was made, as listed, else its file's time; local."""
        if self.entry:
            return self.entry.time
        try:
            return datetime.fromtimestamp(self.path.stat().st_mtime)  # noqa: DTZ006 - local, as all times here
        except OSError:
            return datetime.min  # noqa: DTZ901


def second_folder_of(path: Path, second: Path) -> Path:
    """Where in the second folder the backups of the file at `path` lie."""
    return second / SECOND / name_of(path)


def every(path: Path) -> list[Kept]:
    """The backups of the file at `path`, newest first, without opening it: here, in the second folder, and where
    they were made before the file was moved here."""
    path = path.resolve()
    folder = folder_of(path)
    known = manifest.read(folder)
    found = _in(folder, elsewhere=False)
    for other in _moved_from(known.file, folder):
        found += _in(other, elsewhere=False)
    if known.second:
        second = second_folder_of(path, Path(known.second))
        for there in (second, *_moved_from(known.file, second)):
            found += _in(there, elsewhere=True)
    return sorted(found, key=lambda one: (one.time, not one.elsewhere), reverse=True)


def _moved_from(file_id: str, folder: Path) -> Iterator[Path]:
    """The folders beside `folder` of the same file at paths where it no longer is."""
    try:
        others = sorted(folder.parent.iterdir())
    except OSError:
        return
    for other in others:
        known = manifest.read(other)
        if file_id and known.file == file_id and other != folder and not Path(known.origin).exists():
            yield other


def _in(folder: Path, *, elsewhere: bool) -> list[Kept]:
    listed = {entry.name: entry for entry in manifest.read(folder).entries}
    try:
        paths = [path for path in folder.iterdir() if path.suffix == SUFFIX]
    except OSError:
        return []
    return [Kept(path, listed.get(path.name), elsewhere) for path in paths]


def thin(folder: Path, now: datetime, rule: Rule | None) -> None:
    """Delete the listed backups of one folder that the rule has no place for; those not listed stay.

    Without a rule all stay, and so does what was there before a restore.
    """
    if rule is None:
        return
    entries = manifest.read(folder).entries
    stay = kept([entry.time for entry in entries if entry.verified], now, rule)
    many = [entry for entry in entries if entry.verified and entry.reason != RESTORE and entry.time not in stay]
    for entry in many:
        with suppress(OSError):
            # another size: not what the program put there
            if (folder / entry.name).stat().st_size == entry.size:
                (folder / entry.name).unlink()
    lost = [entry.name for entry in entries if not (folder / entry.name).exists()]
    if lost:
        with told(folder):
            manifest.drop(folder, lost)


def check_again(one: Kept, key: Key | None, now: datetime) -> Kept:
    """Verify a backup anew: its digest, its pages, its links; the list notes when.

    Raises Damaged, which the list notes too, or Refusal.
    """
    try:
        must_be_as_made(one)
        verify(one.path, key)
    except Damaged:
        _note(one, "")
        raise
    return _note(one, now.isoformat(timespec="seconds"))


def must_be_as_made(one: Kept) -> None:
    """Raise Damaged when a listed backup is not, byte for byte, what was made; Refusal where it can't be read."""
    if one.entry:
        with told(one.path):
            must_have(one.path, one.entry.digest)


def _note(one: Kept, verified: str) -> Kept:
    if one.entry is None:
        return one
    entry, folder = replace(one.entry, verified=verified), one.path.parent
    with manifest.busy(folder), told(folder):
        known = manifest.read(folder)
        manifest.add(folder, entry, known.file, known.origin, known.second)
    return replace(one, entry=entry)


def remove(one: Kept) -> None:
    """Delete a backup that the program made. Raises Refusal for any other."""
    if one.entry is None:
        raise Refusal(Message("Organizer didn't make {file}, so it doesn't delete it.", {"file": one.path.name}))
    with manifest.busy(one.path.parent), told(one.path):
        one.path.unlink(missing_ok=True)
        manifest.drop(one.path.parent, [one.entry.name])
