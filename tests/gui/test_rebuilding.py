"""After a change of language or text size nothing of the old window answers any more."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_support import Desk, settle

from organizer.i18n import language
from organizer.services import companies, files
from organizer.ui import theme
from organizer.ui.tasks import Tasks
from organizer.ui.widgets.answer_bar import AnswerBar


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(qtbot, tmp_path, monkeypatch)


def run(qtbot: QtBot, tasks: Tasks) -> None:
    done: list[int] = []
    tasks.run("Counting", lambda progress: progress.report(0.5) or 7, done.append)
    qtbot.waitUntil(lambda: done == [7])


def test_a_status_line_that_is_gone_hears_nothing(qtbot: QtBot) -> None:
    tasks = Tasks()
    AnswerBar(tasks).deleteLater()
    settle()
    kept = AnswerBar(tasks)
    qtbot.addWidget(kept)
    kept.answer("Done.")
    run(qtbot, tasks)
    assert kept.text() == ""
    tasks.shutdown()


def test_every_page_survives_being_built_anew(qtbot: QtBot, desk: Desk) -> None:
    file = files.create(desk.usual)
    companies.set_up(file, "Karen Holm", "Hjem", "teaching-unilevel")
    file.close()
    window = desk.start()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before = window.preferences.scheme
    for step in range(2):
        for key in ("contacts", "team", "products", "earnings", "settings"):
            window.navigate(key)
        window.set_language("da" if language() == "en" else "en")
        window.set_text_scale(1.25 if step == 0 else 1.0)
        settle()
        run(qtbot, window.tasks)
        window.set_scheme("dark" if step == 0 else "light")
        companies.add(window.context.file, f"Company {step}")  # every page hears of it
        settle()
    window.set_scheme(before)
    theme.apply(app)
    window.close()
