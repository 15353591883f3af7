"""Compares a back office's team file with the stored team: what is new, changed, moved, and what can't be.

A member keeps her place by her number. Nobody is removed for being missing from a file, what a file doesn't tell
is left as it is, and a row that would make a circle or hang in the air stays out, with everybody below it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from organizer.domain.contact import (
    Contact,
    Labelled,
    completed,
    fold,
    phone_digits,
    same_person,
    split_name,
)
from organizer.domain.result import Message, RowProblem
from organizer.domain.team import Kind, Member
from organizer.exchange.team_sponsor_id import TeamRow
from organizer.services.legs import leg_words
from organizer.services.preview import Change, Line
from organizer.services.team_links import Links, label


@dataclass(frozen=True)
class Known:
    """The stored side: members by id, the people in the file, the period's volumes by name and id, her name."""

    members: Mapping[int, Member]
    people: Mapping[int, Contact]
    volumes: Mapping[str, Mapping[int, int]]
    owner: str = ""

    @cached_property
    def by_number(self) -> dict[str, Member]:
        """Members by the company's number, those without one left out."""
        return {member.number: member for member in self.members.values() if member.number}

    @cached_property
    def own(self) -> Member | None:
        """Her own place."""
        return next((member for member in self.members.values() if member.is_self), None)


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with the member it is: a stored one (`before`), or a new one, whose `person` may be known already.

    `above` is the sponsor's number, "" at a top; `keeps_place`: the file doesn't tell, so she stays.
    """

    row: TeamRow
    before: Member | None
    above: str
    keeps_place: bool
    person: Contact | None = None


@dataclass(frozen=True)
class Comparison:
    """What of a file can go in, and what can't. `me` is the number taken as the user's own.

    `tops` are the numbers that could be hers, with their names.
    """

    placed: Sequence[Placed]
    lines: Sequence[Line]
    problems: Sequence[RowProblem]
    me: str
    tops: Sequence[tuple[str, str]]
    told: frozenset[str]


def compare(rows: Sequence[TeamRow], told: frozenset[str], known: Known, wanted: str = "") -> Comparison:
    """Hold `rows`, whose file has the fields `told`, against what is stored.

    `wanted` is the number that the user says is hers. Raises Refusal when that can't be.
    """
    links = Links(rows, known.by_number, known.own, known.owner, wanted)
    accepted = links.accepted()
    strangers = [row for row in accepted if row.number not in links.stored]
    people = dict(zip((row.number for row in strangers), _people(strangers, known), strict=True))
    placed = [_placed(row, links, people) for row in accepted]
    lines = [_line(item, told, known, links.me) for item in placed]
    lines += [
        Line(0, Change.MISSING, label(known.people[member.person_id].name, number))
        for number, member in known.by_number.items()
        if number not in links.in_file
    ]
    problems = list(links.problems(lambda member: label(known.people[member.person_id].name, member.number)))
    tops = {row.number: row.name for row in links.tops}
    if links.me and links.me not in links.in_file:
        tops[links.me] = known.owner
    return Comparison(placed, lines, problems, links.me, list(tops.items()), told)


def _placed(row: TeamRow, links: Links, people: Mapping[str, Contact | None]) -> Placed:
    before = links.stored.get(row.number)
    keeps = before is not None and not row.sponsor_number
    return Placed(row, before, links.above(row), keeps, people.get(row.number))


def _people(rows: Sequence[TeamRow], known: Known) -> Iterator[Contact | None]:
    """For each new row the one person who surely is hers: same name, and the same e-mail or phone.

    Whoever holds a place in this team already is not asked for, and nobody is found twice.
    """
    taken = {member.person_id for member in known.members.values()}
    by_name: dict[str, list[Contact]] = defaultdict(list)
    for person in known.people.values():
        if person.id not in taken and person.name:
            by_name[fold(person.name)].append(person)
    for row in rows:
        candidates = by_name.get(fold(row.name), ()) if by_name else ()
        found = [person for person in candidates if same_person(person, person_of(row, ""))]
        if len(found) == 1:
            by_name[fold(row.name)].remove(found[0])
        yield found[0] if len(found) == 1 else None


def _line(item: Placed, told: frozenset[str], known: Known, me: str) -> Line:
    row, before = item.row, item.before
    if before is None or (row.number == me and not before.number):
        details = (
            [Message("someone you have already, with the same name and phone or e-mail")] if item.person else ()
        )
        return Line(row.row, Change.NEW, label(row.name, row.number), details)
    changes = list(_differences(item, before, told, known))
    moved = not item.keeps_place and _sponsor_number(before, known) != item.above
    if moved:
        changes.insert(0, Message("now under {name}", {"name": _named(item, known)}))
    change = Change.MOVED if moved else Change.CHANGED if changes else Change.SAME
    return Line(row.row, change, label(row.name, row.number), changes)


def _sponsor_number(member: Member, known: Known) -> str:
    sponsor = known.members.get(member.sponsor_id) if member.sponsor_id else None
    return sponsor.number if sponsor else ""


def _named(item: Placed, known: Known) -> str:
    above = known.by_number.get(item.above)
    name = known.people[above.person_id].name if above else item.row.sponsor_name
    return label(name, item.above) or "–"


def _differences(item: Placed, before: Member, told: frozenset[str], known: Known) -> Iterator[Message]:
    after = member_after(item, before.id, before.company_id, before.person_id, before.sponsor_id, told)
    if after.kind != before.kind:
        yield _BECOMES[after.kind]
    if after.leg != before.leg:
        yield Message("leg {old} → {new}", {"old": leg_words(before.leg), "new": leg_words(after.leg)})
    if after.rank != before.rank:
        yield Message("rank {old} → {new}", {"old": before.rank or "–", "new": after.rank or "–"})
    if (after.highest_rank, after.joined, after.last_order) != (
        before.highest_rank,
        before.joined,
        before.last_order,
    ):
        yield Message("dates or highest rank changed")
    person = known.people[before.person_id]
    if person_after(item.row, person, before.is_self) != person:
        yield Message("name or address changed")
    if any(known.volumes.get(name, {}).get(before.id) != amount for name, amount in item.row.volumes.items()):
        yield Message("volumes changed")


_BECOMES = {
    Kind.DISTRIBUTOR: Message("now a distributor"),
    Kind.CUSTOMER: Message("now a customer"),
    Kind.CANCELLED: Message("has left"),
}


def member_after(
    item: Placed, id_: int, company_id: int, person_id: int, sponsor_id: int | None, told: frozenset[str]
) -> Member:
    """The member as she is once the row is applied; what the file doesn't tell of her stays as it was.

    A date that the file leaves blank stays too: it may not have been readable. A leg stays as long as she stands
    under the same one.
    """
    row, base = item.row, item.before or Member()
    sponsor_id = base.sponsor_id if item.keeps_place else sponsor_id
    same_place = base.placement_id is not None or sponsor_id == base.sponsor_id
    outside = label(row.sponsor_name, row.sponsor_number) or base.above
    return Member(
        id_,
        company_id,
        person_id,
        row.number,
        sponsor_id,
        base.placement_id,
        _kind_after(row, base, told),
        row.rank if "rank" in told else base.rank,
        row.highest_rank if "highest_rank" in told else base.highest_rank,
        row.joined or base.joined,
        row.last_order or base.last_order,
        "" if sponsor_id else outside,
        base.is_self,
        row.leg or (base.leg if same_place else ""),
    )


def _kind_after(row: TeamRow, base: Member, told: frozenset[str]) -> Kind:
    """Who has left stays so as long as no column tells who has and who hasn't."""
    if row.cancelled:
        return Kind.CANCELLED
    if base.kind is Kind.CANCELLED and "status" not in told:
        return base.kind
    return row.kind if "kind" in told or base.kind is Kind.CANCELLED else base.kind


