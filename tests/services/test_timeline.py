"""What was said and done with a person, and what is to be done next."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from organizer.domain.contact import Contact
from organizer.domain.result import FieldRefusal, Refusal
from organizer.domain.team import Member
from organizer.services import companies, contacts, files, follow_ups, team, timeline
from organizer.services.timeline import EntryKind
from organizer.storage import timeline as stored

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def file(tmp_path):
    made = files.create(tmp_path / "people.organizer", lambda: datetime(2026, 11, 24, 9))
    yield made
    made.close()


def test_entries_come_newest_first_and_one_can_be_taken_back(file):
    anna = contacts.add(file, Contact(first_name="Anna"))
    timeline.add_entry(file, anna, MONDAY, EntryKind.TALK)
    noted = timeline.add_entry(file, anna, TUESDAY, EntryKind.NOTE, "  Likes tea\r\nand cake ")
    assert [(e.day, e.body) for e in timeline.entries(file, anna)] == [
        (TUESDAY, "Likes tea\nand cake"),
        (MONDAY, ""),
    ]
    timeline.remove_entry(file, noted)
    timeline.remove_entry(file, noted)
    assert [e.day for e in timeline.entries(file, anna)] == [MONDAY]
    files.undo(file)
    assert len(timeline.entries(file, anna)) == 2


def test_a_note_needs_words_and_not_too_many(file):
    anna = contacts.add(file, Contact(first_name="Anna"))
    for body in (" ", "x" * 20_001):
        with pytest.raises(FieldRefusal):
            timeline.add_entry(file, anna, MONDAY, EntryKind.NOTE, body)
    with pytest.raises(Refusal):
        timeline.add_entry(file, anna + 1, MONDAY, EntryKind.TALK)
    assert timeline.entries(file, anna) == []


def test_the_next_step_is_the_earliest_that_is_open(file):
    anna = contacts.add(file, Contact(first_name="Anna"))
    assert timeline.next_step(file, anna) is None
    timeline.set_next_step(file, anna, None, "Some day")
    timeline.set_next_step(file, anna, TUESDAY, "Ring")
    step = timeline.next_step(file, anna)
    assert (step.due, step.body) == (TUESDAY, "Ring")
    follow_ups.done(file, step.id, MONDAY)
    assert timeline.next_step(file, anna) is None
    files.undo(file)
    assert timeline.next_step(file, anna).body == "Ring"
    timeline.set_next_step(file, anna, None, "")
    assert timeline.next_step(file, anna) is None
    with pytest.raises(FieldRefusal):
        timeline.set_next_step(file, anna, MONDAY, "")


def test_a_companys_talks_and_steps_by_person(file):
    company = companies.add(file, "Vita")
    me = files.member_of_owner(file, company)
    people = []
    for name in ("Anna", "Bo"):
        member = team.add_member(file, Member(company_id=company, sponsor_id=me), Contact(first_name=name))
        people.append(team.details(file, member, team.latest_period(file, company)).contact.id)
    other = contacts.add(file, Contact(first_name="Other"))
    for person, day in ((people[0], MONDAY), (people[0], TUESDAY), (other, TUESDAY)):
        timeline.add_entry(file, person, day, EntryKind.TALK)
    timeline.add_entry(file, people[1], TUESDAY, EntryKind.NOTE, "No talk")
    timeline.set_next_step(file, people[1], MONDAY, "Ring")
    assert timeline.last_talks(file, company) == {people[0]: TUESDAY}
    assert {person: step.body for person, step in timeline.next_steps(file, company).items()} == {
        people[1]: "Ring"
    }


def test_who_is_deleted_leaves_nothing_said_behind_and_undo_brings_it_back(file):
    anna = contacts.add(file, Contact(first_name="Anna"))
    timeline.add_entry(file, anna, MONDAY, EntryKind.TALK)
    timeline.set_next_step(file, anna, MONDAY, "Ring")
    contacts.delete(file, [anna])
    assert stored.entries(file) == []
    assert stored.follow_ups(file) == []
    files.undo(file)
    assert len(stored.entries(file)) == 1
    assert len(stored.follow_ups(file)) == 1
