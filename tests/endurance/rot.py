"""Files that a failing disk has changed: flipped bytes and missing ends, with the time of the file as it was."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from random import Random

from organizer.domain.contact import Contact
from organizer.domain.result import Refusal
from organizer.services import companies, contacts, files, products, team
from organizer.storage import File

from . import deeds
from .bench import Bench
from .master import expect


def flipped(bench: Bench, chance: Random, times: int) -> Iterator[bytes]:
    """The file with one byte changed, at `times` places; every twentieth in its first page."""
    for number in range(times):
        data = bytearray(bench.bytes)
        data[chance.randrange(4096 if number % 20 == 0 else len(data))] ^= chance.randrange(1, 256)
        yield bytes(data)


def cut(bench: Bench, chance: Random, times: int) -> Iterator[bytes]:
    """The file cut to `times` lengths, whole pages among them."""
    for number in range(times):
        length = chance.randrange(len(bench.bytes))
        yield bench.bytes[: length - length % 4096 if number % 3 == 0 else length]


def outcome(bench: Bench, data: bytes) -> str:
    """Open the changed file, read everything and do a deed; what she gets. Anything but a Refusal goes on."""
    bench.fresh(data)
    try:
        file = bench.open()
    except Refusal as refusal:
        expect(bench.path.read_bytes() == data, f"refused ({refusal}), yet the file was changed")
        return "refused at opening"
    try:
        return _used(bench, file)
    finally:
        file.close()


def _used(bench: Bench, file: File) -> str:
    noticed = file.rotted
    try:
        read_everything(file)
        same = deeds.digest(file) == bench.digest
        contacts.add(file, Contact(first_name="Afterwards"))
        files.undo(file)
    except Refusal:
        return "refused in use"
    if noticed:
        return "noticed at opening"
    return "unchanged" if same else "silently wrong"


def read_everything(file: File) -> None:
    """What the pages of the program read."""
    contacts.rows(file)
    contacts.everyone(file)
    contacts.tags(file)
    files.owner(file)
    files.deeds(file)
    for company in companies.everyone(file):
        products.everyone(file, company.id)
        for period in team.periods(file, company.id):
            team.view(file, company.id, period)


def report(bench: Bench, encrypted: bool, seed: int, flips: int, cuts: int) -> None:
    """Try them all and print the figures."""
    kind = "encrypted" if encrypted else "plain"
    for name, made in (
        ("flipped bytes", flipped(bench, Random(seed), flips)),
        ("cut files", cut(bench, Random(seed), cuts)),
    ):
        begun = time.monotonic()
        counts = Counter(outcome(bench, data) for data in made)
        figures = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
        print(f"{name} ({kind}): {figures}; {time.monotonic() - begun:.0f} s")
        expect(not counts["silently wrong"], f"{counts['silently wrong']} silently wrong")
