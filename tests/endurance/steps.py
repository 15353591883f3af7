"""Every step that this process takes on the disk below a folder, by SQLite or not, and an end at one of them."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from .faulty_disk import Call, Disk
from .power import Shadow

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


Taken = Callable[[], int]
"""Tells how many steps were taken until now."""


def kill_at(disk: Disk, folder: Path, step: int) -> Taken:
    """End this process as by kill -9 just before its `step`-th step from now on."""
    return _Steps(folder, step, None, lambda: None).watch(disk)


def power_cut_at(disk: Disk, folder: Path, step: int, found: list[Path], chance: Random) -> Taken:
    """End this process at its `step`-th step, and leave in each of `found` what a power cut might."""
    shadow = Shadow(folder)

    def cut() -> None:
        for place in found:
            shadow.write_out(place, chance)

    return _Steps(folder, step, shadow, cut).watch(disk)


class _Steps:
    def __init__(self, folder: Path, last: int, shadow: Shadow | None, at_end: Callable[[], None]) -> None:
        self._folder = f"{folder}{os.sep}"
        self._left = last
        self._shadow = shadow
        self._at_end = at_end
        self._inside = False

    def watch(self, disk: Disk) -> Taken:
        last = self._left
        disk.hook = self._by_sqlite
        sys.addaudithook(self._audited)
        real = os.fsync

        def fsync(handle: int) -> None:
            path = str(Path(f"/proc/self/fd/{handle}").readlink())
            if self._is_ours(path):
                self._step()
                if self._shadow:
                    self._shadow.synced(path)
            real(handle)

        os.fsync = fsync
        return lambda: last - self._left

    def _is_ours(self, path: str) -> bool:
        return not self._inside and f"{path}{os.sep}".startswith(self._folder)

    def _step(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._inside = True
            self._at_end()
            os.kill(os.getpid(), signal.SIGKILL)

    def _by_sqlite(self, call: Call) -> int:
        if call.op == "read" or not self._is_ours(call.path):
            return 0
        shadow = self._shadow
        # the step that is under way may have been done in part
        if shadow and call.op == "write":
            shadow.written(call.path, call.offset, call.data)
        self._step()
        if shadow and call.op == "open":
            shadow.opened(call.path, by_sqlite=True)
        elif shadow and call.op == "truncate":
            shadow.truncated(call.path, call.size)
        elif shadow and call.op == "sync":
            shadow.synced(call.path)
        elif shadow and call.op == "delete":
            shadow.deleted(call.path)
            if call.size:
                shadow.names_synced()
        return 0

    def _audited(self, event: str, values: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(values[0], (str, os.PathLike)) and values[2] & _WRITING:
            self._by_python(event, os.fspath(values[0]), "")
        elif event in ("os.rename", "os.link"):
            self._by_python(event, os.fspath(values[0]), os.fspath(values[1]))
        elif event in ("os.remove", "os.mkdir", "os.rmdir"):
            self._by_python(event, os.fspath(values[0]), "")

    def _by_python(self, event: str, path: str, other: str) -> None:
        if not self._is_ours(path):
            return
        self._step()
        if self._shadow and event == "open":
            self._shadow.opened(path, by_sqlite=False)
        elif self._shadow and event == "os.rename":
            self._shadow.renamed(path, other)
        elif self._shadow and event == "os.link":
            self._shadow.linked(path, other)
        elif self._shadow and event == "os.remove":
            self._shadow.deleted(path)
