"""A table whose columns nobody knows is mapped by hand: it opens, another row or sheet is looked at anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from team_import_support import DATA, do_import, written
from xlsxwriter import Workbook

from organizer.domain.company import Company
from organizer.domain.period import Period
from organizer.domain.result import Refusal
from organizer.services import companies, files, imports, team
from organizer.services.files import File
from organizer.ui.context import Context
from organizer.ui.dialogs.team_import import TeamImportDialog
from organizer.ui.tasks import Tasks

NOVEMBER = Period.parse("2026-11")
UNKNOWN = ("Kode;Hvem;Opad", "1;Karen Holm;", "2;Anna Berg;1")

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[File]:
    opened = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 11, 23, 12))
    companies.set_up(opened, "Karen Holm", "Hjem", "teaching-unilevel")
    yield opened
    opened.close()


@pytest.fixture
def context(file: File, qtbot: QtBot) -> Iterator[Context]:
    tasks = Tasks()
    made = Context(file, tasks)
    yield made
    made.release()
    tasks.shutdown()


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    """The window behind; the dialogs delete themselves when closed."""
    window = QWidget()
    qtbot.addWidget(window)
    return window


def opened(context: Context, host: QWidget, path: Path) -> TeamImportDialog:
    """The dialog of any table, as it comes after a drop on the Team page."""
    reading = imports.read_team_file(path, company(context), context.file, by_hand=True).now()
    dialog = TeamImportDialog(context, company(context), path, reading, host)
    dialog.open()
    return dialog


def choose(dialog: TeamImportDialog, qtbot: QtBot, **fields: int) -> None:
    """Say what the columns are, one after the other."""
    for field, column in fields.items():
        dialog.mapping.columns.chosen.emit(column, field)
        qtbot.waitUntil(lambda: not dialog.tasks.active())


def names(file: File) -> list[str]:
    return sorted(team.view(file, 1, NOVEMBER).team.names)


def company(context: Context) -> Company:
    assert context.company is not None
    return context.company


def test_a_table_that_nobody_knows_is_mapped_by_hand_and_remembered(
    context: Context, file: File, host: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    path = written(tmp_path, "Liste fra kontoret", *UNKNOWN)
    with pytest.raises(Refusal, match="does not have the columns"):
        imports.read_team_file(path, company(context), file).now()
    dialog = opened(context, host, path)
    assert dialog.tabs.currentWidget() is dialog.mapping
    assert "Choose below what each column is" in dialog.mapping.doubts.text()
    assert (dialog.mapping.header.value(), len(dialog.mapping.columns.boxes)) == (2, 3)
    assert not dialog.go.isEnabled()
    choose(dialog, qtbot, number=0)
    assert dialog.mapping.problem.text() == "Choose which column is the sponsor's id."
    choose(dialog, qtbot, name=1, sponsor_number=2)
    assert dialog.mapping.problem.isHidden()
    dialog.go.click()
    do_import(dialog, qtbot)
    assert names(file) == ["Anna Berg", "Karen Holm"]
    again = opened(context, host, written(tmp_path, *UNKNOWN, "3;Bo Dam;2", name="next.csv"))
    assert again.tabs.currentWidget() is again.changes
    assert again.go.text() == "&Import 1 change"
    again.reject()


def test_a_known_id_without_a_tree_needs_only_the_sponsor(
    context: Context, host: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened(context, host, written(tmp_path, "ID,Name,Over,PV", "1,Karen Holm,,5", "2,Anna Berg,1,6"))
    assert dialog.session.reading.mapping.columns == ("number", "name", "", "volume pv")
    choose(dialog, qtbot, sponsor_number=2)
    assert [row.volumes for row in dialog.session.reading.records] == [{"pv": 5_000}, {"pv": 6_000}]
    dialog.reject()


def test_another_heading_row_is_looked_at_anew(
    context: Context, host: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    path = written(tmp_path, "a,b,c,d", "ID,Name,Sponsor ID,Note", "1,Karen Holm,,x", "2,Anna Berg,1,y")
    dialog = opened(context, host, path)
    assert len(dialog.session.reading.records) == 2
    mapping = dialog.mapping
    for row, columns in ((1, ("", "", "", "")), (2, ("number", "name", "sponsor_number", ""))):
        mapping.header.setValue(row)
        mapping.header.editingFinished.emit()
        qtbot.waitUntil(lambda: not dialog.tasks.active())
        assert dialog.session.reading.mapping.columns == columns
    mapping.header.setValue(40)
    mapping.header.editingFinished.emit()
    qtbot.waitUntil(lambda: not dialog.tasks.active())
    assert mapping.problem.text() == "“team.csv” has nothing in row 40. Choose the row with the headings."
    mapping.header.setValue(2)
    mapping.header.editingFinished.emit()
    qtbot.waitUntil(lambda: not dialog.tasks.active())
    assert mapping.problem.isHidden()
    dialog.reject()


def test_another_sheet_is_looked_at_anew(context: Context, host: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    book = Workbook(path)
    sheets: dict[str, list[list[object]]] = {
        "Oktober": [["ID", "Name", "Sponsor ID"], [1, "Karen Holm", ""], [2, "Anna Berg", 1]],
        "November": [["Hold"], ["PV", "Sponsor ID", "Name", "ID"], [7, "", "Karen Holm", 1], [8, 1, "Bo Dam", 3]],
        "Andet": [["Uge", "Vagt"], [1, "Bo"], [2, "Eva"]],
    }
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for place, cells in enumerate(rows):
            sheet.write_row(place, 0, cells)
    book.close()
    dialog = opened(context, host, path)
    boxes = {}
    for name in ("Andet", "Oktober", "November"):
        dialog.mapping.sheet.setCurrentText(name)
        dialog.mapping.sheet.activated.emit(dialog.mapping.sheet.currentIndex())
        qtbot.waitUntil(lambda: not dialog.tasks.active())
        assert dialog.mapping.sheet.currentText() == name
        assert dialog.mapping.problem.isHidden()
        boxes[name] = dialog.session.reading.mapping.columns
    assert boxes == {
        "Andet": ("", ""),
        "Oktober": ("number", "name", "sponsor_number"),
        "November": ("volume pv", "sponsor_number", "name", "number"),
    }
    assert dialog.session.reading.mapping.header_row == 2
    dialog.reject()


def test_what_is_no_table_stays_refused(context: Context, file: File, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(
        "Dear Anna,\n\nthank you for the list, it came on Monday.\nYours, Karen, who sells\n", "utf-8"
    )
    picture = tmp_path / "picture.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 50)
    for path in (letter, picture):
        with pytest.raises(Refusal):
            imports.read_team_file(path, company(context), file, by_hand=True).now()
    assert imports.read_team_file(DATA / "products.csv", company(context), file, by_hand=True).now().records == []
