"""Asking for a file: where she was, in her language, and nothing is replaced unasked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo, QStandardPaths, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QMessageBox, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from organizer.i18n import set_language
from organizer.ui.widgets import file_dialog

CSV = "CSV files (*.csv)"


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "Documents"
    folder.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _where: str(folder))
    monkeypatch.setattr(file_dialog._Last, "folder", None)
    return folder


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


def drive(hands: Callable[[QFileDialog], None]) -> list[str]:
    """Let `hands` loose on the dialog that opens next; gives the folder that it opens in."""
    seen: list[str] = []

    def go() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        seen.append(dialog.directory().absolutePath())
        hands(dialog)

    QTimer.singleShot(0, go)
    return seen


def type_name(name: str) -> Callable[[QFileDialog], None]:
    def hands(dialog: QFileDialog) -> None:
        dialog.findChild(QLineEdit).setText(name)
        dialog.accept()

    return hands


def test_starts_with_the_documents_and_then_where_she_was(documents: Path, host: QWidget, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "people.csv").write_text("x", encoding="utf-8")
    first = drive(type_name(str(other / "people.csv")))
    assert file_dialog.open_path(host, "Import", CSV) == other / "people.csv"
    second = drive(lambda dialog: dialog.reject())
    assert file_dialog.save_path(host, "Export", "Contacts.csv", CSV) is None
    assert (first, second) == ([str(documents)], [str(other)])
    (other / "people.csv").unlink()
    other.rmdir()
    third = drive(lambda dialog: dialog.reject())
    file_dialog.open_path(host, "Import", CSV)
    assert third == [str(documents)], "a folder that is gone is no place to start"


def test_a_name_without_a_suffix_gets_one_and_nothing_is_replaced_unasked(documents: Path, host: QWidget) -> None:
    drive(type_name("Mine"))
    assert file_dialog.save_path(host, "Export", "Contacts.csv", CSV) == documents / "Mine.csv"
    (documents / "Mine.csv").write_text("kept", encoding="utf-8")
    asked: list[str] = []

    def refuse() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        box.button(QMessageBox.StandardButton.No).click()

    def hands(dialog: QFileDialog) -> None:
        QTimer.singleShot(0, refuse)
        type_name("Mine")(dialog)
        assert dialog.isVisible()
        dialog.reject()

    drive(hands)
    assert file_dialog.save_path(host, "Export", "Contacts.csv", CSV) is None
    assert asked
    assert "Mine.csv" in asked[0]


def test_offers_the_name_that_was_suggested(documents: Path, host: QWidget) -> None:
    drive(lambda dialog: dialog.accept())
    assert file_dialog.save_path(host, "Export", "Contacts.csv", CSV) == documents / "Contacts.csv"


def test_a_folder_is_asked_for_without_words_that_are_english_only(
    documents: Path, host: QWidget, tmp_path: Path
) -> None:
    chosen: list[Path] = []
    dialog = file_dialog.ask_folder(host, "Choose the second folder", tmp_path, chosen.append)
    assert dialog.windowTitle() == "Choose the second folder"
    table = dialog.findChild(QTreeView, "treeView")
    assert isinstance(table, QTreeView)
    shown = [place for place in range(table.model().columnCount()) if not table.isColumnHidden(place)]
    assert [table.model().headerData(place, Qt.Orientation.Horizontal) for place in shown] == [
        "Name",
        "Date Modified",
    ]
    dialog.fileSelected.emit(str(tmp_path))
    assert chosen == [tmp_path]
    dialog.reject()


def test_speaks_danish_throughout(documents: Path, host: QWidget) -> None:
    translator = QTranslator()
    assert translator.load("qtbase_da", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    app = QApplication.instance()
    assert app
    app.installTranslator(translator)
    set_language("da")
    said: list[str] = []

    def hands(dialog: QFileDialog) -> None:
        said.extend(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())
        dialog.reject()

    drive(hands)
    file_dialog.open_path(host, "Importér", CSV)
    app.removeTranslator(translator)
    assert said == ["&Kig i:", "&Filnavn:", "Filer af &type:"]
