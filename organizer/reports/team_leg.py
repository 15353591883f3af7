"""The leg report: one member's leg or the whole team, leg by leg, and its outline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from organizer.domain import tree
from organizer.domain.team import Kind
from organizer.i18n import _, format_number, ngettext
from organizer.reports import base, style
from organizer.reports.blocks import Bar, Block, Column, Line, cell, gap, panel, paragraph, rows, table_head
from organizer.reports.fonts import Style, wrap
from organizer.reports.team import Outline
from organizer.reports.team_seen import Seen, leg_of, leg_word, volume_text
from organizer.reports.team_wall import tree_word
from organizer.reports.watch import Progress, Stop, Watch

_WIDTHS = (128.0, 78.0, 50.0, 58.0, 46.0, 46.0)
_GUTTER = 8.0
_BAR = 5.0


def leg_report(
    seen: Seen, head: base.Head, *, progress: Progress | None = None, cancelled: Stop | None = None
) -> bytes:
    """The leg of `seen.top`, or with -1 the whole team, as a PDF. Legs are measured in the last of `figures`.

    Equal input gives equal bytes. Raises CycleError where the links run in a circle, and Cancelled.
    """
    watch = Watch(progress, cancelled)
    leg = _Leg(leg_of(seen))
    return base.pdf(base.Sheet(leg.title(), leg.subtitle(), leg.blocks(watch)), head, watch)


class _Leg:
    """The report's parts; `seen` holds the leg's members only."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        self._parent = seen.parent
        self._order = tree.top_down(self._parent)
        self._children = tree.children_of(self._parent)
        size = len(seen.team)
        self._members = tree.subtree_sums(self._parent, self._order, [1] * size)
        flags = [int(bool(active)) for active in seen.active] if seen.active is not None else [0] * size
        self._active = tree.subtree_sums(self._parent, self._order, flags)

    def title(self) -> str:
        """Whose leg it is."""
        seen = self._seen
        return (
            _("Leg report: {name}").format(name=seen.called(seen.top)) if seen.top >= 0 else _("Legs of the team")
        )

    def subtitle(self) -> str:
        """When, which tree, how many."""
        seen, size = self._seen, len(self._seen.team)
        parts = [seen.period_text[:1].upper() + seen.period_text[1:], tree_word(seen)]
        parts.append(ngettext("{count} member", "{count} members", size).format(count=format_number(size)))
        if seen.active is not None:
            active = format_number(sum(map(bool, seen.active)))
            parts.append(_("{count} active").format(count=active))
        return " · ".join(part for part in parts if part)

    def blocks(self, watch: Watch) -> Iterator[Block]:
        """Her own figures, her legs, and the outline."""
        seen, room = self._seen, base.room()
        if not len(seen.team):
            yield from paragraph(_("There is nobody in this team yet."), style.BODY, room)
            return
        if seen.top >= 0:
            yield replace(panel(self._own(), room, style.TINT), keep=True)
            yield gap(12)
        legs = (
            self._children[seen.top] if seen.top >= 0 else [one for one, up in enumerate(self._parent) if up < 0]
        )
        if legs:
            yield from paragraph(self._legs_title(legs), style.HEADING, room, keep=True)
            yield from self._legs(legs)
            yield gap(14)
        yield from paragraph(_("Everyone, one under the other"), style.HEADING, room, keep=True)
        outline = Outline(seen.team, seen.figures, self._parent, seen.active, upright=True)
        yield from outline.blocks(watch)

    def _own(self) -> Iterator[tuple[str, Style]]:
        seen, top = self._seen, self._seen.top
        yield seen.called(top), style.PRODUCT
        number = seen.team.numbers[top]
        facts = [number if number != seen.called(top) else "", seen.rank(top)]
        if seen.active is not None and seen.active[top] is not None:
            facts.append(_("Active") if seen.active[top] else _("Not active"))
        if line := " · ".join(fact for fact in facts if fact):
            yield line, style.BODY
        if line := " · ".join(f"{label}: {volume_text(values[top])}" for label, values in seen.figures):
            yield line, style.BODY_BOLD
        below = self._members[top] - 1
        text = ngettext("{count} below her", "{count} below her", below).format(count=format_number(below))
        customers = sum(kind is Kind.CUSTOMER for kind in seen.team.kinds)
        if customers:
            more = ngettext("{count} customer", "{count} customers", customers)
            text += " · " + more.format(count=format_number(customers))
        yield text, style.BODY

    def _legs_title(self, legs: Sequence[int]) -> str:
        return ngettext("{count} leg", "{count} legs", len(legs)).format(count=format_number(len(legs)))

    def _columns(self) -> list[Column]:
        widths = [*_WIDTHS[:2], *_WIDTHS[2:4][: len(self._seen.figures)], _WIDTHS[4]]
        widths += [_WIDTHS[5]] if self._seen.active is not None else []
        columns, x = [], 0.0
        for number, width in enumerate(widths):
            columns.append(Column(x, width, right=number > 1))
            x += width + _GUTTER
        return columns

    def _legs(self, legs: Sequence[int]) -> Iterator[Block]:
        seen, columns = self._seen, self._columns()
        labels = [_("Name"), _("Rank"), *(label for label, _values in seen.figures), _("Members")]
        labels += [_("Active")] if seen.active is not None else []
        header = table_head(columns, labels, style.COLUMN, style.ACCENT)
        yield header
        measure = [max(values[leg] or 0, 0) for leg in legs] if (values := self._measure()) else [0] * len(legs)
        most = max(measure, default=0)
        bar = columns[-1].x + columns[-1].width + 2 * _GUTTER
        for leg, amount in zip(legs, measure, strict=True):
            for block in rows(columns, self._cells(leg, columns), pad=3, header=header, rule=style.HAIR):
                # how strong a leg is beside the others is seen from its length, also in grey
                room = base.room() - bar
                shown = (
                    Bar(bar, block.height / 2 - _BAR / 2, room * amount / most, _BAR, style.ACCENT)
                    if most
                    else None
                )
                yield replace(block, bars=(shown,)) if shown and amount else block

    def _measure(self) -> Sequence[int | None]:
        return self._seen.figures[-1][1] if self._seen.figures else ()

    def _cells(self, leg: int, columns: Sequence[Column]) -> list[list[Line]]:
        seen = self._seen
        side = leg_word(seen.slot(leg), seen.width)
        name = f"{seen.called(leg)} ({side})" if side else seen.called(leg)
        texts = [seen.rank(leg), *(volume_text(values[leg]) for _label, values in seen.figures)]
        texts.append(format_number(self._members[leg]))
        if seen.active is not None:
            texts.append(format_number(self._active[leg]))
        first = [Line(style.CELL_BOLD, line) for line in wrap(name, style.CELL_BOLD, columns[0].width)]
        others = [cell(text, style.CELL, column) for text, column in zip(texts, columns[1:], strict=True)]
        return [first, *others]
