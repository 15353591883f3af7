"""What stands on a label: as Danish post has it, one for a household where she wants."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from organizer.domain.address_label import is_addressed, labels
from organizer.domain.contact import Contact

HOME = {"last_name": "Holm", "street": "Nørre Allé 12", "postal_code": "8000", "city": "Aarhus C"}


def who(first: str, **told: str) -> Contact:
    return Contact(first_name=first, **{**HOME, **told})  # type: ignore[arg-type]


def test_people_of_one_name_at_one_address_share_a_label() -> None:
    people = [who("Anna"), who("Ole", last_name="Dam"), who("Bo", street="NØRRE ALLÉ 12"), who("Ida")]
    assert labels(people, households=True, joint="og") == [
        ("Anna, Bo og Ida Holm", "Nørre Allé 12", "8000 Aarhus C"),
        ("Ole Dam", "Nørre Allé 12", "8000 Aarhus C"),
    ]
    assert len(labels(people, households=False, joint="og")) == 1  # these have no ids: stored people do


def test_the_country_stands_only_abroad_and_in_capitals() -> None:
    (home,) = labels([who("Anna", country="Danmark")], households=False, joint="og")
    (away,) = labels([who("Anna", country="Sverige")], households=False, joint="og")
    assert home[-1] == "8000 Aarhus C"
    assert away[-1] == "SVERIGE"


def test_a_firm_stands_below_the_name_and_two_of_one_name_are_named_once() -> None:
    (firm,) = labels([who("Anna", organization="Vita")], households=True, joint="og")
    assert firm[:2] == ("Anna Holm", "Vita")
    assert labels([who("Anna"), who("Anna")], households=True, joint="og")[0][0] == "Anna Holm"


names = st.sampled_from(["", "Anna", "Bo"])
people = st.lists(
    st.builds(
        Contact,
        id=st.integers(1, 10_000),
        first_name=names,
        last_name=st.sampled_from(["", "Holm", "Dam"]),
        organization=st.sampled_from(["", "Vita"]),
        street=st.sampled_from(["", "Vej 1", "VEJ 1", "Vej 2"]),
        postal_code=st.sampled_from(["", "8000"]),
        city=st.sampled_from(["", "Ry"]),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)


@given(people, st.booleans())
def test_everybody_with_an_address_is_on_just_one_label(everybody: list[Contact], households: bool) -> None:
    made = labels(everybody, households=households, joint="og")
    addressed = [one for one in everybody if is_addressed(one)]
    assert len(made) <= len(addressed)
    if not households:
        assert [lines[0] for lines in made] == [one.name or one.street for one in addressed]
    for one in addressed:
        assert any(one.first_name in lines[0] and one.last_name in lines[0] for lines in made)
