"""The whole file at once: read for taking everything out, filled with what is brought in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from operator import attrgetter

from organizer.domain import estimate_input
from organizer.domain.everything import SETTINGS, Everything, Like, Link, Pictured, Suppressed, Text, Volume
from organizer.domain.picture import Picture
from organizer.storage import (
    companies,
    consents,
    contacts,
    estimates,
    file_layouts,
    follow_up_plans,
    history,
    pictures,
    plans,
    product_ties,
    products,
    relations,
    saved_lists,
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
    "lists": "SELECT count(*) FROM saved_list",
    "follow_up_plans": "SELECT count(*) FROM follow_up_plan",
    "suppressed": "SELECT count(*) FROM suppression",
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
        relations=relations.everyone(file),
        consents=consents.consents(file),
        noes=consents.noes(file),
        suppressed=[Suppressed(digest, *what) for digest, what in consents.suppressed(file).items()],
        lists=list(map(Text._make, saved_lists.everyone(file).items())),
        follow_up_plans=list(map(Text._make, follow_up_plans.everyone(file).items())),
        links=list(map(Link._make, product_ties.links(file))),
        likes=list(map(Like._make, product_ties.likes(file))),
        pictures=[
            *(Pictured(person, 0, picture) for person, picture in pictures.of_people(file)),
            *(Pictured(0, product, picture) for product, picture in pictures.of_products(file)),
        ],
        settings=[Text(key, value) for key in SETTINGS if (value := settings.read(file, key))],
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
    new = [replace(p, company_id=company_ids[p.company_id]) for p in everything.products]
    product_ids = dict(zip((p.id for p in everything.products), products.insert(file, new), strict=True))
    _insert_ties(file, everything, person_ids, product_ids)
    for key, toml in everything.plans.items():
        plans.write(file, key, toml)
    _insert_estimates(file, everything, company_ids, person_ids, shift)


def _insert_ties(
    file: File, everything: Everything, person_ids: Mapping[int, int], product_ids: Mapping[int, int]
) -> None:
    relations.add(
        file,
        [
            replace(one, person_id=person_ids[one.person_id], other_id=person_ids[one.other_id])
            for one in everything.relations
        ],
    )
    consents.add_consents(file, [replace(c, person_id=person_ids[c.person_id]) for c in everything.consents])
    consents.add_noes(file, [replace(no, person_id=person_ids[no.person_id]) for no in everything.noes])
    consents.suppress(file, {digest: (topic, day) for digest, topic, day in everything.suppressed})
    for name, filter_ in everything.lists:
        saved_lists.write(file, name, filter_)
    for key, toml in everything.follow_up_plans:
        follow_up_plans.write(file, key, toml)
    product_ties.tie(file, [(product_ids[one], product_ids[other]) for one, other in everything.links])
    product_ties.like(file, [(product_ids[product], person_ids[person]) for product, person in everything.likes])
    of_products: dict[int, list[Picture]] = {}
    for person, product, picture in everything.pictures:
        if person:
            pictures.set_of_person(file, person_ids[person], picture)
        else:
            of_products.setdefault(product_ids[product], []).append(picture)
    for product, found in of_products.items():
        pictures.set_of_product(file, product, found)
    for key, value in everything.settings:
        settings.write(file, key, value)


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
