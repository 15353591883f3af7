"""Compares a back office's team file with the stored team: what is new, changed, moved, and what can't be.

A member keeps her place by her number. Nobody is removed for being missing from a file, what a file doesn't tell
is left as it is, and a row that would make a circle or hang in the air stays out, with everybody below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from organizer.domain.contact import Contact
from organizer.domain.result import Message, RowProblem
from organizer.domain.team import Kind, Member, Tree
from organizer.exchange.team_rows import TeamRow
from organizer.services.legs import leg_words
from organizer.services.preview import Change, Line
from organizer.services.team_choices import NOTHING_CHOSEN, Choices
from organizer.services.team_legs import Legs, legs
from organizer.services.team_links import NOBODY, Links, Stored, label
from organizer.services.team_people import NEW, Held, People, person_after, renumbered
from organizer.services.team_reasons import Reasons
from organizer.services.team_rows_chosen import Chosen, choose, tops_of_themselves

Amounts = Mapping[str, Mapping[int, int]]
"""A period's volumes in thousandths, by name and member's id."""


@dataclass(frozen=True)
class Known:
    """The stored side: members by id as they were in the file's period, the people in the file, volumes, her name.

    `earlier` are the volumes of the periods before, by how many back, and `starts` the first days of them and of
    the period itself (0), whose last day is `last`. `late`: something is known of later periods, so what the file
    tells is only true then.
    """

    members: Mapping[int, Member]
    people: Mapping[int, Contact]
    volumes: Amounts
    owner: str = ""
    earlier: Mapping[int, Amounts] = field(default_factory=dict)
    starts: Mapping[int, date] = field(default_factory=dict)
    late: bool = False
    last: date | None = None

    def came_later(self, member: Member) -> bool:
        """True for one who wasn't in the team yet in the file's period."""
        told = [day for day in (member.joined, member.since) if day]
        return bool(self.late and self.last and told and min(told) > self.last)

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
    """A row that goes in: its place among the links, the stored member it is or None, who holds a new place."""

    row: TeamRow
    node: int
    before: Member | None
    held: Held = NEW


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
    links: Links
    legs: Legs


def compare(
    records: Sequence[TeamRow],
    told: frozenset[str],
    known: Known,
    choices: Choices = NOTHING_CHOSEN,
    trees: frozenset[Tree] = frozenset({Tree.SPONSOR}),
    repeated: Sequence[TeamRow] = (),
) -> Comparison:
    """Hold the records of a file, which tells of `trees` and has the fields `told`, against what is stored.

    `repeated` are the rows whose number an earlier record has. Raises Refusal when `choices.me` can't be hers.
    """
    chosen = choose(records, repeated, choices)
    own = choices.me or (known.own.number if known.own else "")
    chosen = replace(chosen, rows=tops_of_themselves(chosen.rows, own))
    numbers = {row.number: row for row in chosen.rows}
    everyone, by_number = list(known.members.values()), dict(known.by_number)
    by_number |= renumbered(numbers, everyone, by_number, choices.people)
    stored = Stored(everyone, by_number, known.own, known.owner)
    links = Links(chosen.rows, trees, stored, choices, chosen.undecided)
    found = legs(links, frozenset(one.id for one in everyone if known.came_later(one)))
    placed = _placed(links, known, choices)
    work = Differ(links, found, known, told)
    lines = [work.line(item) for item in placed]
    lines += _other_lines(links, chosen, work)
    problems = [*chosen.problems, *Reasons(links, known.people, chosen.left).problems(), *found.problems]
    tops = {row.number: row.name for row in links.tops}
    if links.me and links.me not in links.in_file:
        tops[links.me] = known.owner
    return Comparison(placed, lines, problems, links.me, list(tops.items()), told, links, found)


def _placed(links: Links, known: Known, choices: Choices) -> list[Placed]:
    people: People | None = None
    found = []
    for node, row in enumerate(links.rows):
        if links.accepted[node]:
            before, held = links.before[node], NEW
            if before is None:
                people = people or People(known.people, known.members.values(), links.in_file, choices.people)
                held = people.holder(row)
            found.append(Placed(row, node, before, held))
    return found


def _other_lines(links: Links, chosen: Chosen, work: Differ) -> Iterator[Line]:
    """Lines for the rows that she leaves out, and for those who aren't in the file."""
    known = work.known
    for number, row in chosen.left.items():
        yield work.left_line(row, links.others_by_number.get(number))
    for member in links.others:
        if member.number and member.number not in chosen.left and not known.came_later(member):
            subject = label(known.people[member.person_id].name, member.number)
            yield Line(0, Change.MISSING, subject, number=member.number)


