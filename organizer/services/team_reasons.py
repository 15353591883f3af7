"""Why rows of a team file can't go in: each named, with its row, and with what would mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from organizer.domain import tree
from organizer.domain.contact import Contact
from organizer.domain.result import Message
from organizer.domain.team import Member, Tree
from organizer.exchange.team_rows import TeamRow
from organizer.i18n import N_
from organizer.services.preview import Mend, TeamProblem
from organizer.services.team_links import Links, label

_NAMED = 6
"""How many members of a circle a message names."""

_SPONSORS = N_("Left out: the sponsors run in a circle: {path}.")
_PLACEMENTS = N_("Left out: the placements run in a circle: {path}.")


@dataclass(frozen=True, slots=True)
class Below(TeamProblem):
    """A row that stays out only because of another: `cause` is the number of the one with whom it goes in, too."""

    cause: str = ""


class Reasons:
    """Says of each row that `links` leaves out why; `left` are the rows that the user leaves out, by number."""

    def __init__(self, links: Links, people: Mapping[int, Contact], left: Mapping[str, TeamRow]) -> None:
        self.links, self.people, self.left = links, people, left
        self._places = [node for node, inside in enumerate(links.accepted) if not inside]
        self._mend = Mend.PLACEMENT if links.tells_placement else Mend.SPONSOR
        self._causes: dict[int, int] = {}

    def problems(self) -> Iterator[TeamProblem]:
        """One for each row that stays out or keeps its place, those first."""
        yield from self._keeping()
        position = {node: i for i, node in enumerate(self._places)}
        inner = [position.get(self.links.up[node], -1) for node in self._places]
        on_circles = self._circles(inner)
        self._causes = {self._places[i]: self._places[i] for i in on_circles}
        for i, node in enumerate(self._places):
            if node >= len(self.links.rows):
                break  # a stored member below such a row: she stays where she is
            row = self.links.rows[node]
            if row.number in self.links.undecided:
                continue  # told with all of its rows
            if node in self.links.circles:
                kind, circle = self.links.circles[node]
                message, mend = self._round(kind, circle), _mend_of(kind)
            elif i in on_circles:
                message, mend = on_circles[i], self._mend
            elif node in self.links.hung:
                message, mend = self._recruited(row, self.links.hung[node]), Mend.SPONSOR
            else:
                message, mend = self._hangs_on(node), self._mend
            subject, cause = label(row.name, row.number), self._cause(node)
            if cause == node or cause >= len(self.links.rows):
                yield TeamProblem(row.row, subject, message, False, row.number, mend)
            else:
                number = self.links.rows[cause].number
                yield Below(row.row, subject, message, False, row.number, mend, number)

    def _cause(self, node: int) -> int:
        """The one above who stays out for a reason of her own, and this one with her; else this one herself."""
        way: list[int] = []
        seen: set[int] = set()
        while node not in self._causes and node not in seen:
            way.append(node)
            seen.add(node)
            node = self._hangs_with(node)
        cause = self._causes.get(node, node)
        self._causes |= dict.fromkeys(way, cause)
        return cause

    def _hangs_with(self, node: int) -> int:
        """The one without whom she can't go in, herself where that is nobody."""
        links = self.links
        if node in links.circles or (node < len(links.rows) and links.rows[node].number in links.undecided):
            return node
        above = links.hung.get(node, links.up[node])
        return above if above >= 0 and not links.accepted[above] else node

    def _keeping(self) -> Iterator[TeamProblem]:
        """Stored members whose new place can't be: the rest of their rows goes in."""
        for node, circle in self.links.kept.items():
            row = self.links.rows[node]
            if self.links.accepted[node]:
                if circle:
                    names = [*map(self.name_of, circle[:_NAMED]), *(["…"] if len(circle) > _NAMED else ())]
                    text = N_("She keeps her place: by the file, the team would run in a circle: {path}.")
                    message = Message(text, {"path": " → ".join([*names, self.name_of(node)])})
                else:
                    text = N_("She keeps her place: {above}, whom the file puts her under, isn't known.")
                    message = Message(text, {"above": self.links.told_main(row)})
                yield TeamProblem(row.row, label(row.name, row.number), message, True, row.number, self._mend)

    def name_of(self, node: int) -> str:
        """How the one at a node is called."""
        if node < len(self.links.rows):
            row = self.links.rows[node]
            return label(row.name, row.number)
        return self.name_of_member(self.links.others[node - len(self.links.rows)])

    def name_of_member(self, member: Member) -> str:
        """How a stored member is called."""
        return label(self.people[member.person_id].name, member.number)

    def _circles(self, inner: Sequence[int]) -> dict[int, Message]:
        """For everyone on a circle of the tree that decides the way round, from herself back to herself."""
        kind = Tree.PLACEMENT if self.links.tells_placement else Tree.SPONSOR
        found = {}
        for circle in tree.find_cycles(inner):
            for i, member in enumerate(circle):
                turned = [
                    self._places[circle[(i + step) % len(circle)]] for step in range(min(len(circle), _NAMED))
                ]
                found[member] = self._round(kind, turned, len(circle))
        return found

    def _round(self, kind: Tree, circle: Sequence[int], length: int = 0) -> Message:
        """The way round a circle, from its first one back to her, or its beginning when it is long."""
        ends = ["…"] if (length or len(circle)) > _NAMED else []
        names = [*map(self.name_of, circle[:_NAMED]), *ends, self.name_of(circle[0])]
        return Message(_SPONSORS if kind is Tree.SPONSOR else _PLACEMENTS, {"path": " → ".join(names)})

    def _hangs_on(self, node: int) -> Message:
        links, row = self.links, self.links.rows[node]
        above = links.up[node]
        if above >= 0:
            where = str(links.rows[above].row) if above < len(links.rows) else "–"
            text = N_("Left out: stands under {name} (row {row}), who was left out.")
            return Message(text, {"name": self.name_of(above), "row": where})
        number = links.told_main(row)
        if number in self.left:
            named = label(self.left[number].name, number)
            return Message("Left out: stands under {name}, whom you leave out.", {"name": named})
        if links.tells_placement:
            return self._misplaced(number, row)
        told = label(row.sponsor_name if number == row.sponsor_number else "", number)
        if not told:
            return Message("Left out: the file doesn't say who sponsors her.")
        return Message(
            "Left out: the sponsor {sponsor} is neither in the file nor in your team.", {"sponsor": told}
        )

    def _recruited(self, row: TeamRow, above: int) -> Message:
        if above < 0:
            number = self.links.told_sponsor(row)
            named = label(self.left[number].name, number)
            return Message("Left out: recruited by {name}, whom you leave out.", {"name": named})
        text = N_("Left out: recruited by {name} (row {row}), who was left out.")
        return Message(text, {"name": self.name_of(above), "row": str(self.links.rows[above].row)})

    def _misplaced(self, number: str, row: TeamRow) -> Message:
        told = label(row.placement_name if number == row.placement_number else "", number)
        if not told:
            return Message("Left out: the file doesn't say whom she is placed under.")
        text = N_("Left out: {above}, whom she is placed under, is neither in the file nor in your team.")
        return Message(text, {"above": told})


def _mend_of(kind: Tree) -> Mend:
    return Mend.PLACEMENT if kind is Tree.PLACEMENT else Mend.SPONSOR
