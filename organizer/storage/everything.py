"""The whole file at once: read for taking everything out, filled with what is brought in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from operator import attrgetter

from organizer.domain import estimate_input
from organizer.domain.everything import Everything, Volume
from organizer.storage import (
    companies,
    contacts,
    estimates,
    file_layouts,
    history,
    plans,
    products,
    settings,
    team,
    team_past,
    timeline,
)
from organizer.storage.file import File
from organizer.storage.schema import volume

_COUNTS = {
    "companies": "SELECT count(*) FROM company",
    "people": "SELECT count(*) FROM person "
    "WHERE id NOT IN (SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'owner')",
    "members": "SELECT count(*) FROM member",
    "products": "SELECT count(*) FROM product",
    "entries": "SELECT count(*) FROM entry",
    "steps": "SELECT count(*) FROM follow_up",
    "plans": "SELECT count(*) FROM plan",
    "estimates": "SELECT count(*) FROM estimate",
}


def counts(file: File) -> dict[str, int]:
    """How many companies, people besides the owner, members, products, own plans and kept estimates it holds."""
    return {name: int(file.fetch(query)[0][0]) for name, query in _COUNTS.items()}


def read(file: File) -> Everything:
    """All that the file holds, each kind in the order it was added; kept estimates are unpacked when asked for."""
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
        plans=plans.everyone(file),
        estimates=estimates.whole(file),
        past=[one for company in every for one in team_past.everyone(file, company.id)],
        entries=timeline.entries(file),
        steps=timeline.follow_ups(file),
        layouts=file_layouts.everyone(file),
    )


def insert(file: File, everything: Everything) -> None:
    """Store everything, under new ids, within the running deed.

    An owner whom the file has already becomes the one that is brought in.
    """
    company_ids = {company.id: companies.insert(file, company) for company in everything.companies}
    person_ids = _insert_people(file, everything)
    shift = _insert_members(file, everything, company_ids, person_ids)
    _insert_past(file, everything, shift)
    _insert_volumes(file, everything, shift)
    timeline.add_entries(file, [replace(e, person_id=person_ids[e.person_id]) for e in everything.entries])
    steps = [replace(s, person_id=s.person_id and person_ids[s.person_id]) for s in everything.steps]
    timeline.add_follow_ups(file, steps)
    for layout in everything.layouts:
        file_layouts.write(file, replace(layout, company_id=company_ids[layout.company_id]))
    products.insert(file, [replace(p, company_id=company_ids[p.company_id]) for p in everything.products])
    for key, toml in everything.plans.items():
        plans.write(file, key, toml)
    _insert_estimates(file, everything, company_ids, person_ids, shift)


def _insert_members(
    file: File, everything: Everything, company_ids: Mapping[int, int], person_ids: Mapping[int, int]
) -> int:
    """Store the members; how much larger their ids are now. They keep their order, which decides ties."""
    members = sorted(everything.members, key=attrgetter("id"))
    shift = team.next_member_id(file) - members[0].id if members else 0
    team.insert(
        file,
        [
            replace(
                member,
                id=member.id + shift,
                company_id=company_ids[member.company_id],
                person_id=person_ids[member.person_id],
                sponsor_id=member.sponsor_id and member.sponsor_id + shift,
                placement_id=member.placement_id and member.placement_id + shift,
            )
            for member in members
        ],
    )
    return shift


def _insert_past(file: File, everything: Everything, shift: int) -> None:
    moved = [
        replace(
            one,
            member_id=one.member_id + shift,
            sponsor_id=one.sponsor_id and one.sponsor_id + shift,
            placement_id=one.placement_id and one.placement_id + shift,
        )
        for one in everything.past
    ]
    team_past.write(file, moved)


def _insert_estimates(
    file: File,
    everything: Everything,
    company_ids: Mapping[int, int],
    person_ids: Mapping[int, int],
    shift: int,
) -> None:
    former: dict[int, int] = {}
    highest = 0

    def member(id_: int) -> int:
        nonlocal highest
        highest = max(highest, id_ + shift)
        return id_ + shift

    def person(id_: int) -> int:
        # who is in the file no more gets an id that nobody will ever have
        return person_ids.get(id_) or former.setdefault(id_, -1 - len(former))

    for kept in everything.estimates:
        renumbered = estimate_input.renumbered(kept, member, person)
        estimates.write(file, replace(renumbered, company_id=company_ids[kept.company_id]))
    team.use_up(file, highest)


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


def _insert_volumes(file: File, everything: Everything, shift: int) -> None:
    first = history.next_id(file.connection, volume)
    rows = [(row, v.member_id + shift, *v[1:]) for row, v in enumerate(everything.volumes, first)]
    history.insert_rows(file.connection, volume, ("id", "member_id", "period", "name", "amount"), rows)
