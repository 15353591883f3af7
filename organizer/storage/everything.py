"""The whole file at once: read for taking everything out, filled with what is brought in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from operator import attrgetter

from organizer.domain.everything import Everything, Volume
from organizer.storage import companies, contacts, history, products, settings, team
from organizer.storage.file import File
from organizer.storage.schema import volume

_COUNTS = {
    "companies": "SELECT count(*) FROM company",
    "people": "SELECT count(*) FROM person "
    "WHERE id NOT IN (SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'owner')",
    "members": "SELECT count(*) FROM member",
    "products": "SELECT count(*) FROM product",
}


def counts(file: File) -> dict[str, int]:
    """How many companies, people besides the owner, members and products the file holds."""
    return {name: int(file.fetch(query)[0][0]) for name, query in _COUNTS.items()}


def read(file: File) -> Everything:
    """All that the file holds, each kind in the order it was added."""
    by_id = attrgetter("id")
    every = companies.everyone(file)
    rows = file.fetch("SELECT member_id, period, name, amount FROM volume ORDER BY period, name, member_id")
    return Everything(
        companies=every,
        people=sorted(contacts.everyone(file), key=by_id),
        members=[member for company in every for member in team.members(file, company.id)],
        volumes=list(map(Volume._make, rows)),
        products=[p for company in every for p in sorted(products.everyone(file, company.id), key=by_id)],
        owner=int(settings.read(file, "owner") or 0),
    )


def insert(file: File, everything: Everything) -> None:
    """Store everything, under new ids, within the running deed.

    An owner whom the file has already becomes the one that is brought in.
    """
    company_ids = {company.id: companies.insert(file, company) for company in everything.companies}
    person_ids = _insert_people(file, everything)
    first = team.next_member_id(file)
    member_ids: dict[int | None, int | None] = {m.id: id_ for id_, m in enumerate(everything.members, first)}
    member_ids[None] = None
    team.insert(
        file,
        [
            replace(
                member,
                id=id_,
                company_id=company_ids[member.company_id],
                person_id=person_ids[member.person_id],
                sponsor_id=member_ids[member.sponsor_id],
                placement_id=member_ids[member.placement_id],
            )
            for id_, member in enumerate(everything.members, first)
        ],
    )
    _insert_volumes(file, everything, member_ids)
    products.insert(file, [replace(p, company_id=company_ids[p.company_id]) for p in everything.products])


def _insert_people(file: File, everything: Everything) -> Mapping[int, int]:
    own = settings.read(file, "owner")
    known = {everything.owner: int(own)} if own and everything.owner else {}
    new = [person for person in everything.people if person.id not in known]
    ids = known | dict(zip((person.id for person in new), contacts.insert(file, new), strict=True))
    if known:
        owner = next(person for person in everything.people if person.id == everything.owner)
        if owner.name:  # a nameless one would take hers away
            contacts.update(file, replace(owner, id=int(own)))
    elif everything.owner:
        settings.write(file, "owner", str(ids[everything.owner]))
    return ids


def _insert_volumes(file: File, everything: Everything, ids: Mapping[int | None, int | None]) -> None:
    first = history.next_id(file.connection, volume)
    rows = [(row, ids[v.member_id], *v[1:]) for row, v in enumerate(everything.volumes, first)]
    history.insert_rows(file.connection, volume, ("id", "member_id", "period", "name", "amount"), rows)
