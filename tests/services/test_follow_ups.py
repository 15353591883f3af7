"""What is planned, done, put off and ended by a no; plans started and stopped; and nothing against a consent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from organizer.domain.commission.plan import Text
from organizer.domain.consent import Channel, Purpose, Topic
from organizer.domain.contact import Contact, Labelled, Role
from organizer.domain.follow_up_plan import Event, Plan, Step, Unit
from organizer.domain.result import FieldRefusal, Refusal
from organizer.domain.timeline import Entry, EntryKind, FollowUp, Outcome
from organizer.services import consents, contacts, files, follow_up_plans, follow_ups, timeline, today
from organizer.storage import File

TODAY = date(2026, 11, 23)  # a Monday
DAY = timedelta(days=1)
MARKETING = [purpose for purpose in Purpose if purpose.is_marketing]
NOT_MARKETING = [purpose for purpose in Purpose if not purpose.is_marketing]


@pytest.fixture
def anna(file: File) -> int:
    return contacts.add(file, Contact(first_name="Anna", phones=(Labelled("12 34 56 78"),)))


def plan_call(file: File, person: int | None, **other: object) -> int:
    return follow_ups.add(file, replace(FollowUp(0, person, TODAY, "Call"), **other))  # type: ignore[arg-type]


def agree(file: File, person: int, *channels: Channel) -> None:
    consents.give(file, person, channels, TODAY - 30 * DAY, "on paper", "You may call me")


def open_bodies(file: File, person: int) -> list[str]:
    return [step.body for step in follow_ups.open_of(file, person)]


def undone(file: File, deed: Callable[[], object], state: Callable[[], object]) -> None:
    """The deed is one step back."""
    before = state()
    deed()
    assert state() != before
    files.undo(file)
    assert state() == before


# --- one step


@pytest.mark.parametrize(
    ("channel", "purpose", "kind"),
    [
        (Channel.PHONE, Purpose.SERVICE, EntryKind.CALL),
        (Channel.SMS, Purpose.OTHER, EntryKind.MESSAGE),
        (Channel.CHAT, Purpose.OTHER, EntryKind.MESSAGE),
        (Channel.EMAIL, Purpose.OTHER, EntryKind.EMAIL),
        (Channel.POST, Purpose.OTHER, EntryKind.LETTER),
        (None, Purpose.OTHER, EntryKind.TALK),
        (None, Purpose.PROMISE, EntryKind.NOTE),
        (None, Purpose.INVITATION, EntryKind.INVITATION),
    ],
)
def test_done_is_noted_as_what_it_was(
    file: File, anna: int, channel: Channel | None, purpose: Purpose, kind: EntryKind
) -> None:
    step = plan_call(file, anna, channel=channel, purpose=purpose)
    follow_ups.done(file, step, TODAY, "Glad about it")
    [entry] = timeline.entries(file, anna)
    assert (entry.day, entry.kind, entry.body) == (TODAY, kind, "Glad about it")
    assert open_bodies(file, anna) == []
    assert follow_ups.get(file, step).outcome is Outcome.DONE


def test_without_words_the_step_s_own_are_noted(file: File, anna: int) -> None:
    follow_ups.done(file, plan_call(file, anna), TODAY)
    assert [entry.body for entry in timeline.entries(file, anna)] == ["Call"]


def test_an_invitation_counts_as_one_whatever_she_says_it_was(file: File, anna: int) -> None:
    follow_ups.done(file, plan_call(file, anna, purpose=Purpose.INVITATION), TODAY, "", EntryKind.TALK)
    assert list(consents.standing(file, anna).invited) == [TODAY]


def test_a_task_of_her_own_leaves_no_entry(file: File, anna: int) -> None:
    follow_ups.done(file, plan_call(file, None), TODAY, "x")
    assert timeline.entries(file, anna) == []


@pytest.mark.parametrize("person", ["anna", "her own"])
def test_every_answer_is_one_step_back(file: File, anna: int, person: str) -> None:
    step = plan_call(file, anna if person == "anna" else None)
    deeds: list[Callable[[], object]] = [
        lambda: follow_ups.done(file, step, TODAY, "Glad"),
        lambda: follow_ups.later(file, [step], TODAY + DAY),
        lambda: follow_ups.no(file, step, TODAY, None, "Not now"),
        lambda: follow_ups.drop(file, [step], TODAY),
    ]
    for deed in deeds:
        undone(file, deed, lambda: (follow_ups.get(file, step), timeline.entries(file, anna)))


def test_what_is_closed_or_gone_is_not_answered_again(file: File, anna: int) -> None:
    step = plan_call(file, anna)
    follow_ups.done(file, step, TODAY)
    for id_ in (step, 999):
        with pytest.raises(Refusal):
            follow_ups.done(file, id_, TODAY)
        with pytest.raises(Refusal):
            follow_ups.later(file, [id_], TODAY)
        with pytest.raises(Refusal):
            follow_ups.no(file, id_, TODAY)


def test_nothing_written_is_no_step(file: File, anna: int) -> None:
    with pytest.raises(FieldRefusal) as refused:
        follow_ups.add(file, FollowUp(0, anna, TODAY, " \n "))
    assert refused.value.field == "body"


# --- consents


@pytest.mark.parametrize("purpose", MARKETING)
@pytest.mark.parametrize("channel", Channel)
def test_selling_without_consent_is_refused_at_the_field(
    file: File, anna: int, purpose: Purpose, channel: Channel
) -> None:
    with pytest.raises(FieldRefusal) as refused:
        plan_call(file, anna, purpose=purpose, channel=channel)
    assert refused.value.field == "channel"
    assert follow_ups.open_of(file, anna) == []
    agree(file, anna, channel)
    assert plan_call(file, anna, purpose=purpose, channel=channel)


@pytest.mark.parametrize("purpose", NOT_MARKETING)
@pytest.mark.parametrize("channel", [*Channel, None])
def test_what_is_no_selling_needs_none_and_outlives_a_no(
    file: File, anna: int, purpose: Purpose, channel: Channel | None
) -> None:
    consents.say_no(file, anna, Topic.EVERYTHING, TODAY)
    assert plan_call(file, anna, purpose=purpose, channel=channel)


def test_selling_is_not_put_off_once_the_consent_is_gone(file: File, anna: int) -> None:
    agree(file, anna, Channel.PHONE)
    step = plan_call(file, anna, purpose=Purpose.OFFER, channel=Channel.PHONE, due=TODAY - 9 * DAY)
    [given] = consents.standing(file, anna).consents
    consents.withdraw(file, given.id, TODAY)
    with pytest.raises(Refusal):
        follow_ups.later(file, [step], TODAY + DAY)


@pytest.mark.parametrize("topic", Topic)
def test_a_no_closes_what_it_covers_and_nothing_of_it_can_be_planned_again(
    file: File, anna: int, topic: Topic
) -> None:
    agree(file, anna, *Channel)
    other = contacts.add(file, Contact(first_name="Britta"))
    for purpose in Purpose:
        plan_call(file, anna, purpose=purpose, channel=Channel.PHONE, body=f"For {purpose.name}")
    asked = plan_call(file, anna, body="Asked")
    plan_call(file, other, body="Britta's")
    follow_ups.no(file, asked, TODAY, topic, "No, thank you")
    left = {f"For {purpose.name}" for purpose in Purpose if not topic.covers(purpose)}
    assert set(open_bodies(file, anna)) == left
    assert open_bodies(file, other) == ["Britta's"]
    for purpose in Purpose:
        if topic.covers(purpose):
            with pytest.raises(FieldRefusal):
                plan_call(file, anna, purpose=purpose, channel=None)
    files.undo(file)
    assert len(open_bodies(file, anna)) == len(Purpose) + 1


def test_not_this_time_closes_the_rest_of_its_plan_only(file: File, anna: int) -> None:
    agree(file, anna, Channel.PHONE)
    first, *_rest = follow_up_plans.start(file, "after-purchase", anna, TODAY)
    plan_call(file, anna, body="Something else")
    follow_ups.no(file, first, TODAY, None, "Not now")
    assert open_bodies(file, anna) == ["Something else"]
    assert [entry.body for entry in timeline.entries(file, anna)] == ["Not now"]
    assert plan_call(file, anna, purpose=Purpose.OFFER, channel=Channel.PHONE)


# --- invitations


def invite(file: File, person: int, due: date | None, **other: object) -> int:
    return plan_call(file, person, due=due, purpose=Purpose.INVITATION, body="Come on Thursday?", **other)


def test_invitations_that_are_planned_count_too(file: File, anna: int) -> None:
    consents.set_cap(file, 2)
    timeline.add_entry(file, anna, TODAY - 30 * DAY, EntryKind.INVITATION)
    step = invite(file, anna, TODAY + 30 * DAY)
    with pytest.raises(FieldRefusal):
        invite(file, anna, TODAY + 7 * DAY)
    with pytest.raises(FieldRefusal):
        invite(file, anna, None)
    invite(file, anna, TODAY + 400 * DAY)
    invite(file, anna, TODAY + 500 * DAY)
    # a day between two that leaves room before it and none after
    with pytest.raises(FieldRefusal):
        invite(file, anna, TODAY + 390 * DAY)
    # changed, it doesn't count against itself
    follow_ups.change(file, replace(follow_ups.get(file, step), body="Come on Friday?"))
    with pytest.raises(FieldRefusal):
        follow_ups.done(file, step, TODAY + 30 * DAY)
    follow_ups.done(file, step, TODAY)
    assert len(consents.standing(file, anna).invited) == 2


def test_invitations_are_not_moved_into_one_year_together(file: File, anna: int) -> None:
    consents.set_cap(file, 1)
    first = invite(file, anna, TODAY + 10 * DAY)
    second = invite(file, anna, TODAY + 400 * DAY)
    with pytest.raises(Refusal):
        follow_ups.later(file, [first, second], TODAY + 20 * DAY)
    assert [step.due for step in follow_ups.open_of(file, anna)] == [TODAY + 10 * DAY, TODAY + 400 * DAY]
    follow_ups.reschedule(file, {first: TODAY + 20 * DAY, second: TODAY + 390 * DAY})


def test_a_plan_does_not_invite_more_often_than_the_most(file: File, anna: int) -> None:
    consents.set_cap(file, 2)
    steps = tuple(
        Step(days, Unit.DAYS, Text("", "Come?"), purpose=Purpose.INVITATION) for days in (1, 20, 40, 400)
    )
    key = follow_up_plans.keep(file, Plan("", Text("", "Often"), steps, own=True))
    plan = follow_up_plans.plan_of(file, key)
    assert plan is not None
    told = follow_up_plans.dated(file, plan, anna, TODAY)
    assert [one.can_be for one in told] == [True, True, False, True]
    with pytest.raises(Refusal):
        follow_up_plans.start(file, key, anna, TODAY, [None] * 4)
    assert follow_ups.open_of(file, anna) == []
    follow_up_plans.start(file, key, anna, TODAY)
    assert [step.due for step in follow_ups.open_of(file, anna)] == [TODAY + days * DAY for days in (1, 20, 400)]


def test_what_is_planned_beside_does_not_hinder_the_first(file: File, anna: int) -> None:
    first, _second = invite(file, anna, TODAY), invite(file, anna, TODAY + 10 * DAY)
    consents.set_cap(file, 1)
    told = today.chosen(file, first, anna)
    assert told is not None
    assert told.reason is None


# --- plans


def test_starting_leaves_out_what_is_not_allowed_and_says_why(file: File, anna: int) -> None:
    plan = follow_up_plans.plan_of(file, "after-purchase")
    assert plan is not None
    told = follow_up_plans.dated(file, plan, anna, TODAY)
    assert [one.reason is None for one in told] == [True, True, False]
    assert told[2].allowed == (None,)
    follow_up_plans.start(file, plan.key, anna, TODAY)
    steps = follow_ups.open_of(file, anna)
    assert [step.due for step in steps] == [date(2026, 11, 25), date(2026, 12, 7)]
    assert {(step.plan, step.run) for step in steps} == {("after-purchase", 1)}
    files.undo(file)
    assert follow_ups.open_of(file, anna) == []
    follow_up_plans.start(file, plan.key, anna, TODAY, [False, False, None])
    assert [(step.due, step.channel) for step in follow_ups.open_of(file, anna)] == [(date(2027, 1, 23), None)]


def test_a_step_that_is_not_allowed_is_not_forced_in(file: File, anna: int) -> None:
    with pytest.raises(Refusal):
        follow_up_plans.start(file, "after-purchase", anna, TODAY, [Channel.PHONE] * 3)
    with pytest.raises(Refusal):
        follow_up_plans.start(file, "after-purchase", anna, TODAY, [False] * 3)
    with pytest.raises(Refusal):
        follow_up_plans.start(file, "gone", anna, TODAY)
    assert follow_ups.open_of(file, anna) == []


def test_after_a_no_to_everything_no_plan_sells(file: File, anna: int) -> None:
    agree(file, anna, *Channel)
    consents.say_no(file, anna, Topic.EVERYTHING, TODAY)
    with pytest.raises(Refusal):
        follow_up_plans.start(file, "reorder", anna, TODAY + 60 * DAY)


def test_a_plan_is_stopped_as_one_deed(file: File, anna: int) -> None:
    follow_up_plans.start(file, "host-coaching", anna, TODAY + 14 * DAY)
    other = plan_call(file, anna)
    run = follow_ups.open_of(file, anna)[-1].run
    undone(file, lambda: follow_up_plans.stop(file, run, TODAY), lambda: open_bodies(file, anna))
    assert follow_up_plans.stop(file, run, TODAY) == 5
    assert [step.id for step in follow_ups.open_of(file, anna)] == [other]
    for gone in (run, 0):
        with pytest.raises(Refusal):
            follow_up_plans.stop(file, gone, TODAY)


def test_her_own_plans_are_kept_changed_and_removed(file: File, anna: int) -> None:
    mine = Plan("", Text("", "Coffee"), (Step(3, Unit.DAYS, Text("", "Coffee?")),), own=True)
    key = follow_up_plans.keep(file, mine)
    assert follow_up_plans.keep(file, mine) != key
    follow_up_plans.keep(file, replace(mine, key=key, name=Text("", "Tea")))
    assert [str(plan.name) for plan in follow_up_plans.plans(file) if plan.own] == ["Tea", "Coffee"]
    follow_up_plans.start(file, key, anna, TODAY)
    follow_up_plans.remove(file, key)
    assert follow_up_plans.plan_of(file, key) is None
    assert open_bodies(file, anna) == ["Coffee?"]
    with pytest.raises(FieldRefusal):
        follow_up_plans.keep(file, replace(mine, steps=()))


# --- events


def test_a_role_a_purchase_and_a_new_member_are_offered_a_plan_once(file: File, anna: int) -> None:
    _offer, seen = follow_up_plans.offer(file, 0)
    person = contacts.get(file, anna)
    assert person is not None
    contacts.save(file, replace(person, roles=frozenset({Role.CUSTOMER})))
    offer, seen = follow_up_plans.offer(file, seen)
    assert offer == follow_up_plans.Offer(anna, "Anna", Event.CUSTOMER)
    assert follow_up_plans.offer(file, seen) == (None, seen)
    # the role's row is written anew with the rest: no event
    contacts.save(file, replace(person, roles=frozenset({Role.CUSTOMER}), tags=("Skin care",)))
    offer, seen = follow_up_plans.offer(file, seen)
    assert offer is None
    follow_ups.note_purchase(file, anna, TODAY, "Cream", 2)
    offer, seen = follow_up_plans.offer(file, seen)
    assert offer is not None
    assert offer.event is Event.PURCHASE
    assert timeline.entries(file, anna)[0].body == "Bought: 2 × Cream"
    files.undo(file)
    assert follow_up_plans.offer(file, seen)[0] is None


def test_what_was_bought_must_be_said_and_have_happened(file: File, anna: int) -> None:
    for what, day, field in ((" ", TODAY, "what"), ("Cream", TODAY + DAY, "day")):
        with pytest.raises(FieldRefusal) as refused:
            follow_ups.note_purchase(file, anna, day, what)
        assert refused.value.field == field


# --- the day's page


def test_the_day_puts_promises_apart_and_what_was_left_below(file: File, anna: int) -> None:
    timeline.add_entry(file, anna, TODAY - 9 * DAY, EntryKind.TALK, "Met at the market")
    plan_call(file, anna, body="Promise", purpose=Purpose.PROMISE)
    plan_call(file, anna, body="Call")
    plan_call(file, None, body="Catalogues")
    plan_call(file, anna, body="Left", due=TODAY - DAY)
    plan_call(file, anna, body="Some day", due=None)
    plan_call(file, anna, body="To come", due=TODAY + 3 * DAY)
    found = today.look(file)
    parts = (found.promises, found.people, found.tasks, found.before, found.any_day)
    assert [[one.body for one in part] for part in parts] == [
        ["Promise"],
        ["Call"],
        ["Catalogues"],
        ["Left"],
        ["Some day"],
    ]
    [due] = found.people
    assert (due.name, due.phone, due.last_day, due.last_body) == (
        "Anna",
        "12 34 56 78",
        TODAY - 9 * DAY,
        "Met at the market",
    )
    assert found.next_day == (TODAY + 3 * DAY, 1)


def test_birthdays_of_the_coming_week_with_the_age_that_is_reached(file: File) -> None:
    for name, birthday in (("A", "1980-11-23"), ("B", "--11-29"), ("C", "1990-11-30"), ("D", "2020-11-22")):
        contacts.add(file, Contact(first_name=name, birthday=birthday))
    assert [(one.name, one.day, one.age) for one in today.look(file).birthdays] == [
        ("A", TODAY, 46),
        ("B", TODAY + 6 * DAY, None),
    ]


@pytest.mark.parametrize(("year", "day"), [(2027, 28), (2028, 29)])
def test_who_was_born_on_a_leap_day_has_a_birthday_each_year(file: File, year: int, day: int) -> None:
    contacts.add(file, Contact(first_name="Anna", birthday="2000-02-29"))
    [found] = today._birthdays(file, date(year, 2, 26))
    assert (found.day, found.age) == (date(year, 2, day), year - 2000)


def test_conversations_are_people_and_days(file: File, anna: int) -> None:
    britta = contacts.add(file, Contact(first_name="Britta"))
    talks = [(anna, 0, EntryKind.TALK), (anna, 0, EntryKind.CALL), (britta, 0, EntryKind.CALL)]
    talks += [(anna, 1, EntryKind.TALK), (anna, 7, EntryKind.TALK), (anna, 8, EntryKind.TALK)]
    for person, ago, kind in [*talks, (anna, 15, EntryKind.MESSAGE), (anna, 29, EntryKind.TALK)]:
        timeline.add_entry(file, person, TODAY - ago * DAY, kind, "x")
    assert today.look(file).conversations == (2, 2, 1, 0)


def test_planning_again_is_one_deed_and_leaves_what_may_not_be_sold(file: File, anna: int) -> None:
    agree(file, anna, Channel.PHONE)
    for ago in range(1, 8):
        plan_call(file, anna, body=f"{ago}", due=TODAY - ago * DAY)
    plan_call(file, anna, purpose=Purpose.OFFER, channel=Channel.PHONE, due=TODAY - 2 * DAY)
    [given] = consents.standing(file, anna).consents
    consents.withdraw(file, given.id, TODAY)
    found = today.plan_again(file)
    days = {one.due.id: one.day for one in found if one.day}
    assert sorted(days.values()) == [TODAY + n * DAY for n in range(7)]
    undone(file, lambda: today.apply(file, days), lambda: [step.due for step in follow_ups.open_of(file, anna)])
    assert today.apply(file, days) == 7
    assert not [one for one in today.look(file).before if not one.purpose.is_marketing]
    with pytest.raises(Refusal):
        today.apply(file, {})


def test_a_story_tells_the_last_three_and_what_was_agreed(file: File, anna: int) -> None:
    agree(file, anna, Channel.SMS)
    consents.say_no(file, anna, Topic.PARTIES, TODAY)
    for ago in range(5):
        timeline.add_entry(file, anna, TODAY - ago * DAY, EntryKind.NOTE, f"{ago}")
    told = today.story(file, anna)
    assert told is not None
    assert [entry.body for entry in told.entries] == ["0", "1", "2"]
    assert told.channels == (Channel.SMS,)
    assert len(told.noes) == 1
    assert not told.is_final
    assert today.story(file, 999) is None


def test_a_note_may_begin_with_its_day(file: File, anna: int) -> None:
    today.note(file, anna, "yesterday: met", talked=True)
    [entry] = timeline.entries(file, anna)
    assert entry == Entry(entry.id, anna, TODAY - DAY, EntryKind.TALK, "met")
