"""Search everywhere: what is found where, in which order and how it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from organizer.domain.company import Company
from organizer.domain.consent import SaidNo, Topic
from organizer.domain.contact import Contact, Labelled
from organizer.domain.product import Product, Section
from organizer.domain.team import Member
from organizer.domain.timeline import Entry, EntryKind, FollowUp
from organizer.services import contacts, files, products, search, team
from organizer.services.search import Group, Hit, Hits, Kind
from organizer.storage import File, consents, timeline

DAY = date(2026, 11, 3)


def _contact(file: File, name: str, **more: object) -> int:
    first, _space, last = name.rpartition(" ")
    return contacts.add(file, replace(Contact(first_name=first, last_name=last), **more))  # type: ignore[arg-type]


def _entry(file: File, person: int | None, body: str, day: date = DAY) -> int:
    with file.deed("entry.add"):
        return timeline.add_entries(file, [Entry(0, person or 0, day, EntryKind.CALL, body)])[0]


def _titles(hits: Hits, group: Group) -> list[str]:
    return [hit.title for hit in hits.groups.get(group, [])]


def _marked(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[first:last] for first, last in spans]


def test_names_come_first_then_what_else_finds_them(file: File) -> None:
    _contact(file, "Bente Lund", city="Annaby")
    _contact(file, "Bo Annasen")
    _contact(file, "Anna Toft")
    _contact(file, "Åna Holm")
    assert _titles(search.find(file, "anna"), Group.CONTACTS) == ["Anna Toft", "Bo Annasen", "Bente Lund"]
    assert _titles(search.find(file, "anna t"), Group.CONTACTS) == ["Anna Toft"]
    assert _titles(search.find(file, "lund bente annaby"), Group.CONTACTS) == ["Bente Lund"]


def test_a_hit_says_why_it_is_one(file: File) -> None:
    phones = (Labelled("+45 20 12 34 56", "Mobile"), Labelled("86 99 00 11", "Work"))
    id_ = _contact(
        file, "Åse Holm", phones=phones, city="Ribe", emails=(Labelled("aase@example.com"),), tags=("fest",)
    )
    (hit,) = search.find(file, "aas").groups[Group.CONTACTS]
    assert (hit.kind, hit.page, hit.target) == (Kind.CONTACT, "contacts", id_)
    assert _marked(hit.title, hit.title_spans) == ["Ås"] or _marked(hit.title, hit.title_spans) == ["Åse"]
    assert hit.detail == "Ribe · aase@example.com"
    (by_tag,) = search.find(file, "fest").groups[Group.CONTACTS]
    assert by_tag.detail == "Ribe · fest"
    assert _marked(by_tag.detail, by_tag.detail_spans) == ["fest"]


@pytest.mark.parametrize(
    "typed", ["201", "2034", "20 12 34", "+45 20 12", "004520123456", "4520123456", "23456", "1 2 3"]
)
def test_a_phone_is_found_by_any_part(file: File, typed: str) -> None:
    _contact(file, "Bo Toft", phones=(Labelled("66 00 77 88"),))
    id_ = _contact(file, "Åse Holm", phones=(Labelled("20 12 34 56"), Labelled("33 00 20 34")))
    found = search.find(file, typed).groups[Group.CONTACTS]
    assert [hit.target for hit in found] == [id_]
    assert found[0].detail_spans


def test_a_foreign_number_is_found_with_and_without_its_country(file: File) -> None:
    _contact(file, "Måns Berg", phones=(Labelled("+46 70 123 45 67"),))
    for typed in ("+46 70 12", "0046701", "70 123", "4567"):
        assert _titles(search.find(file, typed), Group.CONTACTS) == ["Måns Berg"], typed


def test_notes_are_found_newest_first_and_lead_to_whom_they_are_about(file: File, company: Company) -> None:
    person = _contact(file, "Bo Toft", notes="Holder af lavendel.", family="to døtre")
    old = _entry(file, person, "Ringede om lavendel", date(2025, 1, 1))
    new = _entry(file, person, "Bestilte lavendelolie\ntil jul")
    with file.deed("step.add"):
        steps = [FollowUp(0, person, DAY, "Send lavendel"), FollowUp(0, None, None, "Køb lavendel hjem")]
        step, task = timeline.add_follow_ups(file, steps)
    product = Product(company_id=company.id, number="7", name="Olie", notes={Section.USE: "Lavendel på puden"})
    sold = products.add(file, product)
    hits = search.find(file, "lavendel").groups[Group.NOTES]
    assert [(hit.kind, hit.id, hit.page, hit.target) for hit in hits] == [
        (Kind.STEP, task, "today", task),
        (Kind.STEP, step, "contacts", person),
        (Kind.ENTRY, new, "contacts", person),
        (Kind.ENTRY, old, "contacts", person),
        (Kind.ABOUT, person, "contacts", person),
        (Kind.PRODUCT_NOTE, hits[5].id, "products", sold),
    ]
    assert [hit.title for hit in hits] == ["Your own task", *["Bo Toft"] * 4, "Olie"]
    assert hits[2].detail == "Call, 03/11/2026: Bestilte lavendelolie til jul"
    assert all(word.casefold() == "lavendel" for hit in hits for word in _marked(hit.detail, hit.detail_spans))


def test_who_is_only_in_a_team_is_found_there_by_name_number_and_notes(file: File, company: Company) -> None:
    contact = Contact(first_name="Łucja", last_name="Björk", listed=False)
    me = file.fetch("SELECT id FROM member")[0][0]
    member = team.add_member(file, Member(company_id=company.id, number="AB-1007", sponsor_id=me), contact)
    person = file.fetch("SELECT person_id FROM member WHERE id = ?", (member,))[0][0]
    _entry(file, person, "Vil gerne med på kursus")
    for typed in ("lucja", "bjørk", "AB-10", "ab-1007"):
        (hit,) = search.find(file, typed).groups[Group.TEAM]
        assert (hit.page, hit.target, hit.title) == ("team", member, "Łucja Björk"), typed
    (note,) = search.find(file, "kursus").groups[Group.NOTES]
    assert (note.page, note.target) == ("team", member)


def test_products_are_found_by_name_number_and_category(file: File, company: Company) -> None:
    id_ = products.add(file, Product(company_id=company.id, number="X12", name="Åkandesæbe", category="Bad"))
    for typed in ("aakande", "x12", "bad", "åkande bad"):
        (hit,) = search.find(file, typed).groups[Group.PRODUCTS]
        assert (hit.page, hit.target) == ("products", id_), typed
    assert search.company_of(file, id_) == company.id


def test_one_wrong_letter_is_forgiven_where_little_is_found(file: File) -> None:
    _contact(file, "Kristine Toft")
    _contact(file, "Bo Holm", notes="Kender Kristine godt")
    hits = search.find(file, "krisitne")
    assert not hits.count
    assert search.worth_a_second_look(hits)
    again = search.second_look(file, hits)
    assert again.near
    assert _titles(again, Group.CONTACTS) == ["Kristine Toft"]
    assert _titles(again, Group.NOTES) == ["Bo Holm"]


def test_what_is_written_right_comes_before_what_is_nearly_so(file: File) -> None:
    for name in ("Hanne Holm", "Hanna Berg", "Janne Toft"):
        _contact(file, name)
    hits = search.find(file, "hanne")
    again = search.second_look(file, hits)
    assert _titles(again, Group.CONTACTS)[0] == "Hanne Holm"
    assert sorted(_titles(again, Group.CONTACTS)) == ["Hanna Berg", "Hanne Holm", "Janne Toft"]


def test_a_no_stands_beside_the_name_until_it_is_lifted(file: File) -> None:
    person = _contact(file, "Bo Toft", notes="kaffe")
    with file.deed("no.say"):
        consents.add_noes(file, [SaidNo(0, person, Topic.EVERYTHING, DAY)])
    for typed in ("bo", "kaffe"):
        hits = [hit for found in search.find(file, typed).groups.values() for hit in found]
        assert [hit.said_no for hit in hits] == [True]
    files.undo(file)
    assert not search.find(file, "bo").groups[Group.CONTACTS][0].said_no


def test_a_group_shows_a_few_and_then_up_to_a_hundred(file: File) -> None:
    for number in range(120):
        _contact(file, f"Mette {number:03}")
    few = search.find(file, "mette")
    assert len(few.groups[Group.CONTACTS]) == search.LIMIT
    assert few.more == {Group.CONTACTS}
    many = search.find(file, "mette", search.MOST, only=Group.CONTACTS, thorough=True)
    assert _titles(many, Group.CONTACTS) == [f"Mette {number:03}" for number in range(100)]


def test_what_is_deeper_than_a_quick_look_is_found_by_the_second(file: File) -> None:
    _contact(file, "Bo Måge")
    with file.deed("contact.import"):
        from organizer.storage import contacts as stored

        stored.insert(file, [Contact(first_name="Ib", last_name=f"Maler {number}") for number in range(450)])
    hits = search.find(file, "må")
    assert not hits.count
    assert _titles(search.second_look(file, hits), Group.CONTACTS) == ["Bo Måge"]


HARMLESS = (
    *(
        '"',
        "'",
        '"anna',
        "anna*",
        "anna OR bo",
        "NOT",
        "anna AND",
        "NEAR(a b)",
        "words:anna",
        "^anna",
        "-anna",
        "a+b",
    ),
    *("(", "anna)", "{", "\\", "%", "_", "😀", "anna 😀", "´", "x'; DROP TABLE person; --", "\x00", "a" * 5000),
    *("½ ² ª", "๑ ๒", "नमस्ते", "שלום", "مرحبا", "漢字", "e\u0301", "\u0301", "🥰anna", "ﬁn", "ᦰ"),
)


@pytest.mark.parametrize("typed", HARMLESS)
def test_whatever_she_types_is_harmless(file: File, typed: str) -> None:
    person = _contact(file, "Anna Holm", notes=typed[:300])
    _entry(file, person, f"kaffe {typed[:300]}")
    for near in (False, True):
        search.find(file, typed, near=near)
    hits = search.find(file, typed)
    search.second_look(file, hits)
    assert _titles(search.find(file, "anna"), Group.CONTACTS) == ["Anna Holm"]


def test_an_empty_file_answers_too(file: File) -> None:
    assert search.find(file, "").count == 0
    assert search.find(file, "anna").groups == {}
    assert search.anything(file)  # she herself


def test_a_long_note_is_told_around_the_hit(file: File) -> None:
    person = _contact(
        file, "Bo Toft", notes="indledning " * 900 + "så kom <b>Åsmund</b> forbi " + "og videre " * 500
    )
    hit: Hit = search.find(file, "åsmund").groups[Group.NOTES][0]
    assert hit.person_id == person
    assert "kom <b>Åsmund</b> forbi" in hit.detail
    assert _marked(hit.detail, hit.detail_spans) == ["Åsmund"]
    assert len(hit.detail) < 220


def test_a_number_with_a_word_before_it_is_found(file: File) -> None:
    contacts.add(file, Contact(first_name="Anna", phones=(Labelled("+45 61 72 83 94"),)))
    for text in ("tlf 61728394", "tel:+4561728394", "61\u201172\u201183"):
        assert [hit.title for hit in search.find(file, text).groups[search.Group.CONTACTS]] == ["Anna"]
