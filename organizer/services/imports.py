"""Files in: read in a job, compared with what is stored, shown as a preview, applied as one deed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from organizer.domain.company import Company
from organizer.domain.contact import Contact, adds_nothing, cleaned, completed, fold, lacks, same_person
from organizer.domain.money import Money
from organizer.domain.period import Period
from organizer.domain.product import Product, Section, cleaned_product
from organizer.domain.result import Message, Refusal, Value
from organizer.domain.team import TreeError, check_links
from organizer.exchange.google_contacts import read_google_contacts
from organizer.exchange.products import read_products
from organizer.exchange.reading import Reading
from organizer.exchange.team_sponsor_id import TeamRow, read_team
from organizer.i18n import N_, _, shown
from organizer.services import files, plans, team_import
from organizer.services.jobs import Job, Progress, uncollected
from organizer.services.preview import Change, Line, Preview
from organizer.services.team_import import Comparison, Known, Placed
from organizer.storage import File, contacts, products, team

__all__ = [
    "Reading",
    "TeamRow",
    "preview_contacts",
    "preview_products",
    "preview_team",
    "read_contacts",
    "read_products_file",
    "read_team_file",
]

_VOLUMES_WITHOUT_PLAN = {"pv": ("PV",), "cv": ("CV",)}


def read_contacts(path: Path) -> Job[Reading[Contact]]:
    """Read a contacts file. The job raises Refusal for a wrong file."""
    return Job(
        _("Reading {file}").format(file=shown(path.name)),
        lambda progress: read_google_contacts(path, progress=progress.report, cancelled=progress.cancelled),
    )


def preview_contacts(file: File, reading: Reading[Contact]) -> Preview:
    """What the contacts read would change.

    Someone with the same name and phone or e-mail, or who tells nothing new, is completed and not added again.
    """
    with uncollected():
        book = _Book(contacts.everyone(file))
        lines = [book.enter(row, found) for row, found in zip(reading.rows, reading.records, strict=True)]

    def apply() -> None:
        with file.deed("contact.import", reading.file):
            contacts.insert(file, book.added())
            contacts.update_all(file, book.changed())

    return Preview(reading.file, lines, reading.problems, apply)


class _Book:
    """Everybody as she would be after the rows entered so far, the stored ones first."""

    def __init__(self, stored: Sequence[Contact]) -> None:
        self._stored = stored
        self._people = list(stored)
        self._by_name: dict[str, list[int]] = defaultdict(list)
        for place, person in enumerate(stored):
            self._by_name[fold(person.name)].append(place)

    def enter(self, row: int, found: Contact) -> Line:
        """Add or complete the person that a row tells of, and say what that changes."""
        places = self._by_name[fold(found.name)]
        known = (place for place in places if same_person(self._people[place], found))
        telling_nothing = (place for place in places if adds_nothing(self._people[place], found))
        place = next(known, next(telling_nothing, -1))
        if place < 0:
            places.append(len(self._people))
            self._people.append(cleaned(found))
            return Line(row, Change.NEW, found.name)
        before = self._people[place]
        self._people[place] = after = completed(before, found)
        details = []
        if after != before:
            details.append(Message("missing details are added"))
        if (found.street or found.city) and (found.street, found.city) != (after.street, after.city):
            details.append(Message("the file has another address; yours is kept"))
        if lacks(after, found):
            details.append(Message("there is no room for all that the file has; yours is kept"))
        return Line(row, Change.SAME if after == before else Change.CHANGED, found.name, details)

    def added(self) -> list[Contact]:
        """The people who weren't stored before."""
        return self._people[len(self._stored) :]

    def changed(self) -> list[Contact]:
        """The stored people who are not as they were."""
        return [now for before, now in zip(self._stored, self._people, strict=False) if now != before]


def read_products_file(path: Path, company: Company) -> Job[Reading[Product]]:
    """Read a product list. The job raises Refusal for a wrong file."""
    return Job(
        _("Reading {file}").format(file=shown(path.name)),
        lambda progress: read_products(
            path, company.currency, progress=progress.report, cancelled=progress.cancelled
        ),
    )


