"""What the tests of taking everything out share: the sample taken out, and what a file holds without its ids."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from organizer.domain import estimate_input
from organizer.services import files, samples, takeout
from organizer.storage import File
from organizer.storage import everything as stored


def clock() -> datetime:
    """The time in all of these files."""
    return datetime(2026, 11, 23, 9, 30)


def sample_folder(place: Path) -> Path:
    """A folder with the sample data, taken out."""
    file = files.create(place / "Karen.organizer", clock)
    samples.fill(file)
    made = takeout.take_out(file, place).now()
    file.close()
    return made.folder


def contents(file: File) -> dict[str, object]:
    """All that the file holds, with places in these lists for ids."""
    all_ = stored.read(file)
    people = {person.id: place for place, person in enumerate(all_.people)}
    members = {member.id: place for place, member in enumerate(all_.members)}
    of_company = {company.id: place for place, company in enumerate(all_.companies)}
    products = {product.id: place for place, product in enumerate(all_.products)}
    first = min(members, default=0)
    return {
        "companies": [replace(company, id=0) for company in all_.companies],
        "people": [replace(person, id=0) for person in all_.people],
        "members": [
            replace(
                member,
                id=0,
                company_id=of_company[member.company_id],
                person_id=people[member.person_id],
                sponsor_id=members.get(member.sponsor_id),
                placement_id=members.get(member.placement_id),
            )
            for member in all_.members
        ],
        "volumes": sorted(volume._replace(member_id=members[volume.member_id]) for volume in all_.volumes),
        "products": [replace(p, id=0, company_id=of_company[p.company_id]) for p in all_.products],
        "owner": people.get(all_.owner),
        "past": [
            replace(
                past,
                member_id=members[past.member_id],
                sponsor_id=members.get(past.sponsor_id),
                placement_id=members.get(past.placement_id),
            )
            for past in all_.past
        ],
        "entries": [replace(entry, id=0, person_id=people[entry.person_id]) for entry in all_.entries],
        "steps": [replace(step, id=0, person_id=step.person_id and people[step.person_id]) for step in all_.steps],
        "relations": [
            replace(one, id=0, person_id=people[one.person_id], other_id=people[one.other_id])
            for one in all_.relations
        ],
        "consents": [replace(one, id=0, person_id=people[one.person_id]) for one in all_.consents],
        "noes": [replace(one, id=0, person_id=people[one.person_id]) for one in all_.noes],
        "ties": [
            *((products[one], products[other]) for one, other in all_.links),
            *((products[one], people[other]) for one, other in all_.likes),
        ],
        "pictures": [
            one._replace(person_id=people.get(one.person_id), product_id=products.get(one.product_id))
            for one in all_.pictures
        ],
        "texts": [*all_.suppressed, *all_.lists, *all_.follow_up_plans, *all_.settings],
        "layouts": [replace(layout, company_id=of_company[layout.company_id]) for layout in all_.layouts],
        "plans": all_.plans,
        "estimates": [
            replace(
                estimate_input.renumbered(kept, lambda id_: id_ - first, lambda id_: people.get(id_, -1)),
                id=0,
                company_id=of_company[kept.company_id],
            )
            for kept in all_.estimates
        ],
    }
