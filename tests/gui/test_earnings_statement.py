"""The statement on the screen: all that leads to the total, what isn't known, and the way to the next rank."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest
from earnings_support import OCTOBER, add, id_of, lines, made, rows, shown_page, small_team, words
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from organizer.domain.commission.statement import FewLines, Line, Range, Statement
from organizer.domain.company import Company
from organizer.domain.result import Message
from organizer.i18n import set_language
from organizer.services import companies, files, plans, team
from organizer.ui.context import Context
from organizer.ui.models.statement import StatementModel
from organizer.ui.models.statement_words import headline
from organizer.ui.pages.earnings.page import EarningsPage
from organizer.ui.pages.earnings.unknown_dialog import UnknownDialog
from organizer.ui.tasks import Tasks

MINUS = "\N{MINUS SIGN}"
ENDING = """
[[deductions]]
id = "fee"
name = { en = "Handling fee", da = "Gebyr" }
amount = 25

[[caps]]
id = "most"
name = { en = "Most of the team bonus", da = "Højst af teambonus" }
components = ["team"]
amount = 40

[payout]
min = 1000
"""


@pytest.fixture
def context(tmp_path: Path, qtbot: QtBot) -> Iterator[Context]:
    file = small_team(tmp_path / "a.organizer")
    made_ = Context(file, Tasks())
    yield made_
    made_.tasks.shutdown()
    made_.release()
    file.close()


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> EarningsPage:
    return shown_page(qtbot, context)


def known_to_all(context: Context) -> None:
    """Ida's volumes are known too."""
    for volume in ("pv", "cv"):
        team.set_volume(context.file, id_of(context, "3"), OCTOBER, volume, 0)


def by_own_plan(context: Context, more: str) -> None:
    mine = plans.save(context.file, plans.copy_of("teaching-unilevel", context.file) + more)
    company = companies.everyone(context.file)[0]
    companies.save(context.file, Company(company.id, company.name, mine.id, company.currency))


def show(page: EarningsPage, **other: object) -> Statement:
    """Show the same estimate with other parts."""
    assert page._estimate
    statement = replace(page._estimate.statement, **other)  # type: ignore[arg-type]
    page._show(replace(page._estimate, statement=statement))
    QApplication.processEvents()
    return statement


def choose(page: EarningsPage, row: int, below: int = -1) -> str:
    """Choose a row, and read its reason."""
    model = page._lines.model()
    top = model.index(row, 0)
    page._lines.setCurrentIndex(model.index(below, 0, top) if below >= 0 else top)
    return words(page._reasons)


def test_what_is_added_and_taken_off_stands_below_the_bonuses_and_adds_up(
    page: EarningsPage, context: Context, qtbot: QtBot
) -> None:
    known_to_all(context)
    by_own_plan(context, ENDING)
    made(qtbot, page)
    QApplication.processEvents()
    assert [[row[0], row[4]] for row in rows(page)] == [
        ["Retail margin", "DKK 300.00"],
        ["Team bonus", "DKK 50.00"],
        ["Most of the team bonus", f"{MINUS}DKK 10.00"],
        ["Handling fee", f"{MINUS}DKK 25.00"],
        ["Estimated total", "DKK 315.00"],
        ["Paid out", "DKK 0.00"],
        ["Left for the next period", "DKK 315.00"],
    ]
    assert "At most 40 DKK are paid; it would have been 50 DKK." in choose(page, 2)
    assert "A fixed amount each period that anything is paid." in choose(page, 3)
    assert "Less than 1,000 DKK isn't paid out; it is kept for the next period. Paid out: DKK 0.00" in words(page)


def test_a_range_stands_in_place_of_a_bare_total(page: EarningsPage, qtbot: QtBot) -> None:
    assert page._total._sum.text().replace("\xa0", " ") == "DKK 350.00 – DKK 400.00"
    assert "Between DKK 350.00 and DKK 400.00: from none of what isn't known" in words(page)
    assert "1 member has a volume that isn't known; it counts as nothing." in words(page)
    set_language("da")
    assert page._estimate
    assert headline(page._estimate).replace("\xa0", " ") == "350,00 kr. – 400,00 kr."


def test_a_range_that_has_no_upper_end_or_no_width(page: EarningsPage) -> None:
    statement = show(page, range=Range(35_000, None, Message("Nobody's {volume} is known.", {"volume": "PV"})))
    assert page._total._sum.text().replace("\xa0", " ") == "DKK 350.00 + ?"
    assert "DKK 350.00 as far as is known. Nobody's PV is known." in words(page)
    total = statement.total_minor
    show(page, range=Range(total, total, Message("all at nothing")))
    assert page._total._sum.text().replace("\xa0", " ") == "DKK 350.00"
    assert "What isn't known changes nothing here: all at nothing." in words(page)


def test_whose_figures_are_missing_is_listed_and_leads_to_the_team(
    page: EarningsPage, context: Context, qtbot: QtBot
) -> None:
    gone: list[tuple[str, int]] = []
    context.goto.connect(lambda key, id_: gone.append((key, id_)))
    qtbot.mouseClick(page._left.caveats.whose, Qt.MouseButton.LeftButton)
    dialog = page.findChild(UnknownDialog)
    assert dialog
    model = dialog.table.model()
    assert [model.index(0, column).data() for column in range(3)] == ["Ida", "3", "PV, CV (DKK)"]
    assert model.rowCount() == 1
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert gone == [("team", id_of(context, "3"))]


def test_nobody_is_missing_where_all_is_known(page: EarningsPage, context: Context, qtbot: QtBot) -> None:
    known_to_all(context)
    made(qtbot, page)
    assert not page._left.caveats.whose.isVisible()
    assert page._total._sum.text().replace("\xa0", " ") == "DKK 350.00"


