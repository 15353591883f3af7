"""Compares a back office's team file with the stored team: what is new, changed, moved, and what can't be.

A member keeps her place by her number. Nobody is removed for being missing from a file, and a row that would
make a circle or hang in the air stays out, with everybody who stands below it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from organizer.domain import tree
from organizer.domain.contact import Contact, Labelled, completed, fold, phone_digits, same_person
from organizer.domain.result import Message, RowProblem
from organizer.domain.team import Member
from organizer.exchange.team_sponsor_id import TeamRow
from organizer.services.preview import Change, Line


@dataclass(frozen=True)
class Known:
    """The stored side: members by id, the people in the file, and the period's volumes by name and id."""

    members: Mapping[int, Member]
    people: Mapping[int, Contact]
    volumes: Mapping[str, Mapping[int, int]]
    listed: Sequence[Contact]

    @cached_property
    def by_number(self) -> dict[str, Member]:
        """Members by the company's number, those without one left out."""
        return {member.number: member for member in self.members.values() if member.number}


@dataclass(frozen=True)
class Placed:
    """A row with the member it is: a stored one (`before`) or a new one; `above` is the sponsor's number."""

    row: TeamRow
    before: Member | None
    above: str


@dataclass(frozen=True)
class Comparison:
    """What of a file can go in, and what can't. `me` is the number taken as the user's own."""

    placed: Sequence[Placed]
    lines: Sequence[Line]
    problems: Sequence[RowProblem]
    me: str
    tops: Sequence[tuple[str, str]]


def compare(rows: Sequence[TeamRow], known: Known, me: str = "") -> Comparison:
    """Hold `rows` against what is stored. `me` says which number is the user's own; else the file's top is."""
    by_number = dict(known.by_number)
    in_file = {row.number: row for row in rows}
    own = next((member for member in known.members.values() if member.is_self), None)
    tops = [row for row in rows if row.sponsor_number not in in_file and row.sponsor_number not in by_number]
    me = (own.number if own and own.number else "") or me or (tops[0].number if tops else "")
    if own and not own.number and me in in_file and me not in by_number:
        by_number[me] = own
    accepted, problems = _reachable(in_file, by_number, tops[:1], me, known)
    placed = [_place(row, in_file, by_number) for row in accepted]
    lines = [_line(item, known) for item in placed]
    lines += [
        Line(0, Change.MISSING, _label(known.people[member.person_id].name, number))
        for number, member in by_number.items()
        if number not in in_file
    ]
    return Comparison(placed, lines, problems, me, [(row.number, row.name) for row in tops])


def _place(row: TeamRow, in_file: Mapping[str, TeamRow], by_number: Mapping[str, Member]) -> Placed:
    known_above = row.sponsor_number in in_file or row.sponsor_number in by_number
    return Placed(row, by_number.get(row.number), row.sponsor_number if known_above else "")


def _reachable(
    in_file: Mapping[str, TeamRow],
    by_number: Mapping[str, Member],
    tops: Sequence[TeamRow],
    me: str,
    known: Known,
) -> tuple[list[TeamRow], list[RowProblem]]:
    """The rows that hang on a top of the team, and a problem for each that doesn't."""
    outside = [number for number in by_number if number not in in_file]
    index = {number: place for place, number in enumerate([*in_file, *outside])}
    numbers_by_id = {member.id: number for number, member in by_number.items()}
    links = [index.get(row.sponsor_number, -1) for row in in_file.values()]
    for number in outside:
        sponsor = by_number[number].sponsor_id
        links.append(index[numbers_by_id[sponsor]] if sponsor in numbers_by_id else -1)
    # a top of the file hangs on nothing: that is right for the first one, her own, and those stored as tops
    roots = {index[row.number] for row in tops} | ({index[me]} if me in index else set())
    roots |= {index[n] for n, member in by_number.items() if member.sponsor_id is None and links[index[n]] < 0}
    roots |= {index[n] for n in outside if links[index[n]] < 0}
    reached = _below(links, roots)
    rows = list(in_file.values())
    accepted = [row for place, row in enumerate(rows) if reached[place]]
    if len(accepted) == len(rows):
        return accepted, []

    def name_of(place: int) -> str:
        if place < len(rows):
            return _label(rows[place].name, rows[place].number)
        member = by_number[outside[place - len(rows)]]
        return _label(known.people[member.person_id].name, member.number)

    return accepted, list(_why_not(rows, links, reached, name_of))


def _below(links: Sequence[int], roots: set[int]) -> bytearray:
    reached = bytearray(len(links))
    children = tree.children_of(links)
    waiting = [root for root in roots if links[root] < 0]
    for place in waiting:
        reached[place] = 1
        waiting.extend(children[place])
    return reached


