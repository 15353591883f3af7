"""Faults in the program: told once, logged without personal data, and the program goes on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest
from PySide6.QtCore import QtMsgType
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from organizer import app
from organizer.__main__ import wants_window
from organizer.domain.contact import Contact
from organizer.domain.result import Message, Refusal
from organizer.services import contacts, files
from organizer.ui import window_trouble

SECRET = "Anna Berg +45 71 46 30 65"


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The log file, in a folder of its own."""
    window_trouble._log.cache_clear()
    monkeypatch.setattr(platformdirs, "user_log_path", lambda *_a, **_k: tmp_path)
    yield tmp_path / "organizer.log"
    for handler in list(window_trouble._log().handlers):
        window_trouble._log().removeHandler(handler)
        handler.close()
    window_trouble._log.cache_clear()


def fail() -> None:
    raise ValueError(f"can't read {SECRET}")


def tell(work: object) -> None:
    try:
        work()  # type: ignore[operator]
    except Exception as error:
        window_trouble.caught(type(error), error, error.__traceback__)


def boxes() -> list[QMessageBox]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]


def test_a_fault_is_told_once_and_logged_without_values(qtbot: QtBot, log: Path) -> None:
    tell(fail)
    tell(fail)
    [box] = boxes()
    assert SECRET not in box.text() + box.informativeText() + box.detailedText()
    assert "test_window_trouble.py:" in box.detailedText()
    assert "ValueError" in box.detailedText()
    copy = next(button for button in box.buttons() if "Copy" in button.text())
    copy.click()
    assert box.isVisible()
    assert QApplication.clipboard().text() == box.detailedText()
    box.close()
    written = log.read_text(encoding="utf-8")
    assert written.count("ValueError") == 2
    assert "Anna" not in written
    assert str(Path.home()) not in written
    tell(fail)
    [again] = boxes()
    again.close()


def test_a_refusal_that_nobody_took_is_told_as_one(qtbot: QtBot, log: Path) -> None:
    def refuse() -> None:
        raise Refusal(Message("{file} is full.", {"file": "<b>x</b>"}))

    tell(refuse)
    [box] = boxes()
    assert box.informativeText() == "<b>x</b> is full."
    assert box.detailedText() == ""
    box.close()


def test_qts_complaints_are_logged_without_paths_and_quotes(log: Path) -> None:
    window_trouble.from_qt(
        QtMsgType.QtWarningMsg, "qt.gui", 'Can\'t load "Anna Berg" from /home/anna/x.png (a@b.dk)'
    )
    window_trouble.from_qt(QtMsgType.QtDebugMsg, "qt.gui", "chatter")
    written = log.read_text(encoding="utf-8")
    assert "qt.gui: Can" in written
    assert "nna" not in written
    assert "b.dk" not in written
    assert "chatter" not in written


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["--file", "a.organizer"], True),
        (["--lang=da"], True),
        (["--lang", "da", "--file=x"], True),
        (["/home/x/My file.organizer"], True),
        (["tour"], False),
        (["--file", "a.organizer", "estimate", "--json"], False),
        (["--version"], False),
        (["--help"], False),
        (["--file"], False),
        (["--nonsense"], False),
    ],
)
def test_a_command_needs_no_window(arguments: list[str], window: bool) -> None:
    assert wants_window(arguments) == window


RUN = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from organizer import app
from organizer.ui.main_window import MainWindow
from organizer.ui.preferences import Preferences
assert "sqlalchemy" not in sys.modules, "the window must not wait for the database"
shown = MainWindow.show_file
def show_file(self, file, trusted):
    shown(self, file, trusted)
    from organizer.services import contacts
    print([row.name for row in contacts.rows(file)], self.windowTitle())
    QTimer.singleShot(0, self.close)
MainWindow.show_file = show_file
sys.exit(app.run(sys.argv[2:], Preferences(Path(sys.argv[1]))))
"""


@pytest.mark.parametrize("language", ["en", "da"])
def test_the_program_starts_and_opens_the_file(tmp_path: Path, language: str) -> None:
    path = tmp_path / "mine.organizer"
    file = files.create(path)
    contacts.add(file, Contact(first_name="Åse"))
    file.close()
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(tmp_path / "p.ini"), "--lang", language, str(path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Åse" in done.stdout
    assert "– mine – Organizer" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "path", "language"),
    [
        ([], None, ""),
        (["--file", "a b.organizer"], Path("a b.organizer"), ""),
        (["--file=x=y.organizer", "--lang=da"], Path("x=y.organizer"), "da"),
        (["--lang", "en", "mine.organizer"], Path("mine.organizer"), "en"),
        (["--lang", "fr"], None, ""),
    ],
)
def test_what_the_command_line_asks_of_the_window(arguments: list[str], path: Path | None, language: str) -> None:
    assert app._options(arguments) == (path, language)