def person_of(row: TeamRow, source: str) -> Contact:
    """The person a new row tells of; she is not put into Contacts by an import."""
    first, last = split_name(row.name)
    return Contact(
        first_name=first,
        last_name=last,
        phones=(Labelled(row.phone),) if row.phone else (),
        emails=(Labelled(row.email),) if row.email else (),
        street=row.street,
        postal_code=row.postal_code,
        city=row.city,
        source=source,
        listed=False,
    )


def person_after(row: TeamRow, person: Contact, is_self: bool = False) -> Contact:
    """The stored person with what the row adds.

    The company's word on a name counts only where she has written none herself.
    """
    own_word = person.listed or (is_self and person.name)
    renamed = bool(row.name) and not own_word and fold(person.name) != fold(row.name)
    if not renamed and not _adds(row, person):
        return person
    found = person_of(row, person.source)
    if renamed:
        person = replace(person, first_name=found.first_name, middle_name="", last_name=found.last_name)
    return completed(person, found) if person.name else person


def _adds(row: TeamRow, person: Contact) -> bool:
    has_address = person.street or person.postal_code or person.city
    return bool(
        (row.phone and phone_digits(row.phone) not in {phone_digits(entry.value) for entry in person.phones})
        or (row.email and row.email.casefold() not in {entry.value.casefold() for entry in person.emails})
        or (not has_address and (row.street or row.postal_code or row.city))
    )
