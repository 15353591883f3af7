"""The ledger, what a no closes, and that nobody who said no comes back into marketing unnoticed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from organizer.domain.contact import Contact, Labelled
from organizer.domain.result import FieldRefusal, Refusal
from organizer.domain.timeline import Entry, EntryKind, FollowUp, Outcome
from organizer.services import consents, contacts, files, follow_ups, suppression
from organizer.services.consents import Basis, Channel, Purpose, Topic
from organizer.storage import timeline

TODAY, YESTERDAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 22), date(2026, 11, 24)
WORDS = "You may e-mail me."


@pytest.fixture
def file(tmp_path):
    made = files.create(tmp_path / "people.organizer", lambda: datetime(2026, 11, 23, 9))
    yield made
    made.close()


@pytest.fixture
def anna(file):
    return contacts.add(
        file,
        Contact(first_name="Anna", phones=(Labelled("+45 12 34 56 78"),), emails=(Labelled("Anna@Example.com"),)),
    )


def plan(file, person, purpose, channel=None, due=TOMORROW):
    with file.deed("step.add", ""):
        step = FollowUp(0, person, due, "x", channel=channel, purpose=purpose)
        return timeline.add_follow_ups(file, [step])[0]


def test_a_consent_allows_its_channel_until_it_is_withdrawn_and_what_rested_on_it_is_dropped(file, anna):
    assert consents.objection(file, anna, Purpose.OFFER, Channel.EMAIL, TODAY)
    consents.give(file, anna, {Channel.EMAIL, Channel.SMS}, TODAY, "at the party", WORDS)
    assert consents.objection(file, anna, Purpose.OFFER, Channel.EMAIL, TODAY) is None
    mail = plan(file, anna, Purpose.OFFER, Channel.EMAIL)
    sms = plan(file, anna, Purpose.OFFER, Channel.SMS)
    promise = plan(file, anna, Purpose.PROMISE, Channel.EMAIL)
    one = next(c for c in consents.standing(file, anna).consents if c.channel is Channel.EMAIL)
    assert one.wording == WORDS
    assert consents.withdraw(file, one.id, TODAY, "on the phone") == 1
    assert timeline.step_of(file, mail).outcome is Outcome.DROPPED
    assert timeline.step_of(file, sms).done is None
    assert timeline.step_of(file, promise).done is None
    with pytest.raises(Refusal):
        consents.must_may(file, anna, Purpose.OFFER, Channel.EMAIL, TODAY)
    with pytest.raises(Refusal):
        consents.withdraw(file, one.id, TODAY)
    files.undo(file)
    consents.must_may(file, anna, Purpose.OFFER, Channel.EMAIL, TODAY)
    assert timeline.step_of(file, mail).done is None


def test_a_withdrawal_withdraws_all_that_was_agreed_to_for_the_channel(file, anna):
    consents.give(file, anna, {Channel.EMAIL, Channel.SMS}, YESTERDAY, "on paper", WORDS)
    consents.give(file, anna, {Channel.EMAIL}, TODAY, "on paper", WORDS)
    mail = plan(file, anna, Purpose.OFFER, Channel.EMAIL)
    first = consents.standing(file, anna).consents[0]
    assert first.channel is Channel.EMAIL
    assert consents.withdraw(file, first.id, TODAY) == 1
    assert timeline.step_of(file, mail).outcome is Outcome.DROPPED
    assert [(one.channel, one.withdrawn) for one in consents.standing(file, anna).consents] == [
        (Channel.EMAIL, TODAY),
        (Channel.SMS, None),
        (Channel.EMAIL, TODAY),
    ]


def test_an_older_consent_found_after_a_withdrawal_allows_nothing(file, anna):
    consents.give(file, anna, {Channel.EMAIL}, YESTERDAY, "on paper", WORDS)
    consents.withdraw(file, consents.standing(file, anna).consents[0].id, TODAY)
    with pytest.raises(FieldRefusal) as refused:
        consents.give(file, anna, {Channel.EMAIL}, YESTERDAY, "on another paper", WORDS)
    assert refused.value.field == "given"
    consents.give(file, anna, {Channel.EMAIL}, TODAY, "changed their mind at the door", WORDS)
    consents.must_may(file, anna, Purpose.OFFER, Channel.EMAIL, TODAY)


@pytest.mark.parametrize("came_back", [True, False])
def test_who_came_back_after_a_no_to_everything_is_asked_anew(file, anna, came_back):
    consents.give(file, anna, {Channel.EMAIL}, YESTERDAY, "on paper", WORDS)
    consents.say_no(file, anna, Topic.EVERYTHING, TODAY)
    no = consents.standing(file, anna).noes[0]
    consents.lift_no(file, no.id, TODAY, "Rang and asked for the catalogue", came_back=came_back)
    assert (consents.objection(file, anna, Purpose.OFFER, Channel.EMAIL, TODAY) is not None) == came_back


def test_their_own_consent_counts_more_than_what_they_bought_since(file, anna):
    consents.give(file, anna, {Channel.EMAIL}, YESTERDAY, "on paper", WORDS)
    consents.give(file, anna, {Channel.EMAIL}, TODAY, "at the sale", WORDS, Basis.CUSTOMER)
    consents.must_may(file, anna, Purpose.BUSINESS, Channel.EMAIL, TODAY)


@pytest.mark.parametrize("ago", [1, 200])
def test_a_day_in_the_past_is_no_way_round(file, anna, ago):
    consents.give(file, anna, {Channel.EMAIL}, date(2025, 1, 1), "on paper", WORDS)
    consents.withdraw(file, consents.standing(file, anna).consents[0].id, TODAY)
    with pytest.raises(FieldRefusal):
        day = TODAY - timedelta(days=ago)
        follow_ups.add(file, FollowUp(0, anna, day, "x", channel=Channel.EMAIL, purpose=Purpose.OFFER))


@pytest.mark.parametrize(
    ("topic", "closed"),
    [
        (Topic.EVERYTHING, {"offer", "invitation", "business"}),
        (Topic.PARTIES, {"invitation"}),
        (Topic.BUSINESS, {"business"}),
    ],
)
def test_a_no_closes_what_it_covers(file, anna, topic, closed):
    steps = {purpose: plan(file, anna, purpose) for purpose in Purpose}
    assert consents.say_no(file, anna, topic, TODAY, "No, thanks") == len(closed)
    for purpose, id_ in steps.items():
        step = timeline.step_of(file, id_)
        assert (step.outcome is Outcome.NO and step.done == TODAY) == (purpose.value in closed)
    files.undo(file)
    assert all(timeline.step_of(file, id_).done is None for id_ in steps.values())
    assert consents.standing(file, anna).noes == ()


def test_only_lifting_with_a_reason_ends_a_no_and_the_reason_stays(file, anna):
    consents.give(file, anna, {Channel.EMAIL}, YESTERDAY, "on paper", WORDS)
    consents.say_no(file, anna, Topic.EVERYTHING, TODAY)
    with pytest.raises(Refusal):
        consents.give(file, anna, {Channel.EMAIL}, TODAY, "on paper", WORDS)
    contacts.save(file, replace(contacts.get(file, anna), tags=("friend",)))
    no = consents.standing(file, anna).noes[0]
    with pytest.raises(FieldRefusal):
        consents.lift_no(file, no.id, TODAY, " ")
    with pytest.raises(Refusal):
        consents.must_may(file, anna, Purpose.OFFER, Channel.EMAIL, TODAY)
    consents.lift_no(file, no.id, TODAY, "Rang and asked for the catalogue")
    consents.must_may(file, anna, Purpose.OFFER, Channel.EMAIL, TODAY)
    lifted = consents.standing(file, anna).noes[0]
    assert (lifted.lifted, lifted.lifted_body) == (TODAY, "Rang and asked for the catalogue")
    with pytest.raises(Refusal):
        consents.lift_no(file, no.id, TODAY, "again")


def test_the_cap_counts_twelve_months_and_is_hers_to_set(file, anna):
    days = [date(2025, 11, 23), date(2025, 11, 24), date(2026, 3, 1), date(2026, 9, 1)]
    with file.deed("x"):
        timeline.add_entries(file, [Entry(0, anna, day, EntryKind.INVITATION) for day in days])
    consents.must_may(file, anna, Purpose.INVITATION, None, TODAY)
    consents.set_cap(file, 3)
    assert consents.cap(file) == 3
    with pytest.raises(Refusal):
        consents.must_may(file, anna, Purpose.INVITATION, None, TODAY)
    consents.must_may(file, anna, Purpose.OFFER, None, TODAY)
    consents.set_cap(file, 1000)
    assert consents.cap(file) == consents.MOST_INVITATIONS


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"channels": set()}, "channels"),
        ({"given": TOMORROW}, "given"),
        ({"how": " "}, "how"),
        ({"wording": ""}, "wording"),
        ({"channels": {Channel.PHONE}, "basis": Basis.CUSTOMER}, "channels"),
    ],
)
def test_a_consent_that_couldnt_be_shown_isnt_kept(file, anna, change, field):
    asked = {
        "channels": {Channel.SMS},
        "given": TODAY,
        "how": "on paper",
        "wording": WORDS,
        "basis": Basis.CONSENT,
    }
    with pytest.raises(FieldRefusal) as refused:
        consents.give(file, anna, **asked | change)
    assert refused.value.field == field
    assert consents.standing(file, anna).consents == ()


def test_many_are_sorted_out_with_the_same_reasons_as_one(file, anna):
    bo = contacts.add(file, Contact(first_name="Bo"))
    carl = contacts.add(file, Contact(first_name="Carl"))
    consents.give(file, anna, {Channel.EMAIL}, TODAY, "on paper", WORDS)
    consents.give(file, bo, {Channel.EMAIL}, TODAY, "on paper", WORDS)
    consents.say_no(file, bo, Topic.EVERYTHING, TODAY)
    told = consents.allowed(file, [carl, bo, anna], Purpose.OFFER, Channel.EMAIL, TODAY)
    assert told.may == [anna]
    assert told.left_out == [
        (id_, consents.objection(file, id_, Purpose.OFFER, Channel.EMAIL, TODAY)) for id_ in (carl, bo)
    ]
    assert consents.allowed(file, [carl, bo], Purpose.SERVICE, Channel.EMAIL, TODAY).may == [carl, bo]


@pytest.mark.parametrize("how", ["add", "save"])
@pytest.mark.parametrize(
    "again", [{"phones": (Labelled("0045 12345678"),)}, {"emails": (Labelled(" anna@EXAMPLE.com "),)}]
)
def test_who_said_no_and_was_deleted_is_known_again(file, anna, how, again):
    consents.say_no(file, anna, Topic.PARTIES, YESTERDAY)
    consents.say_no(file, anna, Topic.BUSINESS, TODAY)
    contacts.delete(file, [anna])
    new = Contact(first_name="Ann", **again)
    assert suppression.recognised(file, [Contact(first_name="Bo"), new]).keys() == {1}
    if how == "add":
        id_ = contacts.add(file, new)
    else:
        id_ = contacts.add(file, Contact(first_name="Ann"))
        contacts.save(file, replace(new, id=id_))
    noes = consents.standing(file, id_).noes
    assert {(no.topic, no.day) for no in noes} == {(Topic.PARTIES, YESTERDAY), (Topic.BUSINESS, TODAY)}
    contacts.save(file, replace(contacts.get(file, id_), notes="x"))
    assert len(consents.standing(file, id_).noes) == 2


def test_only_digests_are_kept_and_undo_of_the_deletion_leaves_one_no(file, anna):
    consents.say_no(file, anna, Topic.EVERYTHING, TODAY)
    contacts.delete(file, [anna])
    (digest,) = {len(d) for (d,) in file.fetch("SELECT digest FROM suppression")}
    assert digest == 40
    files.undo(file)
    assert len(consents.standing(file, anna).noes) == 1
    contacts.save(file, replace(contacts.get(file, anna), notes="x"))
    assert len(consents.standing(file, anna).noes) == 1


def test_a_lifted_no_isnt_remembered(file, anna):
    consents.say_no(file, anna, Topic.EVERYTHING, TODAY)
    contacts.delete(file, [anna])
    files.undo(file)
    consents.lift_no(file, consents.standing(file, anna).noes[0].id, TODAY, "By mistake")
    kept = contacts.get(file, anna)
    contacts.delete(file, [anna])
    assert suppression.recognised(file, [kept]) == {}
