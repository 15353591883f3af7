"""Tables of contacts: headings in eleven languages, guessed columns, a mapping said by hand, names on lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organizer.domain.contact import Contact, Labelled, Role
from organizer.domain.result import Refusal
from organizer.exchange.contact_file import read_contact_file
from organizer.exchange.contact_headings import field_of
from organizer.exchange.contact_mapping import ContactMapping, ContactReading
from organizer.exchange.pasted_names import read_pasted_names

HEADINGS = {
    "en": "First Name|Last Name|E-mail Address|Mobile Phone|Home Phone|Home Street|Home Postal Code|Home City|"
    "Birthday|Notes",
    "da": "Fornavn|Efternavn|E-mail-adresse|Mobiltelefon|Telefon (privat)|Privatadresse|Postnummer (privat)|"
    "Privatby|Fødselsdag|Noter",
    "sv": "Förnamn|Efternamn|E-postadress|Mobiltelefon|Telefon (hem)|Gata (hem)|Postnummer (hem)|Ort (hem)|"
    "Födelsedag|Anteckningar",
    "nb": "Fornavn|Etternavn|E-postadresse|Mobiltelefon|Telefon (privat)|Gate (privat)|Postnummer (privat)|"
    "Poststed (privat)|Bursdag|Notater",
    "de": "Vorname|Nachname|E-Mail-Adresse|Mobiltelefon|Telefon (privat)|Straße privat|Postleitzahl privat|"
    "Ort privat|Geburtstag|Notizen",
    "nl": "Voornaam|Achternaam|E-mailadres|Mobiele telefoon|Telefoon thuis|Straat (thuis)|Postcode (thuis)|"
    "Plaats (thuis)|Verjaardag|Notities",
    "fr": "Prénom|Nom|Adresse de messagerie|Tél. mobile|Téléphone (domicile)|Rue (domicile)|"
    "Code postal (domicile)|Ville (domicile)|Anniversaire|Notes",
    "es": "Nombre|Apellidos|Dirección de correo electrónico|Teléfono móvil|Teléfono particular|Calle particular|"
    "Código postal particular|Ciudad particular|Cumpleaños|Notas",
    "it": "Nome|Cognome|Indirizzo posta elettronica|Cellulare|Telefono (abitazione)|Via (abitazione)|"
    "CAP (abitazione)|Città (abitazione)|Compleanno|Annotazioni",
    "pl": "Imię|Nazwisko|Adres e-mail|Telefon komórkowy|Telefon domowy|Ulica (dom)|Kod pocztowy (dom)|"
    "Miejscowość (dom)|Urodziny|Notatki",
    "fi": "Etunimi|Sukunimi|Sähköpostiosoite|Matkapuhelin|Kotipuhelin|Katuosoite (koti)|Postinumero (koti)|"
    "Kaupunki (koti)|Syntymäpäivä|Muistiinpanot",
}
ROW = "Åse|Ærø|aase@example.com|12 34 56 78|87 65 43 21|Vej 1|0800|Høje Taastrup|24-12-1970|Kan lide te"
ASE = Contact(
    first_name="Åse",
    last_name="Ærø",
    emails=(Labelled("aase@example.com"),),
    phones=(Labelled("12 34 56 78", "Mobile"), Labelled("87 65 43 21", "Home")),
    street="Vej 1",
    postal_code="0800",
    city="Høje Taastrup",
    address_label="Home",
    birthday="1970-12-24",
    notes="Kan lide te",
    source="people.csv",
)

Write = Callable[..., ContactReading]


@pytest.fixture
def read(tmp_path: Path) -> Write:
    def write(*lines: str, encoding: str = "utf-8", by: str = ";", mapping: ContactMapping | None = None):  # type: ignore[no-untyped-def]
        path = tmp_path / "people.csv"
        path.write_bytes("\r\n".join(line.replace("|", by) for line in lines).encode(encoding))
        return read_contact_file(path, mapping)

    return write


def read_or_refused(path: Path) -> ContactReading | None:
    """The reading; None where it was refused, with the file named."""
    refused = f"{path.name} gave no reason"
    try:
        return read_contact_file(path)
    except Refusal as refusal:
        refused = str(refusal)
    assert path.name in refused
    return None


def people(reading: ContactReading) -> list[Contact]:
    return [card.contact for card in reading.records]


@pytest.mark.parametrize("by", [";", ",", "\t"])
@pytest.mark.parametrize("language", HEADINGS)
def test_headings_are_understood_in_every_language(read: Write, language: str, by: str) -> None:
    reading = read(HEADINGS[language], ROW, by=by)
    assert people(reading) == [ASE]
    assert reading.sure
    assert not reading.problems


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_in_every_encoding_that_an_address_book_is_saved_in(read: Write, encoding: str) -> None:
    assert people(read(HEADINGS["da"], ROW, encoding=encoding)) == [ASE]


@pytest.mark.parametrize("order", [(9, 8, 7, 6, 5, 4, 3, 2, 1, 0), (3, 0, 9, 5, 1, 7, 2, 8, 6, 4)])
def test_the_columns_may_stand_in_any_order(read: Write, order: tuple[int, ...]) -> None:
    mixed = ["|".join(line.split("|")[place] for place in order) for line in (HEADINGS["da"], ROW)]
    (found,) = people(read(*mixed))
    assert {*found.phones} == {*ASE.phones}
    assert (found.name, found.emails, found.street, found.birthday) == (
        *(ASE.name, ASE.emails, ASE.street, ASE.birthday),
    )


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        *(("Telefon (arbejde)", "phone Work"), ("Fax (arbejde)", "phone Work fax"), ("Navn", "full_name")),
        *(("Hobby", "recreation"), ("Ægtefælle", "relation Spouse"), ("Kategorier", "tags")),
        *(("Business Street 2", "street Work"), ("E-mail 2-adresse", "email"), ("Besked", "message")),
        *(("", ""), ("Kundenr.", ""), ("123", ""), ("Saldo", "")),
    ],
)
def test_a_heading_and_its_field(heading: str, field: str) -> None:
    assert field_of(heading) == field


def test_without_headings_the_columns_are_guessed_and_it_is_said(read: Write) -> None:
    reading = read("Anna Berg|12 34 56 78|anna@example.com", "Bo Dam|87 65 43 21|bo@example.com")
    assert [(one.name, one.phones[0].value, one.emails[0].value) for one in people(reading)] == [
        ("Anna Berg", "12 34 56 78", "anna@example.com"),
        ("Bo Dam", "87 65 43 21", "bo@example.com"),
    ]
    assert not reading.sure
    assert any("no headings" in str(doubt) for doubt in reading.doubts)


def test_a_strange_heading_is_guessed_by_what_stands_under_it(read: Write) -> None:
    reading = read("Navn|Kan ringes op", "Anna Berg|12 34 56 78", "Bo Dam|87 65 43 21")
    assert [one.phones[0].value for one in people(reading)] == ["12 34 56 78", "87 65 43 21"]
    assert not reading.sure
    assert any("Kan ringes op" in str(doubt) for doubt in reading.doubts)


def test_what_is_not_used_is_named(read: Write) -> None:
    reading = read("Navn|Telefon|Skostørrelse", "Anna Berg|12 34 56 78|38½")
    assert [str(note) for note in reading.notes] == ["Not used: Skostørrelse."]


def test_columns_are_what_she_says(read: Write) -> None:
    lines = "A|B|C|D", "Anna Berg|02-03-1970|anna@example.com|Vej 1"
    mapping = ContactMapping(1, ("full_name", "birthday", "", "street Work"), day_first=False)
    (anna,) = people(read(*lines, mapping=mapping))
    assert (anna.name, anna.birthday, anna.emails) == ("Anna Berg", "1970-02-03", ())
    assert (anna.street, anna.address_label) == ("Vej 1", "Work")
    again = ContactMapping.from_json(mapping.to_json())
    assert people(read(*lines, mapping=again)) == [anna]


def test_a_day_that_can_be_read_in_two_ways_is_asked_about(read: Write) -> None:
    reading = read("Navn|Fødselsdag", "Anna Berg|02/03/1970", "Bo Dam|04/05/1980")
    assert [one.birthday for one in people(reading)] == ["1970-03-02", "1980-05-04"]
    assert not reading.sure
    reading = read("Navn|Fødselsdag", "Anna Berg|02/03/1970", "Bo Dam|04/25/1980")
    assert [one.birthday for one in people(reading)] == ["1970-02-03", "1980-04-25"]
    assert reading.sure


@pytest.mark.parametrize("text", ["[]", "{}", "nonsense", '{"header_row": 1}', "[" * 100_000])
def test_what_is_no_mapping_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        ContactMapping.from_json(text)


def test_lines_before_the_headings_and_short_and_long_rows(read: Write) -> None:
    reading = read("Udskrevet 1. maj", "", "Navn|Telefon|By", "Anna Berg|12 34 56 78", "Bo|1|Ry|for meget", "||")
    assert [one.name for one in people(reading)] == ["Anna Berg"]
    assert reading.rows == [4]
    assert [problem.row for problem in reading.problems] == [4, 5]  # one cell too few, one too many


@pytest.mark.parametrize("text", ["", "\n\n", "\x00\x01\x02", "Kære alle\nVi ses på torsdag", "1;2;3\n4;5;6"])
def test_what_is_no_list_of_people_is_refused_with_a_reason(tmp_path: Path, text: str) -> None:
    path = tmp_path / "letter.csv"
    path.write_text(text, encoding="utf-8")
    reading = read_or_refused(path)
    # nothing of it is taken for sure
    assert reading is None or not reading.sure


SAMPLE = "\r\n".join([HEADINGS["da"], *[ROW.replace("Åse", name) for name in ("Anna", "Bo", "Carl")]]).replace(
    "|", ";"
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_table_is_read_as_far_as_it_goes_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    told = bytearray(SAMPLE.encode("utf-8"))
    for _time in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(told)))
        damage = data.draw(
            st.sampled_from([b'"', b"\x00", b"\xff\xfe", b"\r", b"\n\n", b";;;;", b"\xc3", b"=1+1", b"'"])
        )
        cut = data.draw(st.integers(0, 12))
        told[at : at + cut] = damage
    path = tmp_path / "damaged.csv"
    path.write_bytes(bytes(told))
    reading = read_or_refused(path)
    if reading is None:
        return
    assert len(reading.records) == len(reading.rows)
    assert all(problem.row >= 1 and str(problem.message) for problem in reading.problems)
    assert all(card.contact.name.strip() for card in reading.records)


def test_a_row_that_cant_be_read_is_named_and_the_others_are_kept(read: Write) -> None:
    reading = read("Navn|Fødselsdag", "Anna Berg|31-02-1970", "|", "Bo Dam|01-01-1980")
    assert [(one.name, one.birthday) for one in people(reading)] == [("Anna Berg", ""), ("Bo Dam", "1980-01-01")]
    (problem,) = reading.problems
    assert problem.row == 2
    assert "31-02-1970" in str(problem.message) + problem.subject


def test_a_number_that_a_spreadsheet_rounded_is_left_out_and_told(read: Write) -> None:
    reading = read("Navn|Telefon", "Anna Berg|4,52031E+09", 'Bo Dam|"=""+4520304050"""', "Carl Eg|=+4520304052")
    assert [[one.value for one in person.phones] for person in people(reading)] == [
        *([], ["+4520304050"], ["+4520304052"])
    ]
    assert [
        (problem.row, problem.kept, "4,52031E+09" in str(problem.message)) for problem in reading.problems
    ] == [(2, True, True)]


