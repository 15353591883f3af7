"""`python -m tests.endurance.kill --times 500 --seed 1`: kill -9, or a power cut, in the midst of deeds.

A child works on a file and tells before and after each deed; it is killed from outside at a random moment, or from
within at a random step on the disk, so that every moment inside a commit is hit. Then the file must be whole and
hold exactly what it held after the last deed that was told as done, or after the one that was under way.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from . import faulty_disk, job_scenes
from .scenes import Deeds, Scene

SCENES: dict[str, type[Scene]] = {"deeds": Deeds, **job_scenes.SCENES}


def main(arguments: list[str] | None = None) -> int:
    """Run what the command line asks for; 0 when everything held."""
    parser = argparse.ArgumentParser(prog="python -m tests.endurance.kill", description=__doc__)
    parser.add_argument("--times", type=int, default=500, help="how many children (default 500)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--what", choices=[*SCENES, "all"], default="deeds")
    parser.add_argument("--encrypted", action="store_true", help="with a file that has a passphrase")
    parser.add_argument("--power", action="store_true", help="a simulated power cut instead of a kill")
    chosen = parser.parse_args(arguments)
    failed = 0
    for what in SCENES if chosen.what == "all" else [chosen.what]:
        failed += not run(what, chosen.times, chosen.seed, chosen.encrypted, chosen.power)
    return int(failed > 0)


def run(what: str, times: int, seed: int, encrypted: bool, power: bool) -> bool:
    """One scene `times` times; whether everything held. Stops at the first that doesn't."""
    begun = time.monotonic()
    counts: Counter[str] = Counter()
    number = 0
    with tempfile.TemporaryDirectory(prefix="organizer-kill-") as folder, faulty_disk.faulty_disk() as disk:
        try:
            scene: Scene | None = None
            for number in range(times):
                chance = Random(f"{what} {seed} {number}")
                if scene is None or number % scene.lasts == 0:
                    scene = SCENES[what](Path(folder) / f"world{number}", encrypted, disk)
                counts += scene.once(chance, power)
        except AssertionError as failure:
            print(f"{what}, seed {seed}, number {number}: {failure}", file=sys.stderr)
            return False
    manner = "power cuts" if power else "kills"
    kind = "encrypted" if encrypted else "plain"
    figures = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
    print(f"{what} ({kind}, {manner}): {figures}; {time.monotonic() - begun:.0f} s; all held")
    return True


if __name__ == "__main__":
    sys.exit(main())
