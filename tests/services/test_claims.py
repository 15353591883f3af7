"""What product notes promise is pointed at where it stands, with its rule; what only looks like it is not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain.claims import ClaimKind, Claims, Rule
from organizer.services import claims


def told(text: str) -> list[tuple[str, str]]:
    return [(text[claim.start : claim.end], claim.rule.id) for claim in claims.found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cremen kurerer eksem", [("kurerer", "cure"), ("eksem", "cure")]),
        ("It CURES everything, and heals.", [("CURES", "cure"), ("heals", "cure")]),
        ("Det heler ikke og helbreder ikke", [("helbreder", "cure")]),  # pointed at, though it says the opposite
        ("Udrensende te til dit immunforsvar", [("Udrensende", "function"), ("immunforsvar", "function")]),
        ("Tab 5 kg på en uge", [("Tab 5 kg", "weight")]),
        ("Lose ten pounds", [("Lose ten pounds", "weight")]),
        ("Anbefalet   af\nlæger", [("Anbefalet   af\nlæger", "doctors")]),
        (
            "Passiv indkomst\N{NO-BREAK SPACE}uden risiko",
            [("Passiv indkomst", "income"), ("uden risiko", "income")],
        ),
        ("Be your own boss", [("your own boss", "income")]),
        ("Miljøvenlige skåle, 100 % naturlige", [("Miljøvenlige", "green"), ("100 % naturlige", "green")]),
        ("MILJØVENLIG", [("MILJØVENLIG", "green")]),
        ("Allergivenlig creme", [("Allergivenlig", "cosmetic")]),
        ("Bevist virkning", [("Bevist virkning", "proof")]),
        ("Klimaneutral!", [("Klimaneutral", "green")]),
    ],
)
def test_a_promise_is_pointed_at(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", "En grøn skål i en kurv", "Health shop and healer's", "Curettage, procured, secured", "Kurven"),
        *("Sundhedsplejersken kommer", "Slankekurven hedder den ikke", "Vare nr. 1", "Indkomst og udgift"),
    ],
)
def test_what_only_looks_like_it_is_left_alone(text):
    assert told(text) == []


def test_every_rule_says_why_and_names_its_source_in_both_languages():
    rules = {claim.rule.id: claim.rule for text in ONE_OF_EACH for claim in claims.found(text)}
    assert len(rules) == 8
    for rule in rules.values():
        assert all(rule.why[language] and rule.source[language] for language in ("da", "en"))


ONE_OF_EACH = (
    "cure",
    "detox",
    "fat burner",
    "doctors recommend",
    "get rich",
    "eco-friendly",
    "giftfri",
    "miracle",
)


@given(
    st.text(alphabet="kurerægodtsund ABÆØÅİßfi🎉\u0301.-*", max_size=60),
    st.sampled_from(["kurerer", "sund", "få*"]),
)
def test_places_are_whole_words_of_the_text(text, word):
    found = Claims([Rule("x", ClaimKind.HEALTH, {}, {}, [word])]).found(f"{text} kurerer {text}")
    whole = f"{text} kurerer {text}"
    assert word != "kurerer" or found
    for one, following in pairwise(found):
        assert one.end <= following.start
    for one in found:
        assert 0 <= one.start < one.end <= len(whole)
        assert not (one.start and whole[one.start - 1].isalpha() and whole[one.start].isalpha())
