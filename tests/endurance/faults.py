"""`python -m tests.endurance.faults --seed 1`: a disk that is full or failing at each single step of a deed.

Whatever the moment: the deed is refused with a text that says why, nothing of it is there, and the file goes on to
work, in the same window and after opening it again; or the deed is done, whole.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

from organizer.domain.contact import Contact
from organizer.domain.result import Refusal
from organizer.services import contacts, files
from organizer.storage import File

from . import deeds, rot
from .bench import Bench
from .faulty_disk import (
    CANNOT_OPEN,
    DELETE_ERROR,
    FULL,
    READ_ERROR,
    READ_ONLY_FOLDER,
    SYNC_ERROR,
    TRUNCATE_ERROR,
    WRITE_ERROR,
    Disk,
    Failing,
    faulty_disk,
)
from .master import FailedError, expect

Deed = Callable[[File], object]


def _seeded(name: str, seed: int) -> Deed:
    return lambda file: deeds.BY_NAME[name](file, Random(seed))


DEEDS: dict[str, Deed] = {
    name: _seeded(name, 7)
    for name in (
        *("add_contact", "edit_contact", "delete_contacts", "add_member", "move_member", "add_product"),
        *("add_company", "choose_company", "rename_owner", "undo", "import_team", "save_plan", "keep_estimate"),
    )
}
"""The deeds that meet the faults; each changes something."""


@dataclass(frozen=True)
class Fault:
    """A way in which the disk says no: at one of the calls in `ops`, with `code`, and what she is told then."""

    name: str
    ops: frozenset[str]
    code: int
    words: str
    for_ever: bool = False
    half: bool = False


_BLIND = "Close it and open it again"
_FULL, _ERROR = "disk is full", "disk answered with an error"
FAULTS = (
    Fault("full at one write", frozenset({"write"}), FULL, _FULL),
    Fault("full from one write on, the first half written", frozenset({"write"}), FULL, _FULL, True, True),
    Fault("write error once", frozenset({"write"}), WRITE_ERROR, _ERROR),
    Fault("write error from then on, torn", frozenset({"write"}), WRITE_ERROR, _ERROR, True, True),
    Fault("sync error once", frozenset({"sync"}), SYNC_ERROR, _ERROR),
    Fault("sync error from then on", frozenset({"sync"}), SYNC_ERROR, _ERROR, True),
    Fault("nothing can be deleted", frozenset({"delete"}), DELETE_ERROR, _ERROR, True),
    Fault("nothing can be cut", frozenset({"truncate"}), TRUNCATE_ERROR, _ERROR, True),
    Fault("read error once", frozenset({"read"}), READ_ERROR, _ERROR),
    Fault("the journal can't be made", frozenset({"open"}), CANNOT_OPEN, "can't be opened", True),
    Fault("the folder is read-only", frozenset({"open"}), READ_ONLY_FOLDER, "read-only", True),
    Fault(
        "the whole disk gone",
        frozenset({"read", "write", "sync", "delete", "truncate"}),
        WRITE_ERROR,
        _ERROR,
        True,
    ),
)


def sweep(bench: Bench, disk: Disk, deed: Deed, fault: Fault, most: int = 1 << 30) -> Counter[str]:
    """Let `deed` meet `fault` at each of its calls (`most` of them, evenly spread); what came of it."""
    after, calls = _measured(bench, disk, deed, fault)
    counts: Counter[str] = Counter()
    for step in _spread(calls, most):
        with _context(f"{fault.name}, call {step} of {calls}"):
            counts[_meet(bench, disk, deed, fault, step, after)] += 1
    return counts


class _context:  # noqa: N801 - reads as a word
    def __init__(self, what: str) -> None:
        self._what = what

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, Exception):
            raise FailedError(f"{self._what}: {error!r}") from error


def _spread(calls: int, most: int) -> Sequence[int]:
    return range(calls) if calls <= most else [round(i * (calls - 1) / (most - 1)) for i in range(most)]


def _measured(bench: Bench, disk: Disk, deed: Deed, fault: Fault) -> tuple[str, int]:
    bench.fresh()
    file = bench.open()
    disk.hook = counting = Failing(fault.ops)
    deed(file)
    disk.hook = None
    after = deeds.digest(file)
    file.close()
    expect(after != bench.digest, "a deed that changes nothing proves nothing")
    return after, counting.calls


def _meet(bench: Bench, disk: Disk, deed: Deed, fault: Fault, step: int, after: str) -> str:
    bench.fresh()
    file = bench.open()
    disk.half_writes = fault.half
    disk.hook = Failing(fault.ops, step, fault.code, fault.for_ever)
    refused = ""
    try:
        deed(file)
    except Refusal as refusal:
        refused = str(refusal)
    finally:
        disk.hook, disk.half_writes = None, False
    expect(not refused or fault.words in refused or _BLIND in refused, f"told as: {refused}")
    wanted = bench.digest if refused else after
    if refused and _is_blind(bench, file):
        file.close()
        file = bench.open()
    expect(deeds.digest(file) == wanted, "half there, in the window that has the file open")
    contacts.add(file, Contact(first_name="Afterwards"))
    files.undo(file)
    file.close()
    _opens_again(bench, wanted)
    return "refused" if refused else "done all the same"


def _is_blind(bench: Bench, file: File) -> bool:
    """After a page that couldn't be read, SQLCipher reads no other: the file must be closed and opened again."""
    try:
        deeds.digest(file)
    except Refusal as refusal:
        expect(bool(bench.secret) and _BLIND in str(refusal), f"told as: {refusal}")
        return True
    return False


