"""The settings page: her name, companies and plans, language, looks."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from window_support import KEY, Desk, settle

from organizer import i18n
from organizer.services import companies, files, plans
from organizer.services.files import File
from organizer.storage import plans as stored_plans
from organizer.ui.dialogs.plans import PlansDialog, show_plan
from organizer.ui.main_window import MainWindow
from organizer.ui.pages.settings.company_card import CompanyCard
from organizer.ui.pages.settings.page import SettingsPage


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(qtbot, tmp_path, monkeypatch)


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    file = files.create(desk.usual)
    companies.set_up(file, "Karen Holm", "Hjem", "teaching-unilevel")
    file.close()
    window = desk.start()
    window.navigate("settings")
    return window


def page(window: MainWindow) -> SettingsPage:
    shown = window.page()
    assert isinstance(shown, SettingsPage)
    return shown


def file_of(window: MainWindow) -> File:
    assert window.context is not None
    return window.context.file


def card(window: MainWindow) -> CompanyCard:
    return next(iter(page(window)._cards.values()))


def test_her_name_is_kept_on_enter(window: MainWindow, desk: Desk) -> None:
    owner = page(window).owner
    owner.setFocus()
    owner.selectAll()
    desk.type("Karen Bach")
    desk.press(KEY.Key_Return)
    assert files.owner(file_of(window)).name == "Karen Bach"
    window.undo_deed()
    assert owner.text() == "Karen Holm"


def test_another_company_is_added_and_taken_back(window: MainWindow, desk: Desk) -> None:
    window.perform("new")
    desk.type("Duft & Co")
    desk.press(KEY.Key_Return)
    assert [company.name for company in companies.everyone(file_of(window))] == ["Hjem", "Duft & Co"]
    assert len(page(window)._cards) == 2
    assert page(window).another.text() == ""
    window.undo_deed()
    settle()
    assert len(page(window)._cards) == 1


def test_a_company_needs_a_name(window: MainWindow, desk: Desk) -> None:
    window.perform("new")
    desk.press(KEY.Key_Return)
    assert page(window)._adding.error("name") == "Write the company's name."
    name = card(window).name
    name.setFocus()
    name.selectAll()
    desk.press(KEY.Key_Delete)
    desk.press(KEY.Key_Return)
    assert card(window).form.error("name") == "Write the company's name."
    assert name.text() == ""
    desk.type("Hjem")
    desk.press(KEY.Key_Return)
    assert card(window).form.error("name") == ""


def test_a_currency_is_three_letters(window: MainWindow, desk: Desk) -> None:
    currency = card(window).currency
    currency.setFocus()
    currency.selectAll()
    desk.type("kroner")
    desk.press(KEY.Key_Return)
    assert "three letters" in card(window).form.error("currency")
    assert currency.text() == "kroner"
    currency.selectAll()
    desk.type("eur")
    desk.press(KEY.Key_Return)
    assert companies.everyone(file_of(window))[0].currency == "EUR"


def test_a_plan_of_her_own_is_offered_as_soon_as_it_is_there(window: MainWindow) -> None:
    file, chooser = file_of(window), card(window).plan
    key = plans.save(file, plans.copy_of("amway-uk", file)).id
    assert chooser.itemText(1) == "Amway (United Kingdom) (2)"
    chooser.setCurrentIndex(chooser.findData(key))
    assert companies.everyone(file)[0].plan_id == key
    assert "United Kingdom" in "\n".join(label.text() for label in card(window).about.findChildren(QLabel))
    assert "pays in GBP" in card(window).form.error("currency")


def test_a_plan_that_cant_be_read_leaves_the_settings_whole(window: MainWindow) -> None:
    file = file_of(window)
    with file.deed("plan.add", "x"):
        stored_plans.write(file, "newer", "format = 99\n")
    assert card(window).plan.findData("newer") < 0
    assert card(window).plan.count() == len(plans.built_in()) + 1


def test_the_plans_are_opened_from_the_card_and_from_the_menu(window: MainWindow) -> None:
    card(window).plan.setCurrentIndex(card(window).plan.findData("amway-uk"))
    card(window).plans.click()
    (dialog,) = window.findChildren(PlansDialog)
    assert dialog.entry() is not None
    assert dialog.entry().id == "amway-uk"  # type: ignore[union-attr]
    show_plan(window.context, "avon-uk")  # type: ignore[arg-type]
    assert window.findChildren(PlansDialog) == [dialog]
    assert dialog.entry().id == "avon-uk"  # type: ignore[union-attr]
    dialog.deeds.use_it.click()
    assert card(window).plan.plan_id() == "avon-uk"
    dialog.reject()
    settle()
    window.menu.actions["plans"].trigger()
    (dialog,) = window.findChildren(PlansDialog)
    assert dialog.entry().id == "avon-uk"  # type: ignore[union-attr]
    dialog.reject()
    settle()


@pytest.mark.parametrize("plan", plans.available(), ids=lambda plan: plan.id)
def test_a_plan_is_shown_with_what_it_rests_on(window: MainWindow, plan: plans.Plan) -> None:
    card(window).plan.setCurrentIndex(card(window).plan.findData(plan.id))
    assert companies.everyone(file_of(window))[0].plan_id == plan.id
    said = "\n".join(label.text() for label in card(window).about.findChildren(QLabel))
    assert i18n.format_date(plan.valid_from) in said
    assert plan.region.in_language("en") in said
    if plan.teaching:
        assert "invented" in said
    else:
        assert f"Confidence {plan.confidence}" in said
        assert all(gap.in_language("en") in said for gap in plan.missing)
    other = plan.currency != "DKK"
    assert bool(card(window).form.error("currency")) == other


def test_language_and_colours_change_at_once(window: MainWindow) -> None:
    chooser = page(window).language
    chooser.setCurrentIndex(chooser.findData("da"))
    chooser.activated.emit(chooser.currentIndex())
    settle()
    assert i18n.language() == "da"
    assert page(window).language.currentData() == "da"
    scheme = page(window).scheme
    scheme.setCurrentIndex(scheme.findData("dark"))
    scheme.activated.emit(scheme.currentIndex())
    assert window.preferences.scheme == "dark"
    window.set_scheme("light")
    assert scheme.currentData() == "light", "the chooser follows the menu"


def test_says_where_the_file_lies(window: MainWindow, desk: Desk) -> None:
    assert str(desk.usual) in [label.text() for label in page(window).findChildren(QLabel)]
