"""What a team file's dialog says: causes before what follows from them, who a new one is, whose file it may be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from team_import_support import opened, written

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
