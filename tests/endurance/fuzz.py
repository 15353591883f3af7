"""`python -m tests.endurance.fuzz --seconds N --seed S`: spoilt files for every reader of `exchange`.

Each case is a sample file with a few mutations (tests.endurance.mutations). Whatever comes of it must keep the
promises of tests.endurance.readings, within a time and a growth of memory; what doesn't is kept, made as small
as it goes, in the folder that `--keep` names (tests/exchange/hostile holds those that were found, for the suite).
The same seed makes the same cases. `--huge` gives the readers the large files of tests.endurance.hostile
instead, each in a process of its own with its memory bounded. The exit status is 1 where anything was found.
"""

from __future__ import annotations

import argparse
import faulthandler
import resource
import sys
import tempfile
import time
import traceback
import zlib
from collections import Counter
from pathlib import Path
from random import Random

from organizer.domain.result import Refusal
from tests.endurance import huge
from tests.endurance.mutations import mutated
from tests.endurance.readings import READERS, Broken, answer, check_round_trip
from tests.endurance.taken_out import TakenOut

_ROOT = Path(__file__).parents[2]
_SAMPLES = {
    "contacts": ["tests/data/contacts_google.csv", "resources/samples/contacts_google.csv"],
    "team": ["tests/data/team_sponsor_id.csv", "resources/samples/team_2026-09.csv"],
    "products": ["tests/data/products.csv", "resources/samples/products.csv"],
}
_READERS = [*READERS, "everything"]
_MOST_SECONDS = 5.0  # for a file of at most 2 MB, on a machine that has other work too
_MOST_GROWTH = 300  # MB above the most that any file before it took
_HANGS = 120


class Finding(Exception):  # noqa: N818 - not an error of the fuzzer
    """What is wrong with a case; `kind` tells one fault from another."""

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind


def main() -> int:
    """Run as the options say."""
    options = _options()
    if options.huge:
        return huge.run(options.only, options.megabytes)
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="organizer-fuzz-") as folder:
        for place, name in enumerate(_READERS):
            if not options.only or name in options.only:
                seed = options.seed * 1000 + place
                run = _Run(name, Random(seed), Path(folder), options.keep)
                run.go(options.seconds / (len(options.only) or len(_READERS)))
                found += run.found
                print(run.report(), flush=True)
    return 1 if found else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.endurance.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, metavar="N", help="for all readers together")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--only", action="append", default=[], choices=_READERS, help="one reader")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-found"), help="where findings are kept")
    parser.add_argument("--huge", action="store_true", help="large files instead")
    parser.add_argument("--megabytes", type=int, default=100, metavar="N", help="how large those are")
    return parser.parse_args()


class _Run:
    """One reader's cases."""

    def __init__(self, name: str, random: Random, folder: Path, keep: Path) -> None:
        self.name, self.random, self.folder, self.keep = name, random, folder, keep
        self.found: Counter[str] = Counter()
        self.outcomes: Counter[str] = Counter()
        self.slowest = 0.0
        self._taken_out = TakenOut(folder) if name == "everything" else None
        self._samples = [(_ROOT / path).read_bytes() for path in _SAMPLES.get(name, ())]
        shared = _ROOT.parent / "shared" / "data"
        all_samples = [_ROOT / path for paths in _SAMPLES.values() for path in paths]
        more = sorted(shared.iterdir()) if shared.is_dir() else []
        self._others = [path.read_bytes() for path in [*all_samples, *more]]

    def go(self, seconds: float) -> None:
        """Try cases until the time is up."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            data = mutated(self._sample(), self.random, self._others, whole=bool(self._taken_out))
            try:
                self._try(data, "case", count=True)
            except Finding as finding:
                self.found[finding.kind] += 1
                if self.found[finding.kind] == 1:
                    self._keep(data, finding)

    def _sample(self) -> bytes:
        if self.random.random() < 0.05:
            return self.random.choice(self._others)
        return self._taken_out.choose(self.random) if self._taken_out else self.random.choice(self._samples)

    def _try(self, data: bytes, file: str, count: bool = False) -> None:
        """One case. Raises Finding."""
        path = self.folder / f"{file}.csv"
        path.write_bytes(data)
        faulthandler.dump_traceback_later(_HANGS, exit=True)  # the case that hangs is left in the folder
        before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
        try:
            is_read = self._is_read(data, path)
        except Exception as error:
            kind = str(error).split(":")[0]
            if not isinstance(error, Broken):
                where = traceback.extract_tb(error.__traceback__)[-1]
                kind = f"{type(error).__name__} in {Path(where.filename).name}:{where.lineno}"
            raise Finding(kind, "".join(traceback.format_exception(error))) from error
        finally:
            faulthandler.cancel_dump_traceback_later()
        took = time.monotonic() - start
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        if took > _MOST_SECONDS or grown > _MOST_GROWTH:
            raise Finding("slow or large", f"{took:.1f} s, {grown:.0f} MB more")
        if count:
            self.slowest = max(self.slowest, took)
            self.outcomes["read" if is_read else "refused"] += 1

    def _is_read(self, data: bytes, path: Path) -> bool:
        """True where the case is read, False where it is refused. Raises Broken."""
        if self._taken_out:
            return self._taken_out.check(data)
        outcome = answer(self.name, path)
        if isinstance(outcome, Refusal):
            return False
        if self.name == "contacts":
            check_round_trip(outcome, self.folder / "again.csv")
        return True

    def _keep(self, data: bytes, finding: Finding) -> None:
        small = self._smallest(data, finding.kind)
        self.keep.mkdir(parents=True, exist_ok=True)
        path = self.keep / f"{self.name}_{zlib.crc32(finding.kind.encode()):08x}.csv"
        path.write_bytes(small)
        print(f"found: {finding.kind}\n  {len(small)} bytes in {path}\n{finding}", flush=True)

    def _smallest(self, data: bytes, kind: str) -> bytes:
        """The case without what it can do without: lines first, then ever smaller runs of bytes."""
        end = time.monotonic() + 20
        lines = data.splitlines(keepends=True)
        pieces = [lines] if len(lines) > 1 else []
        for part in pieces:
            data = b"".join(self._reduced(part, kind, end))
        for size in (512, 64, 16, 4, 1):
            chunks = [data[i : i + size] for i in range(0, len(data), size)]
            data = b"".join(self._reduced(chunks, kind, end))
        return data

    def _reduced(self, parts: list[bytes], kind: str, end: float) -> list[bytes]:
        place = 0
        while place < len(parts) and time.monotonic() < end:
            fewer = parts[:place] + parts[place + 1 :]
            if self._is_found(b"".join(fewer), kind):
                parts = fewer
            else:
                place += 1
        return parts

    def _is_found(self, data: bytes, kind: str) -> bool:
        try:
            self._try(data, "smaller")
        except Finding as finding:
            return finding.kind == kind
        return False

    def report(self) -> str:
        """One line of figures."""
        cases = sum(self.outcomes.values()) + sum(self.found.values())
        return (
            f"{self.name}: {cases:,} cases, {self.outcomes['read']:,} read, {self.outcomes['refused']:,} refused, "
            f"slowest {self.slowest:.2f} s, {len(self.found)} findings in {sum(self.found.values())} cases"
        )


if __name__ == "__main__":
    sys.exit(main())
