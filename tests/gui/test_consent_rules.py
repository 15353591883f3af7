"""The rules of markedsføringsloven §10 and forbrugeraftaleloven §4 as a table: domain, services and screens agree.

A row is what somebody agreed to or said; its three groups are an offer, an invitation and the business, in each
the six signs are e-mail, SMS, chat, phone, post and meeting. A dot may be done. U: never asked. W: withdrawn.
N, P, B: said no to everything, to parties, to the business. S: only a customer, who may hear of similar goods.
C: invited often enough.
"""

from __future__ import annotations

from datetime import date, datetime

import pytest

from organizer.domain import consent as rules
from organizer.domain.contact import Contact
from organizer.domain.result import FieldRefusal, Refusal
from organizer.domain.timeline import Entry, EntryKind, FollowUp
from organizer.services import consents, contacts, files, follow_ups
from organizer.services.consents import Basis, Channel, Purpose, Topic
from organizer.storage import timeline
from organizer.ui.context import Context
from organizer.ui.dialogs.follow_up.step import StepDialog
from organizer.ui.pages.contacts.consent_panel import ConsentPanel
from organizer.ui.tasks import Tasks
from organizer.ui.widgets.label import Label

TODAY, BEFORE, AFTER = date(2026, 11, 23), date(2026, 11, 1), date(2026, 11, 30)
SELLING = (Purpose.OFFER, Purpose.INVITATION, Purpose.BUSINESS)
WAYS = (Channel.EMAIL, Channel.SMS, Channel.CHAT, Channel.PHONE, Channel.POST, None)
ELECTRONIC = (Channel.EMAIL, Channel.SMS, Channel.CHAT)

TABLE = {
    "nothing": "UUUUU. UUUUU. UUUUU.",
    "agreed": "...... ...... ......",
    "agreed to SMS": "U.UUU. U.UUU. U.UUU.",
    "withdrawn": "WWWWW. WWWWW. WWWWW.",
    "withdrawn and agreed again": "...... ...... ......",
    "customer": "...UU. ...UU. SSSUU.",
    "customer who objected": "WWWUU. WWWUU. WWWUU.",
    "no": "NNNNNN NNNNNN NNNNNN",
    "no without a consent": "NNNNNN NNNNNN NNNNNN",
    "no to parties": "...... PPPPPP ......",
    "no to the business": "...... ...... BBBBBB",
    "two noes": "...... PPPPPP BBBBBB",
    "no that was lifted": "...... ...... ......",
    "invited four times": "...... CCCCCC ......",
    "invited four times, never asked": "UUUUU. UUUUUC UUUUU.",
    "invited long ago": "...... ...... ......",
}
REASONS = {
    "U": "No consent to ",
    "W": "The consent to ",
    "N": "Said no on ",
    "P": "Said no to parties",
    "B": "Said no to the business",
    "S": "Agreed to hear of goods like those bought",
    "C": "Invited, or going to be, 4 times",
}


@pytest.fixture
def file(tmp_path):
    made = files.create(tmp_path / "people.organizer", lambda: datetime(2026, 11, 23, 9))
    yield made
    made.close()


def make(file, state):
    """Somebody of whom that is true."""
    anna = contacts.add(file, Contact(first_name="Anna"))
    without = ("nothing", "agreed to SMS", "no without a consent", "invited four times, never asked")
    if state == "agreed to SMS":
        consents.give(file, anna, [Channel.SMS], BEFORE, "on paper", "x")
    elif state.startswith("customer"):
        consents.give(file, anna, ELECTRONIC, BEFORE, "at the sale", "x", Basis.CUSTOMER)
    elif state not in without:
        consents.give(file, anna, list(Channel), BEFORE, "on paper", "x")
    if state.startswith("withdrawn") or state == "customer who objected":
        for one in consents.standing(file, anna).consents:
            consents.withdraw(file, one.id, TODAY)
    if state == "withdrawn and agreed again":
        consents.give(file, anna, list(Channel), TODAY, "on paper", "x")
    topics = {
        "no": [Topic.EVERYTHING],
        "no without a consent": [Topic.EVERYTHING],
        "no to parties": [Topic.PARTIES],
        "no to the business": [Topic.BUSINESS],
        "two noes": [Topic.BUSINESS, Topic.PARTIES],
        "no that was lifted": [Topic.EVERYTHING],
    }
    for topic in topics.get(state, ()):
        consents.say_no(file, anna, topic, TODAY)
    if state == "no that was lifted":
        consents.lift_no(file, consents.standing(file, anna).noes[0].id, TODAY, "by mistake")
    if state.startswith("invited"):
        year = 2024 if state == "invited long ago" else 2026
        with file.deed("x"):
            timeline.add_entries(
                file, [Entry(0, anna, date(year, 9, day), EntryKind.INVITATION) for day in (1, 2, 3, 4)]
            )
    return anna


