"""A period's volumes as a grid to write in by hand: every change of one moment is one deed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from organizer.domain.commission.plan import VolumeSource
from organizer.domain.contact import sort_key
from organizer.domain.money import MAX_VOLUME
from organizer.domain.period import Period
from organizer.domain.result import FieldRefusal, Message, Refusal
from organizer.domain.team import Kind
from organizer.i18n import format_period, language
from organizer.services.periods import calendar_of
from organizer.storage import File, team

if TYPE_CHECKING:
    from organizer.services.team import TeamView

Amounts = Mapping[tuple[int, str], int | None]
"""By member's id and volume's id the figure in thousandths, None for not known."""

_WITHOUT_PLAN = {"pv": "PV", "cv": "CV"}


@dataclass(frozen=True, slots=True)
class Volume:
    """One volume of the grid; `own_only` is kept of the user herself alone. `words`: what files call it."""

    id: str
    name: str
    own_only: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Grid:
    """Everything that the grid shows. `order` are positions in the team from top to bottom, `depth` by position.

    `now` and `before` hold by volume each member's figure of the period and of the one before it (`previous`), in
    thousandths, None where it isn't known.
    """

    view: TeamView
    previous: Period
    volumes: Sequence[Volume]
    order: Sequence[int]
    depth: Sequence[int]
    now: Mapping[str, Sequence[int | None]] = field(repr=False)
    before: Mapping[str, Sequence[int | None]] = field(repr=False)

    def may_write(self, position: int, volume: Volume) -> bool:
        """Whether that figure is kept of that member."""
        return not volume.own_only or position == self.view.team.me


@dataclass(frozen=True, slots=True)
class Sums:
    """The foot of a volume's column, in thousandths: her own (None: not known), the team's with hers, and of how
    many nobody knows it; who has left isn't counted there.
    """

    own: int | None
    team: int
    unknown: int


def grid(file: File, company_id: int, view: TeamView) -> Grid:
    """The grid of the view's team and period."""
    previous = calendar_of(file, company_id).shifted(view.period, -1)
    volumes = _volumes(view)
    nothing: Sequence[int | None] = [None] * len(view.team)
    earlier = team.volumes(file, view.team.ids, previous.key)
    order, depth = _laid_out(view)
    return Grid(
        view=view,
        previous=previous,
        volumes=volumes,
        order=order,
        depth=depth,
        now={one.id: view.team.volumes.get(one.id) or nothing for one in volumes},
        before={one.id: earlier.get(one.id) or nothing for one in volumes},
    )


def _volumes(view: TeamView) -> list[Volume]:
    """The plan's, then what only the files have; what is kept of her alone comes last."""
    planned = [
        Volume(one.id, one.name.in_language(language()), one.source is VolumeSource.ENTERED,
               (one.id, one.name.en, one.name.da, *one.columns))
        for one in (view.plan.volumes if view.plan else ())
    ]  # fmt: skip
    ids = {one.id for one in planned}
    found = [Volume(name, name.upper(), words=(name,)) for name in sorted(view.team.volumes) if name not in ids]
    every = sorted(planned + found, key=lambda one: one.own_only)
    return every or [Volume(id_, name, words=(id_,)) for id_, name in _WITHOUT_PLAN.items()]


def _laid_out(view: TeamView) -> tuple[list[int], list[int]]:
    """Everybody below the one above her, siblings by name; and how far from the top each stands."""
    below: dict[int, list[int]] = {}
    for position, above in enumerate(view.parent):
        below.setdefault(above, []).append(position)
    names, me = view.team.names, view.team.me
    for siblings in below.values():
        if len(siblings) > 1:
            siblings.sort(key=lambda one: (one != me, sort_key(names[one])))
    order: list[int] = []
    depth = [0] * len(view.team)
    waiting = below.get(-1, [])[::-1]
    while waiting:
        position = waiting.pop()
        order.append(position)
        for child in reversed(below.get(position, ())):
            depth[child] = depth[position] + 1
            waiting.append(child)
    return order, depth


def sums(grid: Grid, volume: Volume) -> Sums:
    """What stands at the foot of a volume's column."""
    figures, me = grid.now[volume.id], grid.view.team.me
    kinds = grid.view.team.kinds
    unknown = sum(
        figure is None and kind is not Kind.CANCELLED for figure, kind in zip(figures, kinds, strict=True)
    )
    if volume.own_only:
        unknown = int(me >= 0 and figures[me] is None)
    return Sums(figures[me] if me >= 0 else None, sum(figure or 0 for figure in figures), unknown)


def as_before(grid: Grid, cells: Iterable[tuple[int, Volume]]) -> dict[tuple[int, str], int | None]:
    """What the chosen cells (position and volume) held in the period before, where that is known."""
    ids = grid.view.team.ids
    return {
        (ids[position], volume.id): figure
        for position, volume in cells
        if grid.may_write(position, volume) and (figure := grid.before[volume.id][position]) is not None
    }


def write(file: File, view: TeamView, amounts: Amounts) -> int:
    """Write figures by hand as one deed; None makes one unknown. How many were written.

    Raises FieldRefusal when one is below zero or absurd, Refusal when a member is gone; then nothing is written.
    """
    if not amounts:
        return 0
    for (_member, volume), amount in amounts.items():
        if amount is not None and not 0 <= amount <= MAX_VOLUME:
            raise FieldRefusal(volume, Message("Write a figure from 0 and up."))
    members = {member for member, _volume in amounts}
    if members - set(view.team.ids) or team.get(file, min(members)) is None:
        raise Refusal(Message("This team member is gone. Nothing was changed."))
    by_volume: dict[str, dict[int, int | None]] = {}
    for (member, volume), amount in amounts.items():
        by_volume.setdefault(volume, {})[member] = amount
    with file.deed("member.volumes", format_period(view.period)):
        for volume, figures in by_volume.items():
            team.set_volumes(file, view.period.key, volume, figures)
    return len(amounts)
