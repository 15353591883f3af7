"""Two cards made one: nothing is lost but what she chose against, the strictest counts, undo brings both back."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from organizer.domain.company import Company
from organizer.domain.consent import Basis, Channel, Consent, Purpose, SaidNo, Topic
from organizer.domain.contact import Address, Contact, Labelled, Role, cleaned
from organizer.domain.duplicate_merge import LISTS, Side, differences, merged, without
from organizer.domain.picture import Picture
from organizer.domain.product import Product
from organizer.domain.relation import Relation, RelationKind
from organizer.domain.result import FieldRefusal, Refusal
from organizer.domain.team import Member
from organizer.domain.timeline import Entry, EntryKind, FollowUp, Outcome
from organizer.services import contacts, duplicates, files, merging, products
from organizer.storage import File, consents, pictures, product_ties, relations, schema, team, timeline

ANNA = Contact(
    first_name="Anna",
    last_name="Berg",
    phones=(Labelled("12 34 56 78", "Mobile"),),
    emails=(Labelled("anna@example.com"),),
    street="Vej 1",
    city="Vejle",
    tags=("green",),
    roles=frozenset({Role.CUSTOMER}),
    notes="Likes green.",
    extra=("URL:https://a.dk",),
)
ALSO = Contact(
    first_name="Anna",
    last_name="Bergg",
    phones=(Labelled("+45 12345678"), Labelled("87654321", "Work")),
    emails=(Labelled("ANNA@example.com", "Home"), Labelled("a@work.dk")),
    street="Gade 2",
    birthday="1962-02-15",
    tags=("vip",),
    roles=frozenset({Role.HOST}),
    notes="Has a dog.",
    occupation="Teacher",
    extra=("NICK:x",),
)
DAY = date(2026, 11, 1)


@pytest.fixture
def two(file: File) -> tuple[int, int]:
    return contacts.add(file, ANNA), contacts.add(file, ALSO)


def contents(file: File) -> dict[str, list]:
    # what digests are made with is no deed of hers
    where = {"setting": "WHERE key <> 'suppression salt'"}
    return {
        t.name: file.fetch(f"SELECT * FROM {t.name} {where.get(t.name, '')} ORDER BY id") for t in schema.TRACKED
    }


def merge(file: File, keep: int, other: int, **sides: Side) -> Contact:
    plan = merging.proposal(file, keep, other)
    merging.merge(file, keep, other, merging.merged(plan.keep, plan.other, sides))
    return contacts.get(file, keep)


def test_the_card_holds_what_either_held(file: File, two: tuple[int, int]) -> None:
    plan = merging.proposal(file, *two)
    assert [(one.field, one.side) for one in plan.differences] == [("name", Side.KEPT), ("notes", Side.BOTH)]
    card = merge(file, *two)
    assert card.name == "Anna Berg"
    assert card.phones == (Labelled("12 34 56 78", "Mobile"), Labelled("87654321", "Work"))
    assert card.emails == (Labelled("anna@example.com", "Home"), Labelled("a@work.dk"))
    assert [one.street for one in card.addresses] == ["Vej 1", "Gade 2"]
    assert (card.birthday, card.occupation) == ("1962-02-15", "Teacher")
    assert card.notes == "Likes green.\n\nHas a dog."
    assert set(card.tags) == {"green", "vip"}
    assert card.roles == {Role.CUSTOMER, Role.HOST}
    assert set(card.extra) == {"URL:https://a.dk", "NICK:x"}
    assert contacts.get(file, two[1]) is None
    assert [one.body for one in timeline.entries(file, two[0])] == [
        "Merged with another card of the same person: Anna Bergg."
    ]


def test_she_chooses_field_by_field(file: File, two: tuple[int, int]) -> None:
    plan = merging.proposal(file, *two)
    chosen = merging.merged(plan.keep, plan.other, {"name": Side.OTHER, "notes": Side.KEPT})
    chosen = merging.without(chosen, {"phones": [1], "addresses": [0], "roles": [1], "tags": []})
    merging.merge(file, *two, chosen)
    card = contacts.get(file, two[0])
    assert (card.name, card.notes, card.street) == ("Anna Bergg", "Likes green.", "Gade 2")
    assert card.phones == (Labelled("12 34 56 78", "Mobile"),)
    assert card.roles == {Role.CUSTOMER}


def place(file: File, company: Company, person_id: int, number: str) -> None:
    """Let a contact have a place at the top of the team."""
    with file.deed("member.add"):
        id_ = team.next_member_id(file)
        team.insert(file, [Member(id_, company.id, person_id, number)])


def fill(file: File, company: Company, keep: int, other: int) -> tuple[int, int]:
    """All that can hang on people, most of it on the second; the ids of a friend and of a product."""
    friend = contacts.add(file, Contact(first_name="Bo", last_name="Lund"))
    oil = products.add(file, Product(company_id=company.id, number="1", name="Oil"))
    soap = products.add(file, Product(company_id=company.id, number="2", name="Soap"))
    with file.deed("contact.edit"):
        timeline.add_entries(file, [Entry(0, id_, DAY, EntryKind.TALK, str(id_)) for id_ in (keep, other)])
        timeline.add_follow_ups(file, [FollowUp(0, other, DAY, "Call", purpose=Purpose.PROMISE)])
        tie = RelationKind.FAMILY
        relations.add(
            file,
            [
                *(Relation(0, keep, friend, tie), Relation(0, friend, other, tie, "sister")),
                *(Relation(0, keep, other, RelationKind.DIFFERENT), Relation(0, other, friend, RelationKind.HOST)),
            ],
        )
        product_ties.like(file, [(oil, keep), (oil, other), (soap, other)])
        pictures.set_of_person(file, other, Picture("image/png", b"other"))
        consents.add_consents(file, [Consent(0, other, Channel.SMS, DAY, "paper", "Yes")])
        consents.add_noes(file, [SaidNo(0, other, Topic.PARTIES, DAY, "No parties")])
    place(file, company, other, "77")
    return friend, soap


def test_all_that_hangs_on_either_goes_to_the_one(file: File, company: Company, two: tuple[int, int]) -> None:
    keep, other = two
    friend, soap = fill(file, company, keep, other)
    plan = merging.proposal(file, keep, other)
    assert plan.teams == (company.name,)
    assert (plan.moving.entries, plan.moving.steps, plan.moving.consents, plan.moving.noes) == (1, 1, 1, 1)
    assert (plan.moving.relations, plan.moving.likes, plan.moving.picture) == (2, 2, 1)
    merge(file, keep, other)
    assert {entry.body for entry in timeline.entries(file, keep)} >= {str(keep), str(other)}
    assert [step.body for step in timeline.follow_ups(file, keep)] == ["Call"]
    ties = [(tie.person_id, tie.other_id, tie.kind, tie.body) for tie in relations.everyone(file)]
    assert ties == [(friend, keep, RelationKind.FAMILY, "sister"), (keep, friend, RelationKind.HOST, "")]
    assert len(product_ties.liked(file, keep)) == 2
    assert soap in product_ties.liked(file, keep)
    assert pictures.of_person(file, keep) == Picture("image/png", b"other")
    assert [one.channel for one in consents.consents(file, keep)] == [Channel.SMS]
    assert [one.body for one in consents.noes(file, keep)] == ["No parties"]
    assert file.fetch("SELECT person_id FROM member WHERE number = '77'") == [(keep,)]


def test_undo_brings_both_back_exactly_and_redo_merges_again(
    file: File, company: Company, two: tuple[int, int]
) -> None:
    fill(file, company, *two)
    before = contents(file)
    merge(file, *two)
    after = contents(file)
    assert files.deed_name(files.undoable(file)) == "Merge Anna Berg"
    files.undo(file)
    assert contents(file) == before
    files.redo(file)
    assert contents(file) == after
    files.undo(file)
    assert contents(file) == before


def test_the_strictest_counts(file: File, two: tuple[int, int]) -> None:
    keep, other = two
    give = [
        Consent(0, keep, Channel.EMAIL, date(2026, 1, 1)),
        Consent(0, keep, Channel.SMS, date(2026, 6, 1), basis=Basis.CUSTOMER),
        Consent(0, keep, Channel.POST, date(2026, 1, 1)),
        Consent(0, other, Channel.EMAIL, date(2025, 1, 1), withdrawn=date(2026, 3, 1), withdrawn_how="by phone"),
        Consent(0, other, Channel.SMS, date(2025, 1, 1), withdrawn=date(2026, 3, 1)),
    ]
    steps = [
        FollowUp(0, keep, DAY, "mail", channel=Channel.EMAIL, purpose=Purpose.OFFER),
        FollowUp(0, keep, DAY, "sms", channel=Channel.SMS, purpose=Purpose.OFFER),
        FollowUp(0, keep, DAY, "business", purpose=Purpose.BUSINESS),
        FollowUp(0, keep, DAY, "promise", channel=Channel.EMAIL, purpose=Purpose.PROMISE),
    ]
    with file.deed("contact.edit"):
        consents.add_consents(file, give)
        consents.add_noes(file, [SaidNo(0, other, Topic.BUSINESS, DAY, "Never")])
        timeline.add_follow_ups(file, steps)
    merge(file, keep, other)
    held = {one.channel: one for one in consents.consents(file, keep) if one.withdrawn is None}
    assert set(held) == {Channel.SMS, Channel.POST}, "the e-mail was withdrawn after it was given; the SMS before"
    assert {step.body: step.outcome for step in timeline.follow_ups(file, keep)} == {
        "mail": Outcome.DROPPED,
        "sms": Outcome.OPEN,
        "business": Outcome.NO,
        "promise": Outcome.OPEN,
    }


def test_her_picture_may_be_the_other(file: File, two: tuple[int, int]) -> None:
    with file.deed("contact.edit"):
        for id_, data in zip(two, (b"one", b"two"), strict=True):
            pictures.set_of_person(file, id_, Picture("image/png", data))
    merge(file, *two)
    assert pictures.of_person(file, two[0]) == Picture("image/png", b"one")
    files.undo(file)
    plan = merging.proposal(file, *two)
    merging.merge(file, *two, plan.result, other_picture=True)
    assert pictures.of_person(file, two[0]) == Picture("image/png", b"two")
    files.undo(file)
    assert pictures.of_person(file, two[1]) == Picture("image/png", b"two")


def test_two_places_in_one_team_are_refused_with_the_way_on(
    file: File, company: Company, two: tuple[int, int]
) -> None:
    for number, id_ in enumerate(two):
        place(file, company, id_, str(number + 50))
    before = contents(file)
    plan = merging.proposal(file, *two)
    assert plan.obstacle
    assert "remove one of the two places first" in str(plan.obstacle)
    with pytest.raises(Refusal):
        merging.merge(file, *two, plan.result)
    assert contents(file) == before


def test_the_owner_is_still_the_owner(file: File, two: tuple[int, int]) -> None:
    own = files.owner(file)
    plan = merging.proposal(file, two[0], own.id)
    assert plan.owner
    merging.merge(file, two[0], own.id, merging.merged(plan.keep, plan.other, {"name": Side.OTHER}))
    assert files.owner(file).id == two[0]
    assert files.owner(file).name == "Karen Holm"
    assert files.owner(file).listed
    files.undo(file)
    assert files.owner(file).id == own.id
    merge(file, own.id, two[0])
    assert files.owner(file).id == own.id


def test_what_cannot_be_merged_is_refused(file: File, two: tuple[int, int]) -> None:
    before = contents(file)
    for keep, other in ((two[0], two[0]), (two[0], 999), (999, two[0])):
        with pytest.raises(Refusal):
            merging.proposal(file, keep, other)
        with pytest.raises(Refusal):
            merging.merge(file, keep, other, ANNA)
    with pytest.raises(FieldRefusal):
        merging.merge(file, *two, replace(ANNA, birthday="never"))
    assert contents(file) == before


def test_those_who_were_said_to_be_two_are_not_asked_about_again(file: File, two: tuple[int, int]) -> None:
    known = contacts.get(file, two[0])
    assert [(one.person_id, one.name) for one in duplicates.alike(file, known)] == [(two[1], "Anna Bergg")]
    assert [(pair.one_id, pair.other_id) for pair in duplicates.pairs(file).now()] == [two]
    duplicates.different(file, *two)
    duplicates.different(file, two[1], two[0])
    assert len(relations.everyone(file)) == 1
    assert duplicates.alike(file, known) == []
    assert duplicates.pairs(file).now() == []
    files.undo(file)
    assert duplicates.pairs(file).now()
    with pytest.raises(Refusal):
        duplicates.different(file, two[0], 999)


def test_whoever_may_be_meant_is_found_after_each_deed(file: File, two: tuple[int, int]) -> None:
    draft = Contact(first_name="Anna", last_name="Berg", phones=(Labelled("0045 12 34 56 78"),))

    def asked() -> list[int]:
        return [one.person_id for one in duplicates.alike(file, draft)]

    assert asked() == list(two)
    contacts.delete(file, [two[0]])
    assert asked() == [two[1]]
    files.undo(file)
    assert asked() == list(two)
    contacts.save(file, replace(contacts.get(file, two[1]), phones=(), emails=(), first_name="Zoe"))
    assert asked() == [two[0]]
    files.undo(file)
    files.undo(file)  # who was added last is gone
    assert asked() == [two[0]]
    prepared = duplicates.prepare(file).now()
    duplicates.take(file, prepared)
    assert asked() == [two[0]]


def test_what_was_made_ready_on_another_thread_catches_up(file: File) -> None:
    job = duplicates.prepare(file)
    id_ = contacts.add(file, ANNA)
    duplicates.take(file, job.now())
    assert [one.person_id for one in duplicates.alike(file, ANNA)] == [id_]
    assert duplicates.is_ready(file)


TEXT = st.sampled_from(["", "Anna", "Berg", "--02-15", "1962-02-15", "Holm"])
PHONES = st.lists(
    st.builds(Labelled, st.sampled_from(["1", "12345678", "+45 12345678", "2222"]), TEXT), max_size=3
)
MAILS = st.lists(st.builds(Labelled, st.sampled_from(["a@b.dk", "A@B.dk", "c@d.dk"]), TEXT), max_size=3)
ADDRESSES = st.lists(st.builds(Address, TEXT, TEXT, TEXT), max_size=3)
WORDS = st.lists(st.sampled_from(["red", "blue", "vip"]), max_size=3).map(tuple)
PEOPLE = st.builds(
    Contact,
    first_name=st.sampled_from(["Anna", "Bo"]),
    last_name=TEXT,
    organization=TEXT,
    birthday=st.sampled_from(["", "--02-15", "1962-02-15", "1970-01-01"]),
    phones=PHONES.map(tuple),
    emails=MAILS.map(tuple),
    street=TEXT,
    more_addresses=ADDRESSES.map(tuple),
    tags=WORDS,
    extra=WORDS,
    roles=st.frozensets(st.sampled_from(Role)),
    notes=TEXT,
    family=TEXT,
).map(cleaned)


@settings(max_examples=100)
@given(PEOPLE, PEOPLE)
def test_nothing_of_either_is_lost_but_what_she_chose_against(one: Contact, other: Contact) -> None:
    both = cleaned(merged(one, other))
    differ = {found.field: found for found in differences(one, other)}
    for field in ("organization", "birthday", "notes", "family"):
        texts = {getattr(one, field), getattr(other, field)}
        if field in differ and differ[field].side is not Side.BOTH:
            assert getattr(both, field) == getattr(one, field)
        else:
            assert all(text in getattr(both, field) or text[1:] in getattr(both, field) for text in texts)
    assert set(both.tags) == {*one.tags, *other.tags}
    assert set(both.extra) == {*one.extra, *other.extra}
    assert both.roles == one.roles | other.roles
    assert duplicates.known_of(both).phones == duplicates.known_of(merged(both, other)).phones
    for whose in (one, other):
        assert set(duplicates.known_of(whose).phones) <= set(duplicates.known_of(both).phones)
        assert set(duplicates.known_of(whose).emails) <= set(duplicates.known_of(both).emails)
        assert {a.street for a in whose.addresses} <= {a.street for a in both.addresses} | {""}
    assert merged(both, both) == both
    assert merged(both, other) == both or differ, "once merged there is nothing to add"
    assert without(both, dict.fromkeys(LISTS, ())) == both


def test_another_extension_another_letter_box_and_the_kind_of_an_address_are_kept(file: File) -> None:
    one = Contact(
        first_name="Anna",
        phones=(Labelled("12345678 lokal 3"),),
        emails=(Labelled("anna@example.com"),),
        street="Vej 1",
    )
    two = replace(
        one,
        phones=(Labelled("+45 12 34 56 78 ext. 3"), Labelled("12345678 lokal 5")),
        emails=(Labelled("anna+shop@example.com"), Labelled("Anna@Example.com")),
        address_label="Home",
    )
    card = merging.merged(one, two)
    assert [entry.value for entry in card.phones] == ["12345678 lokal 3", "12345678 lokal 5"]
    assert [entry.value for entry in card.emails] == ["anna@example.com", "anna+shop@example.com"]
    assert card.address_label == "Home"


def test_what_was_written_of_a_relation_between_the_two_is_kept(file: File, two: tuple[int, int]) -> None:
    with file.deed("x"):
        relations.add(file, [Relation(0, *two, RelationKind.INTRODUCED, "met at the fair")])
    merge(file, *two)
    assert any("met at the fair" in entry.body for entry in timeline.entries(file, two[0]))