class Differ:
    """Says line by line what a file changes."""

    def __init__(self, links: Links, found: Legs, known: Known, told: frozenset[str]) -> None:
        self.links, self.legs, self.known, self.told = links, found, known, told
        # a new member has no id yet: what stands for it is below zero
        self._ids = [member.id if member else -1 - node for node, member in enumerate(links.members)]

    def line(self, item: Placed) -> Line:
        """What becomes of a row that goes in."""
        row, before, held = item.row, item.before, item.held
        subject = label(row.name, row.number)
        if before is None or (row.number == self.links.me and not before.number):
            same = Message("someone you have already, with the same name and phone or e-mail")
            chosen = Message("someone you have already")
            details = [same if held.sure else chosen] if held.person else []
            change = Change.DOUBTFUL if held.asked else Change.NEW
            return Line(row.row, change, subject, details, row.number, held.doubt)
        after = self.after(item, self._ids)
        moves, changes = list(self._moves(item, before, after)), list(self._differences(row, before, after))
        change = Change.MOVED if moves else Change.CHANGED if changes else Change.SAME
        kept = self._kept_figures(row, before) if row.earlier else ()
        return Line(row.row, change, subject, [*moves, *changes, *kept], row.number)

    def left_line(self, row: TeamRow, before: Member | None) -> Line:
        """What a row that she leaves out would change, as far as it says itself."""
        subject = label(row.name, row.number)
        if before is None:
            return Line(row.row, Change.NEW, subject, (), row.number, left=True)
        place = Place(before.sponsor_id, before.placement_id, before.leg, before.above, before.since)
        after = member_after(row, before, self.told, self.known, place)
        changes = list(self._differences(row, before, after))
        change = Change.CHANGED if changes else Change.SAME
        return Line(row.row, change, subject, changes, row.number, left=True)

    def after(self, item: Placed, ids: Sequence[int]) -> Member:
        """A member as she is once her row has gone in; `ids` are those of the links' nodes."""
        links, node, row = self.links, item.node, item.row
        sponsor, placement = links.sponsor[node], links.placement[node]
        base = item.before or Member()
        explicit = base.placement_id is not None or (item.before is None and links.told_placement(row))
        since = base.since or (None if item.before else self._since(row))
        if item.before and since:
            since = min(since, self._since(row) or since)
        place = Place(
            sponsor_id=ids[sponsor] if sponsor >= 0 else None,
            placement_id=ids[placement] if placement >= 0 and (explicit or placement != sponsor) else None,
            leg=self.legs.of.get(node, ""),
            above="" if sponsor >= 0 else self._outside(row, base),
            since=since,
        )
        return member_after(row, base, self.told, self.known, place)

    def _outside(self, row: TeamRow, base: Member) -> str:
        """Who stands above a top, as far as the file tells."""
        number = self.links.told_sponsor(row)
        named = label(row.sponsor_name if number == row.sponsor_number else "", number)
        if not self.links.tells_sponsor:
            named = label(row.placement_name, row.placement_number)
        if self.known.late and base.id and base.above:
            return base.above
        return named or base.above

    def _since(self, row: TeamRow) -> date | None:
        """The first day of the first period that the row has a figure of, or of the file's own."""
        starts = self.known.starts
        back = max(
            (back for back, told in row.earlier.items() if any(told.values()) and back in starts), default=0
        )
        return starts.get(back)

    def _moves(self, item: Placed, before: Member, after: Member) -> Iterator[Message]:
        node, links = item.node, self.links
        if after.sponsor_id != before.sponsor_id:
            named = self._named(links.sponsor[node]) or after.above
            yield Message("now under {name}", {"name": named or "–"})
        stood, stands = before.placement_id or before.sponsor_id, after.placement_id or after.sponsor_id
        with_sponsor = before.placement_id is None and after.placement_id is None
        if stood != stands and not with_sponsor:
            named = self._named(links.placement[node]) or "–"
            if after.leg:
                yield Message("now placed under {name}, {leg}", {"name": named, "leg": leg_words(after.leg)})
            else:
                yield Message("now placed under {name}", {"name": named})

    def _named(self, node: int) -> str:
        if node == NOBODY:
            return ""
        if member := self.links.members[node]:
            number = member.number or (self.links.rows[node].number if node < len(self.links.rows) else "")
            return label(self.known.people[member.person_id].name, number)
        return label(self.links.rows[node].name, self.links.rows[node].number)

    def _differences(self, row: TeamRow, before: Member, after: Member) -> Iterator[Message]:
        if after.number != before.number:
            yield Message("number {old} → {new}", {"old": before.number or "–", "new": after.number})
        if after.kind != before.kind:
            yield _BECOMES[after.kind]
        stood, stands = before.placement_id or before.sponsor_id, after.placement_id or after.sponsor_id
        if after.leg != before.leg and stood == stands:
            yield Message("leg {old} → {new}", {"old": leg_words(before.leg), "new": leg_words(after.leg)})
        if after.rank != before.rank:
            yield Message("rank {old} → {new}", {"old": before.rank or "–", "new": after.rank or "–"})
        if (after.highest_rank, after.joined, after.last_order) != (
            before.highest_rank,
            before.joined,
            before.last_order,
        ):
            yield Message("dates or highest rank changed")
        if after.above != before.above and after.sponsor_id == before.sponsor_id:
            yield Message("above her: {name}", {"name": after.above})
        person = self.known.people[before.person_id]
        if person_after(row, person, before.is_self) != person:
            yield Message("name or address changed")
        known = self.known.volumes
        if any(known.get(name, _NONE).get(before.id) != amount for name, amount in row.volumes.items()):
            yield Message("volumes changed")
        if row.earlier and any(amount is None for _told, amount in self._earlier(row, before)):
            yield Message("volumes of earlier periods are added")

    def _kept_figures(self, row: TeamRow, before: Member) -> Iterator[Message]:
        if any(amount not in (None, told) for told, amount in self._earlier(row, before)):
            yield Message("the file has other volumes for earlier periods; yours are kept")

    def _earlier(self, row: TeamRow, before: Member) -> Iterator[tuple[int, int | None]]:
        """What the row tells of earlier periods, each figure with the stored one."""
        for back, told in row.earlier.items():
            if back in self.known.earlier:
                for name, amount in told.items():
                    yield amount, self.known.earlier[back].get(name, {}).get(before.id)


