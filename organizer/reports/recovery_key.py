"""The recovery key on one page, to be printed and kept away from the laptop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from organizer.i18n import _, format_moment
from organizer.reports import base, style
from organizer.reports.blocks import Block, Column, bullets, cell, gap, paragraph, rows
from organizer.reports.watch import Progress, Stop, Watch

_ACROSS = 4
_STEP = 100.0
_LABEL = 118.0


def recovery_key(
    key: str,
    file_name: str,
    head: base.Head,
    at: datetime,
    *,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
) -> bytes:
    """The page as a PDF, made `at`. `key` is written in groups parted by "-". Raises Cancelled."""
    sheet = base.Sheet(
        _("Recovery key"), _("Opens the file without the passphrase"), _blocks(key, file_name, head, at)
    )
    return base.pdf(sheet, head, Watch(progress, cancelled))


def _blocks(key: str, file_name: str, head: base.Head, at: datetime) -> Iterator[Block]:
    room = base.room()
    # two sheets of one day may hold different keys
    for label, value in ((_("File"), file_name), (_("Belongs to"), head.owner), (_("Made"), format_moment(at))):
        if value:
            yield from _fact(label, value)
    yield gap(14)
    yield from _key(key.split("-"))
    yield from _section(
        _("What it is for"),
        [
            _("Forgot the passphrase? Write this key in its place. Capitals, dashes and blanks don't matter."),
            _("It opens this file and the backups that were made with the same passphrase, and nothing else."),
            _("Without the passphrase and this key nobody can open the file, not even the makers of the program."),
        ],
    )
    yield from _section(
        _("How to keep it"),
        [
            _("Print this page, or copy the key by hand, and keep the paper away from the laptop."),
            _("Who has this page and the file can read everything in it. Keep it as you keep your passport."),
            _("Throw away the saved PDF once it is printed, and empty the bin: never keep it beside the file."),
        ],
    )
    yield from _section(
        _("When it no longer counts"),
        [
            _("When you change the passphrase, the file gets another key. Print that one, too."),
            _("Keep this page as long as you keep backups from before the change: it still opens those."),
        ],
    )
    yield gap(14)
    note = _("The letters I, L, O and U are never used, so 1 is always a one and 0 always a zero.")
    yield from paragraph(note, style.SMALL, room)


def _fact(label: str, value: str) -> Iterator[Block]:
    columns = [Column(0, _LABEL - 10), Column(_LABEL, base.room() - _LABEL)]
    cells = [cell(label, style.BODY, columns[0]), cell(value, style.BODY_BOLD, columns[1])]
    yield from rows(columns, cells, pad=2)


def _key(groups: list[str]) -> Iterator[Block]:
    """The groups in numbered rows, so that whoever types them finds the place again."""
    columns = [Column(14, 24, right=True), *(Column(58 + _STEP * place, _STEP) for place in range(_ACROSS))]
    yield Block(10, fill=style.TINT, keep=True)
    for first in range(0, len(groups), _ACROSS):
        texts = groups[first : first + _ACROSS]
        number = cell(str(first // _ACROSS + 1), style.KEY_ROW, columns[0])
        cells = [
            number,
            *(cell(text, style.KEY, column) for text, column in zip(texts, columns[1:], strict=False)),
        ]
        for block in rows(columns[: len(cells)], cells, pad=1, fill=style.TINT):
            yield replace(block, keep=True)
    yield Block(10, fill=style.TINT)


def _section(title: str, texts: list[str]) -> Iterator[Block]:
    yield gap(18)
    yield from paragraph(title, style.HEADING, base.room(), keep=True)
    yield gap(2)
    yield from bullets(texts, base.room())
