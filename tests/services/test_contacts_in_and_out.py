"""Contacts from a file into the store and out again: whole, once, undone in one step, and never half."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from organizer.domain.consent import Channel, Purpose, Topic
from organizer.domain.contact import Contact, Labelled
from organizer.domain.result import Refusal
from organizer.services import consents, contact_export, contact_import, contacts, files
from organizer.services.contact_export import Form
from organizer.services.contact_import import NEW_PERSON, Choices, ContactMapping
from organizer.services.preview import Change, Preview
from organizer.storage import File, pictures
from organizer.storage import contacts as stored

SAMPLES = {
    "contacts_android.vcf": 60,
    "contacts_google.csv": 60,
    "contacts_iphone.vcf": 60,
    "contacts_outlook.csv": 60,
    "party_guests.txt": 14,
}
TODAY = date(2026, 11, 23)


def look(file: File, path: Path, choices: Choices | None = None) -> Preview:
    return contact_import.preview(file, contact_import.read(path, file).now(), choices)


def bring_in(file: File, path: Path, choices: Choices | None = None) -> Preview:
    told = look(file, path, choices)
    told.apply()
    return told


def table(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines).replace("|", ";"), encoding="utf-8")
    return path


def everybody(file: File) -> list[Contact]:
    return [person for person in contacts.everyone(file) if person.id != files.owner(file).id]


def plain(file: File) -> list[tuple[Contact, bytes]]:
    """Each contact with the picture, without what belongs to this file alone."""
    kept = []
    for person in everybody(file):
        picture = pictures.of_person(file, person.id)
        kept.append((replace(person, id=0, source="", added=None), picture.data if picture else b""))
    return sorted(kept, key=lambda one: (one[0].name, repr(one[0])))


def names(file: File) -> list[str]:
    return sorted(person.name for person in everybody(file))


def changes(told: Preview) -> list[Change]:
    return [line.change for line in told.lines]


# --- the samples


@pytest.mark.parametrize("form", [Form.VCARD_3, Form.VCARD_4, Form.CSV])
@pytest.mark.parametrize("sample", SAMPLES)
def test_a_sample_goes_in_out_and_in_again_equal(
    file: File, data: Path, tmp_path: Path, sample: str, form: Form
) -> None:
    told = bring_in(file, data / sample)
    found = plain(file)
    assert found
    assert not [problem for problem in told.problems if not problem.kept]
    out = tmp_path / f"out{form.suffix}"
    assert contact_export.export(file, out, form).count == len(contacts.everyone(file))
    other = files.create(tmp_path / "other.organizer", lambda: datetime(2026, 11, 23, 10))
    try:
        bring_in(other, out)
        again = plain(other)
        if form is Form.CSV:  # a table holds no pictures
            found = [(person, b"") for person, _picture in found]
        # a name that one person shares with another is a doubt there, and nobody is left out for it
        assert again == found
    finally:
        other.close()


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_sample_that_is_brought_in_again_changes_nothing(file: File, data: Path, sample: str) -> None:
    bring_in(file, data / sample)
    before, deeds = plain(file), len(files.deeds(file))
    told = look(file, data / sample)
    assert set(changes(told)) <= {Change.SAME, Change.DOUBTFUL}
    doubtful = [line for line in told.lines if line.change is Change.DOUBTFUL]
    # whoever has a name alone may be somebody: she is asked, and nobody comes twice by himself
    assert all(not line.details or line.doubt for line in doubtful)
    if not doubtful:
        told.apply()
        assert plain(file) == before
        assert len(files.deeds(file)) == deeds


def test_an_import_is_one_step_back(file: File, data: Path) -> None:
    bring_in(file, data / "contacts_iphone.vcf")
    assert len(everybody(file)) > 10
    files.undo(file)
    assert everybody(file) == []
    files.redo(file)
    assert len(everybody(file)) > 10


# --- who they are


def test_who_is_surely_known_is_completed_and_never_replaced(file: File, tmp_path: Path) -> None:
    anna = contacts.add(
        file, Contact(first_name="Anna", last_name="Berg", phones=(Labelled("12345678", "Mobile"),), city="Ry")
    )
    path = table(
        tmp_path / "a.csv", "Navn|Telefon|E-mail|By|Noter", "Anna Berg|+45 12 34 56 78|anna@example.com|Skive|Te"
    )
    told = bring_in(file, path)
    assert changes(told) == [Change.CHANGED]
    card = contacts.get(file, anna)
    assert card is not None
    assert (card.phones, card.emails[0].value, card.city) == (
        *((Labelled("12345678", "Mobile"),), "anna@example.com", "Ry"),
    )
    assert names(file) == ["Anna Berg"]


def test_who_may_be_somebody_is_asked_about(file: File, tmp_path: Path) -> None:
    hanne = contacts.add(file, Contact(first_name="Hanne", last_name="Kjær", phones=(Labelled("12345678"),)))
    path = table(tmp_path / "a.csv", "Navn|Telefon", "Hane Kjær|12345678")
    told = look(file, path)
    (line,) = told.lines
    assert (line.change, [one for one, _name in line.doubt]) == (Change.DOUBTFUL, [hanne])
    for said, expected in ((hanne, ["Hanne Kjær"]), (NEW_PERSON, ["Hane Kjær", "Hanne Kjær"])):
        bring_in(file, path, Choices(people={0: said}))
        assert names(file) == expected
        files.undo(file) if said == NEW_PERSON else None


def test_the_same_person_twice_in_a_file_comes_once(file: File, tmp_path: Path) -> None:
    path = table(
        tmp_path / "a.csv",
        "Navn|Telefon|E-mail",
        "Anna Berg|12345678|",
        "Anna Berg|12 34 56 78|anna@example.com",
        "Bo Dam|87654321|",
    )
    bring_in(file, path)
    assert names(file) == ["Anna Berg", "Bo Dam"]
    anna = next(person for person in everybody(file) if person.first_name == "Anna")
    assert [one.value for one in anna.emails] == ["anna@example.com"]


def test_rows_she_leaves_stay_out(file: File, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", "Navn|Telefon", "Anna|12345678", "Bo|87654321", "Carl|11223344")
    bring_in(file, path, Choices(left=frozenset({1})))
    assert names(file) == ["Anna", "Carl"]


def test_pictures_come_along_and_none_is_replaced(file: File, data: Path, tmp_path: Path) -> None:
    bring_in(file, data / "contacts_iphone.vcf")
    pictured = {person: pictures.of_person(file, person) for person in pictures.owners(file)}
    assert pictured
    bring_in(file, data / "contacts_iphone.vcf")
    assert {person: pictures.of_person(file, person) for person in pictures.owners(file)} == pictured


def test_names_from_a_party_are_light_records(file: File, data: Path) -> None:
    choices = Choices(expires=date(2027, 11, 23), source="Fest hos Anna")
    bring_in(file, data / "party_guests.txt", choices)
    assert len(everybody(file)) == SAMPLES["party_guests.txt"]
    assert {(person.expires, person.source) for person in everybody(file)} == {
        (date(2027, 11, 23), "Fest hos Anna")
    }
    assert [deed.subject for deed in files.deeds(file)[:1]] == ["party_guests.txt"]


def test_how_a_table_is_read_is_remembered_by_its_headings(file: File, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", "Hvem|Hvor", "Anna Berg|Ry", "Bo Dam|Skive")
    asked = ContactMapping(1, ("full_name", "city"))
    reading = contact_import.read(path, file, asked).now()
    contact_import.preview(file, reading).apply()
    assert [person.city for person in everybody(file)] == ["Ry", "Skive"]
    other = table(tmp_path / "b.csv", "Hvem|Hvor", "Carl Eg|Nibe", "Dora Fog|Lem")
    bring_in(file, other)
    assert [person.city for person in everybody(file)] == ["Ry", "Skive", "Nibe", "Lem"]
    files.undo(file)
    files.undo(file)
    # undone with the import that told it
    assert contact_import.read(other, file).now().mapping != asked


# --- a no


@pytest.mark.parametrize("gone", [False, True])
def test_who_said_no_stays_so_however_they_come_in(file: File, tmp_path: Path, gone: bool) -> None:
    anna = contacts.add(file, Contact(first_name="Anna", last_name="Berg", phones=(Labelled("12345678"),)))
    consents.say_no(file, anna, Topic.EVERYTHING, TODAY)
    if gone:
        contacts.delete(file, [anna])
    path = table(tmp_path / "a.csv", "Navn|Telefon|E-mail", "A. Berg|+45 12 34 56 78|anna@example.com")
    told = bring_in(file, path, Choices(people={0: NEW_PERSON}))
    if gone:
        assert any("said no" in str(detail) for detail in told.lines[0].details)
    for person in everybody(file):
        assert consents.objection(file, person.id, Purpose.OFFER, None, TODAY), person.name


# --- never half


def test_a_failure_in_the_middle_leaves_nothing(file: File, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contacts.add(file, Contact(first_name="Bo"))
    before, deeds = plain(file), files.deeds(file)
    told = look(file, data / "contacts_google.csv")

    def failing(*_told: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(stored, "update_all", failing)
    with pytest.raises(OSError, match="disk is full"):
        told.apply()
    monkeypatch.undo()
    assert plain(file) == before
    assert files.deeds(file) == deeds
    told = look(file, data / "contacts_google.csv")
    told.apply()
    assert len(everybody(file)) > 10


def test_a_file_that_is_none_is_refused_by_name(file: File, tmp_path: Path) -> None:
    path = tmp_path / "letter.vcf"
    path.write_bytes(b"\x00\x01\x02")
    with pytest.raises(Refusal, match=r"letter\.vcf"):
        look(file, path)
    assert everybody(file) == []


# --- out


def some(file: File) -> Sequence[int]:
    ids = [
        contacts.add(file, Contact(first_name=name, emails=(Labelled(f"{name}@example.com"),)))
        for name in ("anna", "bo", "carl")
    ]
    for id_ in ids[:2]:
        consents.give(file, id_, {Channel.EMAIL}, TODAY, "on paper", "yes")
    consents.say_no(file, ids[1], Topic.EVERYTHING, TODAY)
    return ids


@pytest.mark.parametrize("form", [Form.CSV, Form.VCARD_3, Form.VCARD_4])
def test_for_marketing_those_who_may_not_are_left_out_and_named(file: File, tmp_path: Path, form: Form) -> None:
    ids = some(file)
    out = tmp_path / f"out{form.suffix}"
    told = contact_export.export(file, out, form, ids, Purpose.OFFER, Channel.EMAIL)
    assert (told.count, [name for name, _why in told.left_out]) == (1, ["bo", "carl"])
    text = out.read_text(encoding="utf-8-sig")
    assert "anna" in text
    assert "bo@" not in text
    assert "carl" not in text
    assert contact_export.export(file, out, form, ids).count == 3


def test_only_those_chosen_go_out(file: File, tmp_path: Path) -> None:
    ids = some(file)
    out = tmp_path / "out.csv"
    assert contact_export.export(file, out, Form.CSV, ids[:1]).count == 1
    text = out.read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")  # by which Danish Excel knows the letters
    assert b"anna" in text
    assert b"carl" not in text


def test_what_cant_be_written_leaves_the_old_file(file: File, tmp_path: Path) -> None:
    some(file)
    with pytest.raises(Refusal):
        contact_export.export(file, file.path, Form.CSV)
    with pytest.raises(Refusal):
        contact_export.export(file, tmp_path / "gone" / "out.vcf", Form.VCARD_3)
    assert file.fetch("PRAGMA integrity_check") == [("ok",)]


# --- what the file says otherwise


def test_mother_and_daughter_of_one_name_and_telephone_are_two(file: File, tmp_path: Path) -> None:
    path = table(
        tmp_path / "a.csv",
        "Navn|Telefon|Fødselsdag",
        "Anna Berg|12345678|01-02-1950",
        "Anna Berg|12345678|03-04-1980",
    )
    told = look(file, path)
    assert changes(told) == [Change.NEW, Change.NEW]
    assert [str(detail) for detail in told.lines[1].details] == ["perhaps Anna Berg"]
    told.apply()
    assert sorted(person.birthday for person in everybody(file)) == ["1950-02-01", "1980-04-03"]


def test_the_year_of_a_birthday_is_added_and_what_differs_is_said(file: File, tmp_path: Path) -> None:
    anna = contacts.add(
        file,
        Contact(first_name="Anna", last_name="Berg", phones=(Labelled("12345678"),), birthday="--02-01"),
    )
    path = table(tmp_path / "a.csv", "Navn|Telefon|Fødselsdag|Firma", "Anna Berg|12345678|01-02-1950|Vita")
    bring_in(file, path)
    card = contacts.get(file, anna)
    assert card
    assert (card.birthday, card.organization) == ("1950-02-01", "Vita")
    path = table(tmp_path / "a.csv", "Navn|Telefon|Firma", "Anna Berg|12345678|Lind & Co")
    told = bring_in(file, path)
    assert "the file has another organization: Lind & Co; yours is kept" in map(str, told.lines[0].details)
    again = contacts.get(file, anna)
    assert again
    assert again.organization == "Vita"


def test_a_bare_first_name_may_be_anybody(file: File, tmp_path: Path) -> None:
    contacts.add(file, Contact(first_name="Peder"))
    path = tmp_path / "guests.txt"
    path.write_text("Peder\nAnna Berg\n", encoding="utf-8")
    told = look(file, path)
    assert changes(told) == [Change.DOUBTFUL, Change.NEW]
