"""What is kept about one person, to read: what, why, from where, and their rights (GDPR art. 15)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from organizer.i18n import _, format_date, format_number
from organizer.reports import base, style
from organizer.reports.blocks import Block, Column, Line, Shown, bullets, cell, gap, paragraph, pixels, rows
from organizer.reports.watch import Progress, Stop, Watch

_COLUMNS = (Column(0, 130), Column(140, 371))
_PICTURE = 120
"""The longer side of the picture, in points."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of thing that is kept: what it is called, why it is kept, and each of them as (label, value)."""

    title: str
    why: str
    rows: Sequence[Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class About:
    """Who is told, and of what. `mentions` counts notes about others; `picture` is an image file."""

    name: str
    kept: Sequence[Kept]
    deeds: Sequence[str]
    mentions: int
    picture: bytes | None


def insight_sheet(
    about: About, head: base.Head, progress: Progress | None = None, cancelled: Stop | None = None
) -> bytes:
    """The PDF in the language spoken. Raises Cancelled."""
    watch = Watch(progress, cancelled)
    subtitle = _("As it was on {day}").format(day=format_date(head.day))
    title = _("What is kept about {name}").format(name=about.name)
    return base.pdf(base.Sheet(title, subtitle, _blocks(about, head, watch)), head, watch)


def _blocks(about: About, head: base.Head, watch: Watch) -> Iterator[Block]:
    yield from _heading(_("Who keeps it, and how long"))
    yield from bullets(_keeping(head), base.room())
    for part in watch.over(about.kept, 0, base.BUILT):
        yield from _heading(part.title)
        yield from paragraph(part.why, style.SMALL, base.room(), keep=True)
        for row in part.rows:
            yield from _row(row)
    yield from _further(about)
    yield from _heading(_("Your rights"))
    yield from bullets(_rights(), base.room())


def _heading(text: str) -> Iterator[Block]:
    yield gap(12)
    yield from paragraph(text, style.HEADING, base.room(), keep=True)
    yield replace(gap(3), keep=True)


def _row(row: Sequence[tuple[str, str]]) -> Iterator[Block]:
    for number, (label, value) in enumerate(row, 1):
        last = number == len(row)
        lines = [cell(label, style.SMALL, _COLUMNS[0]), _lines(value)]
        yield from rows(_COLUMNS, lines, pad=1.5, rule=style.HAIR if last else None)


def _lines(value: str) -> list[Line]:
    return [line for part in value.split("\n") for line in cell(part, style.CELL, _COLUMNS[1])]


def _keeping(head: base.Head) -> list[str]:
    who = _("{owner} keeps this in a file of their own, on their own computer.").format(owner=head.owner)
    return [
        who if head.owner else _("It is kept in a file on one computer, by the person who gave you this page."),
        _("The program that keeps it sends nothing to anybody."),
        _("It is kept while there is a reason to, such as that you buy something or are in the same team."),
        _("What bookkeeping needs is kept for five years after the end of its financial year."),
        _("Backups of the file are deleted by and by; what was erased may stand in them until then."),
    ]


def _rights() -> list[str]:
    return [
        _("You can have mistakes corrected, and have this erased, where no law asks that it be kept."),
        _("You can say no to being sold anything, and withdraw what you agreed to, at any time."),
        _("You can have the same as a file that a computer reads."),
        _("You can complain to Datatilsynet, the Danish data protection agency (datatilsynet.dk)."),
    ]


def _drawn(picture: bytes) -> Iterator[Block]:
    """The picture; nothing where it can't be drawn."""
    size = pixels(picture)
    if size:
        share = _PICTURE / max(size)
        shown = Shown(0, 4, size[0] * share, size[1] * share, picture)
        yield Block(shown.height + 8, keep=True, pictures=(shown,))


def _further(about: About) -> Iterator[Block]:
    if about.picture:
        yield from _heading(_("Your picture"))
        yield from _drawn(about.picture)
        yield from paragraph(
            _("This picture of you is kept. It goes with the file for computers."), style.BODY, base.room()
        )
    if about.deeds:
        yield from _heading(_("What was done with your record"))
        yield from paragraph(
            _("The last changes are remembered so that they can be undone, and with them what stood here before."),
            style.SMALL,
            base.room(),
            keep=True,
        )
        yield from bullets(about.deeds, base.room())
    if about.mentions:
        yield from _heading(_("Your name in other notes"))
        # what stands there is about others too
        count = _("Notes about others that hold your name: {count}. Ask what they say of you.")
        yield from paragraph(count.format(count=format_number(about.mentions)), style.BODY, base.room())
