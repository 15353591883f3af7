"""The team overview: an outline, each member under the one above her, with rank, activity and volumes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from organizer.domain import tree
from organizer.domain.team import Kind, Team
from organizer.i18n import _, format_number, ngettext
from organizer.reports import base, style
from organizer.reports.blocks import Block, Column, Line, cell, gap, paragraph, rows, table_head
from organizer.reports.fonts import printable, width
from organizer.reports.team_seen import Figures, volume_text
from organizer.reports.watch import Progress, Stop, Watch

MOST_COLUMNS = 6
"""More columns of figures don't fit a page."""

_INDENT = 9.0
_DEEPEST = 10
_NAME = 145.0
"""A name's room, indentation included, that the other columns must leave."""

_GUTTER = 10.0


def team_overview(
    team: Team,
    columns: Sequence[Figures],
    head: base.Head,
    period_text: str,
    *,
    parent: Sequence[int] | None = None,
    active: Sequence[bool | None] | None = None,
    estimate: bool = False,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
) -> bytes:
    """The team as an indented outline, as a PDF.

    `columns` are the figures (at most MOST_COLUMNS; landscape paper where upright is too narrow); `parent`
    is the tree to show (`team.sponsor` if not given); `active[i]` is None where it isn't known, and without
    `active` the column is left out; `estimate` marks every page so. Raises CycleError when the links run in a
    circle, ValueError for too many columns, and Cancelled.
    """
    if len(columns) > MOST_COLUMNS:
        raise ValueError(f"at most {MOST_COLUMNS} columns of figures, not {len(columns)}")
    watch = Watch(progress, cancelled)
    outline = Outline(team, columns, team.sponsor if parent is None else parent, active)
    subtitle = " · ".join(part for part in (period_text, *outline.summary()) if part)
    # Danish months begin small, a line doesn't
    subtitle = subtitle[:1].upper() + subtitle[1:]
    sheet = base.Sheet(_("Team overview"), subtitle, outline.blocks(watch), outline.wide, estimate)
    return base.pdf(sheet, head, watch)


class Outline:
    """The team as rows of a table, each member under the one above her."""

    def __init__(
        self,
        team: Team,
        columns: Sequence[Figures],
        parent: Sequence[int],
        active: Sequence[bool | None] | None,
        upright: bool = False,
    ) -> None:
        """`upright`: on upright paper whatever the columns need; they shrink."""
        self._team, self._figures, self._active = team, columns, active
        self._order = tree.depth_first(parent)
        self._depths = tree.depths(parent, self._order)
        needed = self._needed()
        self.wide = not upright and base.room() - sum(share for share, _right in needed) < _NAME
        self._columns = _shared(needed, base.room(self.wide))

    def _needed(self) -> list[tuple[float, bool]]:
        """How wide each column after the name wants to be, with the gutter before it, and if it holds numbers."""
        team = self._team
        ranks = {self._rank(kind, rank) for kind, rank in zip(team.kinds, team.ranks, strict=True)}
        return [
            (_longest(_("Number"), team.numbers, 40, 80), False),
            (_longest(_("Level"), (), 28, 40), True),
            (_longest(_("Rank"), ranks, 50, 110), False),
            *([(_longest(_("Active"), (), 34, 60), False)] if self._active is not None else ()),
            *[(_longest(label, (), 48, 84), True) for label, _values in self._figures],
        ]

    def summary(self) -> Iterator[str]:
        """How many, how deep, how many active."""
        size = len(self._team)
        yield ngettext("{count} member", "{count} members", size).format(count=format_number(size))
        if levels := max(self._depths, default=0):
            yield ngettext("{count} level", "{count} levels", levels).format(count=format_number(levels))
        if size and self._active is not None:
            yield _("{count} active").format(count=format_number(sum(map(bool, self._active))))

    def blocks(self, watch: Watch) -> Iterator[Block]:
        """The table's head and a row for each member."""
        if not self._order:
            yield from paragraph(_("There is nobody in this team yet."), style.BODY, base.room())
            return
        labels = [_("Name"), _("Number"), _("Level"), _("Rank")]
        labels += [_("Active")] if self._active is not None else []
        labels += [label for label, _values in self._figures]
        header = table_head(self._columns, labels, style.COLUMN, style.ACCENT)
        yield header
        first, others = self._columns[0], self._columns[1:]
        indents = [step * _INDENT for step in range(_DEEPEST + 1)]
        indented = [[Column(first.x + indent, first.width - indent), *others] for indent in indents]
        for member in watch.over(self._order, 0, base.BUILT):
            columns = indented[min(self._depths[member], _DEEPEST)]
            yield from rows(columns, self._cells(member, columns), pad=2, header=header, rule=style.HAIR)
        yield from self._notes()

    def _notes(self) -> Iterator[Block]:
        notes = []
        if max(self._depths) > _DEEPEST:
            note = _("Names are not moved further in below level {level}; the Level column counts on.")
            notes.append(note.format(level=_DEEPEST))
        told = zip(self._team.kinds, self._active or (), strict=False)
        unsure = (Kind.DISTRIBUTOR, None) in told
        if unsure or any(None in values for _label, values in self._figures):
            notes.append(_("– means that it isn't known."))
        for note in notes:
            yield gap(6)
            yield from paragraph(note, style.SMALL, base.room())

    def _cells(self, member: int, columns: Sequence[Column]) -> list[list[Line]]:
        team, depth = self._team, self._depths[member]
        look = style.CELL_BOLD if depth == 0 or member == team.me else style.CELL
        texts = [team.numbers[member], format_number(depth), self._rank(team.kinds[member], team.ranks[member])]
        if self._active is not None:
            texts.append(_activity(team.kinds[member], self._active[member]))
        texts += [volume_text(values[member]) for _label, values in self._figures]
        return [
            cell(team.names[member], look, columns[0]),
            *(cell(text, style.CELL, column) for text, column in zip(texts, columns[1:], strict=True)),
        ]

    @staticmethod
    def _rank(kind: Kind, rank: str) -> str:
        # who has left has kept her rank's name, and nothing else of it
        words = {Kind.CUSTOMER: rank or _("Customer"), Kind.CANCELLED: _("Has left")}
        return words.get(kind, rank)


def _longest(label: str, texts: Iterable[str], least: float, most: float) -> float:
    """The width of the longest text and the gutter before it, within limits; longer texts are wrapped."""
    longest = max((width(printable(text), style.CELL) for text in texts), default=0)
    longest = max(longest, width(printable(label), style.COLUMN))
    return min(max(longest + 1, least), most) + _GUTTER


def _shared(needed: Sequence[tuple[float, bool]], room: float) -> list[Column]:
    """The columns, the name first with what the others leave; they shrink where that is too little."""
    shrink = min(1.0, (room - _NAME) / sum(share for share, _right in needed))
    columns: list[Column] = []
    for share, right in reversed(needed):
        columns.insert(0, Column(room - share * shrink + _GUTTER, share * shrink - _GUTTER, right))
        room -= share * shrink
    return [Column(0, room), *columns]


def _activity(kind: Kind, active: bool | None) -> str:
    # whoever earns nothing is neither active nor not
    if active is None or kind is not Kind.DISTRIBUTOR:
        return "–" if kind is Kind.DISTRIBUTOR else ""
    return _("Active") if active else ""
