"""What a search finds, letter by letter, and how names are sorted: Danish, Swedish, German, Polish and others."""

from __future__ import annotations

import pytest

from organizer.domain.contact import fold, sort_key
from organizer.domain.finding import begins_nearly, phone_parts, wanted

SORTED = (
    *("Anne", "Çelik", "Dagny", "Đorđe", "Ebba", "Éva", "Gül", "Işık", "İsmail", "Isolde", "Isaac", "Ivan"),
    *("Łucja", "Lukas", "Łukasz", "Lund", "Michał", "Olga", "Ósk", "Ruth", "Straße", "Strate", "Şule"),
    *(
        "Ulla",
        "Ünal",
        "Yrsa",
        "Yvonne",
        "Żaneta",
        "Zoë",
        "Æble",
        "Ärlig",
        "Ævar",
        "Öberg",
        "Ødum",
        "Östen",
        "Øyvind",
    ),
    *("Aabye", "Åge", "Åse", "Aastrup", "Αλέξης", "Ελένη", "Юлия"),
)
"""aa is å in every name, as in a Danish register: nothing tells that Isaac is said otherwise."""

FOUND = (
    ("åse", "Åse Holm"),
    ("aase", "Åse Holm"),
    ("åse", "Aase Holm"),
    ("ågård", "Aagaard"),
    ("kierkegård", "Søren Kierkegaard"),
    ("ærlig", "Ärlig"),
    ("bjørk", "Björk"),
    ("björk", "Bjørk"),
    ("bjork", "Björk"),
    ("malmø", "Malmö"),
    ("muller", "Müller"),
    ("müller", "Muller"),
    ("strasse", "Straße"),
    ("straße", "Strasse"),
    ("groß", "GROSS"),
    ("zoe", "Zoë"),
    ("andré", "Andre"),
    ("lukasz", "Łukasz"),
    ("łukasz", "Lukasz"),
    ("wladyslaw", "Władysław"),
    ("zolc", "żółć"),
    ("isik", "Işık"),
    ("ISIK", "ışık"),
    ("istanbul", "İstanbul"),
    ("İNAN", "inan"),
    ("gul", "Gül Şahin"),
    ("sahin", "Gül Şahin"),
    ("ελενη", "Ελένη"),
    ("ΕΛΕΝΗ", "Ελένη"),
    ("παπαδοπουλος", "Παπαδόπουλος"),
    ("юлия", "ЮЛИЯ"),
    ("sør ra", "Ravn, Søren"),
    ("o'neill", "Sinéad O’Neill"),
    ("anna", "Li-Anna"),
)

APART = (
    ("a", "Åse"),
    ("ase", "Åse"),
    ("o", "Østen"),
    ("osten", "Østen"),
    ("ae", "Ærlig"),
    ("a", "Ærlig"),
    ("nna", "Anna"),
    ("anna holm", "Anna Berg"),
)

TYPOS = ("kirstine", "kristne", "kristinne", "kritsine", "kkristine", "kristime", "kristina")


def test_names_sort_as_danes_sort_them() -> None:
    mixed = sorted(SORTED)
    mixed.sort(key=sort_key)
    assert mixed == list(SORTED)


@pytest.mark.parametrize(("typed", "name"), FOUND)
def test_what_is_found(typed: str, name: str) -> None:
    asked = wanted(typed)
    assert asked.fits(name)
    assert asked.spans(name)


@pytest.mark.parametrize(("typed", "name"), APART)
def test_what_is_kept_apart(typed: str, name: str) -> None:
    assert not wanted(typed).fits(name)
    assert not (len(wanted(typed).words) == 1 and wanted(typed).spans(name))


@pytest.mark.parametrize("typed", TYPOS)
def test_one_letter_may_be_wrong_where_asked_for(typed: str) -> None:
    assert not wanted(typed).fits("Kristine Toft")
    assert wanted(typed).nearly().fits("Kristine Toft")
    assert wanted(typed).nearly().spans("Kristine Toft") == ((0, 8),)


@pytest.mark.parametrize(
    ("token", "word"),
    [("kristine", "kritsnie"), ("anna", "hana"), ("ann", "bonn"), ("karl", "lark"), ("1234", "1235a")],
)
def test_two_wrong_letters_are_two_too_many(token: str, word: str) -> None:
    assert not begins_nearly(token, word)


def test_short_words_and_numbers_must_be_right() -> None:
    for text in ("ane", "12345", "a1b2c3"):
        assert not wanted(text).may_be_near
        assert not wanted(text).nearly().near


def test_the_letters_looked_for_are_marked_as_they_are_written() -> None:
    assert wanted("aage str").spans("Åge Møller, Straße 4") == ((0, 3), (12, 15))
    assert wanted("strass").spans("Straße 4") == ((0, 5),)
    assert wanted("ny").spans("Ny by, nyt 😀 nye") == ((0, 2), (7, 9), (13, 15))
    assert wanted("2034").number_span("+45 12 20 34 56") == ((7, 12),)
    assert wanted("+45 12 20").number_span("12 20 34 56") == ((0, 5),)
    assert wanted("999").number_span("12 20 34 56") == ()


def test_a_phone_number_is_known_by_its_form() -> None:
    assert wanted("+45 20 12").digits == "452012"
    assert phone_parts("452012") == ("452012", "2012")
    assert phone_parts("004520") == ("004520",)
    assert wanted("12 3").digits == "123"
    assert [wanted(text).digits for text in ("12", "anna 123", "12a34", "١٢٣")] == [""] * 4


@pytest.mark.parametrize("text", ["", " ", "😀", '"', "* OR -", "\x00\u202e", "_", "'; --"])
def test_what_holds_no_word_asks_for_nothing(text: str) -> None:
    assert not wanted(text) or wanted(text).words[0].plain == "or"


def test_a_book_in_the_field_is_cut() -> None:
    asked = wanted("ord " * 5 + "x" * 10_000 + " andre ord" * 1000)
    assert len(asked.words) <= 8
    assert max(len(word.plain) for word in asked.words) <= 60


def test_folding_leaves_danish_letters_alone() -> None:
    assert fold("ÆØÅ Éva Łódź ÇİŞ") == "æøå eva lodz cis"


@pytest.mark.parametrize(
    "text", ["tlf. 12 34 56 78", "Mobil: 12345678", "tel:12-34-56-78", "12\u201134\u201356 78", "(12) 34.56/78"]
)
def test_a_number_copied_from_a_page_is_a_number(text: str) -> None:
    assert wanted(text).digits == "12345678"


@pytest.mark.parametrize("text", ["tlf", "Telma 12", "tel Anna 123"])
def test_words_are_no_number(text: str) -> None:
    assert wanted(text).digits == ""
