"""Looks for secrets in plain bytes: in files, in what a program holds open, in what the system shows of it."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

_BLOCK = 1 << 20
_SHOWN = ("cmdline", "environ")
_SHARED = (Path("/dev/shm"), Path("/tmp"), Path("/var/tmp"))


class Scan:
    """Where any of `secrets` was seen, by place: `found` maps a place to the secrets seen there.

    `folders` are searched with all that lies in them; what a process reads from `given` is no find.
    """

    def __init__(self, secrets: Iterable[str], folders: Iterable[Path], given: Path) -> None:
        self.found: dict[str, set[str]] = {}
        self.looks = 0
        self.seen: set[str] = set()
        self._forms = {form: secret for secret in secrets for form in _written(secret)}
        self._overlap = max(map(len, self._forms)) - 1
        self._folders, self._given = list(folders), given
        self._before = set(_shared())

    def look(self, pid: int | None = None) -> None:
        """One look at every file, and at the process `pid` with all that it holds open, deleted files included."""
        self.looks += 1
        for folder in self._folders:
            # unlike rglob it doesn't mind a folder that goes meanwhile
            for parent, _folders, names in os.walk(folder):
                for name in names:
                    path = Path(parent, name)
                    self._file(path, str(path.relative_to(folder)))
        for path in set(_shared()) - self._before:
            self._file(path, str(path))
        if pid is not None:
            self._process(Path("/proc") / str(pid))

    def text(self, place: str, text: str) -> None:
        """Look at what was said."""
        self._bytes(place, text.encode())

    def _process(self, process: Path) -> None:
        for name in _SHOWN:
            self._file(process / name, name)
        try:
            handles = list((process / "fd").iterdir())
        except OSError:
            return
        for handle in handles:
            try:
                target = str(handle.readlink())
            except OSError:
                continue
            # no pipes, sockets and devices; a deleted file can only be read this way
            if target.startswith(("/proc", "/dev/")) and not target.startswith("/dev/shm"):
                continue
            if target.startswith("/") and not Path(target).is_relative_to(self._given):
                self._file(handle, target)

    def _file(self, path: Path, place: str) -> None:
        try:
            if not path.is_file():
                return
            self.seen.add(place)
            with path.open("rb") as opened:
                rest = b""
                while block := opened.read(_BLOCK):
                    self._bytes(place, rest + block)
                    rest = block[-self._overlap :]
        except OSError:
            return  # it has gone in the meantime, or isn't ours

    def _bytes(self, place: str, data: bytes) -> None:
        for form, secret in self._forms.items():
            if form in data:
                self.found.setdefault(place, set()).add(secret)


class Watch:
    """Looks again and again from another thread, as long as the block lasts."""

    def __init__(self, scan: Scan, pid: int) -> None:
        self._scan, self._pid = scan, pid
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(0.01):
            self._scan.look(self._pid)


def _written(secret: str) -> Iterator[bytes]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        yield secret.encode(encoding)


def _shared() -> Iterator[Path]:
    """What lies openly in the folders that all programs share."""
    for folder in _SHARED:
        try:
            with os.scandir(folder) as entries:
                yield from (Path(entry.path) for entry in entries if entry.is_file(follow_symlinks=False))
        except OSError:
            continue
