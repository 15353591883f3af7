"""What moving a member does, told before it is done: who goes along, whose volume changes, what stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from organizer.domain import tree
from organizer.domain.result import Message, Refusal
from organizer.domain.team import Member, Tree
from organizer.services import legs, team
from organizer.services.team import TeamView
from organizer.services.team_links import label
from organizer.storage import File

_NAMED = 8
"""How many members of a circle a message names."""


@dataclass(frozen=True)
class Upline:
    """Somebody with her group volume in thousandths before and after; None where none of it is known."""

    position: int
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Effect:
    """What a move would do, told in positions of the view's team; -1 is nobody.

    `along` is everyone below the member in the tree she is moved in, the nearest first. `left` and `joined` are
    who loses her and who gets her, None where that is nobody. `follows`: she is placed under her sponsor, so her
    place moves too. `stays` is who she goes on standing under in the other tree.
    """

    tree: Tree
    member: int
    along: Sequence[int]
    left: Upline | None
    joined: Upline | None
    follows: bool
    stays: int

    @property
    def moves_nothing(self) -> bool:
        """True where she stands there already."""
        return self.left is not None and self.joined is not None and self.left.position == self.joined.position


@dataclass(frozen=True)
class Leg:
    """A leg under a member: "left", "right" or a number, and the position of who stands in it, -1 while free."""

    leg: str
    taken: int


def effect(view: TeamView, member: Member, above_id: int, moved_in: Tree) -> Effect:
    """What happens when `member` stands under the member with id `above_id` in that tree. O(members).

    Raises Refusal when she would stand under herself or under one below her, with the way there.
    """
    index = {id_: place for place, id_ in enumerate(view.team.ids)}
    if member.id not in index or above_id not in index:
        raise Refusal(Message("This team member is gone. Nothing was changed."))
    place, above = index[member.id], index[above_id]
    follows = moved_in is Tree.SPONSOR and member.placement_id is None
    for links in (_links(view, moved_in), *((view.team.placement,) if follows else ())):
        _refuse_circle(view, links, place, above)
    parent = _links(view, moved_in)
    order = tree.top_down(parent)
    along = tree.members_below(parent, order, place)
    known = [amount is not None for amount in view.personal]
    group = view.group if moved_in is view.shown else _sums(parent, order, [one or 0 for one in view.personal])
    count = _sums(parent, order, [int(one) for one in known])
    change = _Change(parent, group, count, place, above)
    other = view.team.placement if moved_in is Tree.SPONSOR else view.team.sponsor
    return Effect(
        tree=moved_in,
        member=place,
        along=along,
        left=change.upline(parent[place]),
        joined=change.upline(above),
        follows=follows,
        stays=-1 if follows else other[place],
    )


def _links(view: TeamView, which: Tree) -> Sequence[int]:
    return view.team.sponsor if which is Tree.SPONSOR else view.team.placement


def _sums(parent: Sequence[int], order: Sequence[int], values: Sequence[int]) -> Sequence[int]:
    return tree.subtree_sums(parent, order, values)


@dataclass(frozen=True)
class _Change:
    """Group volumes and how many members' volumes they are made of, before `place` goes to stand under `above`."""

    parent: Sequence[int]
    group: Sequence[int]
    count: Sequence[int]
    place: int
    above: int

    def upline(self, who: int) -> Upline | None:
        """The group volume of `who` before and after; whoever has the member below her both times keeps it."""
        if who < 0:
            return None
        had = who in tree.ancestors(self.parent, self.place)
        has = who == self.above or who in tree.ancestors(self.parent, self.above)
        step = int(has) - int(had)
        volume = self.group[who] + step * self.group[self.place]
        known = self.count[who] + step * self.count[self.place]
        return Upline(who, self.group[who] if self.count[who] else None, volume if known else None)


def _refuse_circle(view: TeamView, parent: Sequence[int], place: int, above: int) -> None:
    if place == above:
        raise Refusal(Message("Nobody can stand under herself. Nothing was changed."))
    way = [above]
    for up in tree.ancestors(parent, above):
        way.append(up)
        if up == place:
            break
    else:
        return
    names = [_name(view, one) for one in way]
    if len(names) > _NAMED:
        names = [*names[: _NAMED // 2], "…", *names[-_NAMED // 2 :]]
    raise Refusal(
        Message(
            "{name} can't stand under {above}, because {above} stands under {name}: {path}. Nothing was changed.",
            {"name": names[-1], "above": names[0], "path": " → ".join([names[-1], *names])},
        )
    )


def _name(view: TeamView, place: int) -> str:
    return label(view.team.names[place], view.team.numbers[place]) or "–"


def legs_under(view: TeamView, above_id: int, member_id: int = 0) -> list[Leg]:
    """The legs under a member and who stands in them, but for the one who is moved; none without legs in the plan.

    Whoever stands in a leg that the plan doesn't offer any more is told of too.
    """
    offered = legs.offered(view)
    if not offered or above_id not in view.team.ids:
        return []
    above = view.team.ids.index(above_id)
    taken = {
        view.team.legs[place]: place
        for place, up in enumerate(view.team.placement if view.team.legs else ())
        if up == above and view.team.legs[place] and view.team.ids[place] != member_id
    }
    return [Leg(leg, taken.get(leg, -1)) for leg in [*offered, *(leg for leg in taken if leg not in offered)]]


def move(file: File, view: TeamView, member_id: int, above_id: int, moved_in: Tree, leg: str = "") -> None:
    """Let a member, and all below her, stand under another from the view's period on. Raises Refusal."""
    team.move_member(file, member_id, above_id, moved_in is Tree.PLACEMENT, leg, view.period)
