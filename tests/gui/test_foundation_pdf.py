"""A PDF is shown page by page from memory, saved and handed on; a ruined one is refused in words."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QWheelEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from organizer.domain.result import Refusal
from organizer.reports.save import save
from organizer.ui.widgets import file_dialog
from organizer.ui.widgets.pdf_dialog import PdfDialog
from organizer.ui.widgets.pdf_view import PdfView

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
PAGES = 30


@pytest.fixture(scope="module")
def pdf() -> bytes:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    buffer = BytesIO()
    paper = canvas.Canvas(buffer)
    for number in range(1, PAGES + 1):
        paper.setFillColorRGB(1, 0, 0)
        paper.rect(0, 0, 600, 850, fill=1)
        paper.setFillColorRGB(0, 0, 0)
        paper.drawString(72, 700, f"This is page {number}")
        paper.showPage()
    paper.save()
    return buffer.getvalue()


@pytest.fixture
def view(qtbot: QtBot, pdf: bytes) -> PdfView:
    view = PdfView()
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.open(pdf, "Kontakter.pdf")
    view.show()
    view.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is view)
    return view


def test_pages_are_drawn_when_they_come_into_view(qtbot: QtBot, view: PdfView) -> None:
    qtbot.waitUntil(lambda: bool(view._drawn))
    assert view.page_count() == PAGES
    assert {index for index, _width in view._drawn} == {0}
    middle = view.grab().toImage().pixelColor(view.width() // 2, view.height() // 2)
    assert (middle.red() > 240, middle.green() < 15, middle.blue() < 15) == (True, True, True), QColor(
        middle
    ).name()
    for page in range(1, PAGES + 1):
        view.go_to(page)
        view.grab()
    assert len(view._drawn) <= 8, "memory stays small however long one reads"


def test_scrolling_tells_the_page_and_reads_it_aloud(qtbot: QtBot, view: PdfView) -> None:
    assert view.page() == 1
    assert view.accessibleDescription().strip() == "This is page 1"
    with qtbot.waitSignal(view.page_changed) as heard:
        view.go_to(7)
    assert heard.args == [7, PAGES]
    assert view.accessibleDescription().strip() == "This is page 7"
    qtbot.keyClick(view, Key.Key_End)
    assert view.page() == PAGES
    qtbot.keyClick(view, Key.Key_Home)
    assert view.page() == 1
    qtbot.keyClick(view, Key.Key_PageDown)
    assert view.verticalScrollBar().value() > 0


def test_fitting_the_width_follows_the_window_until_zoomed(qtbot: QtBot, view: PdfView) -> None:
    narrow = view.zoom()
    view.resize(900, 400)
    assert view.zoom() > narrow
    assert view.horizontalScrollBar().maximum() == 0
    fitted = view.zoom()
    view.zoom_in()
    assert view.zoom() == pytest.approx(fitted * 1.2)
    view.resize(500, 400)
    assert view.zoom() == pytest.approx(fitted * 1.2)
    assert view.horizontalScrollBar().maximum() > 0
    view.fit_width()
    assert view.zoom() == pytest.approx(narrow)


def test_zoom_has_bounds_and_keeps_the_place(view: PdfView) -> None:
    view.go_to(15)
    for _step in range(40):
        view.zoom_in()
    assert view.zoom() == 4.0
    assert view.page() in (14, 15, 16)
    for _step in range(60):
        view.zoom_out()
    assert view.zoom() == 0.25
    view.grab()


def test_ctrl_and_the_wheel_zoom(view: PdfView) -> None:
    before = view.zoom()

    def turn(steps: int, keys: Qt.KeyboardModifier) -> None:
        place = QPointF(100, 100)
        event = QWheelEvent(
            place, place, QPoint(), QPoint(0, 120 * steps), Qt.MouseButton.NoButton, keys,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(view.viewport(), event)

    turn(1, CTRL)
    assert view.zoom() > before
    turn(-1, CTRL)
    assert view.zoom() == pytest.approx(before)
    turn(-1, Qt.KeyboardModifier.NoModifier)
    assert view.zoom() == pytest.approx(before)
    assert view.verticalScrollBar().value() > 0


@pytest.mark.parametrize("content", [b"", b"Name,Phone\nAnna,1", b"%PDF-1.4\n" + b"\x00" * 500])
def test_what_is_no_pdf_is_refused_in_words(qtbot: QtBot, content: bytes) -> None:
    view = PdfView()
    qtbot.addWidget(view)
    with pytest.raises(Refusal, match=r"ruined\.pdf can't be shown"):
        view.open(content, "ruined.pdf")
    view.show()
    view.grab()
    assert (view.page(), view.page_count()) == (0, 0)


def test_a_closed_document_leaves_nothing(view: PdfView) -> None:
    document = view._held.document
    view.close_document()
    assert document.raw is None
    assert not view._drawn
    assert view.accessibleDescription() == ""
    view.grab()
    view.close_document()


def test_a_view_that_goes_with_its_window_leaves_nothing(qtbot: QtBot, pdf: bytes) -> None:
    window = QWidget()
    view = PdfView()
    view.setParent(window)
    view.open(pdf, "Kontakter.pdf")
    document = view._held.document
    window.deleteLater()
    qtbot.waitUntil(lambda: document.raw is None)


# the dialog


@pytest.fixture
def dialog(qtbot: QtBot, pdf: bytes) -> PdfDialog:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = PdfDialog(pdf, "Kontakter.pdf", "Contacts", lambda data, path: save(path, data), window)
    dialog.kept = window  # type: ignore[attr-defined]
    dialog.open()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    return dialog


def _button(dialog: PdfDialog, text: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text().replace("&", "") == text)


def _press(qtbot: QtBot, dialog: PdfDialog, text: str) -> None:
    qtbot.mouseClick(_button(dialog, text), Qt.MouseButton.LeftButton)


def test_the_dialog_says_which_page_and_keys_zoom(qtbot: QtBot, dialog: PdfDialog) -> None:
    assert dialog._pages.text() == f"Page 1 of {PAGES}"
    dialog.view.go_to(3)
    assert dialog._pages.text() == f"Page 3 of {PAGES}"
    before = dialog.view.zoom()
    qtbot.keyClick(dialog.view, Key.Key_Plus, CTRL)
    assert dialog.view.zoom() > before
    dialog.reject()


def test_it_is_saved_where_she_says(
    qtbot: QtBot, dialog: PdfDialog, pdf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, ...]] = []
    target = tmp_path / "Min liste.pdf"
    monkeypatch.setattr(file_dialog, "save_path", lambda *words: asked.append(words) or target)
    with qtbot.waitSignal(dialog.saved) as told:
        _press(qtbot, dialog, "Save…")
    assert asked[0][2] == "Kontakter.pdf"
    assert told.args == [target]
    assert target.read_bytes() == pdf
    assert dialog._where.accessibleName() == "Saved Min liste.pdf"
    dialog.reject()


def test_she_may_change_her_mind(
    qtbot: QtBot, dialog: PdfDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_dialog, "save_path", lambda *_words: None)
    _press(qtbot, dialog, "Save…")
    assert "nothing is on the disk" in dialog._where.accessibleName()
    # the program may close it while she is asked where to
    dialog.reject()
    dialog.save_as(tmp_path / "late.pdf")
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_says_so(qtbot: QtBot, dialog: PdfDialog, tmp_path: Path) -> None:
    dialog.save_as(tmp_path / "no such folder" / "x.pdf")
    box = dialog.findChildren(QMessageBox)[0]
    assert "isn't there" in box.text()
    assert not _button(dialog, "Open in viewer").isEnabled()
    box.reject()
    qtbot.waitUntil(lambda: not dialog.findChildren(QMessageBox))
    dialog.reject()


@pytest.mark.parametrize("works", [True, False])
def test_handing_over_to_the_system(
    qtbot: QtBot, dialog: PdfDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, works: bool
) -> None:
    opened: list[QUrl] = []

    def take(url: QUrl) -> bool:
        opened.append(url)
        return works

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    for text in ("Open in viewer", "Show in folder"):
        assert not _button(dialog, text).isEnabled()
    path = tmp_path / "a.pdf"
    dialog.save_as(path)
    _press(qtbot, dialog, "Open in viewer")
    told = [box for box in dialog.findChildren(QMessageBox) if str(path) in box.text()]
    assert len(told) == (0 if works else 1)
    for box in told:
        box.reject()
    if works:
        _press(qtbot, dialog, "Show in folder")
    assert [Path(url.toLocalFile()) for url in opened] == ([path, path.parent] if works else [path])
    dialog.reject()


def test_the_dialog_fits_an_old_laptop(dialog: PdfDialog) -> None:
    assert dialog.size().boundedTo(QSize(1366, 768)) == dialog.size()
    assert dialog.minimumSizeHint().width() <= 860
    dialog.reject()


def test_it_is_printed_from_memory(qtbot: QtBot, pdf: bytes, tmp_path: Path) -> None:
    dialog = PdfDialog(pdf, "Kontakter.pdf", "Contacts", save)
    qtbot.addWidget(dialog)
    dialog.show()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))  # as good as paper
    printer.setFromTo(2, 4)
    with qtbot.waitSignal(dialog.printed) as heard:
        dialog.print_on(printer)
    assert heard.args == [True]
    paper = PdfView()
    qtbot.addWidget(paper)
    paper.open((tmp_path / "paper.pdf").read_bytes(), "paper.pdf")
    assert paper.page_count() == 3
    middle = paper.image(0, 50).pixelColor(200, 300)
    assert (middle.red() > 240, middle.green() < 15) == (True, True)
    assert [path.name for path in tmp_path.iterdir()] == ["paper.pdf"]


def test_closing_stops_the_printing(qtbot: QtBot, pdf: bytes, tmp_path: Path) -> None:
    dialog = PdfDialog(pdf, "Kontakter.pdf", "Contacts", save)
    qtbot.addWidget(dialog)
    dialog.show()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    with qtbot.waitSignal(dialog.printed) as heard:
        dialog.print_on(printer)
        dialog.close()
    assert heard.args == [False]


def test_she_is_asked_for_a_printer(qtbot: QtBot, pdf: bytes) -> None:
    dialog = PdfDialog(pdf, "Kontakter.pdf", "Contacts", save)
    qtbot.addWidget(dialog)
    dialog.show()
    asked = dialog.print()
    qtbot.waitUntil(asked.isVisible)
    asked.reject()
    dialog.close()
