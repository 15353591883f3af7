"""The large files of tests.endurance.hostile, each read in a process of its own whose memory is bounded."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from organizer.domain.result import Refusal
from organizer.i18n import say
from tests.endurance.hostile import BOMBS, Bomb
from tests.endurance.readings import READERS

_MOST_MEMORY = 2_500_000_000
"""Bytes of address space: less than the smallest machine in use has."""

_MOST_SECONDS = 60


def run(only: Sequence[str], megabytes: int) -> int:
    """Read each bomb at that size; prints a line for each, returns 1 where one broke a promise."""
    worst = 0
    print(f"{'file of ' + str(megabytes) + ' MB':38} {'seconds':>8} {'MB peak':>8}  outcome")
    for name, bomb in BOMBS.items():
        if not only or bomb.reader in only:
            took, peak, outcome = _apart(bomb, megabytes * 1_000_000 - 1000)
            worst |= outcome.startswith("!") or bomb.refused not in outcome
            print(f"{name:38} {took:8.1f} {peak:8.0f}  {outcome}", flush=True)
    return worst


def _apart(bomb: Bomb, size: int) -> tuple[float, float, str]:
    """Seconds, the most memory in MB, and what came of it; "!" before what must not be."""
    with tempfile.TemporaryDirectory(prefix="organizer-huge-") as folder:
        path = Path(folder) / bomb.file
        path.write_bytes(bomb.make(size))
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe()
        process = spawn.Process(target=_read, args=(bomb.reader, path, theirs))
        process.start()
        theirs.close()
        try:
            if not ours.poll(_MOST_SECONDS * 2):
                return _MOST_SECONDS * 2, 0, "! hangs"
            took, peak, outcome = ours.recv()
        except EOFError:
            return 0, 0, "! the process died"
        finally:
            process.kill()
            process.join()
    return took, peak, outcome if took < _MOST_SECONDS else f"! slow: {outcome}"


def _read(reader: str, path: Path, answer: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    start = time.monotonic()
    try:
        reading = READERS[reader].read(path)
        outcome = f"{len(reading.records):,} records, {len(reading.problems):,} problems"
    except Refusal as refused:
        outcome = "refused: " + say(refused.message.text, refused.message.values)
    except BaseException as error:
        outcome = f"! {type(error).__name__}: {str(error)[:100]}"
    took = time.monotonic() - start
    peak = _peak()
    answer.send((took, peak, outcome[:150].replace("\n", " ")))
    answer.close()


def _peak() -> float:
    """The most memory that this process ever had, in MB; getrusage would count its parent's too."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    sys.exit(run([], 100))
