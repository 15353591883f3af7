"""The team of a period out, as a table that other programs and the import read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from organizer.domain.company import Company
from organizer.domain.contact import Contact
from organizer.domain.period import Period
from organizer.domain.result import Message, Refusal
from organizer.domain.team import Kind, Member
from organizer.exchange.team_rows import TeamRow
from organizer.exchange.team_write import write_team
from organizer.i18n import N_
from organizer.services import team_times
from organizer.services.jobs import uncollected
from organizer.services.team import plan_of
from organizer.storage import SUFFIX, File, contacts, team

_NAMED = re.compile(r"(.+) \((.+)\)", re.DOTALL)


def export_team(file: File, company: Company, period: Period, path: Path) -> int:
    """Write the company's team as it was in `period`, with its volumes, to a CSV or an xlsx file; how many.

    Importing the file again for the same period changes nothing. Raises Refusal where it can't be written; no half
    file is left.
    """
    if path.resolve() == file.path or path.suffix.lower() in (SUFFIX, ".pdf"):
        text = N_("{file} is not a name for a table. Choose one that ends in .csv or .xlsx.")
        raise Refusal(Message(text, {"file": path.name}))
    with uncollected():
        seen = frozenset(team_times.loaded(file, company.id, period).ids)
        members = _with_those_above(seen, team_times.members_at(file, company.id, period))
        people = {person.id: person for person in contacts.everyone(file)}
        volumes = team.volumes(file, [member.id for member in members], period.key)
        rows = _rows(members, people, volumes)
        # one tree is told where there is one: a company may have no placements
        both = any(member.placement_id is not None for member in members)
        write_team(rows, path, _headings(file, company, volumes), placements=both)
    return len(rows)


def _headings(file: File, company: Company, volumes: Mapping[str, object]) -> dict[str, str]:
    """What the import knows the volumes by, by their names."""
    plan = plan_of(file, company.id)
    known = {volume.id: volume.columns[0] for volume in plan.volumes if volume.columns} if plan else {}
    return {name: known.get(name, name.upper()) for name in volumes}


def _with_those_above(seen: frozenset[int], members: Sequence[Member]) -> list[Member]:
    """Those who are seen in the period's team, and whoever stands above them."""
    by_id = {member.id: member for member in members}
    kept, waiting = set(seen), list(seen)
    for id_ in waiting:
        for above in (by_id[id_].sponsor_id, by_id[id_].placement_id):
            if above and above not in kept:
                kept.add(above)
                waiting.append(above)
    return [member for member in members if member.id in kept]


def _rows(
    members: Sequence[Member], people: Mapping[int, Contact], volumes: Mapping[str, Sequence[int | None]]
) -> list[TeamRow]:
    by_id = {member.id: member for member in members}
    return [
        _row(place, member, by_id, people, {n: a for n, all_ in volumes.items() if (a := all_[place]) is not None})
        for place, member in enumerate(members)
    ]


def _row(
    place: int,
    member: Member,
    by_id: Mapping[int, Member],
    people: Mapping[int, Contact],
    volumes: dict[str, int],
) -> TeamRow:
    person = people[member.person_id]
    sponsor, placement = (
        by_id.get(member.sponsor_id or 0),
        by_id.get(member.placement_id or member.sponsor_id or 0),
    )
    sponsor_name, sponsor_number = _called(sponsor, people) if sponsor else _above(member)
    placement_name, placement_number = _called(placement, people)
    return TeamRow(
        row=place + 2,
        number=member.number,
        name=person.name,
        sponsor_number=sponsor_number,
        sponsor_name=sponsor_name,
        kind=Kind.CUSTOMER if member.kind is Kind.CUSTOMER else Kind.DISTRIBUTOR,
        rank=member.rank,
        highest_rank=member.highest_rank,
        joined=member.joined,
        last_order=member.last_order,
        phone=next((entry.value for entry in person.phones), ""),
        email=next((entry.value for entry in person.emails), ""),
        street=person.street,
        postal_code=person.postal_code,
        city=person.city,
        volumes=volumes,
        leg=member.leg,
        cancelled=member.kind is Kind.CANCELLED,
        placement_number=placement_number,
        placement_name=placement_name,
    )


def _called(member: Member | None, people: Mapping[int, Contact]) -> tuple[str, str]:
    return (people[member.person_id].name, member.number) if member else ("", "")


def _above(member: Member) -> tuple[str, str]:
    """The name and the number of who stands above a top, as the file told them."""
    found = _NAMED.fullmatch(member.above)
    return (found[1], found[2]) if found else ("", member.above)
