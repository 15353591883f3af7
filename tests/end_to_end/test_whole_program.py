"""The whole program as a person uses it, through the window: first start, own files in, edits, estimate, PDFs,
undo, restart, and everything found again."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parents[1] / "gui"))
from window_support import CTRL, KEY, Desk

from organizer import i18n
from organizer.domain.contact import Contact
from organizer.domain.period import Period
from organizer.services import contacts, files, products, team
from organizer.ui.dialogs.contact_import import export
from organizer.ui.dialogs.contact_import.dialog import ContactImportDialog
from organizer.ui.dialogs.contact_import.export import ExportDialog
from organizer.ui.dialogs.first_start import FirstStart
from organizer.ui.dialogs.import_preview import ImportPreview
from organizer.ui.dialogs.team_import import TeamImportDialog
from organizer.ui.dialogs.team_report import TeamReportDialog
from organizer.ui.main_window import MainWindow
from organizer.ui.widgets import file_dialog
from organizer.ui.widgets.pdf_dialog import PdfDialog

DATA = Path(__file__).parents[1] / "data"
OCTOBER = Period.parse("2026-10")


class Hands:
    """What a person does at one window."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.desk, self.qtbot, self._patch = desk, desk.qtbot, monkeypatch
        self.window: MainWindow = desk.start()

    def restart(self) -> None:
        """Close the window and open the program again."""
        self.window.close()
        self.window = self.desk.start()

    def dialog(self, kind: type[QDialog]) -> QDialog:
        """The open dialog of a kind, once it is there."""
        self.qtbot.waitUntil(lambda: any(d.isVisible() for d in self.window.findChildren(kind)), timeout=20_000)
        return next(d for d in self.window.findChildren(kind) if d.isVisible())

    def go(self, key: Qt.Key) -> None:
        """To a page, by its shortcut."""
        self.wait(self.window.stack.isVisible)
        self.desk.activate(self.window)
        self.qtbot.keyClick(self.window, key, CTRL)

    def menu(self, name: str) -> None:
        """Choose a deed in the menus by its beginning, as it is written there without the mnemonic."""
        for action in self.window.findChildren(type(self.window.menuBar().actions()[0])):
            if action.text().replace("&", "").startswith(name) and action.isEnabled():
                action.trigger()
                return
        raise AssertionError(f"no deed {name!r} can be chosen now")

    def give_path(self, name: str, path: Path) -> None:
        """Answer the system's file dialog."""
        page = self.window.page()
        assert page is not None
        self._patch.setattr(page, name, lambda *_words: path)

    def export_contacts(self, path: Path) -> None:
        """Export the contacts as a table."""
        self._patch.setattr(export, "save_path", lambda *_words: path)
        self.menu(i18n._("&Export…").replace("&", ""))
        shown = self.dialog(ExportDialog)
        assert isinstance(shown, ExportDialog)
        shown.form.setCurrentIndex(shown.form.findData("csv"))
        self.qtbot.mouseClick(shown.go, Qt.MouseButton.LeftButton)

    def import_file(self, path: Path, kind: type[QDialog] = ImportPreview) -> None:
        """Import a file on the page that is shown."""
        self.give_path("ask_open_path", path)
        self.menu(i18n._("&Import…").replace("&", ""))
        preview = self.dialog(kind)
        if isinstance(preview, TeamImportDialog):
            period = preview.head.period
            period.setCurrentIndex(period.findData(OCTOBER.key))
        button = preview.findChild(QDialogButtonBox)
        assert button is not None
        yes = next(b for b in button.buttons() if button.buttonRole(b) == QDialogButtonBox.ButtonRole.AcceptRole)
        self.qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
        # a backup is made first, and the dialog goes when all is done
        self.wait(lambda: not any(one.isVisible() for one in self.window.findChildren(kind)))
        self.desk.activate(self.window)

    def report(self, path: Path) -> str:
        """Make the page's PDF, look at it in the program, save it, close it; what it says."""
        self.menu(i18n._("&PDF report…").replace("&", ""))
        if self.window.findChildren(TeamReportDialog):
            # of a team there are several reports: as it is offered
            self.dialog(TeamReportDialog).accept()
        shown = self.dialog(PdfDialog)
        assert isinstance(shown, PdfDialog)
        assert not path.exists()
        self._patch.setattr(file_dialog, "save_path", lambda *_words: path)
        shown.save()
        shown.close()
        self.desk.activate(self.window)
        document = pypdfium2.PdfDocument(path)
        try:
            return "\n".join(page.get_textpage().get_text_bounded() for page in document)
        finally:
            document.close()

    def wait(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=20_000)

    @property
    def file(self) -> files.File:
        assert self.window.context is not None
        return self.window.context.file


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Hands:
    i18n.set_language(getattr(request, "param", "en"))
    return Hands(Desk(qtbot, tmp_path, monkeypatch), monkeypatch)


