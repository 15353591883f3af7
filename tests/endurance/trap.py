"""A file that nobody may open: the kernel tells if anyone does, Qt and ReportLab too."""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from pathlib import Path

_OPENED = 0x20
_NON_BLOCKING = 0x800


class Trap:
    """Watches the picture at `path`, which it makes; Linux only (`works` says so), elsewhere nothing is seen."""

    works = sys.platform == "linux"

    def __init__(self, path: Path) -> None:
        self.path = path
        # a picture of one dot: whoever takes the text for markup would load and show it
        path.write_bytes(b"P6 1 1 255\n\xff\x00\x00")
        if self.works:
            self._libc = ctypes.CDLL(None, use_errno=True)
            self._handle = self._libc.inotify_init1(_NON_BLOCKING)
            if self._libc.inotify_add_watch(self._handle, os.fsencode(path), _OPENED) < 0:
                raise OSError(ctypes.get_errno(), "inotify_add_watch")

    def opened(self) -> int:
        """How often it was opened since the last question."""
        if not self.works:
            return 0
        try:
            events = os.read(self._handle, 65536)
        except BlockingIOError:
            return 0
        return len(events) // struct.calcsize("iIII")

    def close(self) -> None:
        """Watch no longer."""
        if self.works:
            os.close(self._handle)
