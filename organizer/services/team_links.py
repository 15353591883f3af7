"""How a team file's rows and the stored members hang together, in the sponsor tree and the placement tree.

One of the trees decides which rows can go in: the placement tree where the file tells it, else the sponsor tree.
A row goes in when it hangs on a top that may be one. The other tree may have more tops, but no circle either.
Rows that stay out change nothing: a stored member keeps her place then, and both trees stay whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from organizer.domain import tree
from organizer.domain.contact import fold
from organizer.domain.result import Message, Refusal
from organizer.domain.team import Member, Tree
from organizer.i18n import N_
from organizer.services.team_choices import NOTHING_CHOSEN, Choices

if TYPE_CHECKING:
    from organizer.exchange.team_rows import TeamRow

NOBODY = -1
"""In the links: she is a top, or who is above her isn't among those known here."""


def label(name: str, number: str) -> str:
    """How a member is named in messages: her name, her number in brackets where she has one."""
    return f"{name} ({number})" if name and number else name or number


@dataclass(frozen=True)
class Stored:
    """The company's members as they were in the file's period, those by number, her own, and her name."""

    members: Sequence[Member]
    by_number: Mapping[str, Member]
    own: Member | None
    owner: str


class Links:
    """The rows and the stored members as the nodes of both trees: rows first, then the members without a row.

    `before[i]` is the stored member that row i is, None for a new one. `sponsor[i]` and `placement[i]` are nodes,
    NOBODY at a top; `accepted[i]` says whether the row can go in; the links of one that can't are the stored ones.
    `circles` are the ways round of those who stand on one in the other tree, `hung` who recruited those that stay
    out because she does. `undecided` are numbers that stay out. `me` is the user's own number, "" where nothing
    tells it; `tops` are the rows under nobody who is known. Raises Refusal when the number that the user says is
    hers can't be.
    """

    def __init__(
        self,
        rows: Sequence[TeamRow],
        trees: frozenset[Tree],
        stored: Stored,
        choices: Choices = NOTHING_CHOSEN,
        undecided: frozenset[str] = frozenset(),
    ) -> None:
        """`undecided` are numbers that stay out because nobody has said which of their rows counts."""
        self.rows, self.choices, self.undecided = rows, choices, undecided
        self.tells_placement = Tree.PLACEMENT in trees
        self.tells_sponsor = Tree.SPONSOR in trees or not trees
        self.in_file = {row.number: place for place, row in enumerate(rows)}
        by_number = dict(stored.by_number)
        self._mended = choices.placements if self.tells_placement else choices.sponsors
        self.tops = [row for row in rows if not self._is_below_somebody(row, by_number)]
        self.me = self._find_me(stored.own.number if stored.own else "", stored.owner, choices.me)
        if stored.own and self.me and self.me not in by_number:
            # her place has no number yet: the file tells it
            by_number[self.me] = stored.own
        self._place(stored, by_number)
        self._resolve()

    def _place(self, stored: Stored, by_number: Mapping[str, Member]) -> None:
        """Give every row and every member without one a node."""
        self.before = [by_number.get(row.number) for row in self.rows]
        held = {member.id for member in self.before if member}
        self.others = [member for member in stored.members if member.id not in held]
        self.members = [*self.before, *self.others]
        self.node_of_id = {member.id: node for node, member in enumerate(self.members) if member}
        self.node_of = {number: self.node_of_id[member.id] for number, member in by_number.items()}
        self.node_of |= self.in_file
        self.others_by_number = {member.number: member for member in self.others if member.number}

    def _resolve(self) -> None:
        places = [(m.sponsor_id, m.placement_id or m.sponsor_id) if m else (None, None) for m in self.members]
        above = self.node_of_id.get
        self._sponsor_before = [above(sponsor or 0, NOBODY) for sponsor, _placement in places]
        self._placement_before = [above(placement or 0, NOBODY) for _sponsor, placement in places]
        self.up = self._main_links()
        self.kept: dict[int, Sequence[int]] = {}
        while self._keep_places():
            pass
        self.accepted = self._reached()
        self.circles: dict[int, tuple[Tree, list[int]]] = {}
        self.hung: dict[int, int] = {}
        self._drop([*self._recruits_of_left(), *(n for n in range(len(self.rows)) if not self.accepted[n])])
        self._settle()
        while circles := tree.find_cycles(self._second):
            if not self._leave_out(circles):
                break  # among the stored ones, and nothing in the file makes it worse
            self._settle()

    def told_sponsor(self, row: TeamRow) -> str:
        """Whose recruit she is by the file, or as mended; "" where nothing tells it."""
        mended = self.choices.sponsors.get(row.number)
        return (row.sponsor_number if self.tells_sponsor else "") if mended is None else mended

    def told_placement(self, row: TeamRow) -> str:
        """Whom she stands under by the file, or as mended; "" where nothing tells it."""
        mended = self.choices.placements.get(row.number)
        return (row.placement_number if self.tells_placement else "") if mended is None else mended

    def told_main(self, row: TeamRow) -> str:
        """Who is above her in the tree that decides."""
        return self.told_placement(row) if self.tells_placement else self.told_sponsor(row)

    def _is_below_somebody(self, row: TeamRow, by_number: Mapping[str, Member]) -> bool:
        number = self.told_main(row)
        if number:
            return number in self.in_file or number in by_number
        before = by_number.get(row.number)
        if before is None or row.number in self._mended:
            return False
        return bool(before.sponsor_id or (self.tells_placement and before.placement_id))

    # ---- who she is

    def _find_me(self, known: str, owner: str, wanted: str) -> str:
        missing = {self.told_main(row) for row in self.tops} - {""}
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
        same_name = [row.number for row in self.rows if owner and fold(row.name) == fold(owner)]
        if len(same_name) == 1:
            return same_name[0]
        if len(self.tops) > 1 and len(missing) == 1 and all(self.told_main(row) for row in self.tops):
            # everybody at the top stands under one who has no row: the file leaves the user herself out
            return missing.pop()
        return self._largest_top()

    def _largest_top(self) -> str:
        if len(self.tops) < 2:
            return self.tops[0].number if self.tops else ""
        parent = [self.in_file.get(self.told_main(row), NOBODY) for row in self.rows]
        sizes = [1] * len(parent)
        # circles hang on no top and are never reached from one
        for place in reversed(_order(parent)):
            if parent[place] >= 0:
                sizes[parent[place]] += sizes[place]
        return max(self.tops, key=lambda row: sizes[self.in_file[row.number]]).number

    # ---- the tree that decides

    def _main_links(self) -> list[int]:
        stored = self._placement_before if self.tells_placement else self._sponsor_before
        links, node_of = list(stored), self.node_of
        for node, row in enumerate(self.rows):
            if row.number in self.undecided:
                links[node] = NOBODY
            elif number := self.told_main(row):
                links[node] = node_of.get(number, NOBODY)
            elif row.number in self._mended:
                links[node] = NOBODY
        return links

    def _keep_places(self) -> bool:
        """Let stored members stay where they are who would run in a circle, or stand under somebody unknown.

        False where there was none: each is let stay once.
        """
        stored = self._placement_before if self.tells_placement else self._sponsor_before
        found: dict[int, Sequence[int]] = {}
        for circle in tree.find_cycles(self.up):
            for step, node in enumerate(circle):
                found[node] = [*circle[step:], *circle[:step]]
        for node, row in enumerate(self.rows):
            if self.up[node] < 0 and stored[node] >= 0 and self.told_main(row) and row.number != self.me:
                found[node] = ()
        count, before = len(self.rows), len(self.kept)
        for node, way in found.items():
            fit = node < count and self.members[node] and self.rows[node].number not in self.undecided
            if fit and node not in self.kept:
                self.kept[node] = way
                self.up[node] = stored[node]
        return len(self.kept) > before

    def _reached(self) -> bytearray:
        """Which nodes hang on a top that may be one: the one above the user, or one that is stored as such."""
        up = self.up
        waiting = [node for node, above in enumerate(up) if above < 0 and self._stays_on_top(node)]
        if self.me in self.node_of:
            node, seen = self.node_of[self.me], set[int]()
            while up[node] >= 0 and node not in seen:
                seen.add(node)
                node = up[node]
            if up[node] < 0 and not (node < len(self.rows) and self.rows[node].number in self.undecided):
                waiting.append(node)
        reached = bytearray(len(up))
        children = tree.children_of(up)
        for node in waiting:
            reached[node] = 1
            waiting.extend(children[node])
        return reached

    def _stays_on_top(self, node: int) -> bool:
        """For one under nobody: that is her stored place, or how she was mended."""
        if node >= len(self.rows):
            return True
        if self.rows[node].number in self.undecided:
            return False
        if self._mended.get(self.rows[node].number) == "":
            return True
        stored = self._placement_before if self.tells_placement else self._sponsor_before
        return self.before[node] is not None and stored[node] < 0

    # ---- the other tree

    def _settle(self) -> None:
        """Work out both links of everybody, as they are once what is accepted has gone in."""
        self.sponsor, self.placement = list(self._sponsor_before), list(self._placement_before)
        second = self._sponsor_of if self.tells_placement else self._placement_of
        main, other = self.sponsor, self.placement
        if self.tells_placement:
            main, other = other, main
        for node in range(len(self.rows)):
            if self.accepted[node]:
                main[node] = self.up[node]
                other[node] = second(node)
        self._second = other

    def _sponsor_of(self, node: int) -> int:
        """Who recruited the one at a row that goes in, where the placement tree decides."""
        row = self.rows[node]
        if self.up[node] < 0:
            return NOBODY  # a top of the placement tree would be placed under her sponsor
        if number := self.told_sponsor(row):
            return self.node_of.get(number, NOBODY)
        if row.number in self.choices.sponsors:
            return NOBODY
        if self.before[node]:
            return self._sponsor_before[node]
        return NOBODY if self.tells_sponsor else self.up[node]

    def _placement_of(self, node: int) -> int:
        """Whom the one at a row that goes in stands under, where the sponsor tree decides."""
        row, before = self.rows[node], self.before[node]
        if number := self.told_placement(row):
            above = self.node_of.get(number, NOBODY)
            if above >= 0 and (self.accepted[above] or self.members[above]):
                return above
        return self._placement_before[node] if before and before.placement_id else self.up[node]

    def _leave_out(self, circles: Sequence[Sequence[int]]) -> bool:
        """Take the rows on the circles out, with everybody below them; False where there is none."""
        kind = Tree.SPONSOR if self.tells_placement else Tree.PLACEMENT
        count, out = len(self.rows), []
        for circle in circles:
            rows = [node for node in circle if node < count and self.accepted[node]]
            out += rows
            for node in rows:
                start = circle.index(node)
                self.circles[node] = (kind, [*circle[start:], *circle[:start]])
        self._drop(out)
        return bool(out)

    def _drop(self, out: Sequence[int]) -> None:
        """Take these rows out with everybody below them in the tree that decides, and whom they recruited."""
        if not out:
            return
        below, recruits, waiting = tree.children_of(self.up), self._recruits(), list(out)
        for node in waiting:
            self.accepted[node] = 0
            waiting.extend(one for one in below[node] if self.accepted[one])
            if self.members[node] is None:  # a stored one may be stood under all the same
                for one in recruits.get(node, ()):
                    if self.accepted[one]:
                        self.hung[one] = node
                        waiting.append(one)

    def _recruits_of_left(self) -> list[int]:
        """The rows whose recruiters she leaves out, and that would hang in the air of the sponsor tree."""
        if not (self.tells_placement and self.choices.left):
            return []
        gone = self.choices.left - self.node_of.keys()
        found = [
            node for node, row in enumerate(self.rows) if self.up[node] >= 0 and self.told_sponsor(row) in gone
        ]
        self.hung |= dict.fromkeys(found, NOBODY)
        return found

    def _recruits(self) -> Mapping[int, list[int]]:
        """Whom the rows of the file recruited, where the sponsor tree is not the one that decides."""
        found: dict[int, list[int]] = {}
        if self.tells_placement:
            for node, row in enumerate(self.rows):
                if self.up[node] >= 0 and (above := self.in_file.get(self.told_sponsor(row), NOBODY)) >= 0:
                    found.setdefault(above, []).append(node)
        return found

    def below(self, number: str) -> list[str]:
        """The numbers of the new members that go in and hang on that new one: they can't go in without her."""
        start = self.in_file.get(number)
        if start is None or self.before[start] or not self.accepted[start]:
            return []
        found = [start]
        seen = {start}
        for node in found:
            new = [one for one in self._hanging.get(node, ()) if one not in seen]
            seen.update(new)
            found.extend(new)
        return [self.rows[node].number for node in found[1:]]

    @cached_property
    def _hanging(self) -> Mapping[int, Sequence[int]]:
        """The new members that go in, below each other in either tree."""
        children: dict[int, list[int]] = defaultdict(list)
        for node in range(len(self.rows)):
            if self.accepted[node] and not self.before[node]:
                children[self.up[node]].append(node)
                if self.tells_placement:
                    children[self.sponsor[node]].append(node)
        return children


def _order(parent: Sequence[int]) -> list[int]:
    """Whoever hangs on a top, each after the one above; those on circles are left out."""
    children = tree.children_of(parent)
    order = [place for place, above in enumerate(parent) if above < 0]
    for place in order:
        order.extend(children[place])
    return order
