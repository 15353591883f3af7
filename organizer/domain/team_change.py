"""What has changed in a team between two periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from organizer.domain import tree
from organizer.domain.team import Kind, Team


class Difference(StrEnum):
    """What is said of one member; the first that holds, in this order. Grown and shrunk go by her own volume.

    NO_FIGURES is asked for beside the others and never said instead of them: see `Changes.silent`.
    """

    LOST = "lost"
    NEW = "new"
    MOVED = "moved"
    GROWN = "grown"
    SHRUNK = "shrunk"
    SAME = "same"
    NO_FIGURES = "no_figures"


@dataclass(frozen=True)
class Changes:
    """What has changed since an earlier period, in the order of the later team.

    `personal` and `group` are differences in thousandths: None where one of the two isn't known, or for a member
    who wasn't there. `absent` are the names of those who were there then and aren't in the tree now.
    `silent` are the places of those whose own volume was known then and isn't now, where any is known now.
    """

    of: Sequence[Difference]
    personal: Sequence[int | None]
    group: Sequence[int | None]
    absent: Sequence[str]
    silent: Sequence[int] = ()

    def places(self, difference: Difference) -> Sequence[int]:
        """The places in the later team of whom this is said, ascending."""
        if difference is Difference.NO_FIGURES:
            return self.silent
        return [at for at, one in enumerate(self.of) if one is difference]


@dataclass(frozen=True)
class Side:
    """A team as it is looked at: its shown links, each one's own volume and that with all below her."""

    team: Team
    parent: Sequence[int]
    personal: Sequence[int | None]
    group: Sequence[int]

    def known_groups(self) -> Sequence[int | None]:
        """The volume with all below, None where none of it is known."""
        told = [int(amount is not None) for amount in self.personal]
        counts = tree.subtree_sums(self.parent, tree.parents_first(self.parent), told)
        return [amount if count else None for amount, count in zip(self.group, counts, strict=True)]


def changes(before: Side, after: Side) -> Changes:
    """What has changed from `before` to `after`. O(members)."""
    place = {id_: at for at, id_ in enumerate(before.team.ids)}
    groups = before.known_groups(), after.known_groups()
    of: list[Difference] = []
    personal: list[int | None] = []
    group: list[int | None] = []
    silent: list[int] = []
    told = any(amount is not None for amount in after.personal)
    for at, id_ in enumerate(after.team.ids):
        then = place.pop(id_, -1)
        if then < 0:
            of.append(Difference.NEW)
            personal.append(None)
            group.append(None)
            continue
        own = _difference(before.personal[then], after.personal[at])
        of.append(_named(before, after, then, at, own))
        personal.append(own)
        group.append(_difference(groups[0][then], groups[1][at]))
        if told and before.personal[then] is not None and after.personal[at] is None:
            silent.append(at)
    return Changes(of, personal, group, [before.team.names[at] for at in place.values()], silent)


def _difference(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None else after - before


def _named(before: Side, after: Side, then: int, at: int, own: int | None) -> Difference:
    left = Kind.CANCELLED
    if after.team.kinds[at] is left and before.team.kinds[then] is not left:
        return Difference.LOST
    if _above(before, then) != _above(after, at):
        return Difference.MOVED
    if not own:
        return Difference.SAME
    return Difference.GROWN if own > 0 else Difference.SHRUNK


def _above(side: Side, at: int) -> int:
    above = side.parent[at]
    return side.team.ids[above] if above >= 0 else 0