def preview_products(file: File, company: Company, reading: Reading[Product]) -> Preview:
    """What the product list would change: a product is found again by its number.

    Her notes stay, and so does what the list has no column for or leaves blank.
    """
    known = {product.number: product for product in products.everyone(file, company.id)}
    new: list[Product] = []
    changed: list[Product] = []
    lines: list[Line] = []
    for row, found in zip(reading.rows, reading.records, strict=True):
        product = cleaned_product(replace(found, company_id=company.id))
        before = known.get(product.number)
        if before is None:
            new.append(product)
            lines.append(Line(row, Change.NEW, product.name))
        elif (after := _updated(before, product)) == before:
            lines.append(Line(row, Change.SAME, product.name))
        else:
            changed.append(after)
            lines.append(Line(row, Change.CHANGED, product.name, list(_news(before, after, company.currency))))

    def apply() -> None:
        with file.deed("product.import", reading.file):
            products.insert(file, new)
            for product in changed:
                products.update(file, product)

    return Preview(reading.file, lines, reading.problems, apply)


def _updated(before: Product, found: Product) -> Product:
    fields = ("name", "category", "price", "cost", "pv", "cv", "lasts_days")
    told: dict[str, Any] = {
        name: getattr(found, name) for name in fields if getattr(found, name) not in (None, "")
    }
    general = before.notes.get(Section.GENERAL) or found.notes.get(Section.GENERAL, "")
    notes = before.notes | ({Section.GENERAL: general} if general else {})
    return replace(before, **told, notes=notes)


def _news(before: Product, after: Product, currency: str) -> Iterator[Message]:
    if before.price != after.price:
        yield Message(
            "price {old} → {new}", {"old": _money(before.price, currency), "new": _money(after.price, currency)}
        )
    if before.cost != after.cost:
        yield Message(
            "cost {old} → {new}", {"old": _money(before.cost, currency), "new": _money(after.cost, currency)}
        )
    rest = replace(before, price=after.price, cost=after.cost)
    if rest != after:
        yield Message("name, points or other details change")


def _money(minor: int | None, currency: str) -> Value:
    return "–" if minor is None else Money(minor, currency).amount


def read_team_file(path: Path, company: Company, file: File | None = None) -> Job[Reading[TeamRow]]:
    """Read a back office's team file, with the volumes that the company's plan names. The job raises Refusal."""
    plan = plans.by_id(company.plan_id, file)
    volumes: Mapping[str, Sequence[str]] = _VOLUMES_WITHOUT_PLAN
    if plan:
        volumes = {volume.id: volume.columns for volume in plan.volumes if volume.columns}
    return Job(
        _("Reading {file}").format(file=shown(path.name)),
        lambda progress: _read_team(path, volumes, progress),
    )


def _read_team(path: Path, volumes: Mapping[str, Sequence[str]], progress: Progress) -> Reading[TeamRow]:
    with uncollected():
        return read_team(path, volumes, progress=progress.report, cancelled=progress.cancelled)


def preview_team(file: File, company: Company, reading: Reading[TeamRow], period: Period, me: str = "") -> Preview:
    """What the team file would change in `company`, its volumes being those of `period`.

    `me` is the number that the user says is hers; without it, and while her number isn't known, it is guessed.
    Raises Refusal when `me` can't be hers.
    """
    with uncollected():
        known = _known(file, company, period)
        comparison = team_import.compare(reading.records, reading.told, known, me)

    def apply() -> None:
        with uncollected(), file.deed("team.import", reading.file):
            _apply_team(file, company, comparison, known, period, reading.file)

    return Preview(
        reading.file,
        comparison.lines,
        sorted([*reading.problems, *comparison.problems], key=lambda problem: problem.row),
        apply,
        list(_who_she_is(comparison, known)),
        comparison.me,
        comparison.tops,
    )


