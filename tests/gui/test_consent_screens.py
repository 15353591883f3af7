"""Consents, noes and one person's data on the screen, from asking to what is stored."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget

from organizer.domain.contact import Contact, Labelled
from organizer.domain.timeline import FollowUp, Outcome
from organizer.i18n import set_language
from organizer.services import consents, contacts, erasing, files, insight, retention_of_people
from organizer.services.consents import Basis, Channel, Purpose, Topic
from organizer.services.jobs import Silent
from organizer.storage import timeline
from organizer.ui.context import Context
from organizer.ui.dialogs.consent import GiveDialog, LiftDialog, NoDialog, WithdrawDialog
from organizer.ui.dialogs.erase import open_insight
from organizer.ui.dialogs.erase.erase import EraseDialog
from organizer.ui.dialogs.erase.unneeded import UnneededDialog
from organizer.ui.dialogs.erase.what_is_kept import InsightDialog
from organizer.ui.pages.contacts.consent_panel import ConsentPanel
from organizer.ui.pages.settings.people_card import PeopleCard
from organizer.ui.tasks import Tasks
from organizer.ui.widgets import messages

TODAY = date(2026, 11, 23)


@pytest.fixture
def file(tmp_path):
    made = files.create(tmp_path / "people.organizer", lambda: datetime(2026, 11, 23, 9))
    files.rename_owner(made, "Karen Holm")
    yield made
    made.close()


@pytest.fixture
def context(file):
    return Context(file, Tasks())


@pytest.fixture
def anna(file):
    return contacts.add(file, Contact(first_name="Anna", phones=(Labelled("12345678"),)))


@pytest.fixture
def answers(context):
    heard = []
    context.answered.connect(lambda text, _undo: heard.append(text))
    return heard


def words(widget):
    QApplication.processEvents()  # what was put into a layout shows itself only then
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def shown(qtbot, widget):
    qtbot.addWidget(widget)
    widget.show()
    return widget


def plan(file, person, purpose, channel):
    with file.deed("x"):
        return timeline.add_follow_ups(file, [FollowUp(0, person, TODAY, "x", channel=channel, purpose=purpose)])[
            0
        ]


@pytest.mark.parametrize("language", ["en", "da"])
def test_a_consent_is_given_on_the_screen_in_words_that_name_the_way_back(qtbot, file, context, anna, language):
    set_language(language)
    dialog = shown(qtbot, GiveDialog(context, anna, [Channel.SMS]))
    offered = dialog.wording.toPlainText()
    assert "Karen Holm" in offered
    assert "sms" in offered.casefold()
    dialog.channels[Channel.PHONE].setChecked(True)
    assert dialog.wording.toPlainText() != offered
    dialog.wording.setPlainText("Yes, ring me!")
    dialog.channels[Channel.SMS].setChecked(False)
    assert dialog.wording.toPlainText() == "Yes, ring me!"
    dialog.go.click()
    (one,) = consents.standing(file, anna).consents
    assert (one.channel, one.given, one.wording) == (Channel.PHONE, TODAY, "Yes, ring me!")
    assert one.how


def test_what_isnt_right_is_said_at_its_field(qtbot, file, context, anna):
    dialog = shown(qtbot, GiveDialog(context, anna))
    dialog.go.click()
    assert dialog.form.error("channels")
    dialog.channels[Channel.PHONE].setChecked(True)
    dialog.basis.setCurrentIndex(dialog.basis.findData(Basis.CUSTOMER.value))
    dialog.basis.activated.emit(1)
    assert "§ 10" in dialog.law.text()
    dialog.go.click()
    assert dialog.form.error("channels")
    dialog.channels[Channel.PHONE].setChecked(False)
    dialog.channels[Channel.EMAIL].setChecked(True)
    dialog.day.setText("31.02.2026")
    dialog.go.click()
    assert dialog.form.error("given")
    dialog.day.setText("01.11.2026")
    dialog.go.click()
    (one,) = consents.standing(file, anna).consents
    assert (one.basis, one.given) == (Basis.CUSTOMER, date(2026, 11, 1))


def test_withdrawing_says_how_many_plans_went(qtbot, file, context, anna, answers):
    consents.give(file, anna, [Channel.SMS], TODAY, "on paper", "x")
    step = plan(file, anna, Purpose.OFFER, Channel.SMS)
    (one,) = consents.standing(file, anna).consents
    dialog = shown(qtbot, WithdrawDialog(context, one, "Anna"))
    dialog.go.click()
    assert timeline.step_of(file, step).outcome is Outcome.DROPPED
    assert "1 planned contact is dropped." in answers[-1]


def test_a_no_and_its_lifting(qtbot, file, context, anna, answers):
    step = plan(file, anna, Purpose.INVITATION, None)
    dialog = shown(qtbot, NoDialog(context, anna))
    dialog.topic.setCurrentIndex(dialog.topic.findData(Topic.PARTIES.value))
    dialog.body.setText("Never again")
    dialog.go.click()
    assert timeline.step_of(file, step).outcome is Outcome.NO
    assert "1 planned contact is closed." in answers[-1]
    (no,) = consents.standing(file, anna).noes
    assert (no.topic, no.body) == (Topic.PARTIES, "Never again")
    dialog = shown(qtbot, LiftDialog(context, no, "Anna"))
    dialog.go.click()
    assert dialog.form.error("body")
    dialog.body.setText("Came and asked")
    dialog.go.click()
    assert consents.standing(file, anna).noes[0].lifted == TODAY


def test_the_panel_follows_what_is_noted(qtbot, file, context, anna):
    panel = shown(qtbot, ConsentPanel(context))
    panel.show_person(anna)
    assert "E-mail · no consent" in words(panel)
    assert "Invited 0 times in twelve months, of 4 at most." in words(panel)
    consents.give(file, anna, [Channel.EMAIL], TODAY, "on paper", "You may e-mail me")
    assert "E-mail · agreed since" in words(panel)
    assert "You may e-mail me" in words(panel)
    consents.say_no(file, anna, Topic.BUSINESS, TODAY, "Not for me")
    assert "Not for me" in words(panel)
    files.undo(file)
    assert "Not for me" not in words(panel)
    panel.show_person(0)
    assert not panel.isEnabled()


def test_erasing_needs_a_clear_yes_and_says_what_stays(qtbot, file, context, anna, answers):
    consents.say_no(file, anna, Topic.EVERYTHING, TODAY)
    dialog = shown(qtbot, EraseDialog(context, erasing.before(file, anna)))
    assert "Phones: 1" in words(dialog)
    assert "That they said no" in words(dialog)
    assert "No backup holds them." in words(dialog)
    dialog.accept()
    dialog.go.click()
    assert contacts.get(file, anna)
    dialog.sure.setChecked(True)
    dialog.go.click()
    assert contacts.get(file, anna) is None
    assert answers == ["Anna is erased for good."]


def test_what_is_kept_is_shown_and_saved_both_ways(qtbot, file, context, anna, tmp_path):
    told = insight.gather(file, anna)
    data = insight.report(file, told).work(Silent())
    dialog = shown(qtbot, InsightDialog(data, context, told))
    dialog.save_as(tmp_path / "kept.pdf")
    dialog.save_data_as(tmp_path / "kept.json")
    assert (tmp_path / "kept.pdf").read_bytes() == data
    assert json.loads((tmp_path / "kept.json").read_text("utf-8"))["name"] == "Anna"
    dialog.close()


def test_what_is_kept_opens_as_often_as_asked(qtbot, context, anna):
    parent = QWidget()
    qtbot.addWidget(parent)
    for _time in range(2):
        open_insight(context, anna, parent)
        qtbot.waitUntil(lambda: parent.findChild(InsightDialog) is not None)
        dialog = parent.findChild(InsightDialog)
        dialog.close()
        dialog.deleteLater()
        qtbot.waitUntil(lambda: parent.findChild(InsightDialog) is None)


def old(file, id_, **more):
    with file.deed("x"):
        from organizer.storage import contacts as stored

        stored.update(file, replace(contacts.get(file, id_), added=date(2020, 1, 1), **more))


def test_whom_there_is_no_reason_to_keep(file, anna):
    bo, carl, dora, else_ = (
        contacts.add(file, Contact(first_name=name)) for name in ("Bo", "Carl", "Dora", "Else")
    )
    for id_ in (anna, bo, carl, else_):
        old(file, id_)
    old(file, dora, expires=TODAY)
    assert {one.name for one in retention_of_people.unneeded(file)} == {"Anna", "Bo", "Carl", "Dora", "Else"}
    consents.give(file, anna, [Channel.SMS], date(2020, 1, 1), "on paper", "x")
    with file.deed("x"):
        timeline.add_follow_ups(file, [FollowUp(0, bo, None, "x")])
    retention_of_people.keep_for_a_year(file, [carl])
    found = retention_of_people.unneeded(file)
    assert [one.name for one in found] == ["Dora", "Else"]
    counts = retention_of_people.counts(file)
    assert (counts.expired, counts.without_reason, counts.total) == (1, 1, 2)
    retention_of_people.set_months(file, 100)
    assert retention_of_people.months(file) == 100
    assert [one.name for one in retention_of_people.unneeded(file)] == ["Dora"]


def test_the_list_forgets_who_was_deleted(qtbot, file, context, anna, answers):
    dialog = shown(qtbot, UnneededDialog(context))
    assert not dialog.forget.isVisible()
    contacts.delete(file, [anna])
    dialog.refresh()
    assert dialog.deleted.text().startswith("1 deleted contact lies in the file still")
    dialog.forget.click()
    (box,) = dialog.findChildren(QMessageBox)
    messages.answer_button(box).click()
    assert not dialog.forget.isVisible()
    assert answers[-1] == "Erased 1 for good."
    files.undo(file)
    assert contacts.get(file, anna) is None


def test_the_list_keeps_and_erases(qtbot, file, context, anna, answers):
    bo = contacts.add(file, Contact(first_name="Bo"))
    for id_ in (anna, bo):
        old(file, id_)
    dialog = shown(qtbot, UnneededDialog(context))
    assert [one.name for one in dialog.chosen()] == ["Anna"]
    dialog.keep.click()
    assert contacts.get(file, anna).expires == date(2027, 11, 23)
    assert [one.name for one in dialog.chosen()] == ["Bo"]
    dialog.erase.click()
    (box,) = dialog.findChildren(QMessageBox)
    assert "can't be undone" in box.informativeText()
    messages.answer_button(box).click()
    assert contacts.get(file, bo) is None
    assert dialog.chosen() == []
    assert answers[-1] == "Erased 1 for good."
    dialog.close()


def test_the_settings_keep_cap_and_months(qtbot, file, context, anna):
    old(file, anna)
    card = shown(qtbot, PeopleCard(context))
    assert "1 person in Contacts has no reason to be kept." in words(card)
    card.cap.setValue(2)
    card.months.setValue(120)
    assert (consents.cap(file), retention_of_people.months(file)) == (2, 120)
    assert "There is a reason to keep everybody in Contacts." in words(card)
