"""One person's page: what it reads, and what may be jotted down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from organizer.domain.consent import Basis, Channel, Purpose, Topic
from organizer.domain.contact import Contact
from organizer.domain.quick_note import dated
from organizer.domain.relation import RelationKind
from organizer.domain.result import FieldRefusal, Refusal
from organizer.domain.timeline import Entry, EntryKind, FollowUp
from organizer.services import consents, contact_page, contacts, files, follow_ups, relations, timeline
from organizer.services.contact_page import FIRST, Show, What, age_on
from organizer.services.files import File
from organizer.storage import timeline as stored

TODAY = date(2026, 11, 23)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[File]:
    opened = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 11, 23, 12))
    yield opened
    opened.close()


@pytest.fixture
def anna(file: File) -> int:
    return contacts.add(file, Contact(first_name="Anna", last_name="Berg", source="Google"))


def add_many(file: File, person: int, count: int) -> None:
    new = [Entry(0, person, TODAY - timedelta(days=n), EntryKind.NOTE, f"note {n}") for n in range(count)]
    with file.deed("entry.note"):
        stored.add_entries(file, new)


def told(file: File, person: int, show: Show = Show.ALL, words: str = "") -> list[tuple[str, str]]:
    page = contact_page.load(file, person, show, words)
    assert page
    return [(line.what.value, line.words) for line in page.lines]


def test_the_story_holds_all_that_happened_newest_first(file: File, anna: int) -> None:
    timeline.add_entry(file, anna, TODAY - timedelta(days=3), EntryKind.CALL, "asked about the cream")
    consents.give(file, anna, [Channel.EMAIL], TODAY - timedelta(days=2), "on paper", "Yes", Basis.CONSENT)
    step = follow_ups.add(file, FollowUp(0, anna, TODAY, "send the catalogue", purpose=Purpose.PROMISE))
    follow_ups.drop(file, [step], TODAY)
    consents.say_no(file, anna, Topic.PARTIES, TODAY - timedelta(days=1), "no time")
    page = contact_page.load(file, anna)
    assert page
    assert [line.what for line in page.lines] == [What.STEP, What.ADDED, What.NO, What.CONSENT, What.ENTRY]
    assert page.talked == TODAY - timedelta(days=3)
    assert [no.topic for no in page.noes] == [Topic.PARTIES]
    assert told(file, anna, Show.CONSENTS) == [("no", "no time "), ("consent", "on paper Yes ")]
    assert told(file, anna, Show.TALKS) == [("entry", "asked about the cream")]
    assert told(file, anna, Show.STEPS) == [("step", "send the catalogue")]
    assert told(file, anna, Show.TEAM) == []


def test_a_step_that_is_done_is_told_once(file: File, anna: int) -> None:
    step = follow_ups.add(file, FollowUp(0, anna, TODAY, "call about the cream"))
    follow_ups.done(file, step, TODAY)
    assert told(file, anna) == [("entry", "call about the cream"), ("added", "Google")]


def test_every_word_of_a_search_must_occur_and_case_and_accents_do_not_matter(file: File, anna: int) -> None:
    add_many(file, anna, 5)
    timeline.add_entry(file, anna, TODAY, EntryKind.NOTE, "Café med Åse")
    assert told(file, anna, words="cafe ÅSE") == [("entry", "Café med Åse")]
    assert told(file, anna, words="cafe bent") == []


def test_older_lines_come_when_they_are_asked_for(file: File, anna: int) -> None:
    add_many(file, anna, FIRST * 3)
    page = contact_page.load(file, anna)
    assert page
    assert (len(page.lines), page.more) == (FIRST, True)
    page = contact_page.load(file, anna, limit=FIRST * 9)
    assert page
    assert (len(page.lines), page.more) == (FIRST * 3 + 1, False)


def test_a_page_asks_as_few_questions_whatever_there_is(
    file: File, anna: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    fetch = File.fetch

    def counting(self: File, query: str, values: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        asked.append(query)
        return fetch(self, query, values)

    def questions() -> int:
        asked.clear()
        contact_page.load(file, anna)
        return len(asked)

    monkeypatch.setattr(File, "fetch", counting)
    few = questions()
    add_many(file, anna, 400)
    for number in range(5):
        other = contacts.add(file, Contact(first_name=f"B{number}"))
        relations.add(file, anna, other, RelationKind.FRIEND)
        follow_ups.add(file, FollowUp(0, anna, TODAY, f"step {number}"))
    assert questions() == few <= 20


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("called", TODAY, "called"),
        ("12.11. called", date(2026, 11, 12), "called"),
        ("12.12. called", date(2025, 12, 12), "called"),
        ("29.2. leap", date(2024, 2, 29), "leap"),
        ("12.11.2024 called", date(2024, 11, 12), "called"),
        ("2026-11-12: called", date(2026, 11, 12), "called"),
        ("yesterday she called", TODAY - timedelta(days=1), "she called"),
        ("I går: ringede", TODAY - timedelta(days=1), "ringede"),
        ("i forgårs ringede", TODAY - timedelta(days=2), "ringede"),
        ("yesterdayish", TODAY, "yesterdayish"),
        ("32.11. called", TODAY, "32.11. called"),
        ("12.5 ml of oil", TODAY, "12.5 ml of oil"),
        ("1/2 bottle", TODAY, "1/2 bottle"),
    ],
)
def test_a_date_at_the_beginning_dates_the_note(text: str, day: date, words: str) -> None:
    assert dated(text, TODAY) == (day, words)


def test_what_is_to_come_is_no_note() -> None:
    with pytest.raises(FieldRefusal, match="hasn't come"):
        dated("24.12.2026 party", TODAY)


def test_nothing_but_a_date_is_no_note() -> None:
    with pytest.raises(FieldRefusal, match="Write something"):
        contact_page.jotted("i går", TODAY)


def test_an_invitation_after_a_no_or_beyond_the_most_a_year_is_refused(file: File, anna: int) -> None:
    for number in range(4):
        timeline.add_entry(file, anna, TODAY - timedelta(days=number), EntryKind.INVITATION, "party")
    with pytest.raises(Refusal, match="Invited, or going to be, 4 times"):
        timeline.add_entry(file, anna, TODAY, EntryKind.INVITATION, "party")
    note = timeline.add_entry(file, anna, TODAY, EntryKind.NOTE, "party")
    with pytest.raises(Refusal):
        timeline.change_entry(file, Entry(note, anna, TODAY, EntryKind.INVITATION, "party"))
    old = timeline.add_entry(file, anna, TODAY - timedelta(days=500), EntryKind.INVITATION, "party")
    with pytest.raises(Refusal):  # moved into these twelve months
        timeline.change_entry(file, Entry(old, anna, TODAY - timedelta(days=5), EntryKind.INVITATION, "party"))
    timeline.change_entry(file, Entry(old, anna, TODAY - timedelta(days=501), EntryKind.INVITATION, "party"))
    other = contacts.add(file, Contact(first_name="Bente"))
    consents.say_no(file, other, Topic.PARTIES, TODAY)
    with pytest.raises(Refusal, match="Said no to parties"):
        timeline.add_entry(file, other, TODAY, EntryKind.INVITATION, "party")
    assert timeline.entries(file, other) == []


def test_an_entry_is_changed_and_undo_brings_it_back(file: File, anna: int) -> None:
    id_ = timeline.add_entry(file, anna, TODAY, EntryKind.NOTE, "cream")
    changed = Entry(id_, anna, TODAY - timedelta(days=1), EntryKind.CALL, "the cream")
    timeline.change_entry(file, changed)
    assert timeline.entries(file, anna) == [changed]
    deeds = len(files.deeds(file))
    timeline.change_entry(file, changed)
    assert len(files.deeds(file)) == deeds
    files.undo(file)
    assert timeline.entries(file, anna) == [Entry(id_, anna, TODAY, EntryKind.NOTE, "cream")]
    with pytest.raises(FieldRefusal):
        timeline.change_entry(file, Entry(id_, anna, TODAY, EntryKind.NOTE, "  "))


def test_a_relation_shows_on_both_cards(file: File, anna: int) -> None:
    bente = contacts.add(file, Contact(first_name="Bente"))
    relations.add(file, anna, bente, RelationKind.INTRODUCED, forward=False, body=" my  sister ")
    mine, hers = relations.ties_of(file, anna), relations.ties_of(file, bente)
    assert [(tie.name, tie.forward, tie.body) for tie in mine] == [("Bente", False, "my sister")]
    assert [(tie.name, tie.forward, tie.body) for tie in hers] == [("Anna Berg", True, "my sister")]
    for wrong in (anna, bente):
        with pytest.raises(FieldRefusal):
            relations.add(file, anna, wrong, RelationKind.INTRODUCED)
    relations.remove(file, mine[0].relation_id)
    assert relations.ties_of(file, bente) == []
    files.undo(file)
    assert len(relations.ties_of(file, bente)) == 1


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("anna", ["Anna Berg", "Hanne Anna Dam, Ribe"]),
        ("an be", ["Anna Berg"]),
        ("rib", ["Hanne Anna Dam, Ribe"]),
        ("anne-marie", ["Anne-Marie Eg"]),
        ('"; *', []),
        ("", []),
    ],
)
def test_people_are_found_by_the_beginnings_of_their_names(
    file: File, anna: int, typed: str, found: list[str]
) -> None:
    contacts.add(file, Contact(first_name="Hanne", middle_name="Anna", last_name="Dam", city="Ribe"))
    contacts.add(file, Contact(first_name="Anne-Marie", last_name="Eg"))
    assert [name for _id, name in relations.find(file, typed)] == found
    assert anna not in [id_ for id_, _name in relations.find(file, typed, leave_out=anna)]


@pytest.mark.parametrize(
    ("born", "years"), [("1981-11-23", 45), ("1981-11-24", 44), ("--11-23", None), ("", None), ("2030-01-01", 0)]
)
def test_ages_are_whole_years(born: str, years: int | None) -> None:
    assert age_on(born, TODAY) == years
