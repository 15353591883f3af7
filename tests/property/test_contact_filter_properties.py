"""Lists of people: what the file answers is what each condition means, and a filter comes back as it was saved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

import pytest
from contact_filter_reference import Person, holds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organizer.domain.consent import Basis, Channel, Consent, Purpose, SaidNo, Standing, Topic
from organizer.domain.contact import Contact, Labelled, Role, cleaned, sort_key
from organizer.domain.contact_filter import Condition, Field, Filter, Has, Op, Span, Unit
from organizer.domain.contact_filter_text import read, tidied, written
from organizer.domain.product import Product
from organizer.domain.result import Refusal
from organizer.domain.team import Kind, Member
from organizer.domain.timeline import Entry, EntryKind
from organizer.services import companies, contact_lists, files, products
from organizer.storage import File, consents, contacts, team, timeline
from organizer.storage import product_ties as ties

TODAY = date(2026, 3, 1)
"""The day after the 28th in a year without a 29th: what is hardest about birthdays."""

days = st.integers(-500, 40).map(lambda count: TODAY + timedelta(days=count))
near_days = st.sampled_from([-366, -365, -364, -92, -91, -90, -31, -28, -7, -1, 0, 1, 6]).map(
    lambda count: TODAY + timedelta(days=count)
)
some_day = days | near_days
tags = st.sampled_from(["VIP", "vip", "Århus", "te", "årskunde"])
cities = st.sampled_from(["", "Aarhus", "AARHUS C", "Århus", "Åbyhøj", "Ry", "Ryomgård"])
codes = st.sampled_from(["", "8000", "8299", "8300", "800", "80000", "DK-8000", "80 00", "111 22", "80a0"])


@st.composite
def people(draw: st.DrawFn) -> Contact:
    return cleaned(
        Contact(
            first_name=draw(st.sampled_from(["Anna", "Bo", "Åse", "Zoë"])),
            last_name=draw(st.sampled_from(["", "Holm", "Østergård"])),
            phones=draw(st.sampled_from([(), (Labelled("12 34 56 78"),)])),
            emails=draw(st.sampled_from([(), (Labelled("a@b.dk"),)])),
            postal_code=draw(codes),
            city=draw(cities),
            country=draw(st.sampled_from(["", "Danmark", "SVERIGE", "Sverige"])),
            birthday=draw(st.sampled_from(["", "--02-29", "1980-02-28", "--03-01", "1990-12-31", "2000-02-29"])),
            tags=tuple(draw(st.lists(tags, max_size=3))),
            roles=draw(st.frozensets(st.sampled_from(Role))),
            source=draw(st.sampled_from(["", "Messe Ålborg", "messe"])),
            listed=draw(st.sampled_from([True, True, True, False])),
            added=draw(some_day),
            expires=draw(st.none() | days),
        )
    )


ledgers = st.lists(
    st.builds(
        Consent,
        id=st.just(0),
        person_id=st.just(0),
        channel=st.sampled_from([Channel.EMAIL, Channel.EMAIL, Channel.PHONE]),
        given=some_day,
        basis=st.sampled_from(Basis),
        withdrawn=st.none() | some_day,
    ),
    max_size=3,
)
refusals = st.lists(
    st.builds(
        SaidNo,
        id=st.just(0),
        person_id=st.just(0),
        topic=st.sampled_from(Topic),
        day=days,
        lifted=st.none() | days,
    ),
    max_size=2,
)
kinds = st.sampled_from([EntryKind.TALK, EntryKind.CALL, EntryKind.NOTE, EntryKind.INVITATION])
stories = st.lists(st.tuples(some_day, kinds), max_size=6)
drawn = st.tuples(people(), stories, ledgers, refusals, st.booleans(), st.sampled_from(list(Kind) + [None] * 3))

spans = st.builds(Span, st.integers(1, 14), st.sampled_from(Unit))
_IS = {
    Field.ROLE: st.sampled_from(Role).map(str),
    Field.AREA: st.sampled_from(["8000-8299", "80*", "8000", "8300, 111*", "80A*", "11122"]),
    Field.CITY: st.sampled_from(["aarhus", "Århus", "ry", "ÅBYHØJ"]),
    Field.COUNTRY: st.sampled_from(["sverige", "danmark"]),
    Field.LIKES: st.just(1),
    Field.CONSENT: st.sampled_from(["email", "phone"]),
    Field.MAY: st.tuples(
        st.sampled_from(["offer", "invitation", "business"]), st.sampled_from(["email", "phone"])
    ),
    Field.NO: st.sampled_from(["", "everything", "parties", "business"]),
    Field.HAS: st.sampled_from(Has).map(str),
    Field.LIGHT: st.none(),
    Field.TEAM: st.sampled_from([0, 1, 7]),
}
_OTHERS = [
    (Field.TAG, Op.ANY, st.lists(tags, min_size=1, max_size=2).map(tuple)),
    (Field.TAG, Op.ALL, st.lists(tags, min_size=1, max_size=2).map(tuple)),
    (Field.TALKED, Op.WITHIN, spans),
    (Field.TALKED, Op.EVER, st.none()),
    (Field.BIRTHDAY, Op.WEEK, st.none()),
    (Field.BIRTHDAY, Op.MONTH, st.none()),
    (Field.BIRTHDAY, Op.WITHIN, st.sampled_from([0, 1, 30, 305, 364, 365])),
    (Field.ADDED, Op.WITHIN, spans),
    (Field.ADDED, Op.SINCE, some_day),
    (Field.SOURCE, Op.CONTAINS, st.sampled_from(["MESSE", "ålborg"])),
    (Field.TEXT, Op.CONTAINS, st.sampled_from(["aarhus anna", "østerg", "123456", "a@b vip"])),
]
conditions = st.one_of(
    *(
        st.builds(Condition, st.just(field), st.just(op), values, st.booleans())
        for field, op, values in [*((field, Op.IS, values) for field, values in _IS.items()), *_OTHERS]
    )
)
filters = st.builds(Filter, st.lists(conditions, max_size=4).map(tuple), st.booleans())


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[File]:
    made = files.create(tmp_path_factory.mktemp("lists") / "a.organizer", lambda: datetime(2026, 3, 1, 9))
    companies.set_up(made, "", "Vita")
    assert products.add(made, Product(company_id=1, number="x", name="Te")) == 1
    yield made
    made.close()


def stored(file: File, told: Sequence[tuple[Contact, list, list, list, bool, Kind | None]]) -> list[Person]:  # type: ignore[type-arg]
    found = []
    ids = contacts.insert(file, [one[0] for one in told])
    for id_, (_who, story, ledger, noes, likes, place) in zip(ids, told, strict=True):
        timeline.add_entries(file, [Entry(0, id_, day, kind, "") for day, kind in story])
        consents.add_consents(file, [_for(one, id_) for one in ledger])
        consents.add_noes(file, [_for(one, id_) for one in noes])
        if likes:
            ties.like(file, [(1, id_)])
        if place:
            member = Member(team.next_member_id(file), 1, id_, kind=place)
            team.insert(file, [member])
        invited = [day for day, kind in story if kind is EntryKind.INVITATION and day <= TODAY]
        (who,) = contacts.get(file, id_)
        standing = Standing(consents.consents(file, id_), consents.noes(file, id_), invited)
        firms = frozenset({1} if place and place is not Kind.CANCELLED else ())
        liked = frozenset({1} if likes else ())
        found.append(Person(who, timeline.entries(file, id_), standing, liked, firms))
    return found


def _for(one, id_):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(one, person_id=id_)


class UndoneError(Exception):
    """Takes an example's people out again."""


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(drawn, min_size=1, max_size=6), st.lists(filters, min_size=1, max_size=6))
def test_the_file_finds_just_those_whom_the_conditions_mean(file: File, told, asked) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UndoneError), file.deed("test"):
        everybody = stored(file, told)
        for filter_ in asked:
            people = [one for one in everybody if one.contact.listed and holds(filter_, one, TODAY)]
            wanted = [
                one.contact.id
                for one in sorted(people, key=lambda one: (sort_key(one.contact.name), one.contact.id))
            ]
            assert contact_lists.matching(file, filter_, TODAY) == wanted
            assert contact_lists.found(file, filter_, TODAY) == set(wanted)
        raise UndoneError


@given(filters)
def test_a_filter_comes_back_as_it_was_saved(filter_: Filter) -> None:
    assert read(written(filter_)) == tidied(filter_)
    assert written(read(written(filter_))) == written(filter_)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from([f.value for f in Field]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["version", "match", "conditions", "field", "op", "value", "not", "x"]), inner
        )
    ),
    max_leaves=12,
)


@given(json_values)
def test_whatever_is_no_filter_is_refused_and_never_half_understood(told: object) -> None:
    import json

    try:
        found = read(json.dumps(told))
    except Refusal:
        return
    assert isinstance(told, dict)
    assert len(found.conditions) <= len(told["conditions"])


@given(st.sampled_from(list(Purpose)))
def test_only_selling_can_be_asked_of_whom_it_may_reach(purpose: Purpose) -> None:
    condition = Condition(Field.MAY, Op.IS, (purpose.value, "email"))
    if purpose.is_marketing:
        assert tidied(Filter((condition,))).conditions == (condition,)
    else:
        with pytest.raises(Refusal):
            tidied(Filter((condition,)))