def _opens_again(bench: Bench, wanted: str) -> None:
    file = bench.open()
    try:
        expect(not deeds.troubles(file), f"not whole: {deeds.troubles(file)[:3]}")
        files.redo(file)
        expect(
            any(row.name == "Afterwards" for row in contacts.rows(file)), "what was done afterwards isn't there"
        )
        files.undo(file)
    finally:
        file.close()
    expect(not bench.strays(), f"left behind: {bench.strays()}")


def cut_off(bench: Bench, disk: Disk, deed: Deed, fault: Fault, step: int) -> None:
    """The disk fails at `step` and the program ends: the next opening finds the file as before or as after."""
    after, _calls = _measured(bench, disk, deed, fault)
    bench.fresh()
    file = bench.open()
    disk.hook = Failing(fault.ops, step, fault.code, True)
    with suppress(Refusal):
        deed(file)
    file.close()
    disk.hook = None
    file = bench.open()
    found = deeds.digest(file)
    file.close()
    expect(found in (bench.digest, after), "half there after opening again")


def main(arguments: list[str] | None = None) -> int:
    """Run every fault at every call of every deed, and the rotten files; 0 when everything held."""
    parser = argparse.ArgumentParser(prog="python -m tests.endurance.faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--flips", type=int, default=1000, help="flipped bytes in each file (default 1000)")
    parser.add_argument("--cuts", type=int, default=100, help="lengths to which each file is cut (default 100)")
    chosen = parser.parse_args(arguments)
    for encrypted in (False, True):
        with tempfile.TemporaryDirectory(prefix="organizer-faults-") as name, faulty_disk() as disk:
            os.environ["XDG_DATA_HOME"] = f"{name}/data"
            try:
                bench = Bench(Path(name), encrypted)
                _every_fault(bench, disk, encrypted)
                # another file: this one's seal is of its last deed, not of the bytes that will be spoilt
                (Path(name) / "rot").mkdir()
                bench = Bench(Path(name) / "rot", encrypted)
                rot.report(bench, encrypted, chosen.seed, chosen.flips, chosen.cuts)
            except AssertionError as failure:
                print(failure, file=sys.stderr)
                return 1
    return 0


def _every_fault(bench: Bench, disk: Disk, encrypted: bool) -> None:
    begun = time.monotonic()
    counts: Counter[str] = Counter()
    for name, deed in DEEDS.items():
        for fault in FAULTS:
            with _context(name):
                counts += sweep(bench, disk, deed, fault)
    figures = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
    kind = "encrypted" if encrypted else "plain"
    print(f"faults ({kind}): {sum(counts.values())} met by deeds: {figures}; {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
