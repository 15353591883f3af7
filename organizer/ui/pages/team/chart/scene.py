"""One state of a team as a chart: who stands where, what a card says, and which mark stands for a member."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import IntEnum
from functools import cached_property

from organizer.domain import tree
from organizer.domain.money import volume_amount
from organizer.domain.team import Kind
from organizer.domain.team_change import Difference
from organizer.domain.tree_layout import Layout, Legs, by_name, lay_out
from organizer.domain.tree_raster import Raster, flags
from organizer.i18n import _, format_number, ngettext
from organizer.services import legs
from organizer.services.team import TeamView
from organizer.ui.models.team_cells import UNKNOWN, personal_title, shown_name


class Mark(IntEnum):
    """What a member is drawn as; each has its shape and colour. From 2: see domain.tree_raster."""

    ACTIVE = 2
    INACTIVE = 3
    UNSURE = 4
    CUSTOMER = 5
    LEFT = 6
    FREE = 7
    NEW = 8
    GROWN = 9
    SHRUNK = 10
    MOVED = 11
    LOST = 12


_ACTIVE = {True: Mark.ACTIVE, False: Mark.INACTIVE, None: Mark.UNSURE}
_KINDS = {Kind.CUSTOMER: Mark.CUSTOMER, Kind.CANCELLED: Mark.LEFT}
_CHANGES = {
    Difference.NEW: Mark.NEW,
    Difference.GROWN: Mark.GROWN,
    Difference.SHRUNK: Mark.SHRUNK,
    Difference.MOVED: Mark.MOVED,
    Difference.LOST: Mark.LOST,
}


def mark_words(mark: Mark) -> str:
    """A mark in words."""
    words = {
        Mark.ACTIVE: _("Active"), Mark.INACTIVE: _("Not active"), Mark.UNSURE: _("Not known if active"),
        Mark.CUSTOMER: _("Customer"), Mark.LEFT: _("Has left"), Mark.FREE: _("Free place"), Mark.NEW: _("New"),
        Mark.GROWN: _("Grown"), Mark.SHRUNK: _("Shrunk"), Mark.MOVED: _("Moved"), Mark.LOST: _("Lost"),
    }  # fmt: skip
    return words[mark]


def leg_title(leg: str) -> str:
    """What stands in a free place: "Left", "Right" or the leg's number."""
    return {"left": _("Left"), "right": _("Right")}.get(leg) or _("Leg {number}").format(number=leg)


