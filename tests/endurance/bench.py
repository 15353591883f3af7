"""One file with something of every kind in it, to be copied anew for each fault."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from organizer.services import files
from organizer.services.files import Secret
from organizer.storage import File

from . import deeds

PASSPHRASE = "correct horse Zebrafink battery"


class Bench:
    """A closed file at `path`, sealed as the program leaves it, that `fresh` puts there again and again."""

    def __init__(self, folder: Path, encrypted: bool = False) -> None:
        self.place = folder / "place"
        self.path = self.place / "a.organizer"
        file = files.create(self.path, deeds.clock, PASSPHRASE if encrypted else "")
        # the key, derived once: with the passphrase every opening would take a quarter of a second
        self.secret: Secret = file.key or ""
        deeds.start(file)
        self.digest = deeds.digest(file)
        file.close()
        self._kept = folder / "kept"
        shutil.copy2(self.path, self._kept)
        self.bytes = self._kept.read_bytes()

    def fresh(self, changed: bytes | None = None) -> Path:
        """The file as it was closed, or with other bytes but the time that it had: as a failing disk leaves it."""
        for left in self.place.iterdir():
            left.unlink()
        shutil.copy2(self._kept, self.path)
        if changed is not None:
            known = self.path.stat()
            self.path.write_bytes(changed)
            os.utime(self.path, ns=(known.st_atime_ns, known.st_mtime_ns))
        return self.path

    def open(self) -> File:
        """Open what lies there as the program does."""
        return files.open_file(self.path, deeds.clock, self.secret)

    def strays(self) -> set[str]:
        """What lies beside the file that shouldn't."""
        return {path.name for path in self.place.iterdir()} - {self.path.name, f".{self.path.name}.lock"}
