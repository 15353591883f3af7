"""A long life with the program: everybody with roles, stories, next steps, consents, a team and products."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import accumulate, islice
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Table

from organizer.domain.consent import Channel, Consent, Purpose, SaidNo, Topic
from organizer.domain.contact import Contact, Role
from organizer.domain.product import Product, Section
from organizer.domain.team import Member
from organizer.domain.timeline import EntryKind, Outcome
from organizer.resource_files import resource
from organizer.services import companies, files
from organizer.services.files import File
from organizer.storage import consents, contacts, history, product_ties, products, team
from organizer.storage.schema import entry, follow_up
from tests.benchmarks import made

TODAY = datetime(2026, 11, 23, 9)
"""The day on which all of it is looked at."""

TALKATIVE = 778
"""The id of one with whom a hundredth of all entries is about."""

_WORDS = (
    *("ringede", "om", "prøver", "vil", "gerne", "have", "lavendel", "olie", "snak", "kaffe", "fest", "datter"),
    *("søn", "flyttet", "nyt", "job", "ferie", "Tyskland", "Åse", "Ægir", "bestilte", "creme", "lovede", "sende"),
    *("katalog", "tirsdag", "næste", "uge", "glad", "for", "serum", "spurgte", "pris", "bedre", "marked"),
    *("kursus", "jul", "gave", "nabo", "veninde", "introducerede", "bilen", "huset", "haven", "hund", "kat"),
    *("børnebørn", "konfirmation", "bryllup", "rejse", "sommerhus", "Møn", "Samsø", "aftale", "anbefaling"),
)
_COMMON = ("Jensen", "Nielsen", "Hansen", "Pedersen", "Andersen", "Christensen", "Larsen", "Sørensen", "Møller")
_NAMED = tuple(
    start + end
    for end in ("gaard", "holm", "lund", "bæk", "skov", "dal", "strup", "bjerg", "toft", "mann", "sen", "kjær")
    for start in (
        *("Ager", "Berg", "Birke", "Bruun", "Dam", "Eg", "Enge", "Fisker", "Grøn", "Hede", "Høj", "Kirke", "Klit"),
        *(
            "Krog",
            "Lilje",
            "Mose",
            "Munk",
            "Mølle",
            "Nør",
            "Over",
            "Pile",
            "Ravns",
            "Rose",
            "Rønne",
            "Sand",
            "Sko",
        ),
        *("Smed", "Stein", "Sø", "Sønder", "Thor", "Tved", "Ulv", "Vester", "Vind", "Østen", "Å", "Klokker"),
    )
)
_KINDS = (*EntryKind, EntryKind.TALK, EntryKind.CALL, EntryKind.NOTE, EntryKind.NOTE)
_PART = 100_000
_PRODUCTS = 500


def world_file(folder: Path, size: int) -> Path:
    """A file with `size` contacts, ten entries and two next steps for each, and all else in proportion."""
    path = folder / f"world-{size}{files.SUFFIX}"
    if not path.exists():
        file = made.new_file(path)
        random = Random(3)
        with file.deed("contact.import"):
            ids = contacts.insert(file, _people(size, random))
            _insert(file, entry, ("id", "person_id", "day", "kind", "body"), _entries(ids, random))
            columns = ("id", "person_id", "due", "body", "done", "channel", "purpose", "outcome", "plan", "run")
            _insert(file, follow_up, columns, _steps(ids, random))
            consents.add_consents(file, _consents(ids, random))
            consents.add_noes(file, _noes(ids, random))
            _fill_catalogue(file, ids, random)
            _fill_team(file, ids[1 : size // 20], random)
        # as the program leaves it when it closes: a file is opened far more often than it is filled
        file.close()
    return path


def opened(path: Path) -> File:
    """The world on its day."""
    return files.open_file(path, lambda: TODAY)


def people(size: int, seed: int) -> Iterator[Contact]:
    """Contacts called as many people in one country are: a few names are common, most are not."""
    random = Random(seed)
    callings = [name.capitalize() for line in _callings() for name in line.split()]
    first, last = _often(callings), _often((*_COMMON, *_NAMED))
    for one in made.people(size, seed):
        called = random.choices(callings, cum_weights=first)[0]
        family, middle = random.choices((*_COMMON, *_NAMED), cum_weights=last, k=2)
        yield replace(one, first_name=called, middle_name=middle if one.middle_name else "", last_name=family)


def _callings() -> list[str]:
    texts = (resource("nicknames", f"{country}.txt").read_text("utf-8") for country in ("da", "sv", "en", "de"))
    return [line for text in texts for line in text.splitlines() if not line.startswith("#")]


def _often(names: Sequence[str]) -> list[float]:
    """How often each of the names is met, added up."""
    return list(accumulate(1 / (rank + 10) for rank in range(len(names))))


def _people(size: int, random: Random) -> Iterator[Contact]:
    for one in people(size, 4):
        roles = frozenset(random.choices(tuple(Role), k=random.choice((0, 1, 1, 2))))
        added = TODAY.date() - timedelta(random.randrange(1600))
        form: dict[str, Any] = (
            {"family": _said(random, 4), "message": _said(random, 5)} if random.random() < 0.3 else {}
        )
        yield replace(one, roles=roles, added=added, **form)


def _said(random: Random, most: int) -> str:
    return " ".join(random.choices(_WORDS, k=random.randrange(2, most + 2)))


def _insert(file: File, table: Table, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    rows = iter(rows)
    while part := list(islice(rows, _PART)):
        first = history.next_id(file.connection, table)
        history.insert_rows(file.connection, table, columns, [(first + at, *row) for at, row in enumerate(part)])


def _entries(ids: Sequence[int], random: Random) -> Iterator[tuple[Any, ...]]:
    days = [(TODAY.date() - timedelta(past)).isoformat() for past in range(1600)]
    for number in range(10 * len(ids)):
        person = TALKATIVE if number % 100 == 0 else ids[int(random.random() * len(ids))]
        # a story is written as it goes: what is newer stands later
        day = days[1599 - number * 1600 // (10 * len(ids))]
        yield person, day, _KINDS[int(random.random() * len(_KINDS))].value, f"{_said(random, 9)} {number % 7919}"


def _steps(ids: Sequence[int], random: Random) -> Iterator[tuple[Any, ...]]:
    channels = ("", *(channel.value for channel in Channel))
    purposes = tuple(purpose.value for purpose in Purpose)
    for number in range(2 * len(ids)):
        due = TODAY.date() + timedelta(random.randrange(-1200, 300))
        # whoever works with it every day leaves some forty things undone
        closed = due < TODAY.date() and random.random() > 40 / (2 * len(ids))
        person = ids[int(random.random() * len(ids))] if random.random() < 0.98 else None
        run = number if number % 5 == 0 else 0
        yield (
            *(person, due.isoformat(), _said(random, 6), due.isoformat() if closed else None),
            *(random.choice(channels) if person else "", random.choice(purposes) if person else ""),
            *((Outcome.DONE if closed else Outcome.OPEN).value, "settle-in" if run else "", run),
        )


def _consents(ids: Sequence[int], random: Random) -> Iterator[Consent]:
    for person in random.sample(ids, len(ids) * 3 // 10):
        given = TODAY.date() - timedelta(random.randrange(1, 1600))
        withdrawn = TODAY.date() if random.random() < 0.05 else None
        yield Consent(0, person, random.choice(tuple(Channel)), given, "på papir", withdrawn=withdrawn)


def _noes(ids: Sequence[int], random: Random) -> Iterator[SaidNo]:
    for person in random.sample(ids, len(ids) // 30):
        yield SaidNo(0, person, random.choice(tuple(Topic)), TODAY.date() - timedelta(random.randrange(1600)))


def _fill_catalogue(file: File, ids: Sequence[int], random: Random) -> None:
    company = companies.everyone(file)[0].id
    names = [
        f"{random.choice(_WORDS).capitalize()} {random.choice(_WORDS)} {number}" for number in range(_PRODUCTS)
    ]
    catalogue = [
        Product(
            0, company, f"V{number:04}", name, "pleje", 12_900, notes={one: _said(random, 20) for one in Section}
        )
        for number, name in enumerate(names)
    ]
    known = products.insert(file, catalogue)
    likers = random.sample(ids, len(ids) // 10)
    product_ties.like(file, ((random.choice(known), person) for person in likers))


def _fill_team(file: File, people: Sequence[int], random: Random) -> None:
    company, first = companies.everyone(file)[0].id, team.next_member_id(file)
    joined = date(2023, 1, 1)
    top = next((one.id for one in team.members(file, company) if one.is_self), None)
    above = [top, *(first + random.randrange(at) for at in range(1, len(people)))]
    members = [
        Member(first + at, company, person, f"{200_100 + at}", above[at], joined=joined + timedelta(at % 1300))
        for at, person in enumerate(people)
    ]
    team.insert(file, members)
