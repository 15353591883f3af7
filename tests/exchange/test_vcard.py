"""vCards are read back here by the rules of RFC 2426 alone, not by code of the program."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from organizer.domain.contact import Contact, Labelled, Role, cleaned
from organizer.domain.result import FieldRefusal, Refusal
from organizer.exchange.content_lines import folded
from organizer.exchange.vcard import write_vcards
from organizer.i18n import set_language

WORDS = st.one_of(
    st.text(max_size=120),
    st.sampled_from(["a;b,c\\d", "Åse Ærø " * 20]),
    st.sampled_from(["👩‍👧", "\u202eexe", "=1+1", "END:VCARD", "x\nBEGIN:VCARD\ny", "\x00\x1b["]),
)  # fmt: skip
CONTACTS = st.builds(
    Contact,
    first_name=WORDS,
    last_name=WORDS,
    organization=WORDS,
    street=WORDS,
    city=WORDS,
    phones=st.lists(st.builds(Labelled, WORDS, WORDS | st.just("Mobile")), max_size=3).map(tuple),
    emails=st.lists(st.builds(Labelled, WORDS, st.sampled_from(["", "Work", "Klub"])), max_size=2).map(tuple),
    birthday=st.sampled_from(["", "1962-02-15", "--02-29"]),
    tags=st.lists(WORDS, max_size=3).map(tuple),
    notes=WORDS,
)


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


def cards(data: bytes) -> list[list[tuple[str, str]]]:
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    lines = data.decode("utf-8").replace("\r\n ", "").split("\r\n")
    assert lines.pop() == ""
    found: list[list[tuple[str, str]]] = []
    for line in lines:
        name, _colon, value = line.partition(":")
        if name == "BEGIN":
            found.append([])
        else:
            found[-1].append((name, value))
    return found


def written(tmp_path: Path, *contacts: Contact) -> list[list[tuple[str, str]]]:
    write_vcards(contacts, tmp_path / "out.vcf")
    return cards((tmp_path / "out.vcf").read_bytes())


def test_a_contact_as_address_books_know_it(tmp_path):
    anna = Contact(
        first_name="Anna",
        middle_name="Mia",
        last_name="Bøgh; Holm",
        organization="Sy, Strik & Co.",
        phones=(Labelled("+45 12 34 56 78", "Mobile"), Labelled("87654321", "Sommerhus"), Labelled("11223344")),
        emails=(Labelled("anna@example.com", "Work"),),
        street="Vej 1",
        postal_code="8000",
        city="Aarhus C",
        country="Danmark",
        birthday="1962-02-15",
        tags=("kaffe, te",),
        roles=frozenset({Role.CUSTOMER}),
        notes="Linje 1\nLinje 2",
    )
    (card,) = written(tmp_path, anna)
    assert card == [
        ("VERSION", "3.0"),
        ("FN", r"Anna Mia Bøgh\; Holm"),
        ("N", r"Bøgh\; Holm;Anna;Mia;;"),
        ("ORG", r"Sy\, Strik & Co."),
        ("TEL;TYPE=CELL", "+45 12 34 56 78"),
        ("item1.TEL", "87654321"),
        ("item1.X-ABLabel", "Sommerhus"),
        ("TEL", "11223344"),
        ("EMAIL;TYPE=INTERNET;TYPE=WORK", "anna@example.com"),
        ("ADR", ";;Vej 1;Aarhus C;;8000;Danmark"),
        ("BDAY", "1962-02-15"),
        ("CATEGORIES", r"kaffe\, te,Customer"),
        ("X-ORGANIZER-ROLES", "customer"),
        ("NOTE", r"Linje 1\nLinje 2"),
        ("END", "VCARD"),
    ]


def test_a_birthday_without_a_year_is_marked_so(tmp_path):
    (card,) = written(tmp_path, Contact(first_name="Bo", birthday="--02-29"))
    assert ("BDAY;X-APPLE-OMIT-YEAR=1604", "1604-02-29") in card


def test_roles_are_told_in_her_language(tmp_path):
    set_language("da")
    (card,) = written(tmp_path, Contact(first_name="Bo", roles=frozenset({Role.CUSTOMER})))
    assert ("CATEGORIES", "Kunde") in card


@given(st.lists(CONTACTS, max_size=4))
def test_no_text_can_break_out_of_its_place(tmp_path_factory, contacts):
    path = tmp_path_factory.getbasetemp() / "hostile.vcf"
    sound = []
    for contact in contacts:
        try:
            sound.append(cleaned(contact))
        except FieldRefusal:
            continue
    write_vcards(sound, path)
    found = cards(path.read_bytes())
    assert len(found) == len(sound)
    for card, contact in zip(found, sound, strict=True):
        values = dict(card)
        assert unescaped(values["FN"]) == contact.name
        assert [unescaped(part) for part in re.findall(r"(?:\\.|[^;\\])*(?:;|$)", values["N"])][:2] == [
            contact.last_name + ";",
            contact.first_name + ";",
        ]
        assert unescaped(values.get("NOTE", "")) == contact.notes
        phones = [unescaped(value) for name, value in card if name.split(";")[0].endswith("TEL")]
        assert phones == [entry.value for entry in contact.phones]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
@example("é" * 200)
@example("x" * 74 + "👩" * 40)
def test_folding_cuts_no_letter_and_loses_none(text):
    data = folded(text).encode("utf-8")
    assert data.endswith(b"\r\n")
    for line in data[:-2].split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")
    assert data[:-2].decode("utf-8").replace("\r\n ", "") == text


def test_a_folder_that_is_gone_is_told(tmp_path):
    with pytest.raises(Refusal, match=r"out\.vcf"):
        write_vcards([Contact(first_name="Bo")], tmp_path / "gone" / "out.vcf")
