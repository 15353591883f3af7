"""New and silent: people of the team to welcome, to ask how they are and to help, as lists to act on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from organizer.i18n import _, format_date, format_number, ngettext
from organizer.reports import base, style
from organizer.reports.blocks import Block, Column, Line, cell, gap, paragraph, rows, table_head
from organizer.reports.fonts import wrap
from organizer.reports.team_seen import volume_text
from organizer.reports.watch import Progress, Stop, Watch

_GUTTER = 8.0


@dataclass(frozen=True, slots=True)
class Person:
    """One on a list. `called` is her name, or what stands for it; without names `phone` is empty.

    `personal` and `group` are thousandths, None where not known; `beside` is said small below her.
    """

    called: str
    phone: str = ""
    joined: date | None = None
    last_order: date | None = None
    last_talk: date | None = None
    personal: int | None = None
    group: int | None = None
    beside: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """A list: what it is for, who is on it and why, and notes on who can't be judged."""

    heading: str
    meaning: str
    people: Sequence[Person]
    notes: Sequence[str] = ()


def new_and_silent(
    lists: Sequence[People],
    head: base.Head,
    period_text: str,
    volume: str,
    *,
    named: bool = True,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
) -> bytes:
    """The lists as a PDF. `volume` is what a member's own volume is called; `named`: there may be phones.

    Equal input gives equal bytes. Raises Cancelled.
    """
    watch = Watch(progress, cancelled)
    table = _Table(volume, named)
    subtitle = period_text[:1].upper() + period_text[1:]
    return base.pdf(base.Sheet(_("New and silent"), subtitle, table.blocks(lists, watch)), head, watch)


class _Table:
    """One table for each list, all with the same columns."""

    def __init__(self, volume: str, named: bool) -> None:
        self._named = named
        columns = [(_("Phone"), 76.0, False)] if named else []
        columns += [(_("Joined"), 52.0, False), (_("Last order"), 52.0, False), (_("Last talk"), 52.0, False)]
        columns += [(volume, 48.0, True), (_("Group"), 54.0, True)]
        self._labels = [_("Name"), *(label for label, _width, _right in columns)]
        x = base.room() - sum(width + _GUTTER for _label, width, _right in columns)
        self._columns = [Column(0, x)]
        for _label, width, right in columns:
            self._columns.append(Column(x + _GUTTER, width, right))
            x += _GUTTER + width

    def blocks(self, lists: Sequence[People], watch: Watch) -> Iterator[Block]:
        """All lists, each with its heading."""
        # short empty ones first, so that none is left over for a page of its own
        for number, people in enumerate(sorted(lists, key=lambda one: bool(one.people))):
            if number:
                yield gap(16)
            watch.at(base.BUILT * number / len(lists))
            yield from self._list(people)

    def _list(self, people: People) -> Iterator[Block]:
        room, count = base.room(), len(people.people)
        told = ngettext("{count} person", "{count} people", count).format(count=format_number(count))
        yield from paragraph(f"{people.heading} · {told}", style.HEADING, room, keep=True)
        yield from paragraph(people.meaning, style.FACTS, room, keep=bool(count))
        if count:
            header = table_head(self._columns, self._labels, style.COLUMN, style.ACCENT)
            yield header
            for person in people.people:
                yield from rows(self._columns, self._cells(person), pad=4, header=header, rule=style.HAIR)
        for note in people.notes:
            yield gap(4)
            yield from paragraph(note, style.SMALL, room)

    def _cells(self, person: Person) -> list[list[Line]]:
        first = self._columns[0]
        name = [Line(style.CELL_BOLD, line) for line in wrap(person.called, style.CELL_BOLD, first.width)]
        name += cell(person.beside, style.SMALL, first)
        texts = [person.phone] if self._named else []
        texts += [_day(person.joined), _day(person.last_order), _day(person.last_talk)]
        texts += [volume_text(person.personal), volume_text(person.group)]
        cells = [cell(text, style.CELL, column) for text, column in zip(texts, self._columns[1:], strict=True)]
        return [name, *cells]


def _day(day: date | None) -> str:
    return format_date(day) or "–"
