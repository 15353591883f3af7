"""Figures of people who come in: who of them is known already, and how soon their cards are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from random import Random

from organizer.domain.contact import Contact, Labelled
from organizer.exchange.cards import Card
from organizer.exchange.contact_mapping import ContactReading
from organizer.exchange.vcard import write_vcards
from organizer.services import contact_import, contacts, duplicates
from organizer.services.files import File
from tests.benchmarks import made, world
from tests.benchmarks.measure import Floor, Measured, Task, alternate, seconds, slowest_of_twenty

_ROWS = 10_000
_NAMES = 100
"""So many names are asked about in one run."""


def one_name(task: Task) -> Measured:
    """Whether a name that is typed in is there already; everybody was read before, as the page sees to."""
    file = world.opened(world.world_file(task.folder, task.size))
    duplicates.take(file, duplicates.prepare(file).now())
    asked = list(_comers(file, _NAMES))

    def run() -> float:
        return slowest_of_twenty([seconds(lambda one=one: duplicates.alike(file, one)) for one in asked])  # type: ignore[misc]

    taken = alternate(task.repeat, run)[0]
    file.close()
    return Measured(taken, [Floor("20 ms", [0.020], 1)])


def whole_file(task: Task) -> Measured:
    """Everybody in a file of 10,000 compared with everybody known and with each other, up to the preview."""
    file = world.opened(world.world_file(task.folder, task.size))
    records = [Card(one) for one in _comers(file, _ROWS)]
    reading = ContactReading(records, [], "", range(1, _ROWS + 1))

    def run() -> float:
        # as in a file that was just opened: nobody was read for the hint on the card
        file.listeners.clear()
        return seconds(lambda: contact_import.preview(file, reading))

    taken = alternate(task.repeat, run)[0]
    file.close()
    return Measured(taken, [Floor("5 s", [5.0], 1)])


def _comers(file: File, count: int) -> Iterator[Contact]:
    """Half of them new, half known: as they stand there, without their phone, or with a letter wrong."""
    random, others = Random(6), world.people(count, 7)
    known = cycle(contacts.everyone(file)[: 7 * count : 7])
    for number in range(count):
        one = replace(next(known), id=0)
        if number % 2:
            yield next(others)
        elif number % 6 == 0:
            yield replace(one, phones=(), emails=())
        elif number % 6 == 2 and len(one.last_name) > 3:
            at = random.randrange(1, len(one.last_name))
            yield replace(one, last_name=one.last_name[:at] + one.last_name[at + 1 :], phones=(), birthday="")
        else:
            yield one


def read_cards(task: Task) -> Measured:
    """A file of vCards from the disk to contacts, beside a loop that only unfolds and splits its lines."""
    return _read(task, lambda path: contact_import.read(path).now(), 3)


def bring_in_cards(task: Task) -> Measured:
    """The same with everything after it: compared, shown, and stored in an empty file."""

    def whole(path: Path) -> None:
        target = task.folder / "brought-in.organizer"
        target.unlink(missing_ok=True)
        file = made.new_file(target)
        contact_import.preview(file, contact_import.read(path, file).now()).apply()
        file.close()

    return _read(task, whole, 40)


def _read(task: Task, work: Callable[[Path], object], target: float) -> Measured:
    path = task.folder / f"cards-{task.size}.vcf"
    if not path.exists():
        write_vcards([_on_a_card(one) for one in world.people(task.size, 9)], path)
    ours, floor = alternate(
        task.repeat, lambda: seconds(lambda: work(path)), lambda: seconds(lambda: _leanest(path))
    )
    return Measured(ours, [Floor("lines unfolded and split at their colon", floor, target)])


def _on_a_card(one: Contact) -> Contact:
    return replace(
        one, emails=(*one.emails, Labelled("privat@example.org", "Work")), notes="Kender Åse fra kurset."
    )


def _leanest(path: Path) -> list[dict[str, list[str]]]:
    """The least that can be called reading: one dict of names and values for each card."""
    cards: list[dict[str, list[str]]] = []
    card: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").replace("\r\n ", "").replace("\r\n\t", "").splitlines():
        head, _colon, value = line.partition(":")
        name = head.partition(";")[0].upper()
        if name == "BEGIN":
            card = {}
        elif name == "END":
            cards.append(card)
        else:
            card.setdefault(name, []).append(value)
    return cards