def named(parent: QWidget, name: str) -> QLineEdit:
    """The visible field with an accessible name."""
    found = [f for f in parent.findChildren(QLineEdit) if f.accessibleName() == name and f.isVisible()]
    assert found, f"no field {name!r} among {[f.accessibleName() for f in parent.findChildren(QLineEdit)]}"
    return found[0]


@pytest.mark.timeout(180)
@pytest.mark.parametrize("hands", ["en", "da"], indirect=True)
def test_from_an_empty_folder_to_an_estimate_and_back_after_a_restart(hands: Hands, tmp_path: Path) -> None:
    # first start: her name, her company and plan
    start = hands.dialog(FirstStart)
    assert isinstance(start, FirstStart)
    start.owner.setText("Karen Holm")
    start.plan.setCurrentIndex(start.plan.findData("teaching-unilevel"))
    start.plan.activated.emit(start.plan.currentIndex())
    start.company.setText("Vita")
    hands.qtbot.mouseClick(start.go, Qt.MouseButton.LeftButton)
    hands.wait(lambda: hands.window.context is not None)
    assert files.owner(hands.file).name == "Karen Holm"

    # contacts: import, add one by hand, export
    hands.go(KEY.Key_2)
    hands.import_file(DATA / "contacts_google.csv", ContactImportDialog)
    assert len(contacts.rows(hands.file)) == 80
    hands.qtbot.keyClick(hands.window, KEY.Key_N, CTRL)
    hands.wait(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    hands.desk.type("Anna <b>")
    hands.desk.press(KEY.Key_Return)
    hands.wait(lambda: len(contacts.rows(hands.file)) == 81)
    hands.export_contacts(tmp_path / "out.csv")
    assert "Anna <b>" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert "Anna <b>" in hands.report(tmp_path / "contacts.pdf")

    # team: import with a preview, look at the month
    hands.go(KEY.Key_3)
    hands.import_file(DATA / "team_sponsor_id.csv", TeamImportDialog)
    assert hands.window.context is not None
    company = hands.window.context.company
    assert company is not None
    assert len(team.view(hands.file, company.id, OCTOBER).team) == 240
    assert hands.window.context.period == OCTOBER
    assert "Zofia Naser" in hands.report(tmp_path / "team.pdf")

    # products
    hands.go(KEY.Key_4)
    hands.import_file(DATA / "products.csv")
    assert len(products.everyone(hands.file, company.id)) == 31
    assert "Skål 2 l" in hands.report(tmp_path / "products.pdf")

    # earnings: her own figures, the estimate, its reasons, the PDF
    hands.go(KEY.Key_5)
    page = hands.window.page()
    assert page is not None
    for name, figure in ((0, "14350,00"), (1, "10332,00")):
        field = [
            f for f in page.findChildren(QLineEdit) if f.isVisible() and f.objectName() != "qt_spinbox_lineedit"
        ][name]
        field.setFocus()
        field.selectAll()
        hands.qtbot.keyClicks(field, figure)
        hands.qtbot.keyClick(field, KEY.Key_Return)
    lines = next(view for view in page.findChildren(QTreeView) if view.isVisible())

    def sums() -> list[str]:
        model = lines.model()
        return [model.index(row, 4).data() for row in range(model.rowCount())]

    margin = i18n.format_money(401800, "DKK")
    hands.wait(lambda: margin in sums())
    estimate = sums()
    printed = hands.report(tmp_path / "estimate.pdf")
    assert i18n._("Estimate") in printed
    assert margin.replace("\N{NO-BREAK SPACE}", " ") in printed.replace("\N{NO-BREAK SPACE}", " ")

    # the last deed is taken back and done again, by its name
    undoable = files.undoable(hands.file)
    assert undoable is not None
    lines.setFocus()
    hands.menu(i18n._("&Undo: {deed}").replace("&", "").format(deed=files.deed_name(undoable))[:8])
    hands.wait(lambda: margin not in sums())
    hands.menu(i18n._("&Redo: {deed}").replace("&", "").format(deed="")[:5])
    hands.wait(lambda: sums() == estimate)

    # a restart finds it all again, and what was done before can still be taken back
    hands.restart()
    hands.wait(lambda: hands.window.context is not None)
    names = [row.name for row in contacts.rows(hands.file)]
    assert len(names) == 81
    assert "Anna <b>" in names
    hands.go(KEY.Key_5)
    page = hands.window.page()
    assert page is not None
    lines = next(view for view in page.findChildren(QTreeView) if view.isVisible())
    hands.wait(lambda: sums() == estimate)
    while deed := files.undo(hands.file):
        last = deed
    assert last.kind == "setup"
    assert contacts.rows(hands.file) == []
    hands.window.close()


def test_look_around_with_sample_data_from_the_first_start(hands: Hands) -> None:
    start = hands.dialog(FirstStart)
    hands.qtbot.mouseClick(
        next(b for b in start.findChildren(QPushButton) if "sample" in b.text()), Qt.MouseButton.LeftButton
    )
    hands.wait(lambda: hands.window.context is not None)
    assert not hands.desk.usual.exists()
    assert len(contacts.rows(hands.file)) == 60
    company = hands.window.context.company if hands.window.context else None
    assert company is not None
    assert len(team.periods(hands.file, company.id)) >= 3
    for key in (KEY.Key_1, KEY.Key_2, KEY.Key_3, KEY.Key_4, KEY.Key_5):
        hands.go(key)
        assert hands.window.page() is not None
    hands.window.close()


def test_a_wrong_file_through_the_window_is_told_and_changes_nothing(hands: Hands, tmp_path: Path) -> None:
    start = hands.dialog(FirstStart)
    assert isinstance(start, FirstStart)
    hands.qtbot.mouseClick(start.skip, Qt.MouseButton.LeftButton)
    hands.wait(lambda: hands.window.context is not None)
    contacts.add(hands.file, Contact(first_name="Anna"))
    wrong = tmp_path / "contacts.csv"
    wrong.write_bytes(b"%PDF-1.7\n" + b"x" * 100)
    hands.go(KEY.Key_2)
    hands.give_path("ask_open_path", wrong)
    hands.menu("Import")
    hands.wait(lambda: "PDF" in hands.window.answers.text())
    assert [row.name for row in contacts.rows(hands.file)] == ["Anna"]
    hands.window.close()


def test_a_pdf_through_the_window_never_lands_on_her_own_file(hands: Hands) -> None:
    start = hands.dialog(FirstStart)
    assert isinstance(start, FirstStart)
    hands.qtbot.mouseClick(start.skip, Qt.MouseButton.LeftButton)
    hands.wait(lambda: hands.window.context is not None)
    contacts.add(hands.file, Contact(first_name="Anna"))
    hands.go(KEY.Key_2)
    hands.menu("PDF report")
    shown = hands.dialog(PdfDialog)
    assert isinstance(shown, PdfDialog)
    shown.save_as(hands.file.path)
    box = shown.findChildren(QMessageBox)[0]
    assert "not a name for a PDF" in box.text()
    box.reject()
    shown.close()
    hands.export_contacts(hands.file.path)
    hands.wait(lambda: "not a name for such a file" in hands.window.answers.text())
    hands.restart()
    hands.wait(lambda: hands.window.context is not None)
    assert [row.name for row in contacts.rows(hands.file)] == ["Anna"]
    hands.window.close()
