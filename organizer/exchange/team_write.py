"""A team out as CSV that Danish Excel opens with a double click, or as xlsx; `team_file` reads both back."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from organizer.domain.team import Kind
from organizer.exchange.cells import guarded
from organizer.exchange.safe_write import write_safely
from organizer.exchange.team_rows import TeamRow
from organizer.i18n import _

Cell = str | int | date | None

_WIDTHS = {0: 14, 1: 28, 2: 14, 3: 28}


def write_team(rows: Sequence[TeamRow], path: Path, headings: Mapping[str, str], *, placements: bool) -> None:
    """Write `rows` to `path`: xlsx where its name ends so, else CSV (";", decimal comma, UTF-8 with BOM).

    `headings` are those of the volumes by their names, in the order of the columns. `placements`: with whom each
    stands under, too. Volumes of earlier periods are not written. A cell that a spreadsheet would take for a
    formula gets an apostrophe. The file at `path` is replaced whole or not at all: raises Refusal when the disk is
    full or the folder can't be written.
    """
    titles: list[Cell] = [*_titles(placements), *headings.values()]
    cells = (_cells(row, list(headings), placements) for row in rows)
    table = [titles, *cells]
    data = _workbook(table) if path.suffix.lower() == ".xlsx" else _text(table)
    write_safely(path, data)


def _titles(placements: bool) -> list[str]:
    placed = [_("Placement ID"), _("Placed under")] if placements else []
    return [
        _("Member ID"), _("Name"), _("Sponsor ID"), _("Sponsor name"), *placed, _("Leg"), _("Member type"),
        _("Status"), _("Rank"), _("Highest rank"), _("Join date"), _("Last order"), _("Phone"), _("E-mail"),
        _("Address"), _("Postal code"), _("City"),
    ]  # fmt: skip


def _cells(row: TeamRow, volumes: Sequence[str], placements: bool) -> list[Cell]:
    """One row's cells; a volume is an int in thousandths."""
    placed = [row.placement_number, row.placement_name] if placements else []
    legs = {"left": _("Left"), "right": _("Right")}
    kind = _("Customer") if row.kind is Kind.CUSTOMER else _("Distributor")
    return [
        row.number, row.name, row.sponsor_number, row.sponsor_name, *placed, legs.get(row.leg, row.leg), kind,
        _("Cancelled") if row.cancelled else _("Active"), row.rank, row.highest_rank, row.joined, row.last_order,
        row.phone, row.email, row.street, row.postal_code, row.city, *(row.volumes.get(name) for name in volumes),
    ]  # fmt: skip


def _text(table: Sequence[Sequence[Cell]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([_as_text(cell) for cell in cells] for cells in table)
    return text.getvalue().encode("utf-8-sig")


def _as_text(cell: Cell) -> str:
    if isinstance(cell, int):
        return _figure(cell)
    return guarded(cell) if isinstance(cell, str) else cell.isoformat() if cell else ""


def _figure(thousandths: int) -> str:
    """A volume with a decimal comma, and never with just three decimals: "1,234" could be read in two ways."""
    whole, rest = divmod(thousandths, 1000)
    decimals = f"{rest:03}".rstrip("0")
    return f"{whole},{decimals}{'0' if len(decimals) == 3 else ''}" if decimals else str(whole)


def _workbook(table: Sequence[Sequence[Cell]]) -> bytes:
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 0)
    for place, width in _WIDTHS.items():
        sheet.set_column(place, place, width)
    for row, cells in enumerate(table):
        for place, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(row, place, cell / 1000)
            elif isinstance(cell, date):
                sheet.write_datetime(row, place, cell, day)
            elif cell:
                # nothing in a cell of text is a formula; only an apostrophe of its own would be taken for a guard
                text = guarded(cell) if cell.startswith("'") else cell
                sheet.write_string(row, place, text, None if row else bold)
    book.close()
    return stream.getvalue()
