"""What the children that are killed are doing, and how what they left is judged."""

from __future__ import annotations

import os
import shutil
import time
from abc import ABC, abstractmethod
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

from organizer.services import files
from organizer.services.files import Secret
from organizer.storage import File
from organizer.storage.beside import ready_of

from . import deeds
from .bench import PASSPHRASE
from .faulty_disk import Disk
from .master import FailedError, Tell, expect, run_child
from .steps import kill_at, power_cut_at

Told = list[dict[str, Any]]

_DEEDS_EACH = 25
"""How many deeds a child does when nothing ends it before."""


class Scene(ABC):
    """A folder with a file in it, in which children are killed one after the other.

    All that the program keeps of the file lies in `place`: the backups too, and the second folder for them.
    """

    lasts = 40
    """After how many children a new folder is begun, so that the file doesn't grow for ever."""

    def __init__(self, folder: Path, encrypted: bool, disk: Disk) -> None:
        self.disk = disk
        self.folder = folder
        self.place = folder / "place"
        self.path = self.place / "a.organizer"
        self.encrypted = encrypted
        os.environ["XDG_DATA_HOME"] = str(self.place / "data")
        self.secret: Secret = ""
        self.length, self.seconds = 1, 0.0
        """How many steps, and how long, a child takes for its work."""
        self.begin()
        self.go_on()
        self.measure()

    def begin(self) -> None:
        """Make the file."""
        file = files.create(self.path, deeds.clock, PASSPHRASE if self.encrypted else "")
        # the key, derived once: with the passphrase every opening would take a quarter of a second
        self.secret = file.key or ""
        deeds.start(file)
        file.close()

    def open(self, path: Path | None = None) -> File:
        """Open the scene's file, or another, as the program does."""
        return files.open_file(path or self.path, deeds.clock, self.secret)

    def digest(self) -> str:
        """The fingerprint of the file, which nobody has open."""
        file = self.open()
        try:
            return deeds.digest(file)
        finally:
            file.close()

    @abstractmethod
    def act(self, tell: Tell, chance: Random) -> None:
        """What the child does."""

    @abstractmethod
    def judge(self, told: Told) -> str:
        """Look at what lies in `place` after the child's end; a few words for what was found.

        Raises FailedError.
        """

    @abstractmethod
    def go_on(self) -> None:
        """Make ready for the next child."""

    def measure(self) -> None:
        """Let one child do its work to the end, and see how long it takes."""
        begun = time.monotonic()
        told, _killed = self._child(Random(0), 1 << 30, None, [])
        self.seconds = time.monotonic() - begun
        self.length = next(line["steps"] for line in told if "steps" in line)
        self.judge(told)
        self.go_on()

    def step(self, chance: Random) -> int:
        """At which step a child shall end: at any, but at one of the last ones oftener."""
        return self.length - chance.randrange(40) if chance.random() < 0.25 else chance.randint(1, self.length)

    def once(self, chance: Random, power: bool) -> Counter[str]:
        """One child with its end, and the judgement."""
        counts: Counter[str] = Counter()
        found = [self.folder / f"found{number}" for number in range(3)] if power else []
        moment = None if power or chance.random() < 0.6 else chance.uniform(0, self.seconds)
        told, killed = self._child(chance, self.step(chance), moment, found)
        if not killed:
            counts["ended by themselves"] += 1
        elif power:
            counts["power cuts"] += 1
        else:
            counts["killed at a random moment" if moment is not None else "killed at a random step"] += 1
        if not power and killed and chance.random() < 0.3:
            counts["killed again while opening"] += self._child_that_opens(chance)
        for place in found if power and killed else [self.place]:
            if place != self.place:
                shutil.rmtree(self.place)
                place.rename(self.place)
                if chance.random() < 0.5:
                    self._keep_numbers()
            counts[f"found {self.judge(told)}"] += 1
        counts["deeds told as done"] += sum("did" in line for line in told)
        self.go_on()
        return counts

    def _keep_numbers(self) -> None:
        """Let a new file that was ready be for this old one, as on a disk that numbers its files once for all."""
        for ready in self.place.glob(".*.ready"):
            ready.replace(ready_of(self.path))

    def _child(self, chance: Random, step: int, moment: float | None, found: list[Path]) -> tuple[Told, bool]:
        def act(tell: Tell) -> None:
            if found:
                taken = power_cut_at(self.disk, self.place, step, found, chance)
            else:
                taken = kill_at(self.disk, self.place, 1 << 30 if moment is not None else step)
            self.act(tell, chance)
            tell({"steps": taken()})

        return run_child(act, moment)

    def _child_that_opens(self, chance: Random) -> int:
        step = int(2 ** chance.uniform(0, 5)) + 1

        def act(_tell: Tell) -> None:
            kill_at(self.disk, self.place, step)
            self.reopen().close()

        return int(run_child(act)[1])

    def reopen(self) -> File:
        """Open the file after a child's end, whatever the child was doing with it."""
        return self.open()

    def must_be_tidy(self) -> None:
        """Nothing that was cut off lies beside the file. Raises FailedError."""
        wanted = {self.path.name, f".{self.path.name}.lock", "data", "stick"}
        left = {path.name for path in self.place.iterdir()} - wanted
        expect(not left, f"left behind: {left}")


class Deeds(Scene):
    """Random deeds. A twin elsewhere does each first, and so tells what the file must hold after it."""

    def step(self, chance: Random) -> int:
        """Early ones oftener: each deed has but a few dozen steps."""
        return int(self.length ** chance.random()) + 1

    def act(self, tell: Tell, chance: Random) -> None:
        """A few deeds, each told of before and after."""
        twin = self.open(self.twin)
        twin.connection.exec_driver_sql("PRAGMA synchronous = OFF")
        tell({"had": self.before})
        file = self.open()
        for number in range(_DEEDS_EACH):
            seed = f"{chance.random()}"
            name = deeds.do(twin, Random(seed))
            tell({"will": name, "digest": deeds.digest(twin)})
            deeds.do(file, Random(seed))
            tell({"did": number})
        file.close()

    def judge(self, told: Told) -> str:
        """The file holds what it held after the last deed told as done, or after the one under way."""
        states = [self.before, *(line["digest"] for line in told if "will" in line)]
        done = sum("did" in line for line in told)
        file = self.open()
        try:
            expect(not file.rotted, "the file seems to have changed by itself")
            expect(not deeds.troubles(file), f"not whole: {deeds.troubles(file)[:3]}")
            found = deeds.digest(file)
            expect(deeds.undo_works(file), "undo and redo don't give back what was there")
        finally:
            file.close()
        if found not in states[done : done + 2]:
            where = states.index(found) if found in states else "none"
            raise FailedError(f"{done} deeds were told as done, the contents are those after {where}")
        self.must_be_tidy()
        if states[done:] == states[done : done + 1] * (len(states) - done):
            return "as after the last deed"
        return "with the deed under way" if found == states[done + 1] else "without the deed under way"

    def go_on(self) -> None:
        """A twin of the file as it is now."""
        self.before = self.digest()
        self.twin = self.folder / "twin" / "a.organizer"
        # the kill may have hit the twin, and left a journal that would ruin a new one
        shutil.rmtree(self.twin.parent, ignore_errors=True)
        self.twin.parent.mkdir()
        shutil.copy(self.path, self.twin)
