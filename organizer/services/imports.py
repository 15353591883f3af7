"""Files in: read in a job, compared with what is stored, shown as a preview, applied as one deed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from organizer.domain.company import Company
from organizer.domain.contact import Contact, cleaned, completed, fold, same_person
from organizer.domain.period import Period
from organizer.domain.product import Product, Section, cleaned_product
from organizer.domain.result import Message, Refusal
from organizer.domain.team import TreeError, check_links
from organizer.exchange.google_contacts import read_google_contacts
from organizer.exchange.products import read_products
from organizer.exchange.reading import Reading
from organizer.exchange.team_sponsor_id import TeamRow, read_team
from organizer.i18n import N_, _
from organizer.services import plans, team_import
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
        _("Reading {file}").format(file=path.name),
        lambda progress: read_google_contacts(path, progress=progress.report, cancelled=progress.cancelled),
    )


def preview_contacts(file: File, reading: Reading[Contact]) -> Preview:
    """What the contacts read would change: someone with the same name and phone or e-mail is completed."""
    with uncollected():
        known = contacts.everyone(file)
    by_name: dict[str, list[Contact]] = defaultdict(list)
    for person in known:
        by_name[fold(person.name)].append(person)
    new: list[Contact] = []
    changed: list[Contact] = []
    lines: list[Line] = []
    for row, found in enumerate(reading.records, 2):
        same = next((person for person in by_name[fold(found.name)] if same_person(person, found)), None)
        if same is None:
            new.append(cleaned(found))
            by_name[fold(found.name)].append(found)
            lines.append(Line(row, Change.NEW, found.name))
            continue
        after = completed(same, found)
        if after == same or same.id == 0:
            lines.append(Line(row, Change.SAME, found.name))
        else:
            changed.append(after)
            lines.append(Line(row, Change.CHANGED, found.name, (Message("missing details are added"),)))

    def apply() -> None:
        with file.deed("contact.import", reading.file):
            contacts.insert(file, new)
            for person in changed:
                contacts.update(file, person)

    return Preview(reading.file, lines, reading.problems, apply)


def read_products_file(path: Path, company: Company) -> Job[Reading[Product]]:
    """Read a product list. The job raises Refusal for a wrong file."""
    return Job(
        _("Reading {file}").format(file=path.name),
        lambda progress: read_products(
            path, company.currency, progress=progress.report, cancelled=progress.cancelled
        ),
    )


def preview_products(file: File, company: Company, reading: Reading[Product]) -> Preview:
    """What the product list would change: a product keeps her notes and is found again by its number."""
    known = {product.number: product for product in products.everyone(file, company.id)}
    new: list[Product] = []
    changed: list[Product] = []
    lines: list[Line] = []
    for row, found in enumerate(reading.records, 2):
        product = cleaned_product(replace(found, company_id=company.id))
        before = known.get(product.number)
        if before is None:
            new.append(product)
            lines.append(Line(row, Change.NEW, product.name))
            continue
        general = before.notes.get(Section.GENERAL) or product.notes.get(Section.GENERAL, "")
        notes = before.notes | ({Section.GENERAL: general} if general else {})
        after = replace(product, id=before.id, notes=notes)
        if after == before:
            lines.append(Line(row, Change.SAME, product.name))
        else:
            changed.append(after)
            lines.append(Line(row, Change.CHANGED, product.name, (Message("price, points or details change"),)))

    def apply() -> None:
        with file.deed("product.import", reading.file):
            products.insert(file, new)
            for product in changed:
                products.update(file, product)

    return Preview(reading.file, lines, reading.problems, apply)


def read_team_file(path: Path, company: Company) -> Job[Reading[TeamRow]]:
    """Read a back office's team file, with the volumes that the company's plan names. The job raises Refusal."""
    plan = plans.by_id(company.plan_id)
    volumes: Mapping[str, Sequence[str]] = _VOLUMES_WITHOUT_PLAN
    if plan:
        volumes = {volume.id: volume.columns for volume in plan.volumes if volume.columns}
    return Job(
        _("Reading {file}").format(file=path.name),
        lambda progress: _read_team(path, volumes, progress),
    )


def _read_team(path: Path, volumes: Mapping[str, Sequence[str]], progress: Progress) -> Reading[TeamRow]:
    with uncollected():
        return read_team(path, volumes, progress=progress.report, cancelled=progress.cancelled)


def preview_team(file: File, company: Company, reading: Reading[TeamRow], period: Period, me: str = "") -> Preview:
    """What the team file would change in `company`, its volumes being those of `period`.

    `me` is the number that is the user's own; without it, and while her number isn't known, the file's top is.
    """
    with uncollected():
        known = _known(file, company, period)
        comparison = team_import.compare(reading.records, known, me)
    own = next((item.row for item in comparison.placed if item.row.number == comparison.me), None)
    notes = []
    if own and comparison.me not in known.by_number:
        notes.append(Message("{name} ({number}) is taken as you.", {"name": own.name, "number": own.number}))

    def apply() -> None:
        with uncollected(), file.deed("team.import", reading.file):
            _apply_team(file, company, comparison, known, period, reading.file)

    return Preview(
        reading.file,
        comparison.lines,
        sorted([*reading.problems, *comparison.problems], key=lambda problem: problem.row),
        apply,
        notes,
        comparison.me,
        comparison.tops,
    )


def _known(file: File, company: Company, period: Period) -> Known:
    members = {member.id: member for member in team.members(file, company.id)}
    # the whole address book is read once; a person may hold a place, be a contact, or both
    people = {person.id: person for person in contacts.everyone(file)}
    loaded = team.team(file, company.id, period.key)
    volumes = {
        name: {id_: amount for id_, amount in zip(loaded.ids, amounts, strict=True) if amount is not None}
        for name, amounts in loaded.volumes.items()
    }
    return Known(members, people, volumes, [person for person in people.values() if person.listed])


def _apply_team(
    file: File, company: Company, comparison: Comparison, known: Known, period: Period, source: str
) -> None:
    own = next((member for member in known.members.values() if member.is_self), None)
    placed = [
        replace(item, before=own) if item.before is None and item.row.number == comparison.me and own else item
        for item in comparison.placed
    ]
    new = [item for item in placed if item.before is None]
    people = _people_for(file, new, known, source)
    first = team.next_member_id(file)
    ids = {number: member.id for number, member in known.by_number.items()}
    ids |= {item.row.number: item.before.id for item in placed if item.before}
    ids |= {item.row.number: id_ for id_, item in enumerate(new, first)}
    added = [
        team_import.member_after(item, ids[item.row.number], company.id, person_id, ids.get(item.above))
        for item, person_id in zip(new, people, strict=True)
    ]
    team.insert(file, added)
    _update_known(file, [item for item in placed if item.before], known, ids)
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


def _people_for(file: File, new: Sequence[Placed], known: Known, source: str) -> list[int]:
    """The people who hold the new places: contacts who surely are the same person, else new people."""
    by_name: dict[str, list[Contact]] = defaultdict(list)
    for person in known.listed:
        by_name[fold(person.name)].append(person)
    same = [team_import.same_contact(item.row, by_name) if by_name else None for item in new]
    fresh = [team_import.person_of(item.row, source) for item, person in zip(new, same, strict=True) if not person]
    ids = iter(contacts.insert(file, fresh))
    return [person.id if person else next(ids) for person in same]


def _update_known(file: File, placed: Sequence[Placed], known: Known, ids: Mapping[str, int]) -> None:
    changed = []
    for item in placed:
        before = item.before
        assert before is not None  # noqa: S101 - the caller chose them so
        after = team_import.member_after(item, before.id, before.company_id, before.person_id, ids.get(item.above))
        if after != before:
            changed.append(after)
        person = known.people[before.person_id]
        renamed = team_import.person_after(item.row, person, before.is_self)
        if renamed != person:
            contacts.update(file, renamed)
    team.update(file, changed)