def _who_she_is(comparison: Comparison, known: Known) -> Iterator[Message]:
    if not comparison.me or comparison.me in known.by_number:
        return
    own = next((item.row for item in comparison.placed if item.row.number == comparison.me), None)
    if own:
        yield Message("{name} ({number}) is taken as you.", {"name": own.name, "number": own.number})
    else:
        yield Message("The file has no row for you; {number} is taken as your number.", {"number": comparison.me})


def _known(file: File, company: Company, period: Period) -> Known:
    members = {member.id: member for member in team.members(file, company.id)}
    # the whole address book is read once; a person may hold a place, be a contact, or both
    people = {person.id: person for person in contacts.everyone(file)}
    loaded = team.team(file, company.id, period.key)
    volumes = {
        name: {id_: amount for id_, amount in zip(loaded.ids, amounts, strict=True) if amount is not None}
        for name, amounts in loaded.volumes.items()
    }
    return Known(members, people, volumes, files.owner(file).name)


def _apply_team(
    file: File, company: Company, comparison: Comparison, known: Known, period: Period, source: str
) -> None:
    placed, told, own = comparison.placed, comparison.told, known.own
    new = [item for item in placed if item.before is None]
    people = _people_for(file, new, source)
    ids = {number: member.id for number, member in known.by_number.items()}
    ids |= {item.row.number: item.before.id for item in placed if item.before}
    # a number that somebody else holds already can't be hers, whatever the file looks like
    if own and comparison.me and not own.number and comparison.me not in known.by_number:
        ids[comparison.me] = own.id
        if not any(item.row.number == comparison.me for item in placed):
            team.update(file, [replace(own, number=comparison.me)])
    ids |= {item.row.number: id_ for id_, item in enumerate(new, team.next_member_id(file))}
    added = [
        team_import.member_after(item, ids[item.row.number], company.id, person, ids.get(item.above), told)
        for item, person in zip(new, people, strict=True)
    ]
    team.insert(file, added)
    _update_known(file, placed, known, ids, told)
    _check_placement(file, company)
    for name in {name for item in placed for name in item.row.volumes}:
        amounts = {ids[item.row.number]: item.row.volumes[name] for item in placed if name in item.row.volumes}
        team.set_volumes(file, period.key, name, amounts)


def _check_placement(file: File, company: Company) -> None:
    """A new sponsor may make a circle with a placement that was set by hand: then nothing goes in."""
    try:
        check_links(team.links(file, company.id, "placement_id"))
    except TreeError as error:
        people = [
            contacts.get(file, member.person_id)[0] for id_ in error.members if (member := team.get(file, id_))
        ]
        path = " → ".join(person.name for person in [*people, *people[:1]])
        text = N_("With this file's sponsors the placements run in a circle: {path}. Nothing was changed.")
        raise Refusal(Message(text, {"path": path})) from error


def _people_for(file: File, new: Sequence[Placed], source: str) -> list[int]:
    """The people who hold the new places: those who surely are the same person, completed, else new ones."""
    contacts.update_all(
        file,
        [after for item in new if (p := item.person) and (after := team_import.person_after(item.row, p)) != p],
    )
    fresh = [team_import.person_of(item.row, source) for item in new if not item.person]
    ids = iter(contacts.insert(file, fresh))
    return [item.person.id if item.person else next(ids) for item in new]


def _update_known(
    file: File, placed: Sequence[Placed], known: Known, ids: Mapping[str, int], told: frozenset[str]
) -> None:
    members, people = [], []
    for item in placed:
        before = item.before
        if before is None:
            continue
        after = team_import.member_after(
            item, before.id, before.company_id, before.person_id, ids.get(item.above), told
        )
        if after != before:
            members.append(after)
        person = known.people[before.person_id]
        if (renamed := team_import.person_after(item.row, person, before.is_self)) != person:
            people.append(renamed)
    team.update(file, members)
    contacts.update_all(file, people)
