"""The what-if: other figures for those who are there, live, never stored, never taken for an estimate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from earnings_support import OCTOBER, SEPTEMBER, id_of, lines, made, rows, shown_page, small_team, words
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from organizer.i18n import set_language
from organizer.services import estimates, files, team
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.pages.earnings.page import EarningsPage
from organizer.ui.tasks import Tasks

SAID: list[str] = []
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # lists that pop up, offscreen


@pytest.fixture
def context(tmp_path: Path, qtbot: QtBot) -> Iterator[Context]:
    file = small_team(tmp_path / "a.organizer")
    made_ = Context(file, Tasks())
    SAID.clear()
    made_.warned.connect(SAID.append)
    yield made_
    made_.tasks.shutdown()
    made_.release()
    file.close()


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> EarningsPage:
    return shown_page(qtbot, context)


def begin(qtbot: QtBot, page: EarningsPage) -> None:
    qtbot.mouseClick(page._wonder, Qt.MouseButton.LeftButton)


def choose(qtbot: QtBot, page: EarningsPage, who: str) -> None:
    picker = page._left.what_if.picker
    assert picker
    picker.selectAll()
    qtbot.keyClicks(picker, who)
    completer = picker.completer()
    assert completer
    if popup := completer.popup():
        popup.hide()


def type_in(qtbot: QtBot, page: EarningsPage, volume: str, figure: str) -> None:
    field = page._left.what_if.fields[volume]
    field.selectAll()
    with qtbot.waitSignal(page._left.what_if.changed):
        qtbot.keyClicks(field, figure)


def settle() -> None:
    """New texts are shown once Qt has laid them out."""
    QApplication.processEvents()


def total(page: EarningsPage) -> str:
    return page._total._sum.text().replace("\xa0", " ")


def changes(page: EarningsPage) -> list[str]:
    what_if = page._left.what_if
    assert what_if._now
    return [what_if.wishes.words(what_if._now, key) for key in what_if.wishes.keys()]  # noqa: SIM118


def test_another_volume_shows_at_once_what_it_would_give(page: EarningsPage, qtbot: QtBot) -> None:
    begin(qtbot, page)
    assert page._left.what_if.picker is QApplication.focusWidget()
    assert total(page) == "DKK 350.00"
    choose(qtbot, page, "bo (2)")
    type_in(qtbot, page, "cv", "3000")
    assert total(page) == "DKK 450.00"
    assert "Now DKK 350.00: this would be DKK 100.00 more." in words(page)
    assert changes(page) == ["Bo: CV (DKK) 1,000 → 3,000"]
    assert rows(page)[1] == ["Team bonus", "", "", "", "DKK 150.00", "DKK 50.00", "+DKK 100.00"]
    assert rows(page)[-1] == ["Estimated total", "", "", "", "DKK 450.00", "DKK 350.00", "+DKK 100.00"]
    type_in(qtbot, page, "cv", "400")
    assert "this would be DKK 30.00 less." in words(page)
    assert rows(page)[1][-1] == "\N{MINUS SIGN}DKK 30.00"


def test_her_own_figures_and_only_hers_can_be_changed_too(page: EarningsPage, qtbot: QtBot) -> None:
    begin(qtbot, page)
    assert list(page._left.what_if.fields) == ["pv", "cv", "sales", "purchases"]
    type_in(qtbot, page, "sales", "900")
    assert total(page) == "DKK 450.00"
    choose(qtbot, page, "bo (2)")
    assert list(page._left.what_if.fields) == ["pv", "cv"]


def test_activity_changes_what_is_paid(page: EarningsPage, qtbot: QtBot) -> None:
    begin(qtbot, page)
    active = page._left.what_if.active
    assert active.itemText(0) == "As now: active"
    active.setFocus()
    with qtbot.waitSignal(page._left.what_if.changed):
        qtbot.keyClick(active, Qt.Key.Key_End)
    assert active.currentText() == "Not active"
    assert changes(page) == ["Karen Holm: not active"]
    assert total(page) == "DKK 300.00"
    settle()
    assert "Not active, as given." in words(page)
    assert "Rank by the plan: Distributor, as now" in words(page)


def test_a_returned_order_is_taken_off(page: EarningsPage, qtbot: QtBot) -> None:
    begin(qtbot, page)
    choose(qtbot, page, "bo (2)")
    what_if = page._left.what_if
    what_if.of.setCurrentIndex(what_if.of.findData("cv"))
    qtbot.keyClicks(what_if.returned, "1200")
    with qtbot.waitSignal(what_if.changed):
        qtbot.keyClick(what_if.returned, Qt.Key.Key_Return)
    assert changes(page) == ["Bo: CV (DKK) 1,000 → \N{MINUS SIGN}200"]
    assert total(page) == "DKK 290.00"
    assert what_if.fields["cv"].text() == "\N{MINUS SIGN}200"
    qtbot.mouseClick(what_if.take_off, Qt.MouseButton.LeftButton)
    assert "Write what comes back." in words(page)


def test_each_change_can_be_taken_back_and_all_of_them(page: EarningsPage, qtbot: QtBot) -> None:
    begin(qtbot, page)
    assert "Nothing is changed yet." in words(page)
    type_in(qtbot, page, "sales", "900")
    choose(qtbot, page, "bo (2)")
    type_in(qtbot, page, "cv", "2000")
    type_in(qtbot, page, "pv", "70")
    assert len(changes(page)) == 3
    away = [found for found in page._left.what_if.findChildren(QToolButton) if "CV" in found.accessibleName()]
    away[0].setFocus()
    with qtbot.waitSignal(page._left.what_if.changed):
        qtbot.keyClick(away[0], Qt.Key.Key_Return)
    assert changes(page) == ["Karen Holm: Own retail sales 800 → 900", "Bo: PV 60 → 70"]
    assert page._left.what_if.fields["cv"].text() == "1,000"
    with qtbot.waitSignal(page._left.what_if.changed):
        qtbot.mouseClick(page._reset, Qt.MouseButton.LeftButton)
    assert changes(page) == []
    assert total(page) == "DKK 350.00"
    assert "this would change nothing in the sum" in words(page)


def test_the_same_figure_or_none_is_no_change(page: EarningsPage, qtbot: QtBot) -> None:
    begin(qtbot, page)
    choose(qtbot, page, "bo (2)")
    type_in(qtbot, page, "cv", "10")
    type_in(qtbot, page, "cv", "1000")
    assert changes(page) == []
    type_in(qtbot, page, "cv", "10")
    field = page._left.what_if.fields["cv"]
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert changes(page) == []
    assert field.placeholderText() == "1,000 now"


def test_what_is_no_figure_is_said_and_changes_nothing(page: EarningsPage, qtbot: QtBot) -> None:
    begin(qtbot, page)
    field = page._left.what_if.fields["pv"]
    field.selectAll()
    qtbot.keyClicks(field, "-")
    assert "is not a figure" not in words(page)
    qtbot.keyClicks(field, "x")
    assert "-x is not a figure." in words(page)
    assert changes(page) == []


def test_an_unknown_figure_can_be_tried(page: EarningsPage, qtbot: QtBot) -> None:
    begin(qtbot, page)
    assert "Both sums are only what is known: something isn't." in words(page)
    choose(qtbot, page, "ida (3)")
    assert page._left.what_if.fields["cv"].placeholderText() == "not known"
    type_in(qtbot, page, "cv", "100")
    assert changes(page) == ["Ida: CV (DKK) not known → 100"]


def test_it_is_marked_stored_nowhere_and_printed_never(
    page: EarningsPage, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    deeds = len(files.deeds(context.file))
    begin(qtbot, page)
    choose(qtbot, page, "bo (2)")
    type_in(qtbot, page, "cv", "3000")
    assert page._banner.isVisible()
    assert "What if: nothing here is stored, and it is no forecast." in words(page)
    assert page._total._badge.text() == "What if"
    assert not page._pdf.isEnabled()
    printed: list[str] = []
    monkeypatch.setattr(page, "report", lambda name, _title, _job: printed.append(name))
    page.perform("report")
    assert printed == []
    assert "isn't printed" in SAID[-1]
    assert page.leave()
    assert len(files.deeds(context.file)) == deeds
    qtbot.mouseClick(page._back, Qt.MouseButton.LeftButton)
    assert not page._banner.isVisible()
    assert page._total._badge.text() == "Estimate"
    assert page._pdf.isEnabled()
    assert team.details(context.file, id_of(context, "2"), OCTOBER)
    assert page._estimate
    assert page._estimate.statement.total_minor == 35_000


def test_a_higher_rank_would_be_said_with_what_is_missing_to_the_next(page: EarningsPage, qtbot: QtBot) -> None:
    begin(qtbot, page)
    settle()
    assert "Missing for Team leader:" in words(page)
    for number in ("bo (2)", "ida (3)"):
        choose(qtbot, page, number)
        type_in(qtbot, page, "pv", "900")
    settle()
    assert "Rank by the plan: Team leader; now Distributor" in words(page)
    assert "Missing for Leader:" in words(page)


def test_lines_are_made_only_where_they_are_opened_and_stay_open(page: EarningsPage, qtbot: QtBot) -> None:
    begin(qtbot, page)
    view, model = page._lines, page._lines.model()
    assert not view.isExpanded(model.index(1, 0))
    view.expand(model.index(1, 0))
    view.setCurrentIndex(model.index(0, 0, model.index(1, 0)))
    choose(qtbot, page, "bo (2)")
    type_in(qtbot, page, "cv", "3000")
    assert view.isExpanded(model.index(1, 0))
    assert lines(page, 1)[0][:5] == ["Bo", "1", "3,000", "5%", "DKK 150.00"]
    assert view.currentIndex().data() == "Bo"
    assert "3,000 CV (DKK) × 5% = DKK 150.00" in words(page._reasons).replace("\xa0", " ")


def test_it_outlives_an_undo_but_not_another_period(page: EarningsPage, context: Context, qtbot: QtBot) -> None:
    assert page._estimate
    estimates.keep(context.file, page._estimate)
    made(qtbot, page)
    begin(qtbot, page)
    choose(qtbot, page, "bo (2)")
    type_in(qtbot, page, "cv", "3000")
    files.undo(context.file)
    made(qtbot, page)
    assert page._wondering
    assert total(page) == "DKK 450.00"
    context.choose_period(SEPTEMBER)
    made(qtbot, page)
    assert not page._wondering
    assert not page._banner.isVisible()


def test_what_was_typed_before_is_kept_first(page: EarningsPage, context: Context, qtbot: QtBot) -> None:
    field = page._own._fields["sales"]
    field.setText("many")
    begin(qtbot, page)
    assert not page._wondering
    field.setText("1000")
    page._own.commit()
    made(qtbot, page)
    begin(qtbot, page)
    assert total(page) == "DKK 550.00"


def test_tab_leads_through_it(page: EarningsPage, context: Context, qtbot: QtBot) -> None:
    begin(qtbot, page)
    assert page._left.what_if.picker
    page._left.what_if.picker.choose(id_of(context, "2"))  # offscreen a list that pops up would keep the focus
    settle()
    type_in(qtbot, page, "cv", "3000")
    what_if = page._left.what_if
    settle()
    what_if.focus()
    met = []
    for _step in range(7):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        met.append(QApplication.focusWidget())
    away = what_if.findChildren(QToolButton)
    assert met == [what_if.fields["pv"], what_if.fields["cv"], what_if.active, what_if.of, what_if.returned,
                   what_if.take_off, away[-1]]  # fmt: skip


def test_in_danish(page: EarningsPage, context: Context, qtbot: QtBot) -> None:
    set_language("da")
    danish = shown_page(qtbot, context)
    begin(qtbot, danish)
    choose(qtbot, danish, "bo (2)")
    type_in(qtbot, danish, "cv", "3.000")
    assert total(danish) == "450,00 kr."
    assert "100,00 kr." in words(danish._total)
    assert rows(danish)[1][-1] == "+100,00 kr."


@pytest.mark.parametrize("scale", [1.0, 1.25])
def test_nothing_is_cut_off_where_she_herself_is_chosen(
    context: Context, qtbot: QtBot, qapp: QApplication, scale: float
) -> None:
    set_language("da")
    theme.apply(qapp, "light", scale)
    try:
        page = shown_page(qtbot, context)
        page.resize(1170, 640)  # what a screen of 1366 by 768 leaves for a page
        begin(qtbot, page)
        settle()
        names = [label.text() for label in page._left.what_if.findChildren(QLabel)]
        area = page._left.area
        body = area.widget()
        assert body is not None
        assert {"Eget salg til kunder", "Kostpris for de solgte varer"} <= set(names)
        assert body.minimumSizeHint().width() <= area.viewport().width()
        assert body.width() <= area.viewport().width()
    finally:
        theme.apply(qapp, "light", 1.0)


def test_enter_takes_the_first_who_fits_and_nonsense_brings_the_name_back(
    page: EarningsPage, qtbot: QtBot
) -> None:
    begin(qtbot, page)
    picker = page._left.what_if.picker
    assert picker
    choose(qtbot, page, "id")
    assert "sales" in page._left.what_if.fields
    qtbot.keyClick(picker, Qt.Key.Key_Return)
    assert picker.text() == "Ida (3)"
    assert "sales" not in page._left.what_if.fields
    choose(qtbot, page, "xyz")
    page._left.what_if.fields["pv"].setFocus()
    picker.editingFinished.emit()
    assert picker.text() == "Ida (3)"


def test_every_field_has_a_name(page: EarningsPage, qtbot: QtBot) -> None:
    begin(qtbot, page)
    fields = page._left.what_if.findChildren(QLineEdit)
    assert all(field.accessibleName() for field in fields)
    assert all(way.text() or way.accessibleName() for way in page.findChildren(QPushButton))
