"""The contact list."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_support import HEAD, contacts, dense, pages, text

from organizer.domain.contact import Contact, Labelled
from organizer.domain.result import Cancelled
from organizer.i18n import _, set_language
from organizer.reports.contact import contact_list


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "contacts.pdf"


def test_everyone_is_there_with_all_that_is_known(out: Path) -> None:
    everyone = contacts()
    count = contact_list(everyone, HEAD, out)
    found = text(out)
    assert len(pages(out)) == count > 1
    assert "80 contacts" in found
    packed = dense(out)
    for person in everyone:
        for known in (person.name, person.street, f"{person.postal_code} {person.city}"):
            assert known in found
        for entry in (*person.emails, *person.phones):
            assert "".join(entry.value.split()) in packed


@pytest.mark.parametrize(
    "name",
    [
        "Łukasz",
        "Ünal",
        "Юлия",
        "Ελένη",
        "Åse",
        "Jørgen Æbeltoft",
        "<anna@x.dk>",
        "<b>Bo",
        "A & B",
        "<img src=x>",
        "</para>",
    ],
)
def test_names_are_printed_letter_by_letter(out: Path, name: str) -> None:
    contact_list([Contact(first_name=name)], HEAD, out)
    assert name in text(out)


def test_birthday_tags_and_kinds_of_number(out: Path) -> None:
    person = Contact(
        first_name="Eva",
        organization="Søn A/S",
        birthday="--02-15",
        tags=("Vært", "Følg op"),
        phones=(Labelled("11 11 11 11", "Mobile"), Labelled("22 22 22 22", "* Work")),
        emails=(Labelled("eva@example.com", "Home"),),
        country="Danmark",
        city="Ry",
    )
    contact_list([person], HEAD, out)
    found = text(out)
    for known in ("15/02", "Vært · Følg op", "11 11 11 11 Mobile", "22 22 22 22 Work", "Søn A/S", "Ry, Danmark"):
        assert known in found
    assert "Home" not in found  # a single address needs no kind
    set_language("da")
    contact_list([person], HEAD, out)
    assert "15.02." in text(out)
    assert _("Birthday") in text(out)


def test_notes_are_not_printed(out: Path) -> None:
    contact_list([Contact(first_name="Eva", notes="skilt sidste år")], HEAD, out)
    assert "skilt" not in text(out)


def test_an_organization_stands_once_as_the_name(out: Path) -> None:
    contact_list([Contact(organization="Fiskehuset")], HEAD, out)
    assert text(out).count("Fiskehuset") == 1


def test_nobody_is_said_so(out: Path) -> None:
    assert contact_list([], HEAD, out) == 1
    assert "There are no contacts to print." in text(out)


def test_very_long_fields_are_wrapped_not_lost(out: Path) -> None:
    word, name = "x" * 200, "Anne Margrethe " * 13
    contact_list([Contact(first_name=name, emails=(Labelled(word),), street=word, tags=(word,) * 3)], HEAD, out)
    packed = dense(out)
    assert packed.count("x") >= 1000
    assert text(out).count("Margrethe") == 13


def test_more_numbers_than_a_page_holds_run_over(out: Path) -> None:
    numbers = tuple(Labelled(f"+45 {20_000_000 + place}") for place in range(300))
    assert contact_list([Contact(first_name="Eva", phones=numbers)], HEAD, out) > 3
    found = text(out)
    assert all(entry.value in found for entry in numbers)


def test_column_heads_are_on_every_page(out: Path) -> None:
    contact_list(contacts(), HEAD, out)
    assert all("Name Phone E-mail Address Birthday" in page for page in pages(out))


def test_equal_contacts_give_equal_bytes(out: Path) -> None:
    contact_list(contacts(), HEAD, out)
    first = out.read_bytes()
    contact_list(contacts(), HEAD, out)
    assert out.read_bytes() == first


def test_cancelling_keeps_the_old_list(out: Path) -> None:
    out.write_bytes(b"old")
    with pytest.raises(Cancelled):
        contact_list(contacts(), HEAD, out, cancelled=lambda: True)
    assert out.read_bytes() == b"old"
    assert list(out.parent.iterdir()) == [out]


def test_progress_goes_from_start_to_end(out: Path) -> None:
    seen: list[float] = []
    contact_list(contacts() * 20, HEAD, out, progress=seen.append)
    assert seen == sorted(seen)
    assert seen[0] == 0.0
    assert seen[-1] == 1.0


@given(st.lists(st.builds(Contact, first_name=st.text(), street=st.text(), tags=st.tuples(st.text())), max_size=5))
def test_no_contact_stops_the_list(tmp_path_factory: pytest.TempPathFactory, everyone: list[Contact]) -> None:
    out = tmp_path_factory.mktemp("any") / "a.pdf"
    assert contact_list(everyone, HEAD, out) == len(pages(out))
