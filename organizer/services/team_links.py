"""Which rows of a team file hang together with the stored tree, and why the others don't."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from organizer.domain import tree
from organizer.domain.contact import fold
from organizer.domain.result import Message, Refusal, RowProblem
from organizer.domain.team import Member
from organizer.i18n import N_

if TYPE_CHECKING:
    from organizer.exchange.team_sponsor_id import TeamRow

_NAMED = 6
"""How many members of a circle a message names."""


def label(name: str, number: str) -> str:
    """How a member is named in messages: her name, her number in brackets where she has one."""
    return f"{name} ({number})" if name and number else name or number


class Links:
    """The file's rows and the stored members with a number, as one forest.

    `me` is the user's own number, "" where nothing tells it; `tops` are the rows under nobody who is known.
    Raises Refusal when `wanted`, the number that the user says is hers, can't be.
    """

    def __init__(
        self, rows: Sequence[TeamRow], stored: Mapping[str, Member], own: Member | None, owner: str, wanted: str
    ) -> None:
        self.in_file = {row.number: row for row in rows}
        self.stored = dict(stored)
        self._numbers = {member.id: number for number, member in stored.items()}
        self.tops = [row for row in rows if not self.above(row)]
        self.me = self._find_me(own.number if own else "", owner, wanted)
        if own and self.me and self.me not in self.stored:
            # her place has no number yet: the file tells it
            self.stored[self.me] = own
            self._numbers[own.id] = self.me
        self._rows = list(self.in_file.values())
        self._outside = [number for number in self.stored if number not in self.in_file]
        self._index = {number: place for place, number in enumerate([*self.in_file, *self._outside])}
        self._parent = self._links()
        self._reached = self._reach()

    def above(self, row: TeamRow) -> str:
        """The number of who stands above the row's member, "" at a top.

        A blank cell says nothing about who that is: a member who is known keeps her place.
        """
        if row.sponsor_number in self.in_file or row.sponsor_number in self.stored:
            return row.sponsor_number
        before = None if row.sponsor_number else self.stored.get(row.number)
        return self._numbers.get(before.sponsor_id or 0, "") if before else ""

    def _find_me(self, known: str, owner: str, wanted: str) -> str:
        missing = {row.sponsor_number for row in self.tops} - {""}
        if known:
            if wanted and wanted != known:
                text = N_(
                    "Your number in this team is {number}. Change it on the Team page first. Nothing was changed."
                )
                raise Refusal(Message(text, {"number": known}))
            return known
        if wanted:
            if wanted not in self.in_file and wanted not in missing:
                raise Refusal(Message("Nobody in the file has the number {number}.", {"number": wanted}))
            return wanted
        same_name = [row.number for row in self.in_file.values() if owner and fold(row.name) == fold(owner)]
        if len(same_name) == 1:
            return same_name[0]
        if len(self.tops) > 1 and len(missing) == 1 and all(row.sponsor_number for row in self.tops):
            # everybody at the top was sponsored by one who has no row: the file leaves the user herself out
            return missing.pop()
        return self._largest_top()

    def _largest_top(self) -> str:
        if len(self.tops) < 2:
            return self.tops[0].number if self.tops else ""
        index = {number: place for place, number in enumerate(self.in_file)}
        parent = [index.get(row.sponsor_number, -1) for row in self.in_file.values()]
        sizes = [1] * len(parent)
        # circles hang on no top and are never reached from one
        for place in reversed(_order(parent)):
            if parent[place] >= 0:
                sizes[parent[place]] += sizes[place]
        return max(self.tops, key=lambda row: sizes[index[row.number]]).number

    def _links(self) -> list[int]:
        links = [self._index.get(self.above(row), -1) for row in self._rows]
        for number in self._outside:
            sponsor = self.stored[number].sponsor_id
            links.append(self._index[self._numbers[sponsor]] if sponsor in self._numbers else -1)
        return links

    def _reach(self) -> bytearray:
        """Which places hang on a top that may be one: the one above the user, or one that is stored as such."""
        parent = self._parent
        roots = {self._index[n] for n in self.stored if parent[self._index[n]] < 0 and self._stays_on_top(n)}
        if self.me in self._index:
            place, seen = self._index[self.me], set[int]()
            while parent[place] >= 0 and place not in seen:
                seen.add(place)
                place = parent[place]
            if parent[place] < 0:
                roots.add(place)
        reached = bytearray(len(parent))
        children = tree.children_of(parent)
        waiting = list(roots)
        for place in waiting:
            reached[place] = 1
            waiting.extend(children[place])
        return reached

    def _stays_on_top(self, number: str) -> bool:
        """For a stored member under nobody with a number: that is her place, unless the file names another."""
        row, sponsor = self.in_file.get(number), self.stored[number].sponsor_id
        return row is None or sponsor is None or (sponsor not in self._numbers and not row.sponsor_number)

    def accepted(self) -> list[TeamRow]:
        """The rows that can go in: whatever is applied, the stored tree stays one without circles."""
        return [row for place, row in enumerate(self._rows) if self._reached[place]]

    def problems(self, name_of: Callable[[Member], str]) -> Iterator[RowProblem]:
        """Why each other row can't; `name_of` names a stored member who is part of a circle."""
        rows = self._rows
        left_out = [place for place in range(len(self._parent)) if not self._reached[place]]
        position = {place: i for i, place in enumerate(left_out)}
        inner = [position.get(self._parent[place], -1) for place in left_out]

        def named(i: int) -> str:
            place = left_out[i]
            if place < len(rows):
                return label(rows[place].name, rows[place].number)
            return name_of(self.stored[self._outside[place - len(rows)]])

        circles = _circles(inner, named)
        for i, place in enumerate(left_out):
            if place < len(rows):
                row = rows[place]
                message = circles.get(i) or self._hangs_on(row, left_out, inner[i], named)
                yield RowProblem(row.row, label(row.name, row.number), message)

    def _hangs_on(self, row: TeamRow, left_out: Sequence[int], above: int, named: Callable[[int], str]) -> Message:
        if above >= 0:
            place = left_out[above]
            where = str(self._rows[place].row) if place < len(self._rows) else "–"
            text = N_("Left out: stands under {name} (row {row}), who was left out.")
            return Message(text, {"name": named(above), "row": where})
        sponsor = label(row.sponsor_name, row.sponsor_number)
        if not sponsor:
            return Message("Left out: the file doesn't say who sponsors her.")
        return Message(
            "Left out: the sponsor {sponsor} is neither in the file nor in your team.", {"sponsor": sponsor}
        )


def _order(parent: Sequence[int]) -> list[int]:
    """Whoever hangs on a top, each after the one above; those on circles are left out."""
    children = tree.children_of(parent)
    order = [place for place, above in enumerate(parent) if above < 0]
    for place in order:
        order.extend(children[place])
    return order


def _circles(parent: Sequence[int], named: Callable[[int], str]) -> dict[int, Message]:
    """For everyone on a circle the way round, from herself back to herself, or its beginning when it is long."""
    found = {}
    for circle in tree.find_cycles(parent):
        for i, member in enumerate(circle):
            way = [circle[(i + step) % len(circle)] for step in range(min(len(circle), _NAMED))]
            ends = ["…"] if len(circle) > _NAMED else []
            path = " → ".join([*map(named, way), *ends, named(member)])
            found[member] = Message("Left out: the sponsors run in a circle: {path}.", {"path": path})
    return found
