"""Whoever said no and is gone is known again, whichever way the phone number or e-mail comes back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from organizer.domain.consent import Channel, Purpose, Topic
from organizer.domain.contact import Contact, Labelled
from organizer.domain.period import Period
from organizer.domain.team import Member
from organizer.domain.timeline import FollowUp, Outcome
from organizer.services import (
    backups,
    companies,
    consents,
    contacts,
    erasing,
    files,
    follow_ups,
    imports,
    merging,
    suppression,
    team,
)
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


class Clock:
    """A clock that is set by hand."""

    now = datetime(2026, 11, 23, 9)

    def __call__(self) -> datetime:
        return self.now


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
    back = backups.bring_back(file, backups.fetch_contact(made, anna).now())
    assert topics(file, back) == {Topic.EVERYTHING}


def test_a_no_of_the_backup_itself_comes_along(file: File) -> None:
    bo = contacts.add(file, Contact(first_name="Bo"))  # nothing to be known again by
    consents.say_no(file, bo, Topic.PARTIES, TODAY, "No parties")
    made = backups.make(file, backups.Reason.ASKED).now()
    contacts.delete(file, [bo])
    back = backups.bring_back(file, backups.fetch_contact(made, bo).now())
    assert [(no.topic, no.body) for no in ledger.noes(file, back)] == [(Topic.PARTIES, "No parties")]


def test_restoring_what_was_before_takes_no_refusal_back(tmp_path: Path) -> None:
    clock = Clock()
    file = files.create(tmp_path / "b.organizer", clock)
    anna = contacts.add(file, ANNA)
    bo = contacts.add(file, Contact(first_name="Bo"))
    carl = contacts.add(file, Contact(first_name="Carl", emails=(Labelled("carl@example.com"),)))
    consents.give(file, carl, {Channel.EMAIL}, TODAY, "On paper", "You may write")
    contacts.add(file, Contact(first_name="Dorte", phones=(Labelled("11223344"),)))
    made = backups.make(file, backups.Reason.ASKED).now()
    consents.say_no(file, anna, Topic.EVERYTHING, TODAY, "Never again")
    consents.say_no(file, bo, Topic.PARTIES, TODAY)
    consents.withdraw(file, ledger.consents(file, carl)[0].id, TODAY, "By SMS")
    erasing.erase(file, [anna])
    file.close()
    clock.now += timedelta(hours=1)
    done = backups.restore(file.path, made, clock=clock).now()
    assert done.refused == 3
    again = files.open_file(done.path, clock)
    assert [topics(again, id_) for id_ in (anna, bo, carl)] == [{Topic.EVERYTHING}, {Topic.PARTIES}, set()]
    assert ledger.consents(again, carl)[0].withdrawn == TODAY
    assert files.deed_name(files.deeds(again)[0]) == "Note again what was refused since the backup"
    again.close()


def test_restoring_with_nothing_refused_since_leaves_the_backup_as_it_was(tmp_path: Path) -> None:
    clock = Clock()
    file = files.create(tmp_path / "b.organizer", clock)
    consents.say_no(file, contacts.add(file, ANNA), Topic.EVERYTHING, TODAY)
    made = backups.make(file, backups.Reason.ASKED).now()
    newest = files.deeds(file)[0].id
    contacts.add(file, Contact(first_name="Bo"))
    file.close()
    done = backups.restore(file.path, made, clock=clock).now()
    assert done.refused == 0
    again = files.open_file(done.path, clock)
    assert files.deeds(again)[0].id == newest
    again.close()


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


# --- however it comes back


@pytest.mark.parametrize(
    "phone",
    ["12345678", "0045 12 34 56 78", "4512345678", "+45 (0) 12 34 56 78", "(+45) 12-34-56-78",
     "12345678 lokal 3", "\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18"],
)  # fmt: skip
def test_the_phone_in_any_form(file: File, phone: str) -> None:
    contacts.delete(file, [says_no(file)])
    back = contacts.add(file, Contact(first_name="Anna", phones=(Labelled(phone),)))
    assert topics(file, back) == {Topic.EVERYTHING}


@pytest.mark.parametrize(
    "mail", ["ANNA.berg@gmail.com", "annaberg@googlemail.com", "anna.berg+home@gmail.com", "<anna.berg@gmail.com>",
             "mailto:anna.berg@gmail.com"]
)  # fmt: skip
def test_the_e_mail_in_any_form(file: File, mail: str) -> None:
    anna = contacts.add(file, Contact(first_name="Anna", emails=(Labelled("anna.berg@gmail.com"),)))
    consents.say_no(file, anna, Topic.PARTIES, TODAY)
    contacts.delete(file, [anna])
    assert topics(file, contacts.add(file, Contact(first_name="A", emails=(Labelled(mail),)))) == {Topic.PARTIES}


def test_without_phone_and_e_mail_by_name_and_street(file: File) -> None:
    home = Contact(first_name="Anna", last_name="Berg", street="Elmevej 3", postal_code="8000")
    anna = contacts.add(file, home)
    consents.say_no(file, anna, Topic.EVERYTHING, TODAY)
    contacts.delete(file, [anna])
    assert topics(file, contacts.add(file, home)) == {Topic.EVERYTHING}
    assert topics(file, contacts.add(file, replace(home, first_name="Bo"))) == set()


def test_by_a_number_from_before(file: File) -> None:
    anna = says_no(file)
    card = contacts.get(file, anna)
    assert card
    contacts.save(file, replace(card, phones=(Labelled("87 65 43 21"),)))
    contacts.delete(file, [anna])
    for phone in ("12345678", "87654321"):
        assert topics(file, contacts.add(file, Contact(first_name="A", phones=(Labelled(phone),)))) != set()


def test_a_second_card_while_the_first_is_there(file: File) -> None:
    says_no(file)
    twin = contacts.add(file, Contact(first_name="Anna B.", phones=(Labelled("12345678"),)))
    assert topics(file, twin) == {Topic.EVERYTHING}


def test_not_somebody_else_of_the_household(file: File) -> None:
    bo = contacts.add(file, Contact(first_name="Bo", last_name="Holm", phones=(Labelled("12345678"),)))
    anna = says_no(file)
    carl = contacts.add(file, Contact(first_name="Carl", last_name="Berg", phones=(Labelled("12345678"),)))
    assert topics(file, carl) == set()
    contacts.delete(file, [anna])
    card = contacts.get(file, bo)
    assert card
    contacts.save(file, replace(card, notes="Likes tea"))  # his number was there all along
    assert topics(file, bo) == set()


def test_lifted_for_one_of_the_household_it_stands_for_the_other(file: File) -> None:
    anna = says_no(file)
    bo = contacts.add(file, Contact(first_name="Bo", phones=(Labelled("12345678"),)))
    consents.say_no(file, bo, Topic.EVERYTHING, TODAY)
    consents.lift_no(file, ledger.noes(file, bo)[0].id, TODAY, "It was Anna")
    contacts.delete(file, [anna])
    assert topics(file, contacts.add(file, ANNA)) == {Topic.EVERYTHING}


def test_a_newer_no_counts_though_an_older_one_was_lifted(file: File) -> None:
    old = contacts.add(file, Contact(first_name="Anna"))
    consents.say_no(file, old, Topic.EVERYTHING, date(2025, 1, 1))
    consents.lift_no(file, ledger.noes(file, old)[0].id, date(2025, 2, 1), "By mistake")
    contacts.delete(file, [says_no(file)])
    contacts.save(file, replace(ANNA, id=old, listed=True))
    assert topics(file, old) == {Topic.EVERYTHING}


def test_what_is_planned_ends_when_a_no_is_known_again(file: File) -> None:
    contacts.delete(file, [says_no(file)])
    anna = contacts.add(file, Contact(first_name="Anna"))
    follow_ups.add(file, FollowUp(0, anna, TODAY, "Show the cream", purpose=Purpose.OFFER))
    follow_ups.add(file, FollowUp(0, anna, TODAY, "Bring the parcel", purpose=Purpose.SERVICE))
    contacts.save(file, replace(ANNA, id=anna, listed=True))
    assert [step.body for step in follow_ups.open_of(file, anna)] == ["Bring the parcel"]
    files.undo(file)
    assert len(follow_ups.open_of(file, anna)) == 2


def test_left_out_at_a_merge_the_number_is_known_all_the_same(file: File) -> None:
    anna = says_no(file)
    other = contacts.add(file, Contact(first_name="Anna", last_name="Berg", phones=(Labelled("87654321"),)))
    keep = contacts.get(file, anna)
    assert keep
    merging.merge(file, anna, other, keep)
    contacts.delete(file, [anna])
    assert topics(file, contacts.add(file, Contact(first_name="A", phones=(Labelled("87654321"),)))) != set()


def test_a_team_file_completes_a_card_with_the_number(file: File, tmp_path: Path) -> None:
    contacts.delete(file, [says_no(file)])
    company = companies.everyone(file)[0]
    me = stored_team.members(file, company.id)[0]
    member = Member(company_id=company.id, sponsor_id=me.id, number="7")
    added = team.add_member(file, member, Contact(first_name="A.", last_name="Berg", listed=False))
    path = tmp_path / "team.csv"
    path.write_text("Name,ID,Sponsor ID,PV,Phone\nBirte,9,,10,\nA. Berg,7,9,10,12 34 56 78\n", encoding="utf-8")
    reading = imports.read_team_file(path, company).now()
    imports.preview_team(file, company, reading, Period.parse("2026-10")).apply()
    person = next(m for m in stored_team.members(file, company.id) if m.id == added).person_id
    assert topics(file, person) == {Topic.EVERYTHING}


def test_a_no_that_was_undone_leaves_nothing(file: File) -> None:
    anna = says_no(file)
    files.undo(file)
    contacts.delete(file, [anna])
    assert topics(file, contacts.add(file, ANNA)) == set()


def test_erased_the_no_outlives_what_is_undone_after_it(file: File) -> None:
    bo = contacts.add(file, Contact(first_name="Bo"))
    anna = says_no(file)
    contacts.save(file, Contact(id=bo, first_name="Bo", notes="tea"))
    erasing.erase(file, [anna])
    while files.undoable(file):
        files.undo(file)
    assert topics(file, contacts.add(file, ANNA)) == {Topic.EVERYTHING}
