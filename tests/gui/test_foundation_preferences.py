"""What one computer remembers of the program, and that ruined preferences do no harm."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from organizer.ui.preferences import Preferences


def test_a_new_computer_has_calm_defaults(tmp_path: Path) -> None:
    fresh = Preferences(tmp_path / "new" / "organizer.ini")
    assert (fresh.language, fresh.scheme, fresh.last_file, fresh.geometry, fresh.state) == (
        "",
        "system",
        None,
        b"",
        b"",
    )


def test_what_was_chosen_is_there_next_time(tmp_path: Path) -> None:
    path = tmp_path / "organizer.ini"
    one = Preferences(path)
    one.language, one.scheme, one.last_file = "da", "dark", tmp_path / "Åses bøger, 50 % = #1.organizer"
    one.save()
    other = Preferences(path)
    assert (other.language, other.scheme) == ("da", "dark")
    assert other.last_file == tmp_path / "Åses bøger, 50 % = #1.organizer"
    other.last_file = None
    assert other.last_file is None


def test_a_windows_place_comes_back(tmp_path: Path, qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(777, 555)
    one = Preferences(tmp_path / "organizer.ini")
    one.geometry, one.state = window.saveGeometry(), window.saveState()
    one.save()
    again = QMainWindow()
    qtbot.addWidget(again)
    other = Preferences(tmp_path / "organizer.ini")
    assert again.restoreGeometry(other.geometry)
    assert again.restoreState(other.state)
    assert (again.width(), again.height()) == (777, 555)


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff\xfe rubbish", b"[General]\nscheme=purple\nlast_file=@Invalid()\n"]
)
def test_ruined_preferences_are_like_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "organizer.ini"
    path.write_bytes(content)
    ruined = Preferences(path)
    assert (ruined.scheme, ruined.last_file, ruined.geometry) == ("system", None, b"")


def test_lists_where_a_text_is_due_are_ignored(tmp_path: Path) -> None:
    path = tmp_path / "organizer.ini"
    path.write_text("[General]\nlanguage=da, en\n", "utf-8")
    assert Preferences(path).language == ""
