"""Who may be one person: a table of cases from the address books of several countries, and properties."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from organizer.domain.contact import Contact, Labelled, split_name
from organizer.domain.duplicate import Finder, Sureness, known_of
from organizer.domain.duplicate_text import mail_key, phone_key, words
from organizer.domain.nickname import Nicknames
from organizer.domain.result import Cancelled
from organizer.services.duplicates import nicknames

CERTAIN, LIKELY, PERHAPS = Sureness.CERTAIN, Sureness.LIKELY, Sureness.PERHAPS
PHONE, MAIL = "12 34 56 78", "anna@example.com"


def person(id_: int, name: str, phone: str = "", mail: str = "", **more: str) -> Contact:
    first, last = split_name(name)
    phones = tuple(map(Labelled, filter(None, [phone])))
    return Contact(id_, first, last_name=last, phones=phones, emails=(Labelled(mail),) if mail else (), **more)


def likeness(one: Contact, other: Contact, *crowd: Contact):
    people = [known_of(person) for person in (other, *crowd)]
    found = Finder(people, nicknames()).find(known_of(one))
    return next((like for like in found if like.id == other.id), None)


def sure(one: Contact, other: Contact, *crowd: Contact) -> Sureness | None:
    found = likeness(one, other, *crowd)
    return found.sure if found else None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Berg", "anna  BERG"),
        ("Anna Berg", "Berg, Anna"),
        ("Søren Ærø", "Soeren Aeroe"),
        ("Åse Aagaard", "Aase Ågård"),
        ("Hanne Holm", "Johanne Holm"),
        ("Kis Birk", "Kirsten Birk"),
        ("Bob Miller", "Robert Miller"),
        ("Anne-Marie Friis", "Annemarie Friis"),
        ("Anne Marie Friis", "Annemarie Friis"),
        ("Anna Berg", "Anna Berg Holm"),
        ("Kristian Bach", "Christian Bach"),
        ("Sofie Thygesen", "Sophie Thygesen"),
        ("Birgitte Rosenkilde", "Birgitte Rosenklide"),
        ("Åsa Öberg", "Asa Oberg"),
        ("Kerstin Lindqvist", "Kerstin Lindkvist"),
        ("Jürgen Müller", "Juergen Mueller"),
        ("Wolfgang Weiß", "Wolfgang Weiss"),
        ("Łukasz Wójcik", "Lukasz Wojcik"),
        ("Małgorzata Dąbrowska", "Gosia Dabrowska"),
        ("İbrahim Şahin", "Ibrahim Sahin"),
        ("Ayşe Yıldız", "AYSE YILDIZ"),
        ("Ελένη Παπαδοπούλου", "Eleni Papadopoulou"),
        ("Γιώργος Νικολάου", "Γεώργιος Νικολάου"),
        ("Zoë O'Neil", "Zoe O\N{RIGHT SINGLE QUOTATION MARK}Neil"),
    ],
)
def test_the_same_phone_and_a_name_much_like_it_is_certain(one: str, other: str) -> None:
    assert sure(person(1, one, PHONE), person(2, other, "+4512345678")) is CERTAIN
    assert sure(person(2, other, mail="ANNA@example.com"), person(1, one, mail=MAIL)) is CERTAIN


@pytest.mark.parametrize(
    ("one", "other"),
    [("Anna Berg", "A. Berg"), ("Anna Berg", "Anne Berg"), ("Anna Berg", "Anna"), ("Anna Berg", "Anna Lund")],
)
def test_the_same_phone_and_a_name_that_may_be_another_is_likely(one: str, other: str) -> None:
    assert sure(person(1, one, PHONE), person(2, other, PHONE)) is LIKELY


def test_a_household_shares_a_phone_and_is_asked_about_with_that_reason() -> None:
    found = likeness(person(1, "Anna Berg", PHONE), person(2, "Peter Berg", "0045 12345678"))
    assert found
    assert found.sure is PERHAPS
    assert "Different first names: perhaps one household" in map(str, found.reasons)


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("Tasneem Vestergård", "Tasneem Vestergaard", LIKELY),
        ("Tasneem Vestergård", "Vestergaard Tasneem", LIKELY),
        ("Tasneem Vestergård", "Tasnem Vestergaard", PERHAPS),
        ("Anne Jensen", "Anne Jensen", PERHAPS),
        ("Anne Jensen", "Anna Jensen", None),
        ("Hans Hansen", "Jens Hansen", None),
        ("Mette Nielsen", "Mette Jensen", None),
        ("Bo", "Ib", None),
        ("Anna", "Anna Berg", None),
        ("A Berg", "B Berg", None),
        ("Peter Rosenkilde", "Anna Rosenkilde", None),
    ],
)
def test_a_name_alone_is_asked_about_where_it_is_rare(one: str, other: str, answer: Sureness | None) -> None:
    assert sure(person(1, one), person(2, other)) is answer


def test_what_stands_beside_the_name_speaks_for_or_against() -> None:
    def with_day(id_: int, day: str) -> Contact:
        return person(id_, "Anne Jensen", birthday=day)

    assert sure(with_day(1, "1962-02-15"), with_day(2, "1962-02-15")) is LIKELY
    assert sure(with_day(1, "1962-02-15"), with_day(2, "--02-15")) is LIKELY
    assert sure(with_day(1, "1962-02-15"), with_day(2, "1963-02-15")) is None
    assert sure(person(1, "Anne Jensen", city="Vejle"), person(2, "Anne Jensen", city="Odense")) is None
    assert sure(person(1, "Anne Jensen", city="Vejle"), person(2, "Anne Jensen", city="VEJLE")) is PERHAPS
    assert sure(person(1, "Tasneem Friis", city="Vejle"), person(2, "Tasneem Friis", city="Odense")) is PERHAPS
    twin = likeness(
        person(1, "Anna Berg", PHONE, birthday="1962-02-15"), person(2, "Anna Berg", PHONE, birthday="1990-02-15")
    )
    assert twin
    assert twin.sure is PERHAPS
    assert "Different birthdays" in map(str, twin.reasons)


def test_a_nickname_that_is_noted_counts() -> None:
    assert sure(person(1, "Bitten Friis", PHONE), person(2, "Ragnhild Friis", PHONE, nickname="Bitten")) is CERTAIN


def test_no_name_at_all_and_organizations() -> None:
    assert sure(Contact(1, phones=(Labelled(PHONE),)), person(2, "Anna Berg", PHONE)) is LIKELY
    salon = Contact(1, organization="Salon Åse")
    assert sure(salon, Contact(2, organization="salon aase")) is LIKELY


def test_a_common_name_does_not_flood() -> None:
    crowd = [person(id_, "Anne Jensen", f"2{id_:07}") for id_ in range(2, 600)]
    finder = Finder(map(known_of, crowd), nicknames())
    assert finder.find(known_of(person(1, "Anne Jensen", "30000000")), limit=1000) == []
    assert [like.sure for like in finder.find(known_of(person(1, "Anne Jensen", "20000007")))] == [CERTAIN]


def test_a_common_name_is_asked_about_while_few_have_it() -> None:
    crowd = [person(id_, "Anne Jensen", city="Vejle" if id_ % 2 else "") for id_ in range(2, 9)]
    finder = Finder(map(known_of, crowd), nicknames())
    found = finder.find(known_of(person(1, "Anne Jensen", city="Vejle")), limit=10)
    assert {like.id for like in found} == {3, 5, 7}, "seven have the name: those in the same city are worth it"
    fewer = Finder(map(known_of, crowd[:3]), nicknames())
    assert len(fewer.find(known_of(person(1, "Anne Jensen")))) == 3


def test_those_said_to_be_others_and_oneself_are_left_out() -> None:
    finder = Finder(map(known_of, [person(1, "Anna Berg", PHONE), person(2, "Anna Berg", PHONE)]), Nicknames())
    assert [like.id for like in finder.find(known_of(person(1, "Anna Berg", PHONE)))] == [2]
    assert finder.find(known_of(person(1, "Anna Berg", PHONE)), apart=frozenset({2})) == []
    assert [(one.one, one.other.id) for one in finder.couples()] == [(1, 2)]
    assert finder.couples(frozenset({frozenset({1, 2})})) == []
    with pytest.raises(Cancelled):
        finder.couples(cancelled=lambda: True)


@pytest.mark.parametrize(
    "number",
    [
        *("12345678", "12 34 56 78", "+45 12345678", "0045 12 34 56 78", "12-34-56-78", "(+45) 12345678"),
        *("+45 (0)12345678", "12345678 lok. 12", "12345678 x5", "12345678;ext=7", "12 34 56 78 (work)"),
    ],
)
def test_a_danish_number_in_any_form(number: str) -> None:
    assert phone_key(number) == "4512345678"


def test_other_numbers() -> None:
    assert phone_key("+46 (0)70-123 45 67") == phone_key("0046701234567") == "46701234567"
    assert phone_key("112") == phone_key("none") == phone_key("") == ""


def test_mail_addresses_in_any_form() -> None:
    assert mail_key("Anna.Berg+shop@GoogleMail.com") == mail_key("annaberg@gmail.com")
    assert mail_key("a.b@x.dk") != mail_key("ab@x.dk")
    assert mail_key("+45@x.dk") == "+45@x.dk"
    assert mail_key("nonsense") == mail_key("@x.dk") == ""


LETTERS = "abdefgiklmnoprstuvæøåéłşñα"
NAME = st.text(st.sampled_from(LETTERS), min_size=5, max_size=12).filter(lambda name: len(words(name)[0]) > 4)
EDIT = st.tuples(st.sampled_from(["drop", "change", "swap", "double"]), st.integers(0, 11), st.sampled_from("xqw"))


def mistyped(name: str, edit: tuple[str, int, str]) -> str:
    kind, at, letter = edit[0], edit[1] % (len(name) - 1), edit[2]
    parts = {
        "drop": name[:at] + name[at + 1 :],
        "change": name[:at] + letter + name[at + 1 :],
        "swap": name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        "double": name[:at] + letter + name[at:],
    }
    return parts[kind]


@given(NAME, NAME, EDIT, st.booleans())
def test_one_wrong_letter_with_the_same_phone_is_found(first: str, last: str, edit: tuple, in_last: bool) -> None:
    wrong = (first, mistyped(last, edit)) if in_last else (mistyped(first, edit), last)
    # a digraph would make two wrong letters of one: Aage and Axage
    assume(all(words(part) and len(words(part)[0]) == len(part) for part in (first, last, *wrong)))
    one, other = person(1, f"{first} {last}", PHONE), person(2, " ".join(wrong), "+45 12345678")
    found = likeness(one, other)
    assert found
    assert found.sure in (CERTAIN, LIKELY)
    assert likeness(other, one).sure is found.sure


@given(
    st.lists(st.sampled_from(["Anna Berg", "Anne Berg", "Bo Holm", "Anna", "Berg Anna"]), max_size=8), st.data()
)
def test_a_finder_that_was_changed_is_as_one_made_anew(names: list[str], data: st.DataObject) -> None:
    people = {id_: known_of(person(id_, name, PHONE if id_ % 2 else "")) for id_, name in enumerate(names, 1)}
    finder = Finder(people.values(), nicknames())
    for id_ in list(people):
        if data.draw(st.booleans()):
            finder.remove(id_)
            del people[id_]
        elif data.draw(st.booleans()):
            people[id_] = known_of(person(id_, data.draw(st.sampled_from(["Ida Lund", "Anna Berg"]))))
            finder.replace(people[id_])
    fresh = Finder(people.values(), nicknames())
    assert finder.couples() == fresh.couples()
    assert len(finder) == len(fresh)