@pytest.mark.parametrize(
    ("first", "last", "full", "name"),
    [
        ("Anna", "", "Anna Holm", "Anna Holm"),
        ("", "Lund", "Ole Lund", "Ole Lund"),
        ("", "", "Ole Lund", "Ole Lund"),
        ("Anna", "Holm", "Somebody Else", "Anna Holm"),
        ("Anna", "", "Bo Dam", "Anna"),
    ],
)
def test_the_full_name_fills_what_a_half_one_lacks(
    read: Write, first: str, last: str, full: str, name: str
) -> None:
    assert [one.name for one in people(read("Fornavn|Efternavn|Navn", f"{first}|{last}|{full}"))] == [name]


def test_a_word_that_is_no_role_is_kept_as_a_tag(read: Write) -> None:
    (anna,) = people(read("Navn|Rolle", "Anna Berg|Kunde, Director"))
    assert anna.roles == {Role.CUSTOMER}
    assert anna.tags == ("Director",)


def test_what_google_tells_that_no_field_is_for_is_named(tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text(
        "First Name,Phonetic First Name,Last Name,File As,Labels,E-mail 1 - Label,E-mail 1 - Value,Jot\n"
        "Anna,An-na,Berg,,* myContacts,Home,anna@example.com,\n",
        encoding="utf-8",
    )
    reading = read_contact_file(path)
    assert [one.name for one in people(reading)] == ["Anna Berg"]
    assert [str(note) for note in reading.notes] == ["Not used: Phonetic First Name."]


# --- names on lines


@pytest.mark.parametrize(
    ("line", "name", "phones", "emails", "notes"),
    [
        ("Anna Berg", "Anna Berg", (), (), ""),
        ("- Anna Berg, 12 34 56 78", "Anna Berg", ("12 34 56 78",), (), ""),
        ("3) Anna Berg <anna@example.com>", "Anna Berg", (), ("anna@example.com",), ""),
        (
            "[x] Anna Berg\t+45 12345678; anna@example.com",
            "Anna Berg",
            ("+45 12345678",),
            ("anna@example.com",),
            "",
        ),
        ("Anna Berg - tlf. 12 34 56 78 - søster til Bo", "Anna Berg", ("12 34 56 78",), (), "søster til Bo"),
        ("• Anna-Marie Ærø Aa", "Anna-Marie Ærø Aa", (), (), ""),
        ("Anna (87654321)", "Anna", ("87654321",), (), ""),
        ("“Anna Berg”", "Anna Berg", (), (), ""),
        ("Anna Berg | Ry", "Anna Berg", (), (), "Ry"),
    ],
)
def test_a_name_on_a_line(
    line: str, name: str, phones: tuple[str, ...], emails: tuple[str, ...], notes: str
) -> None:
    (anna,) = people(read_pasted_names(line))
    told = [one.value for one in anna.phones], [one.value for one in anna.emails]
    assert (anna.name, *told, anna.notes) == (name, list(phones), list(emails), notes)


def test_lines_that_name_nobody_are_told_and_empty_ones_passed_over() -> None:
    reading = read_pasted_names("\nAnna Berg\n\n12 34 56 78\n---\n???\nBo\n")
    # a number without a name is somebody all the same
    assert [one.name for one in people(reading)] == ["Anna Berg", "12 34 56 78", "Bo"]
    assert reading.rows == [2, 4, 7]
    assert [problem.row for problem in reading.problems] == [5, 6]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_whatever_is_pasted_gives_people_or_problems_and_nothing_else(text: str) -> None:
    reading = read_pasted_names(text)
    assert all(any(char.isalnum() for char in one.name) for one in people(reading))
    assert len(reading.rows) == len(reading.records)
    assert not {*reading.rows} & {problem.row for problem in reading.problems if problem.subject == ""}