class Scene:
    """A TeamView laid out. `collapsed` are member ids, of whom nobody below is drawn; `ends`: see Legs.

    `before` lends its layout where everyone still stands where she did.
    """

    def __init__(
        self, view: TeamView, collapsed: Collection[int] = (), ends: bool = False, before: Scene | None = None
    ) -> None:
        self.view = view
        self.legs = _legs_drawn(view)
        slots = _slots(view, self.legs, ends) if self.legs else None
        closed = self._positions(collapsed)
        self._names = _names_shown(view)
        self._by_name: list[int] = (
            before._by_name if before and before._names == self._names else by_name(self._names)
        )
        self._laid_out_by = (list(view.parent), self._by_name, slots, closed)
        if before and before._laid_out_by == self._laid_out_by:
            self.layout: Layout = before.layout
        else:
            self.layout = lay_out(view.parent, self._by_name, legs=slots, collapsed=closed)
        self._numbers: dict[int | None, str] = {None: UNKNOWN}
        self._volume = personal_title(view)

    def _positions(self, ids: Collection[int]) -> frozenset[int]:
        if not ids:
            return frozenset()
        wanted = set(ids)
        return frozenset(position for position, id_ in enumerate(self.view.team.ids) if id_ in wanted)

    # pixels

    @cached_property
    def raster(self) -> Raster:
        """The whole as pixels of Mark."""
        return Raster(self.layout, flags(list(self._marks()), self.layout.members, Mark.FREE))

    def _marks(self) -> Iterator[int]:
        view = self.view
        if view.changes is None:
            for kind, active in zip(view.team.kinds, view.active, strict=True):
                yield _KINDS.get(kind) or _ACTIVE[active]
        else:
            for difference in view.changes.of:
                yield _CHANGES.get(difference, Mark.UNSURE)

    def shade(self, position: int) -> Mark:
        """What a member is where only a colour tells it: her change if periods are compared, else her mark."""
        if self.view.changes is None:
            return self.mark(position)
        return self.change(position) or Mark.UNSURE

    # one member

    def mark(self, position: int) -> Mark:
        """What the member is, and whether she is active."""
        return _KINDS.get(self.view.team.kinds[position]) or _ACTIVE[self.view.active[position]]

    def change(self, position: int) -> Mark | None:
        """What has happened to the member since the period compared with; None where nothing, or none is."""
        changes = self.view.changes
        return _CHANGES.get(changes.of[position]) if changes else None

    def name(self, position: int) -> str:
        """The member's name as it is shown."""
        return self._names[position]

    def is_me(self, position: int) -> bool:
        """True for her own place."""
        return position == self.view.team.me

    def volumes(self, position: int) -> str:
        """Own and group volume, as a card says them."""
        personal = self._number(self.view.personal[position])
        return _("{volume} {personal} · Group {group}").format(
            volume=self._volume, personal=personal, group=self._number(self._group(position))
        )

    def _group(self, position: int) -> int | None:
        amount = self.view.group[position]
        return amount if amount or self._known[position] else None

    def _number(self, thousandths: int | None) -> str:
        text = self._numbers.get(thousandths)
        if text is None and thousandths is not None:
            text = self._numbers[thousandths] = format_number(volume_amount(thousandths))
        return text or UNKNOWN

    @cached_property
    def _order(self) -> Sequence[int]:
        return tree.top_down(self.view.parent)

    @cached_property
    def _known(self) -> Sequence[int]:
        known = [int(amount is not None) for amount in self.view.personal]
        return tree.subtree_sums(self.view.parent, self._order, known)

    @cached_property
    def _sizes(self) -> Sequence[int]:
        return tree.subtree_sums(self.view.parent, self._order, [1] * len(self.view.team))

    def count_below(self, position: int) -> int:
        """How many stand below a member, on all levels."""
        return self._sizes[position] - 1

    @cached_property
    def _has_below(self) -> bytearray:
        flags_ = bytearray(len(self.view.team) + 1)  # the extra place is where -1, no parent, looks
        for above in self.view.parent:
            flags_[above] = 1
        return flags_

    def has_below(self, position: int) -> bool:
        """Whether anyone stands below a member, drawn or not."""
        return bool(self._has_below[position])

    def is_collapsed(self, place: int) -> bool:
        """Whether those below the member at a place aren't drawn."""
        return self.has_below(self.layout.members[place]) and not self.layout.under(place)

    def leg(self, place: int) -> str:
        """The leg that a place is in, empty where there is none or it isn't known."""
        slot = self.layout.slots[place]
        return self.legs[slot - 1] if slot else ""

    def words(self, position: int) -> str:
        """All that a card shows, for a tip and to be said."""
        team = self.view.team
        parts = [
            _("{name} (you)").format(name=self.name(position)) if self.is_me(position) else self.name(position)
        ]
        parts += [team.numbers[position], team.ranks[position], mark_words(self.mark(position))]
        if change := self.change(position):
            parts.append(mark_words(change))
        parts.append(self.volumes(position))
        if count := self.count_below(position):
            parts.append(ngettext("{count} below", "{count} below", count).format(count=format_number(count)))
        return "\n".join(part for part in parts if part)


def _names_shown(view: TeamView) -> list[str]:
    names = list(view.team.names)
    for position in [place for place, name in enumerate(names) if not name]:
        names[position] = shown_name(view, position)
    return names


def _legs_drawn(view: TeamView) -> list[str]:
    """The plan's legs, where the shown tree is the one that they are of; else none."""
    offered = legs.offered(view)
    if not offered or (view.parent is not view.team.placement and list(view.parent) != list(view.team.placement)):
        return []
    # a plan that pays by two sides may have a matrix bonus too: then the sides are what is drawn
    return offered[:2] if offered[0] == "left" else offered


def _slots(view: TeamView, names: Sequence[str], ends: bool) -> Legs:
    slot_of = {name: slot for slot, name in enumerate(names, 1)}
    if names[0] == "left":
        slot_of |= {"1": 1, "2": 2}
    slots = [slot_of.get(leg, 0) for leg in view.team.legs] or [0] * len(view.team)
    return Legs(len(names), slots, ends)
