"""What a team file's dialog says: causes before what follows from them, who a new one is, whose file it may be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from team_import_support import do_import, opened, shown, written

from organizer.services import companies, files
from organizer.services.files import File
from organizer.ui.context import Context
from organizer.ui.dialogs.team_import import TeamImportDialog
from organizer.ui.tasks import Tasks

HEAD = "ID,Name,Sponsor ID,Rank,PV,CV"
KAREN = "1,Karen Holm,,Gold,10,1"

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


def problems(dialog: TeamImportDialog) -> list[tuple[str, ...]]:
    """The problems that are shown: row, outcome, who."""
    model = dialog.problems.table.model()
    return [tuple(str(model.index(row, column).data()) for column in range(3)) for row in range(model.rowCount())]


def test_who_is_left_out_because_of_another_is_folded_under_her(
    context: Context, host: QWidget, tmp_path: Path
) -> None:
    below = [f"{n},Member {n},{n - 1},,5,1" for n in range(31, 40)]
    rows = (KAREN, "20,Anna Berg,1,,5,1", *below, "30,Bo Dam,99,,5,1", "40,Carl Eg,98,,5,1")
    dialog = opened(context, host, written(tmp_path, HEAD, *rows))
    assert dialog.tabs.tabText(1) == "Problems (11)"
    assert problems(dialog) == [
        ("13", "Left out, and 9 below her", "Bo Dam (30)"),
        ("14", "Left out", "Carl Eg (40)"),
    ]
    assert dialog.problems.choose.isEnabled()
    dialog.problems.unfold.setChecked(True)
    assert [who for _row, _what, who in problems(dialog)][:3] == [
        "Bo Dam (30)",
        "Member 31 (31)",
        "Member 32 (32)",
    ]
    assert len(problems(dialog)) == 11
    table = dialog.problems.table
    table.setCurrentIndex(table.model().index(3, 0))
    assert not dialog.problems.choose.isEnabled(), "she goes in with the one above her"
    dialog.problems.unfold.setChecked(False)
    dialog.problems.mended.emit(dialog.problems.problems[0], "20")
    assert problems(dialog) == [("13", "Mended", "Bo Dam (30)"), ("14", "Left out", "Carl Eg (40)")]
    dialog.reject()


def test_those_below_a_circle_hang_on_the_one_on_it(context: Context, host: QWidget, tmp_path: Path) -> None:
    rows = (KAREN, "4,Dora Fog,3,,5,1", "2,Anna Berg,3,,5,1", "3,Bo Dam,2,,5,1", "5,Else Gran,4,,5,1")
    dialog = opened(context, host, written(tmp_path, HEAD, *rows))
    assert problems(dialog) == [
        ("4", "Left out", "Anna Berg (2)"),
        ("5", "Left out, and 2 below her", "Bo Dam (3)"),
    ]
    dialog.reject()


def test_a_new_one_is_told_with_whom_she_is_under_her_rank_and_her_volume(
    context: Context, host: QWidget, tmp_path: Path
) -> None:
    rows = (KAREN, "2,Oskar Mortensen,1,,1250,1", "3,Bo Dam,2,Gold,410,1", "4,Carl Eg,2,,,")
    dialog = opened(context, host, written(tmp_path, HEAD, *rows))
    assert {who: details for _what, who, details in shown(dialog)} == {
        "Karen Holm (1)": "Gold · 10 PV",
        "Oskar Mortensen (2)": "under Karen Holm · 1,250 PV",
        "Bo Dam (3)": "under Oskar Mortensen · Gold · 410 PV",
        "Carl Eg (4)": "under Oskar Mortensen",
    }
    dialog.reject()


def test_a_new_one_stands_where_it_was_mended_and_under_whom_is_stored(
    context: Context, host: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    first = opened(context, host, written(tmp_path, HEAD, KAREN, "2,Anna Berg,1,,5,1"))
    do_import(first, qtbot)
    rows = ("3,Bo Dam,99,,5,1", "4,Carl Eg,2,,6,1")
    dialog = opened(context, host, written(tmp_path, HEAD, *rows, name="later.csv"))
    dialog.problems.mended.emit(dialog.session.preview.problems[0], "1")
    told = {who: details for what, who, details in shown(dialog) if what == "New"}
    assert told == {"Bo Dam (3)": "under Karen Holm (1) · 5 PV", "Carl Eg (4)": "under Anna Berg (2) · 6 PV"}
    dialog.reject()


def test_another_name_than_hers_is_asked_about_until_she_says_who_she_is(
    context: Context, host: QWidget, tmp_path: Path
) -> None:
    rows = ("1,Oskar Friis,,,10,1", "2,Mette Lund,1,,5,1")
    dialog = opened(context, host, written(tmp_path, HEAD, *rows))
    asks = dialog.head.asks
    assert asks.text() == "Your name is Karen Holm; the file's row has Oskar Friis. Is that you?"
    assert asks.property("tone") == "amber"
    assert not asks.isHidden()
    assert "Is that you?" not in dialog.notes.text()
    assert dialog.head.own is not None
    dialog.head.me_chosen.emit("2")
    assert asks.isHidden()
    assert "Mette Lund (2) is taken as you." in dialog.notes.text()
    dialog.reject()


def test_a_file_in_which_nobody_is_known_is_doubted_first(
    context: Context, host: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    rows = (KAREN, "2,Bo Dam,1,,5,1")
    first = opened(context, host, written(tmp_path, HEAD, *rows))
    assert first.doubt.isHidden(), "there is no team yet"
    assert first.head.asks.isHidden()
    do_import(first, qtbot)
    other = opened(context, host, written(tmp_path, HEAD, "71,Else Gran,,,5,1", "72,Ib Ude,71,,5,1", name="o.csv"))
    assert other.doubt.text() == "Nobody in this file is in your team yet. Does it belong to another company?"
    assert not other.doubt.isHidden()
    assert "Nobody in this file" not in other.notes.text()
    other.reject()
    again = opened(context, host, written(tmp_path, HEAD, "2,Bo Dam,1,,6,1", name="again.csv"))
    assert again.doubt.isHidden()
    again.reject()


def test_what_is_about_the_whole_file_has_no_row(context: Context, host: QWidget, tmp_path: Path) -> None:
    path = written(tmp_path, "ID,Name,Sponsor ID,PV,Active", "1,Karen Holm,,10,Yes", "2,Bo Dam,1,5,No")
    dialog = opened(context, host, path)
    assert {row for row, _what, _who in problems(dialog)} == {"File"}
    told = [str(one.message) for one in dialog.session.preview.problems]
    assert "Active: the program works out itself who is active, so this was not used." in told
    dialog.reject()
