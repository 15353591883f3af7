import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from organizer.domain.contact import Address, Contact, Labelled, Role, cleaned
from organizer.domain.result import FieldRefusal, Refusal
from organizer.exchange.contacts_csv import write_contacts
from organizer.exchange.google_contacts import read_google_contacts

WORDS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["Åse Ærø", "Δικαία", "Юлия", "👩‍👧 Ømø", 'Bo "Bob" Ib', "a;b,c\td", "=1+1", "+45 12", "-x", "@y", "'=z",
         "''", "*", "* Work", "* myContacts", "myContacts", "Kunder", "Total", "I alt",
         "2 ::: 3", "\ufeffx", "=", "'"]
    ),
)  # fmt: skip
ENTRIES = st.lists(st.builds(Labelled, WORDS, WORDS), max_size=4).map(tuple)
TEXTS = st.one_of(WORDS, st.lists(WORDS, max_size=4).map("\n".join))
DAYS = st.one_of(st.none(), st.dates())
CONTACTS = st.builds(
    Contact,
    first_name=WORDS,
    middle_name=WORDS,
    last_name=WORDS,
    organization=WORDS,
    phones=ENTRIES,
    emails=ENTRIES,
    street=WORDS,
    postal_code=WORDS,
    city=WORDS,
    country=WORDS,
    birthday=st.sampled_from(["", "--02-29", "1962-02-15", "2000-12-31"]),
    tags=st.lists(WORDS.filter(lambda tag: ":::" not in tag), max_size=3).map(tuple),
    roles=st.frozensets(st.sampled_from(Role)),
    notes=TEXTS,
    source=WORDS,
    prefix=WORDS,
    suffix=WORDS,
    nickname=WORDS,
    address_label=WORDS,
    more_addresses=st.lists(st.builds(Address, WORDS, WORDS, WORDS, WORDS, WORDS), max_size=2).map(tuple),
    family=TEXTS,
    occupation=TEXTS,
    recreation=WORDS,
    message=WORDS,
    extra=st.lists(WORDS, max_size=3).map(tuple),
    added=DAYS,
    expires=DAYS,
)


def sound(contacts: list[Contact]) -> list[Contact]:
    kept = []
    for contact in contacts:
        try:
            kept.append(cleaned(contact))
        except FieldRefusal:
            continue
    return kept


@given(st.lists(CONTACTS, max_size=5))
@settings(max_examples=150, deadline=None)
def test_what_is_written_is_read_back_the_same(tmp_path_factory, contacts):
    path = tmp_path_factory.getbasetemp() / "round.csv"
    contacts = sound(contacts)
    write_contacts(contacts, path)
    reading = read_google_contacts(path)
    assert reading.records == contacts
    assert reading.problems == [] or "\ufffd" in path.read_text("utf-8-sig")


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_every_separator_is_read_back(tmp_path, separator):
    anna = Contact(first_name="Anna; Mia, B\u00f8", notes='x;"y",z\nw', tags=("a;b", "c,d"), country="Danmark")
    write_contacts([anna], tmp_path / "out.csv", separator=separator)
    (back,) = read_google_contacts(tmp_path / "out.csv").records
    assert back == anna


def test_the_sample_goes_out_and_in_unchanged(data, tmp_path):
    contacts = read_google_contacts(data / "contacts_google.csv").records
    write_contacts(contacts, tmp_path / "contacts_google.csv")
    assert read_google_contacts(tmp_path / "contacts_google.csv").records == contacts


def test_nobody_at_all_gives_a_file_with_headings_only(tmp_path):
    write_contacts([], tmp_path / "out.csv")
    reading = read_google_contacts(tmp_path / "out.csv")
    assert (reading.records, reading.problems) == ([], [])


def test_danish_excel_finds_its_form_and_no_formulas(tmp_path):
    formula = Contact(
        first_name="=HYPERLINK(1)",
        last_name="@Sum",
        organization="-1",
        phones=(Labelled("+45 12 34 56 78", "Mobile"),),
        emails=(Labelled("=a@example.com"),),
        birthday="--02-15",
        tags=("+tag",),
    )
    write_contacts([formula], tmp_path / "out.csv")
    data = (tmp_path / "out.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfFirst Name;")
    assert data.endswith(b"\r\n")
    _header, row = csv.reader(data.decode("utf-8-sig").splitlines(), delimiter=";")
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "'+45 12 34 56 78" in row


def test_a_role_is_kept_apart_from_a_tag_of_the_same_name(tmp_path):
    tagged = Contact(first_name="Bo", tags=("Kunder",))
    in_role = Contact(first_name="Ib", roles=frozenset({Role.CUSTOMER, Role.HOST}))
    write_contacts([tagged, in_role], tmp_path / "out.csv")
    bo, ib = read_google_contacts(tmp_path / "out.csv").records
    assert (bo.tags, bo.roles) == (("Kunder",), frozenset())
    assert (ib.tags, ib.roles) == ((), {Role.CUSTOMER, Role.HOST})


def test_three_colons_in_a_tag_can_not_part_it(tmp_path):
    write_contacts([Contact(first_name="Bo", tags=("a ::: b", ":::::", "c"))], tmp_path / "out.csv")
    assert read_google_contacts(tmp_path / "out.csv").records[0].tags == ("a :: b", ":::::", "c")


def test_a_folder_that_is_gone_is_told(tmp_path):
    with pytest.raises(Refusal, match=r"out\.csv"):
        write_contacts([Contact(first_name="Bo")], Path(tmp_path / "gone" / "out.csv"))