_NONE: Mapping[int, int] = {}

_BECOMES = {
    Kind.DISTRIBUTOR: Message("now a distributor"),
    Kind.CUSTOMER: Message("now a customer"),
    Kind.CANCELLED: Message("has left"),
}


class Place(NamedTuple):
    """Where a member stands, see Member."""

    sponsor_id: int | None
    placement_id: int | None
    leg: str
    above: str
    since: date | None


def member_after(row: TeamRow, base: Member, told: frozenset[str], known: Known, place: Place) -> Member:
    """The member with what the row tells of her; what the file doesn't tell of her stays as it was.

    A date that the file leaves blank stays too: it may not have been readable. What has no past of its own, her
    dates and her highest rank, is not set back by an older period's file.
    """
    old = known.late and base.id > 0
    joined, ordered, highest = row.joined or base.joined, row.last_order or base.last_order, base.highest_rank
    if "highest_rank" in told and not (old and base.highest_rank):
        highest = row.highest_rank
    if old:
        joined = base.joined or row.joined
        ordered = max(filter(None, (base.last_order, row.last_order)), default=None)
    return Member(
        base.id,
        base.company_id,
        base.person_id,
        row.number,
        place.sponsor_id,
        place.placement_id,
        _kind_after(row, base, told),
        row.rank if "rank" in told else base.rank,
        highest,
        joined,
        ordered,
        place.above,
        base.is_self,
        place.leg,
        place.since,
    )


def _kind_after(row: TeamRow, base: Member, told: frozenset[str]) -> Kind:
    """Who has left stays so as long as no column tells who has and who hasn't."""
    if row.cancelled:
        return Kind.CANCELLED
    if base.kind is Kind.CANCELLED and "status" not in told:
        return base.kind
    return row.kind if "kind" in told or base.kind is Kind.CANCELLED else base.kind