def _why_not(
    rows: Sequence[TeamRow], links: Sequence[int], reached: bytearray, name_of: Callable[[int], str]
) -> Iterator[RowProblem]:
    """A problem for each row that hangs on no top; a stored member may be part of the circle."""
    left_out = [place for place in range(len(links)) if not reached[place]]
    position = {place: i for i, place in enumerate(left_out)}
    inner = [position.get(links[place], -1) for place in left_out]
    on_circle = _circles(inner)
    for i, place in enumerate(left_out):
        if place >= len(rows):
            continue
        row = rows[place]
        if i in on_circle:
            path = " → ".join(name_of(left_out[j]) for j in on_circle[i])
            message = Message("Left out: the sponsors run in a circle: {path}.", {"path": path})
        elif inner[i] < 0:
            sponsor = _label(row.sponsor_name, row.sponsor_number)
            message = Message(
                "Left out: the sponsor {sponsor} is neither in the file nor in your team.", {"sponsor": sponsor}
            )
        else:
            above = left_out[inner[i]]
            where = str(rows[above].row) if above < len(rows) else "–"
            message = Message(
                "Left out: stands under {name} (row {row}), who was left out.",
                {"name": name_of(above), "row": where},
            )
        yield RowProblem(row.row, _label(row.name, row.number), message)


def _circles(parent: Sequence[int]) -> dict[int, list[int]]:
    """Every member of every circle, with its circle starting and ending at itself."""
    found: dict[int, list[int]] = {}
    open_links = list(parent)
    while circle := tree.find_cycle(open_links):
        for i, member in enumerate(circle):
            found[member] = [*circle[i:], *circle[:i], member]
            open_links[member] = -1
    return found


def _label(name: str, number: str) -> str:
    return f"{name} ({number})" if name and number else name or number


def _line(item: Placed, known: Known) -> Line:
    row, before = item.row, item.before
    if before is None or (before.is_self and not before.number):
        return Line(row.row, Change.NEW, _label(row.name, row.number))
    details = list(_differences(item, known))
    moved = _sponsor_number(before, known) != item.above
    if moved:
        above = _name_of_number(item.above, known) or row.sponsor_name
        details.insert(0, Message("now under {name}", {"name": _label(above, item.above) or "–"}))
    change = Change.MOVED if moved else Change.CHANGED if details else Change.SAME
    return Line(row.row, change, _label(row.name, row.number), details)


def _sponsor_number(member: Member, known: Known) -> str:
    sponsor = known.members.get(member.sponsor_id) if member.sponsor_id else None
    return sponsor.number if sponsor else ""


def _name_of_number(number: str, known: Known) -> str:
    member = known.by_number.get(number)
    return known.people[member.person_id].name if member else ""


def _differences(item: Placed, known: Known) -> Iterator[Message]:
    row, before = item.row, item.before
    assert before is not None  # noqa: S101 - the caller looked
    if row.kind != before.kind:
        yield Message("kind changed")
    if row.rank != before.rank:
        yield Message("rank {old} → {new}", {"old": before.rank or "–", "new": row.rank or "–"})
    if (row.highest_rank, row.joined, row.last_order) != (before.highest_rank, before.joined, before.last_order):
        yield Message("dates or highest rank changed")
    person = known.people[before.person_id]
    if person_after(row, person, before.is_self) != person:
        yield Message("name or address changed")
    for name, amount in row.volumes.items():
        if known.volumes.get(name, {}).get(before.id) != amount:
            yield Message("volumes changed")
            break


def member_after(item: Placed, id_: int, company_id: int, person_id: int, sponsor_id: int | None) -> Member:
    """The member as she is once the row is applied; a placement that was set by hand stays."""
    row, before = item.row, item.before
    return Member(
        id_,
        company_id,
        person_id,
        row.number,
        sponsor_id,
        before.placement_id if before else None,
        row.kind,
        row.rank,
        row.highest_rank,
        row.joined,
        row.last_order,
        "" if sponsor_id else _label(row.sponsor_name, row.sponsor_number),
        before.is_self if before else False,
    )


def person_of(row: TeamRow, source: str) -> Contact:
    """The person a new row tells of; she is not put into Contacts by an import."""
    first, _space, last = row.name.rpartition(" ")
    return Contact(
        first_name=first or last,
        last_name=last if first else "",
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


def same_contact(row: TeamRow, by_name: Mapping[str, Sequence[Contact]]) -> Contact | None:
    """The one contact who surely is this row's person: same name, and the same e-mail or phone."""
    candidates = by_name.get(fold(row.name), ())
    found = [contact for contact in candidates if same_person(contact, person_of(row, ""))] if candidates else []
    return found[0] if len(found) == 1 else None
