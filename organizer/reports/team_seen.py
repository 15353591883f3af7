"""A team as a report is handed it, and how its people are called: by name, or so that nobody else is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from organizer.domain import tree
from organizer.domain.money import volume_amount
from organizer.domain.team import SIDES, Kind, Team, Tree
from organizer.domain.team_change import Changes, Difference
from organizer.i18n import _, format_number

T = TypeVar("T")

Figures = tuple[str, Sequence[int | None]]
"""A figure's label, ready to print, and each member's volume in thousandths (None: not known)."""


class Naming(StrEnum):
    """What stands for a person."""

    NAMES = "names"
    INITIALS = "initials"
    NUMBERS = "numbers"


@dataclass(frozen=True)
class Seen:
    """All sequences are in the team's order. `shown` are the links that a report goes by.

    `top` is the member whose leg it is, -1 for the whole team. `active[i]` is None where it isn't known; without
    `active` nobody is told active or not. `width` is how many legs each has in the shown tree (2: a left and a
    right one), 0 where it has no such legs.
    """

    team: Team
    period_text: str
    figures: Sequence[Figures] = ()
    active: Sequence[bool | None] | None = None
    shown: Tree = Tree.SPONSOR
    top: int = -1
    naming: Naming = Naming.NAMES
    width: int = 0
    changes: Changes | None = None

    @property
    def parent(self) -> Sequence[int]:
        """Each member's place of the one above her, -1 at a top."""
        return self.team.sponsor if self.shown is Tree.SPONSOR else self.team.placement

    @property
    def named(self) -> bool:
        """Whether people may be called by their names."""
        return self.naming is Naming.NAMES

    def called(self, member: int) -> str:
        """What stands for a member: her name, else her number, else which one of the team she is."""
        team = self.team
        number = team.numbers[member] or f"#{member + 1}"
        if self.naming is Naming.NUMBERS:
            return number
        if self.naming is Naming.INITIALS:
            return initials(team.names[member]) or number
        return team.names[member] or number

    def slot(self, member: int) -> int:
        """The leg that she stands in, from 1, 0 where it isn't known."""
        leg = self.team.legs[member] if self.team.legs else ""
        leg = {"left": "1", "right": "2"}.get(SIDES.get(leg, leg) if self.width == 2 else leg, leg)
        return int(leg) if leg.isdecimal() and len(leg) < 4 else 0

    def rank(self, member: int) -> str:
        """Her rank, or what she is instead."""
        # who has left has kept her rank's name, and nothing else of it
        kind, rank = self.team.kinds[member], self.team.ranks[member]
        return {Kind.CUSTOMER: rank or _("Customer"), Kind.CANCELLED: _("Has left")}.get(kind, rank)

    def change(self, member: int) -> str:
        """What has changed of her since the period compared with, in a word or a figure; "" for nothing."""
        if self.changes is None:
            return ""
        words = {
            Difference.NEW: _("New"),
            Difference.MOVED: _("Moved"),
            Difference.LOST: _("Left since"),
            Difference.SAME: "",
        }
        difference = self.changes.of[member]
        if difference in words:
            return words[difference]
        amount = self.changes.personal[member] or 0
        return ("+" if amount > 0 else "") + format_number(volume_amount(amount))


def leg_of(seen: Seen) -> Seen:
    """The leg of `seen.top` alone (the whole team where there is none), everybody called as she may be."""
    parent = seen.parent
    order = tree.top_down(parent)
    kept = (
        sorted([seen.top, *tree.members_below(parent, order, seen.top)]) if seen.top >= 0 else range(len(parent))
    )
    place = {member: number for number, member in enumerate(kept)}
    team = seen.team

    def cut(values: Sequence[T]) -> list[T]:
        return [values[member] for member in kept] if values else []

    return replace(
        seen,
        team=replace(
            team,
            ids=cut(team.ids),
            numbers=cut(team.numbers),
            names=[seen.called(member) for member in kept],
            person_ids=cut(team.person_ids),
            sponsor=[place.get(above, -1) for above in cut(team.sponsor)],
            placement=[place.get(above, -1) for above in cut(team.placement)],
            kinds=cut(team.kinds),
            ranks=cut(team.ranks),
            joined=cut(team.joined),
            volumes={},
            me=place.get(team.me, -1),
            legs=cut(team.legs),
            active=(),
            orders=(),
        ),
        figures=[(label, cut(values)) for label, values in seen.figures],
        active=cut(seen.active) if seen.active is not None else None,
        top=place.get(seen.top, -1),
        naming=Naming.NAMES,
        changes=None,
    )


def initials(name: str) -> str:
    """The first letters of a name's parts, at most four; "" where it has no letters."""
    return "".join(part[0] for part in name.split() if part[0].isalpha())[:4].upper()


def leg_word(slot: int, width: int) -> str:
    """A leg as it stands on a card: left or right in a binary tree, else its number; "" for none."""
    if width == 2:
        return ("", _("Left"), _("Right"))[slot] if slot < 3 else ""
    return _("Leg {number}").format(number=slot) if slot else ""


def volume_text(thousandths: int | None) -> str:
    """A volume as it is printed; a dash where it isn't known."""
    return "–" if thousandths is None else format_number(volume_amount(thousandths))
