"""The Earnings page: an estimate is never shown or printed as another month's, and her own figures find theirs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from organizer.domain.company import Company
from organizer.domain.period import Period
from organizer.domain.result import FieldRefusal, Message, Refusal
from organizer.i18n import say, set_language
from organizer.services import companies, earnings, files, team
from organizer.services.jobs import Job
from organizer.ui.context import Context
from organizer.ui.pages.earnings.page import EarningsPage
from organizer.ui.pages.figures import to_thousandths
from organizer.ui.tasks import Tasks

OCTOBER, SEPTEMBER = Period.parse("2026-10"), Period.parse("2026-09")
SAID: list[str] = []


@pytest.fixture
def context(tmp_path: Path, qtbot: QtBot) -> Iterator[Context]:
    file = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 10, 20, 9))
    companies.set_up(file, "Karen Holm", "Vita", "teaching-unilevel")
    made = Context(file, Tasks())
    SAID.clear()
    made.warned.connect(SAID.append)
    yield made
    made.tasks.shutdown()
    made.release()
    file.close()


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> EarningsPage:
    """The page with October's estimate."""
    made = EarningsPage(context)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: made._estimate is not None)
    return made


def company_of(context: Context) -> Company:
    assert context.company
    return context.company


def total(page: EarningsPage) -> str:
    return page._total._sum.text()


def words(page: EarningsPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def figures(context: Context, period: Period) -> list[int | None]:
    return list(earnings.own_figures(context.file, company_of(context), period).values())


def asked(page: EarningsPage, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    names: list[str] = []
    monkeypatch.setattr(page, "report", lambda name, _title, _job: names.append(name))
    return names


def test_another_months_estimate_is_never_printed(
    page: EarningsPage, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = asked(page, monkeypatch)
    context.choose_period(SEPTEMBER)
    page.perform("report")
    assert names == []
    assert "no finished estimate" in SAID[-1]
    qtbot.waitUntil(lambda: page._estimate is not None)
    page.perform("report")
    assert len(names) == 1
    assert "2026-09" in names[0] or "september" in names[0].lower()


def test_an_estimate_that_takes_long_leaves_no_wrong_figure(
    page: EarningsPage, context: Context, qtbot: QtBot
) -> None:
    before = total(page)
    context.choose_period(SEPTEMBER)
    assert page._slow.isActive()
    assert total(page) == before, "a quick one must not flicker"
    page._slow.timeout.emit()
    assert total(page) == "–"
    assert "is being made" in words(page)
    assert page._lines.model().rowCount() == 0
    qtbot.waitUntil(lambda: page._estimate is not None)
    assert total(page) == before
    assert "is being made" not in words(page)
    assert not page._slow.isActive()


def test_a_cancelled_estimate_leaves_no_wrong_figure_and_is_made_on_return(
    page: EarningsPage, context: Context, qtbot: QtBot
) -> None:
    gate = threading.Event()
    context.run(Job("Something before it", lambda _progress: gate.wait(20)), lambda _result: None)
    context.choose_period(SEPTEMBER)
    assert page._task
    page._task.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not context.tasks.active())
    assert total(page) == "–"
    page.hide()
    page.show()
    qtbot.waitUntil(lambda: page._estimate is not None)
    assert total(page) != "–"


def test_a_refused_estimate_leaves_no_wrong_figure(
    page: EarningsPage, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_what: object) -> None:
        raise Refusal(Message("You have no place in {company}'s team yet.", {"company": "Vita"}))

    names = asked(page, monkeypatch)
    monkeypatch.setattr(earnings, "prepare", refuse)
    context.choose_period(SEPTEMBER)
    page.perform("report")
    assert names == []
    assert total(page) == "–"
    assert "no place in Vita's team" in words(page)


def test_of_two_estimates_under_way_only_the_newer_is_shown(
    page: EarningsPage, context: Context, qtbot: QtBot
) -> None:
    own = team.view(context.file, company_of(context).id, OCTOBER).team
    for amount in (100_000, 200_000, 300_000):
        team.set_volume(context.file, own.ids[own.me], OCTOBER, "pv", amount)
    assert page._estimate is None
    shown: list[object] = []
    real = page._total.show_estimate
    page._total.show_estimate = lambda estimate: (shown.append(estimate), real(estimate))  # type: ignore
    qtbot.waitUntil(lambda: not context.tasks.active())
    assert len(shown) == 1
    assert page._estimate is shown[0]


def test_every_figure_written_is_kept_even_without_the_focus(page: EarningsPage, context: Context) -> None:
    fields = list(page._own._fields.values())
    assert len(fields) == 2
    for field, text in zip(fields, ("100", "60"), strict=True):
        field.setText(text)
    assert page.leave()
    assert figures(context, OCTOBER) == [100_000, 60_000]


def test_a_figure_belongs_to_the_month_it_was_written_for(page: EarningsPage, context: Context) -> None:
    field = next(iter(page._own._fields.values()))
    field.setText("100")
    context.choose_period(SEPTEMBER)
    assert figures(context, OCTOBER)[0] == 100_000
    assert figures(context, SEPTEMBER)[0] is None
    assert field.text() == ""


def test_a_figure_that_cant_be_read_stays_while_the_others_are_kept(page: EarningsPage, context: Context) -> None:
    first, second = page._own._fields.values()
    first.setText("many")
    second.setText("60")
    assert not page.leave()
    assert first.text() == "many"
    assert figures(context, OCTOBER) == [None, 60_000]
    first.setText("70")
    assert page.leave()
    assert figures(context, OCTOBER) == [70_000, 60_000]


@pytest.mark.parametrize(("language", "example"), [("en", "1,234.5"), ("da", "1.234,5")])
def test_the_example_of_a_figure_is_written_as_the_language_writes_it(language: str, example: str) -> None:
    set_language(language)
    with pytest.raises(FieldRefusal) as refused:
        to_thousandths("pv", "many")
    assert example in say(refused.value.message.text, refused.value.message.values)
    assert to_thousandths("pv", example) == 1_234_500


def test_names_keep_their_width_where_there_is_little_room(page: EarningsPage, qtbot: QtBot) -> None:
    lines = page._lines
    letters = lines.fontMetrics().averageCharWidth()
    for width in (1300, 700):
        page.resize(width, 700)
        assert lines.columnWidth(0) >= 20 * letters
        whole = sum(lines.columnWidth(column) for column in range(5))
        assert whole >= lines.viewport().width()
    lines.resize(200, 300)
    assert lines.columnWidth(0) >= 20 * letters
    qtbot.waitUntil(lambda: lines.horizontalScrollBar().maximum() > 0)