def cells(state):
    """Each purpose and way with the sign in the table."""
    for purpose, signs in zip(SELLING, TABLE[state].split(), strict=True):
        for way, sign in zip(WAYS, signs, strict=True):
            yield purpose, way, sign


def fits(reason, sign):
    """Whether a reason is the one of the sign."""
    return reason is None if sign == "." else reason is not None and str(reason).startswith(REASONS[sign])


@pytest.mark.parametrize("state", TABLE)
def test_the_table_holds_in_the_domain_and_the_services(file, state):
    anna = make(file, state)
    standing = consents.standing(file, anna)
    for purpose, way, sign in cells(state):
        reason = rules.objection(standing, purpose, way, TODAY)
        assert fits(reason, sign), (purpose, way, reason)
        assert consents.objection(file, anna, purpose, way, TODAY) == reason
        told = consents.allowed(file, [anna], purpose, way, TODAY)
        assert (told.may, told.left_out) == (([], [(anna, reason)]) if reason else ([anna], []))
        step = FollowUp(0, anna, TODAY, "x", channel=way, purpose=purpose)
        if reason:
            with pytest.raises(FieldRefusal) as refused:
                follow_ups.add(file, step)
            assert refused.value.message == reason
            with pytest.raises(Refusal):
                consents.must_may(file, anna, purpose, way, TODAY)
        else:
            id_ = follow_ups.add(file, step)
            assert follow_ups.get(file, id_).due == TODAY
            follow_ups.drop(file, [id_], TODAY)  # an invitation that is planned would count for the next


@pytest.mark.parametrize("state", TABLE)
def test_service_and_promises_need_no_consent(file, state):
    anna = make(file, state)
    for purpose in set(Purpose) - set(SELLING):
        for way in WAYS:
            assert consents.objection(file, anna, purpose, way, TODAY) is None
            follow_ups.add(file, FollowUp(0, anna, TODAY, "x", channel=way, purpose=purpose))


def test_a_consent_counts_from_its_day_until_the_day_it_is_withdrawn():
    given = rules.Consent(1, 1, Channel.SMS, TODAY, withdrawn=AFTER)
    standing = rules.Standing([given])
    days = [BEFORE, TODAY, date(2026, 11, 29), AFTER]
    may = [rules.objection(standing, Purpose.OFFER, Channel.SMS, day) is None for day in days]
    assert may == [False, True, True, False]


@pytest.mark.parametrize("state", TABLE)
def test_the_table_holds_on_the_screens(file, qtbot, state):
    anna = make(file, state)
    context = Context(file, Tasks())
    dialog = StepDialog(context, anna)
    qtbot.addWidget(dialog)
    dialog.what.setText("x")
    for purpose, way, sign in cells(state):
        dialog.purpose.setCurrentIndex(dialog.purpose.findData(purpose.value))
        dialog.channel.setCurrentIndex(dialog.channel.findData(way.value if way else ""))
        dialog.channel.activated.emit(0)
        shown = dialog.form.error("channel")
        assert fits(shown or None, sign), (purpose, way, shown)
        if sign != ".":
            dialog.go.click()
            assert timeline.follow_ups(file, anna) == []
    panel = ConsentPanel(context)
    qtbot.addWidget(panel)
    panel.show_person(anna)
    said = [line for label in panel.findChildren(Label) for line in label.text().split("\n")]
    told = {**REASONS, "U": "Ask for consent when you meet"}  # once for all the channels that weren't agreed to
    for purpose, way, sign in cells(state):
        if purpose is Purpose.OFFER and sign != "." and way:
            assert any(line.startswith(told[sign]) for line in said), (way, sign, said)
