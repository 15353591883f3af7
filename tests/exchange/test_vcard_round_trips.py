"""What goes out as vCards comes in again as the same people, in both versions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from organizer.domain.contact import Address, Contact, Labelled, Role, cleaned, with_addresses
from organizer.domain.picture import Picture
from organizer.domain.result import FieldRefusal
from organizer.exchange.cards import Card
from organizer.exchange.vcard import write_vcards
from organizer.exchange.vcard_read import read_vcards
from organizer.i18n import set_language

DATA = Path(__file__).parents[1] / "data"
VERSIONS = ("3.0", "4.0")

_WORDS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            *("", "", "Anna", "Bøgh; Holm", "a,b\\,c\\n;d\\", "Jr., M.D.", "=C3=B8", "Ünal", "Ελένη", "END:VCARD"),
            *("x:y", 'say "hi"', "tel:12", "mailto:x", "data:,x", "1604", "👩‍👧", "Å" * 100, "Kunde", "Customer"),
            *("_$!<Mobile>!$_", "BEGIN:VCARD", "Mobil", "Team"),
        ]
    ),
)
_LINES = st.one_of(_WORDS, st.text(max_size=300), st.sampled_from(["Linje 1\nLinje 2\n\n- tre", "\\n", "a\n b:c"]))
_LABELS = st.one_of(
    _WORDS, st.sampled_from(["Mobile", "Home", "Work", "Work mobile", "Home fax", "Mobil", "Hjem"])
)
_VALUES = _WORDS.filter(lambda word: not word.startswith(("tel:", "mailto:")))  # the scheme is no part of a number
_ENTRIES = st.lists(st.builds(Labelled, _VALUES, _LABELS), max_size=3).map(tuple)
_EXTRA = st.sampled_from(
    [
        "URL:https://example.com/?a=1,2;3",
        'X-ABDATE;X-ABLABEL="Anniversary":2009-08-08',
        "IMPP;TYPE=home;TYPE=pref:skype:anna",
        'X-THING;X-ABLABEL="Mit, eget: navn":a\\,b\\;c',
        "TITLE:Lærer\\, 2. klasse",
        "X-DEPARTMENT:Salg\\; Nord",
        "PHOTO;VALUE=uri:https://example.com/a.jpg",
        "KEY;ENCODING=b:AAECAwQ=",
        'URL;TYPE="Work":https://example.com/b',
        "LANG;TYPE=work;PREF=2:da",
        "GEO:55.6\\;12.5",
        "X-PHONETIC-FIRST-NAME:Anna",
    ]
)
_DAYS = st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31))
PEOPLE = st.builds(
    Contact,
    **dict.fromkeys(("first_name", "middle_name", "last_name", "organization"), _WORDS),
    **dict.fromkeys(("prefix", "suffix", "nickname"), _WORDS),
    **dict.fromkeys(("notes", "family", "occupation", "recreation", "message"), _LINES),
    phones=_ENTRIES,
    emails=_ENTRIES,
    birthday=st.one_of(
        st.sampled_from(["", "--02-29"]), st.dates(date(1900, 1, 1), date(2026, 1, 1)).map(date.isoformat)
    ),
    tags=st.lists(_WORDS, max_size=4).map(tuple),
    roles=st.frozensets(st.sampled_from(Role)),
    source=_WORDS.map(lambda word: f"Fra {word}"),
    extra=st.lists(_EXTRA, max_size=4).map(tuple),
    added=_DAYS,
    expires=_DAYS,
)
_ADDRESSES = st.lists(st.builds(Address, _WORDS, _WORDS, _WORDS, _WORDS, _LABELS), max_size=3)
_PICTURES = st.none() | st.builds(
    Picture,
    st.sampled_from(["image/jpeg"]),
    st.binary(min_size=1, max_size=300).map(lambda some: b"\xff\xd8\xff" + some),
)


@st.composite
def cards(draw: st.DrawFn) -> Card | None:
    try:
        contact = cleaned(with_addresses(draw(PEOPLE), draw(_ADDRESSES)))
    except FieldRefusal:
        return None
    if not contact.addresses:
        contact = replace(contact, address_label="")
    return Card(contact, draw(_PICTURES))


@pytest.mark.parametrize("version", VERSIONS)
@given(people=st.lists(cards(), min_size=1, max_size=4))
@settings(max_examples=80)
def test_people_come_in_as_they_went_out(version, people, tmp_path_factory):
    people = [card for card in people if card]
    if not people:
        return
    path = tmp_path_factory.getbasetemp() / "people.vcf"
    write_vcards(people, path, version)
    reading = read_vcards(path)
    assert reading.problems == []
    assert reading.records == people
    begins = [number for number, line in enumerate(path.read_bytes().split(b"\r\n"), 1) if line == b"BEGIN:VCARD"]
    assert list(reading.rows) == begins


@pytest.mark.parametrize("version", VERSIONS)
def test_roles_in_another_language_are_the_same_roles(version, tmp_path):
    person = Contact(first_name="Bo", roles=frozenset(Role), tags=("Kunde", "Kaffe"), source="x")
    set_language("da")
    write_vcards([person], tmp_path / "a.vcf", version)
    set_language("en")
    (card,) = read_vcards(tmp_path / "a.vcf").records
    assert card.contact == person


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(("sample", "count"), [("contacts_android.vcf", 60), ("contacts_iphone.vcf", 40)])
def test_samples_in_out_and_in_are_equal(sample, count, version, tmp_path):
    reading = read_vcards(DATA / sample)
    assert reading.problems == []
    assert len(reading.records) == count
    write_vcards(reading.records, tmp_path / "again.vcf", version)
    again = read_vcards(tmp_path / "again.vcf")
    assert again.problems == []
    assert again.records == reading.records
