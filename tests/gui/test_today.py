"""A morning: open, call three people, one says no, plan two, done; and all of it taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot
from window_support import CTRL, KEY, Desk, settle

from organizer.domain.consent import Channel, Purpose, Topic
from organizer.domain.contact import Contact, Labelled, Role
from organizer.domain.timeline import EntryKind, FollowUp
from organizer.services import consents, contacts, files, follow_up_plans, follow_ups, timeline
from organizer.services.files import File
from organizer.storage import timeline as stored
from organizer.ui.dialogs.follow_up import (
    DayDialog,
    PlanAgainDialog,
    PlansDialog,
    PurchaseDialog,
    StartPlanDialog,
    StepDialog,
)
from organizer.ui.dialogs.follow_up.edit_plan import EditPlanDialog
from organizer.ui.main_window import MainWindow
from organizer.ui.pages.today.page import TodayPage
from organizer.ui.window_offers import OfferBar

DAY = timedelta(days=1)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(qtbot, tmp_path, monkeypatch, first="today")


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    """Anna, Britta and Carla are to be called today; Anna may be called with offers."""
    file = files.create(desk.usual)
    day = file.clock().date()
    for place, name in enumerate(("Anna", "Britta", "Carla")):
        person = contacts.add(file, Contact(first_name=name, phones=(Labelled(f"12 34 56 7{place}"),)))
        follow_ups.add(file, FollowUp(0, person, day, f"Ask {name}", None, Channel.PHONE))
    anna = contacts.rows(file)[0].id
    consents.give(file, anna, [Channel.PHONE], day - 9 * DAY, "on paper", "Call me")
    file.close()
    return desk.start()


def page_of(window: MainWindow) -> TodayPage:
    page = window.page()
    assert isinstance(page, TodayPage)
    return page


def file_of(window: MainWindow) -> File:
    assert window.context is not None
    return window.context.file


def titles(window: MainWindow) -> list[str]:
    return [line.title for line in page_of(window).list.lines()]


def due(window: MainWindow) -> list[tuple[str, str]]:
    return [(line.title, line.text) for line in page_of(window).list.lines() if line.kind == "due"]


def today(window: MainWindow) -> date:
    return file_of(window).clock().date()


def person(window: MainWindow, name: str) -> int:
    return next(row.id for row in contacts.rows(file_of(window)) if row.name == name)


def dialog(window: MainWindow, kind: type[QDialog]) -> QDialog:
    settle()
    [found] = [one for one in window.findChildren(kind) if one.isVisible()]
    return found


def everything(window: MainWindow) -> object:
    file = file_of(window)
    told = [(timeline.entries(file, row.id), consents.standing(file, row.id)) for row in contacts.rows(file)]
    return told, stored.follow_ups(file)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # a menu that pops up, offscreen
def test_a_whole_morning_by_keyboard_and_back(window: MainWindow, desk: Desk) -> None:
    page, before = page_of(window), everything(window)
    deeds = len(files.deeds(file_of(window)))
    assert titles(window) == ["To talk to today", "Anna", "Britta", "Carla"]
    assert QApplication.focusWidget() is page.list
    assert page.list.lines()[1].phone == "12 34 56 70"

    # Anna is called, and what she said is written down
    desk.press(KEY.Key_D)
    desk.type("Has a new kitchen")
    desk.press(KEY.Key_Return)
    [entry] = timeline.entries(file_of(window), person(window, "Anna"))
    assert (entry.day, entry.kind, entry.body) == (today(window), EntryKind.CALL, "Has a new kitchen")
    assert QApplication.focusWidget() is page.list
    assert page.chosen.name.text() == "Britta"

    # Britta wants no parties
    desk.press(KEY.Key_N)
    desk.press(KEY.Key_Down)
    assert page.answers.refusing.topic() is Topic.PARTIES
    desk.press(KEY.Key_Tab)
    desk.type("Too busy")
    desk.press(KEY.Key_Return)
    [no] = consents.standing(file_of(window), person(window, "Britta")).noes
    assert (no.topic, no.body) == (Topic.PARTIES, "Too busy")
    assert due(window) == [("Carla", "Ask Carla")]

    # Carla isn't at home
    desk.press(KEY.Key_L)
    assert page.answers.menu.isVisible()
    page.answers.menu.actions()[1].trigger()
    page.answers.menu.close()
    desk.activate(window)
    [step] = follow_ups.open_of(file_of(window), person(window, "Carla"))
    assert step.due == today(window) + 3 * DAY
    assert "Nothing more for today" in page.calm.text()
    assert "1 conversation noted this week" in page.week.text()

    # two tasks of her own, one of them done
    for text in ("Order bags", "Wash the bowls"):
        desk.press(KEY.Key_N, CTRL)
        asked = dialog(window, StepDialog)
        assert isinstance(asked, StepDialog)
        asked.what.setText(text)
        asked.accept()
        settle()
        desk.activate(window)
    assert due(window) == [("Order bags", ""), ("Wash the bowls", "")]
    desk.press(KEY.Key_D)
    assert due(window) == [("Wash the bowls", "")]
    desk.press(KEY.Key_Delete)
    assert due(window) == []

    while len([deed for deed in files.deeds(file_of(window)) if not deed.undone]) > deeds:
        window.undo_deed()
    assert everything(window) == before
    assert titles(window) == ["To talk to today", "Anna", "Britta", "Carla"]


def test_the_day_asked_for_is_the_day_it_comes_back(window: MainWindow, desk: Desk) -> None:
    page = page_of(window)
    page.answers.other_day.emit()
    asked = dialog(window, DayDialog)
    assert isinstance(asked, DayDialog)
    asked.day.text.setText("yesterday")
    asked.accept()
    assert "is not a date" in asked.form.error("due")
    asked.day.text.setText("01.01.2020")
    asked.accept()
    assert "passed" in asked.form.error("due")
    wanted = today(window) + 40 * DAY
    asked.day.text.setText(f"{wanted:%d.%m.%Y}")
    asked.accept()
    assert [step.due for step in follow_ups.open_of(file_of(window), person(window, "Anna"))] == [wanted]


def test_esc_goes_back_without_an_answer(window: MainWindow, desk: Desk) -> None:
    page, before = page_of(window), everything(window)
    for key in (KEY.Key_D, KEY.Key_N):
        desk.press(key)
        assert page.answers.asking()
        desk.press(KEY.Key_Escape)
        assert not page.answers.asking()
        assert QApplication.focusWidget() is page.list
    assert everything(window) == before


def test_enter_opens_the_contact_and_f4_writes_a_note(window: MainWindow, desk: Desk) -> None:
    page = page_of(window)
    desk.press(KEY.Key_F4)
    assert QApplication.focusWidget() is page.chosen.story.note
    desk.type("Likes blue")
    desk.press(KEY.Key_Return)
    assert [entry.body for entry in timeline.entries(file_of(window), person(window, "Anna"))] == ["Likes blue"]
    assert "Likes blue" in page.list.lines()[1].below
    desk.press(KEY.Key_Down)
    desk.press(KEY.Key_Return)
    assert window.key == "contacts"
    assert window.pages["contacts"].shown_item() == person(window, "Britta")


def test_selling_without_consent_is_refused_at_the_field_with_the_ways_that_are_open(window: MainWindow) -> None:
    page_of(window)._plan()
    asked = dialog(window, StepDialog)
    assert isinstance(asked, StepDialog)
    asked.what.setText("Tell of the offer")
    asked.purpose.setCurrentIndex(asked.purpose.findData(Purpose.OFFER.value))
    asked.channel.setCurrentIndex(asked.channel.findData(Channel.SMS.value))
    asked.accept()
    assert asked.isVisible()
    said = asked.form.error("channel")
    assert "No consent to SMS" in said
    assert "Phone" in said
    asked.channel.setCurrentIndex(asked.channel.findData(Channel.PHONE.value))
    asked.accept()
    steps = follow_ups.open_of(file_of(window), person(window, "Anna"))
    assert [(step.body, step.purpose) for step in steps][1:] == [("Tell of the offer", Purpose.OFFER)]


def test_a_plan_is_seen_before_it_is_kept_and_stopped_in_one(window: MainWindow, desk: Desk) -> None:
    page = page_of(window)
    page.list.choose("due", page.list.lines()[2].id)
    page._start()
    asked = dialog(window, StartPlanDialog)
    assert isinstance(asked, StartPlanDialog)
    asked.plan.setCurrentIndex(asked.plan.findData("after-purchase"))
    asked._chosen()
    first, second, third = asked.choices
    assert first is second is None
    assert third is not None
    assert third.currentText() == "Left out"
    third.setCurrentIndex(third.findData(""))  # when they meet
    asked.accept()
    britta = person(window, "Britta")
    steps = follow_ups.open_of(file_of(window), britta)
    assert [(step.plan, step.channel) for step in steps][1:] == [
        ("after-purchase", Channel.PHONE),
        ("after-purchase", Channel.PHONE),
        ("after-purchase", None),
    ]
    follow_ups.later(file_of(window), [steps[1].id], today(window))
    page.show_item(steps[1].id)
    assert "After a purchase" in page.chosen.about.text()
    assert page.chosen.deeds["stop"].isVisible()
    page.chosen.deeds["stop"].click()
    assert [step.plan for step in follow_ups.open_of(file_of(window), britta)] == [""]
    window.undo_deed()
    assert len(follow_ups.open_of(file_of(window), britta)) == 4


def test_what_was_left_is_planned_again_as_one_deed(window: MainWindow, desk: Desk) -> None:
    file = file_of(window)
    old = [
        follow_ups.add(file, FollowUp(0, person(window, name), today(window) - 5 * DAY, f"Old {name}"))
        for name in ("Anna", "Britta", "Carla")
    ]
    assert "From before" in titles(window)
    page = page_of(window)
    assert page.again.isVisible()
    page.again.click()
    asked = dialog(window, PlanAgainDialog)
    assert isinstance(asked, PlanAgainDialog)
    asked.table.setFocus()
    desk.activate(asked)
    second = asked.table.item(1, 0)
    assert second is not None
    second.setCheckState(Qt.CheckState.Unchecked)
    assert set(asked.chosen()) == {old[0], old[2]}
    asked.accept()
    settle()
    days = [follow_ups.get(file, id_).due for id_ in old]
    assert days == [today(window) + DAY, today(window) - 5 * DAY, today(window) + 3 * DAY]
    window.undo_deed()
    assert {follow_ups.get(file, id_).due for id_ in old} == {today(window) - 5 * DAY}


def test_a_purchase_noted_by_hand_offers_a_plan_and_starts_none(window: MainWindow, desk: Desk) -> None:
    page = page_of(window)
    page.chosen.deeds["bought"].click()
    asked = dialog(window, PurchaseDialog)
    assert isinstance(asked, PurchaseDialog)
    asked.accept()
    assert asked.form.error("what")
    asked.what.setText("Bowl")
    asked.accept()
    settle()
    [bar] = [one for one in window.findChildren(OfferBar) if one.isVisible()]
    assert len(follow_ups.open_of(file_of(window), person(window, "Anna"))) == 1
    bar.look.click()
    started = dialog(window, StartPlanDialog)
    assert isinstance(started, StartPlanDialog)
    assert started.chosen_plan().event == "purchase"
    started.reject()
    assert not [one for one in window.findChildren(OfferBar) if one.isVisible()]


def test_a_new_customer_is_offered_a_welcome_and_an_undo_withdraws_it(window: MainWindow) -> None:
    file = file_of(window)
    anna = contacts.get(file, person(window, "Anna"))
    assert anna is not None
    contacts.save(file, replace(anna, roles=frozenset({Role.CUSTOMER})))
    settle()
    assert [one for one in window.findChildren(OfferBar) if one.isVisible()]
    window.undo_deed()
    settle()
    assert not [one for one in window.findChildren(OfferBar) if one.isVisible()]


def test_her_own_plan_is_copied_changed_and_wrong_fields_are_told(window: MainWindow) -> None:
    page_of(window)._plans()
    plans = dialog(window, PlansDialog)
    assert isinstance(plans, PlansDialog)
    assert not plans.change.isEnabled()
    plans.copy_plan()
    settle()
    [editor] = plans.findChildren(EditPlanDialog)
    rows = len(editor.rows)
    editor.more.click()
    assert editor.rows[-1].what.text() == ""
    editor.accept()
    assert editor.isVisible()
    assert "write what you want to do" in editor.rows[-1]._error.text()
    editor.rows[-1].what.setText("Coffee")
    editor.rows[-1].up.click()
    editor.rows[0].gone.click()
    editor.name.setText("Mine")
    editor.accept()
    [mine] = [plan for plan in follow_up_plans.plans(file_of(window)) if plan.own]
    assert str(mine.name) == "Mine"
    assert len(mine.steps) == rows
    assert str(mine.steps[-2].what) == "Coffee"
    assert plans.chosen() == mine
    plans.remove_plan()
    assert not [plan for plan in follow_up_plans.plans(file_of(window)) if plan.own]
    plans.reject()


def test_an_empty_file_says_what_the_page_is_for_and_leads_on(desk: Desk) -> None:
    files.create(desk.usual).close()
    window = desk.start()
    page = page_of(window)
    assert page.empty.isVisible()
    assert QApplication.focusWidget() is page._first
    desk.press(KEY.Key_Return)
    assert window.key == "contacts"
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    window.close()


def test_people_without_a_reason_to_be_kept_are_one_quiet_line(window: MainWindow) -> None:
    page = page_of(window)
    page.unneeded.count()
    assert page.unneeded.isHidden()
    guest = Contact(first_name="Guest", expires=today(window) - DAY)
    contacts.add(file_of(window), guest)
    page.unneeded.count()
    assert page.unneeded.isVisible()
    assert "1 person" in page.unneeded._text.text()
    page.unneeded.see.click()
    [asked] = [one for one in window.findChildren(QDialog) if one.isVisible()]
    asked.reject()


def test_a_name_is_never_markup(window: MainWindow) -> None:
    file = file_of(window)
    anna = contacts.get(file, person(window, "Anna"))
    assert anna is not None
    contacts.save(file, replace(anna, first_name='<img src="x"><b>Anna'))
    page = page_of(window)
    assert page.chosen.name.text() == '<img src="x"><b>Anna'
    assert page.chosen.name.textFormat() == page.chosen.name.textFormat().PlainText


def test_what_is_taken_back_is_chosen_again_and_home_goes_to_the_first(window: MainWindow, desk: Desk) -> None:
    page = page_of(window)
    said: list[str] = []
    page.context.answered.connect(lambda text, _undo: said.append(text))
    for _time in range(2):
        desk.press(KEY.Key_D)
        desk.press(KEY.Key_Return)
    assert said == ["Done: Anna", "Done: Britta"]
    assert page.chosen.name.text() == "Carla"
    for name in ("Britta", "Anna"):
        desk.press(KEY.Key_Z, CTRL)
        assert page.chosen.name.text() == name
    desk.press(KEY.Key_End)
    assert page.chosen.name.text() == "Carla"
    desk.press(KEY.Key_Home)
    assert page.chosen.name.text() == "Anna"


def test_the_keys_that_are_named_are_those_of_the_chosen_line(window: MainWindow, desk: Desk) -> None:
    page, file = page_of(window), file_of(window)
    assert page.keys.text().startswith("D done, L later, N no")
    follow_ups.add(file, FollowUp(0, None, file.clock().date(), "Order catalogues"))
    dora = Contact(first_name="Dora", birthday=f"1980-{file.clock().date():%m-%d}")
    contacts.add(file, dora)
    settle()
    page.list.choose("birthday", person(window, "Dora"))
    assert page.keys.text() == "Enter opens the contact, F4 writes a note."
    desk.press(KEY.Key_End)
    assert page.keys.text() == "D done, L later; Enter changes it."


def test_a_new_day_is_shown_though_the_program_stood_open(window: MainWindow, desk: Desk) -> None:
    page, file = page_of(window), file_of(window)
    tomorrow = file.clock() + DAY
    dora = contacts.add(file, Contact(first_name="Dora"))
    follow_ups.add(file, FollowUp(0, dora, tomorrow.date(), "Ask Dora"))
    desk.qtbot.waitUntil(lambda: window.files.watches.begun)
    assert "Dora" not in titles(window)
    file.clock = lambda: tomorrow
    window.files.watches.day.look()
    assert "Dora" in titles(window)
    assert f"{tomorrow:%d/%m/%Y}" in page.date.text()


def test_f4_within_an_answer_writes_what_was_said(window: MainWindow, desk: Desk) -> None:
    page = page_of(window)
    desk.press(KEY.Key_D)
    page.list.setFocus()
    desk.press(KEY.Key_F4)
    assert QApplication.focusWidget() is page.answers.said.words
