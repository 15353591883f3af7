"""Estimates that are kept: said on the page, listed, opened as they were, forgotten and brought back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from earnings_support import OCTOBER, SEPTEMBER, id_of, made, rows, shown_page, small_team, words
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from organizer.i18n import set_language
from organizer.services import estimates, files, periods, team
from organizer.services.jobs import Job
from organizer.ui.context import Context
from organizer.ui.pages.earnings.kept_dialog import KeptDialog
from organizer.ui.pages.earnings.page import EarningsPage
from organizer.ui.tasks import Tasks

ANSWERED: list[str] = []


@pytest.fixture
def context(tmp_path: Path, qtbot: QtBot) -> Iterator[Context]:
    file = small_team(tmp_path / "a.organizer")
    made_ = Context(file, Tasks())
    ANSWERED.clear()
    made_.answered.connect(lambda text, _can_undo: ANSWERED.append(text))
    yield made_
    made_.tasks.shutdown()
    made_.release()
    file.close()


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> EarningsPage:
    return shown_page(qtbot, context)


def keep(qtbot: QtBot, page: EarningsPage) -> None:
    qtbot.mouseClick(page._left.kept.keep, Qt.MouseButton.LeftButton)
    made(qtbot, page)


def said(page: EarningsPage) -> str:
    return page._left.kept.text.text().replace("\xa0", " ")


def kept_dialog(qtbot: QtBot, page: EarningsPage) -> KeptDialog:
    qtbot.mouseClick(page._left.kept.list, Qt.MouseButton.LeftButton)
    dialog = page.findChild(KeptDialog)
    assert dialog
    return dialog


def cells(dialog: KeptDialog) -> list[list[str]]:
    model = dialog.table.model()
    return [
        [str(model.index(row, column).data()).replace("\xa0", " ") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_page_says_whether_it_is_kept_and_what_has_changed_since(
    page: EarningsPage, context: Context, qtbot: QtBot
) -> None:
    assert said(page) == "This period's estimate isn't kept yet."
    assert not page._left.kept.list.isVisible()
    keep(qtbot, page)
    assert ANSWERED == ["Kept the estimate of October 2026."]
    by = "DKK 350.00 kept on 23/11/2026, by Teaching plan: unilevel."
    assert said(page) == f"{by} Today's figures come to the same."
    assert page._left.kept.keep.text() == "&Keep it anew"
    bo = id_of(context, "2")
    team.set_volume(context.file, bo, OCTOBER, "cv", 2_000_000)
    made(qtbot, page)
    assert said(page) == f"{by} Today's figures come to DKK 50.00 more."
    team.set_volume(context.file, bo, OCTOBER, "cv", 0)
    made(qtbot, page)
    assert said(page) == f"{by} Today's figures come to DKK 50.00 less."


def test_undo_and_redo_of_keeping_are_seen(page: EarningsPage, context: Context, qtbot: QtBot) -> None:
    keep(qtbot, page)
    files.undo(context.file)
    made(qtbot, page)
    assert said(page) == "This period's estimate isn't kept yet."
    files.redo(context.file)
    made(qtbot, page)
    assert said(page).startswith("DKK 350.00 kept on 23/11/2026")


def test_a_kept_estimate_opens_as_it_was_and_can_only_be_read(
    page: EarningsPage, context: Context, qtbot: QtBot
) -> None:
    keep(qtbot, page)
    team.set_volume(context.file, id_of(context, "2"), OCTOBER, "cv", 0)
    context.choose_period(SEPTEMBER)
    made(qtbot, page)
    dialog = kept_dialog(qtbot, page)
    assert cells(dialog) == [["October 2026", "23/11/2026", "Teaching plan: unilevel", "DKK 350.00"]]
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page._estimate and page._estimate.kept))
    assert context.period == OCTOBER
    assert rows(page)[-1][4] == "DKK 350.00"
    assert "Kept on 23/11/2026: the estimate as it was then, by Teaching plan: unilevel." in words(page)
    assert not page._own.isVisible()
    assert not page._wonder.isEnabled()
    assert page._pdf.isEnabled()
    page.begin_what_if()
    assert not page._wondering
    qtbot.mouseClick(page._back, Qt.MouseButton.LeftButton)
    made(qtbot, page)
    assert rows(page)[-1][4] == "DKK 300.00"
    assert not page._banner.isVisible()
    assert page._own.isVisible()


def test_another_period_leaves_the_kept_one(page: EarningsPage, context: Context, qtbot: QtBot) -> None:
    keep(qtbot, page)
    page.open_kept(OCTOBER)
    qtbot.waitUntil(lambda: bool(page._estimate and page._estimate.kept))
    context.choose_period(SEPTEMBER)
    made(qtbot, page)
    assert page._estimate
    assert page._estimate.kept is None
    assert not page._banner.isVisible()


def test_a_change_elsewhere_leaves_the_kept_one_on_the_screen(
    page: EarningsPage, context: Context, qtbot: QtBot
) -> None:
    keep(qtbot, page)
    page.open_kept(OCTOBER)
    qtbot.waitUntil(lambda: bool(page._estimate and page._estimate.kept))
    team.set_volume(context.file, id_of(context, "2"), OCTOBER, "cv", 0)
    made(qtbot, page)
    assert page._estimate
    assert page._estimate.kept
    assert rows(page)[-1][4] == "DKK 350.00"


def test_forgetting_can_be_undone_and_leaves_what_is_shown(
    page: EarningsPage, context: Context, qtbot: QtBot
) -> None:
    keep(qtbot, page)
    page.open_kept(OCTOBER)
    qtbot.waitUntil(lambda: bool(page._estimate and page._estimate.kept))
    page.show_kept()
    dialog = page.findChild(KeptDialog)
    assert dialog
    qtbot.mouseClick(dialog.forget, Qt.MouseButton.LeftButton)
    assert ANSWERED[-1] == "Forgot the kept estimate of October 2026."
    assert cells(dialog) == []
    assert not dialog.forget.isEnabled()
    made(qtbot, page)
    assert not page._banner.isVisible()
    files.undo(context.file)
    assert len(cells(dialog)) == 1
    dialog.reject()
    made(qtbot, page)
    assert said(page).startswith("DKK 350.00 kept on")


def test_the_pdf_of_a_kept_one_says_when_it_was_kept(
    page: EarningsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs: list[Job[bytes]] = []
    monkeypatch.setattr(page, "report", lambda _name, _title, job: jobs.append(job()))
    keep(qtbot, page)
    page.open_kept(OCTOBER)
    qtbot.waitUntil(lambda: bool(page._estimate and page._estimate.kept))
    page.perform("report")
    with pypdfium2.PdfDocument(jobs[0].now()) as document:
        printed = " ".join(document[0].get_textpage().get_text_range().split())
    assert "Kept on 23/11/2026, and printed from what was kept." in printed


def test_where_the_carry_comes_from_is_said(tmp_path: Path, qtbot: QtBot) -> None:
    file = small_team(tmp_path / "b.organizer", "teaching-binary")
    context = Context(file, Tasks())
    page = shown_page(qtbot, context)
    assert "No estimate of Week 47, 2026 (16–22 Nov.) was kept: what it left" in words(page)
    before = context.period
    assert context.company
    calendar = periods.calendar_of(file, context.company.id)
    context.choose_period(calendar.shifted(before, -1))
    made(qtbot, page)
    assert page._estimate
    estimates.keep(file, page._estimate)
    made(qtbot, page)
    context.choose_period(before)
    made(qtbot, page)
    assert "was kept: what it left" not in words(page)
    page.close()
    context.tasks.shutdown()
    context.release()
    file.close()


def test_in_danish(page: EarningsPage, context: Context, qtbot: QtBot) -> None:
    keep(qtbot, page)
    set_language("da")
    danish = shown_page(qtbot, context)
    assert "23.11.2026" in said(danish)
    assert "350,00 kr." in said(danish)
    assert "Øveplan: unilevel" in said(danish)