def test_a_cap_rounding_and_a_missing_figure_within_a_bonus(page: EarningsPage) -> None:
    assert page._estimate
    retail, bonus = page._estimate.statement.components
    unknown = replace(bonus, lines=FewLines(()), total_minor=0, unknown=Message("The turnover isn't known."))
    note = Message("1 {volume} counts as 5.", {"volume": "PV"})
    show(page, components=(replace(retail, cut=-500, rounding=2, notes=(note,)), unknown), rounding=-1)
    assert [row[0] for row in lines(page, 0)] == ["Karen Holm", "Rounding", "Above the most that it pays"]
    assert [row[4] for row in lines(page, 0)] == ["DKK 300.00", "DKK 0.02", f"{MINUS}DKK 5.00"]
    assert "The plan rounds the sum, not each line." in choose(page, 0, 1)
    assert "The plan pays no more than this for one bonus." in choose(page, 0, 2)
    assert "1 PV counts as 5." in choose(page, 0)
    assert rows(page)[1][4] == "?"
    assert "The turnover isn't known." in choose(page, 1)
    assert rows(page)[2][0] == "Rounding"
    assert "The plan rounds the total, not each bonus." in choose(page, 2)


def test_a_bonus_of_a_few_lines_is_shown_whole_and_money_is_money(page: EarningsPage) -> None:
    assert page._estimate
    retail, bonus = page._estimate.statement.components
    legs = [
        Line("team", 0, None, 0, "pv", 2_000_000, Fraction(), Fraction(), 0, Message("Left leg: 2,000 new.")),
        Line("team", 0, None, 0, "", 150_000, Fraction(1, 10), Fraction(15_000), 15_000, Message("Of others.")),
        Line("team", 0, None, 0, "pv", 1_000, Fraction(), Fraction(500), 500, Message("A fixed amount.")),
    ]
    show(page, components=(retail, replace(bonus, lines=FewLines(legs), paid_count=2, total_minor=15_500)))
    assert lines(page, 1) == [
        ["Karen Holm", "", "2,000", "", "DKK 0.00"],
        ["Karen Holm", "", "DKK 1,500.00", "10%", "DKK 150.00"],
        ["Karen Holm", "", "1", "", "DKK 5.00"],
    ]
    assert "Left leg: 2,000 new." in choose(page, 1, 0)


def test_the_sum_behind_a_line_is_true_where_a_point_is_worth_more(
    tmp_path: Path, qtbot: QtBot, context: Context
) -> None:
    known_to_all(context)
    by_own_plan(context, "")
    text = plans.text_of("teaching-unilevel-2", context.file)
    plans.save(context.file, text.replace('volume = "cv"', 'volume = "pv"\npoint_value = 5', 1))
    page = shown_page(qtbot, context)
    told = choose(page, 1, 0)
    assert "60 PV × 5% × 5 = DKK 15.00" in told.replace("\xa0", " ")


def test_the_next_rank_names_those_who_are_near_and_presses_nobody(
    page: EarningsPage, context: Context, qtbot: QtBot
) -> None:
    QApplication.processEvents()
    told = words(page._left.standing)
    assert "Missing for Team leader:" in told
    assert "Bo: 40 PV more" in told
    assert "Each decides for herself, and a no is respected." in told
    first, second = told.index("(590 PV more)"), told.index("(2 more of those you sponsored)")
    assert first < second, "the smallest change comes first"


def test_the_plans_name_opens_the_plan(
    page: EarningsPage, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Context, str]] = []
    reader = SimpleNamespace(show_plan=lambda *what: asked.append(what))
    monkeypatch.setitem(sys.modules, "organizer.ui.dialogs.plans", reader)  # the window itself has its own tests
    assert page._left.plan.name.text() == "Teaching plan: unilevel"
    page._left.plan.name.setFocus()
    qtbot.keyClick(page._left.plan.name, Qt.Key.Key_Return)
    assert asked == [(context, "teaching-unilevel")]


def test_a_changed_plan_of_her_own_is_used_at_once(page: EarningsPage, context: Context, qtbot: QtBot) -> None:
    known_to_all(context)
    by_own_plan(context, "")
    made(qtbot, page)
    assert rows(page)[1][4] == "DKK 50.00"
    text = plans.text_of("teaching-unilevel-2", context.file)
    plans.save(context.file, text.replace("rates = [5,", "rates = [10,"))
    made(qtbot, page)
    assert rows(page)[1][4] == "DKK 100.00"
    files.undo(context.file)
    made(qtbot, page)
    assert rows(page)[1][4] == "DKK 50.00"


@pytest.mark.parametrize("zeros", [False, True])
def test_the_model_keeps_qts_rules(page: EarningsPage, context: Context, qtbot: QtBot, zeros: bool) -> None:
    company = companies.everyone(context.file)[0]
    me = files.member_of_owner(context.file, company.id) or 0
    with context.gathered():
        for number in range(10, 20):
            add(context.file, company, me, f"Member {number}", str(number))
    made(qtbot, page)
    model = StatementModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(page._estimate, zeros, page._estimate)
    assert model.rowCount(model.index(1, 0)) == (12 if zeros else 1)
    assert not model.index(99, 0).isValid()
    assert not model.index(0, 9).isValid()
    assert not model.hasChildren(model.index(2, 0))
    assert model.rowCount(model.index(2, 0)) == 0
    model.show(None, zeros)
    assert model.rowCount() == 0
    assert not model.hasChildren()
    assert model.entry(QModelIndex()).component is None
