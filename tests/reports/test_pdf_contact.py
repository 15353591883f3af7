"""The contact list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_support import HEAD, contacts, dense, pages, text

from organizer.domain.contact import Contact, Labelled
from organizer.domain.result import Cancelled
from organizer.i18n import _, set_language
from organizer.reports.contact import contact_list


def test_everyone_is_there_with_all_that_is_known() -> None:
    everyone = contacts()
    out = contact_list(everyone, HEAD)
    found = text(out)
    assert len(pages(out)) > 1
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
def test_names_are_printed_letter_by_letter(name: str) -> None:
    out = contact_list([Contact(first_name=name)], HEAD)
    assert name in text(out)


def test_birthday_tags_and_kinds_of_number() -> None:
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
    out = contact_list([person], HEAD)
    found = text(out)
    for known in ("15/02", "Vært · Følg op", "11 11 11 11 Mobile", "22 22 22 22 Work", "Søn A/S", "Ry, Danmark"):
        assert known in found
    assert "Home" not in found  # a single address needs no kind
    set_language("da")
    out = contact_list([person], HEAD)
    assert "15.02." in text(out)
    assert _("Birthday") in text(out)


def test_notes_are_not_printed() -> None:
    out = contact_list([Contact(first_name="Eva", notes="skilt sidste år")], HEAD)
    assert "skilt" not in text(out)


def test_an_organization_stands_once_as_the_name() -> None:
    out = contact_list([Contact(organization="Fiskehuset")], HEAD)
    assert text(out).count("Fiskehuset") == 1


def test_nobody_is_said_so() -> None:
    out = contact_list([], HEAD)
    assert len(pages(out)) == 1
    assert "There are no contacts to print." in text(out)


def test_very_long_fields_are_wrapped_not_lost() -> None:
    word, name = "x" * 200, "Anne Margrethe " * 13
    out = contact_list([Contact(first_name=name, emails=(Labelled(word),), street=word, tags=(word,) * 3)], HEAD)
    packed = dense(out)
    assert packed.count("x") >= 1000
    assert text(out).count("Margrethe") == 13


def test_more_numbers_than_a_page_holds_run_over() -> None:
    numbers = tuple(Labelled(f"+45 {20_000_000 + place}") for place in range(300))
    out = contact_list([Contact(first_name="Eva", phones=numbers)], HEAD)
    assert len(pages(out)) > 3
    found = text(out)
    assert all(entry.value in found for entry in numbers)


def test_column_heads_are_on_every_page() -> None:
    out = contact_list(contacts(), HEAD)
    assert all("Name Phone E-mail Address Birthday" in page for page in pages(out))


def test_equal_contacts_give_equal_bytes() -> None:
    assert contact_list(contacts(), HEAD) == contact_list(contacts(), HEAD)


def test_the_list_can_be_cancelled() -> None:
    with pytest.raises(Cancelled):
        contact_list(contacts(), HEAD, cancelled=lambda: True)


def test_progress_goes_from_start_to_end() -> None:
    seen: list[float] = []
    contact_list(contacts() * 20, HEAD, progress=seen.append)
    assert seen == sorted(seen)
    assert seen[0] == 0.0
    assert seen[-1] == 1.0


@given(st.lists(st.builds(Contact, first_name=st.text(), street=st.text(), tags=st.tuples(st.text())), max_size=5))
def test_no_contact_stops_the_list(everyone: list[Contact]) -> None:
    assert pages(contact_list(everyone, HEAD))
