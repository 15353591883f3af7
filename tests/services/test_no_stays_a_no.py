"""Whoever said no and is gone is known again, whichever way the phone number or e-mail comes back."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from organizer.domain.consent import Channel, Purpose, Topic
from organizer.domain.contact import Contact, Labelled
from organizer.domain.period import Period
from organizer.domain.team import Member
from organizer.domain.timeline import FollowUp, Outcome
from organizer.services import backups, companies, consents, contacts, files, imports, suppression, team
from organizer.services.files import File
from organizer.storage import consents as ledger
from organizer.storage import team as stored_team
from organizer.storage import timeline as stored_timeline

TODAY = date(2026, 11, 23)
ANNA = Contact(first_name="Anna", last_name="Berg", phones=(Labelled("+45 12 34 56 78"),))


@pytest.fixture
def file(tmp_path: Path) -> Iterator[File]:
    made = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 11, 23, 9))
    companies.set_up(made, "Karen Holm", "Vita", "teaching-unilevel")
    yield made
    made.close()


def says_no(file: File) -> int:
    anna = contacts.add(file, ANNA)
    consents.say_no(file, anna, Topic.EVERYTHING, TODAY, "Never again")
    return anna


def topics(file: File, person_id: int) -> set[Topic]:
    return {no.topic for no in ledger.noes(file, person_id) if no.lifted is None}


def test_brought_back_from_a_backup(file: File) -> None:
    anna = says_no(file)
    made = backups.make(file, backups.Reason.ASKED).now()
    contacts.delete(file, [anna])
    old = backups.fetch_contact(made, anna).now()
    back = backups.bring_back(file, old)
    assert topics(file, back) == {Topic.EVERYTHING}


def test_added_to_a_team_by_hand(file: File) -> None:
    contacts.delete(file, [says_no(file)])
    me = stored_team.members(file, companies.everyone(file)[0].id)[0]
    member = Member(company_id=me.company_id, sponsor_id=me.id, number="7")
    added = team.add_member(file, member, Contact(first_name="A.", phones=(Labelled("12345678"),), listed=False))
    person = next(m for m in stored_team.members(file, me.company_id) if m.id == added).person_id
    assert topics(file, person) == {Topic.EVERYTHING}


def test_named_in_a_team_file(file: File, tmp_path: Path) -> None:
    contacts.delete(file, [says_no(file)])
    path = tmp_path / "team.csv"
    path.write_text("Name,ID,Sponsor ID,PV,Phone\nBirte,9,,10,\nA Berg,7,9,10,12 34 56 78\n", encoding="utf-8")
    company = companies.everyone(file)[0]
    reading = imports.read_team_file(path, company).now()
    imports.preview_team(file, company, reading, Period.parse("2026-10")).apply()
    person = next(m for m in stored_team.members(file, company.id) if m.number == "7").person_id
    assert topics(file, person) == {Topic.EVERYTHING}


def test_only_known_from_a_team_and_removed_there(file: File) -> None:
    me = stored_team.members(file, companies.everyone(file)[0].id)[0]
    member = Member(company_id=me.company_id, sponsor_id=me.id, number="7")
    added = team.add_member(file, member, Contact(first_name="A.", phones=(Labelled("12345678"),), listed=False))
    person = next(m for m in stored_team.members(file, me.company_id) if m.id == added).person_id
    consents.say_no(file, person, Topic.BUSINESS, TODAY)
    team.remove_member(file, added)
    assert suppression.recognised(file, [ANNA])[0][0] is Topic.BUSINESS
    assert topics(file, contacts.add(file, ANNA)) == {Topic.BUSINESS}


def test_a_consent_withdrawn_ends_what_was_left_from_before_too(file: File) -> None:
    anna = contacts.add(file, ANNA)
    consents.give(file, anna, {Channel.PHONE}, date(2026, 10, 1), "On paper", "You may ring me")
    late = FollowUp(0, anna, date(2026, 11, 1), "Offer", channel=Channel.PHONE, purpose=Purpose.OFFER)
    with file.deed("step.set", "Anna"):
        stored_timeline.add_follow_ups(file, [late])
    assert consents.withdraw(file, ledger.consents(file, anna)[0].id, TODAY, "By SMS") == 1
    assert stored_timeline.follow_ups(file, anna)[0].outcome is Outcome.DROPPED
