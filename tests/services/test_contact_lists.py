"""Lists of people: saved and undone, those that come with the program, told in words, and never a no on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organizer.domain.consent import Channel, Purpose, Topic
from organizer.domain.contact import Contact, Labelled, Role
from organizer.domain.contact_filter import Condition, Field, Filter, Op, Span, Unit
from organizer.domain.contact_filter_text import written
from organizer.domain.result import FieldRefusal, Refusal
from organizer.i18n import set_language
from organizer.services import companies, consents, contact_list_reports, contact_lists, contacts, files
from organizer.services.contact_list_reports import Labelling, Order
from organizer.services.timeline import EntryKind, add_entry
from organizer.storage import File, saved_lists

TODAY = date(2026, 11, 23)
CUSTOMERS = Filter((Condition(Field.ROLE, Op.IS, "customer"),))
QUIET = Filter(
    (
        *CUSTOMERS.conditions,
        Condition(Field.TALKED, Op.WITHIN, Span(3, Unit.MONTHS), negated=True),
        Condition(Field.AREA, Op.IS, "8000-8299"),
    )
)


def somebody(file: File, name: str, **told: object) -> int:
    return contacts.add(file, Contact(first_name=name, **told))  # type: ignore[arg-type]


def test_a_list_is_saved_changed_renamed_removed_and_each_is_undone(file: File) -> None:
    assert contact_lists.save(file, "  Mine ", CUSTOMERS) == "Mine"
    assert [(one.name, one.filter) for one in contact_lists.saved(file)] == [("Mine", CUSTOMERS)]
    contact_lists.save(file, "Mine", QUIET)
    assert contact_lists.saved(file)[0].filter == QUIET
    assert contact_lists.rename(file, "Mine", "Quiet ones") == "Quiet ones"
    contact_lists.remove(file, "Quiet ones")
    assert contact_lists.saved(file) == []
    for names in (["Quiet ones"], ["Mine"], ["Mine"], []):
        deed = files.undo(file)
        assert deed is not None
        assert "list" in files.deed_name(deed)
        assert [one.name for one in contact_lists.saved(file)] == names


def test_a_list_needs_a_name_that_no_other_one_has(file: File) -> None:
    contact_lists.save(file, "One", CUSTOMERS)
    contact_lists.save(file, "Two", QUIET)
    for name in ("", "  ", "x" * 300):
        with pytest.raises(FieldRefusal):
            contact_lists.save(file, name, CUSTOMERS)
    with pytest.raises(FieldRefusal):
        contact_lists.rename(file, "One", "Two")
    with pytest.raises(FieldRefusal):
        contact_lists.must_be_free(file, "Two ")
    assert contact_lists.rename(file, "One", "One") == "One"
    with pytest.raises(Refusal):
        contact_lists.rename(file, "Three", "Four")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"version": 2, "match": "all", "conditions": []}',
        '{"version": 1, "match": "all", "conditions": [{"field": "orders", "op": "is"}]}',
        '{"version": 1, "match": "all", "conditions": [{"field": ["role"], "op": "is"}]}',
        '{"version": 1, "match": "all", "conditions": [{"field": "role", "op": "is", "value": "friend"}]}',
        '{"version": 1, "match": "all", "conditions": [{"field": "light", "op": "is", "soft": true}]}',
        '{"version": 1, "match": "some", "conditions": []}',
    ],
)
def test_a_list_that_is_not_understood_stands_there_and_says_why(file: File, text: str) -> None:
    with file.deed("test"):
        saved_lists.write(file, "Odd", text)
    (odd,) = contact_lists.saved(file)
    assert odd.filter is None
    assert odd.problem is not None
    assert odd.name == "Odd"


def test_the_lists_that_come_with_the_program_are_named_in_both_languages_and_find_people(file: File) -> None:
    born = somebody(file, "Anna", birthday="--11-02", roles=frozenset({Role.HOST}))
    silent = somebody(file, "Bo", roles=frozenset({Role.CUSTOMER}), emails=(Labelled("bo@x.dk"),))
    spoken = somebody(file, "Ida", roles=frozenset({Role.CUSTOMER}))
    add_entry(file, spoken, TODAY - timedelta(days=80), EntryKind.CALL)
    consents.give(file, silent, [Channel.EMAIL], TODAY, "on paper", "yes")
    consents.say_no(file, born, Topic.PARTIES, TODAY)
    found = [contact_lists.matching(file, one.filter or Filter(), TODAY) for one in contact_lists.shipped()]
    assert found == [[born], [silent], [born], [silent], [born]]
    english = [one.name for one in contact_lists.shipped()]
    set_language("da")
    assert all(one.shipped and one.filter for one in contact_lists.shipped())
    assert not set(english) & {one.name for one in contact_lists.shipped()}


@pytest.mark.parametrize(
    ("filter_", "said"),
    [
        (Filter(), "Everybody in Contacts"),
        (CUSTOMERS, "Customers"),
        (QUIET, "Customers in 8000–8299, not talked to for 3 months"),
        (
            Filter((Condition(Field.MAY, Op.IS, ("offer", "email")), Condition(Field.TAG, Op.ANY, ("vip", "te")))),
            "Contacts who may get offers by e-mail, tagged “vip” or “te”",
        ),
        (
            Filter((Condition(Field.NO, Op.IS, ""), Condition(Field.BIRTHDAY, Op.WITHIN, 1)), any_of=True),
            "Contacts: who said no or with a birthday within 1 day",
        ),
        (
            Filter((Condition(Field.LIKES, Op.IS, 99, negated=True),)),
            "Contacts who aren't known to like a product that is gone",
        ),
        (Filter((Condition(Field.CITY, Op.IS, "{x}"),)), "Contacts in {x}"),
    ],
)
def test_a_filter_is_told_in_words(file: File, filter_: Filter, said: str) -> None:
    assert contact_lists.words(filter_, contact_lists.named(file)) == said


@pytest.mark.parametrize("text", ["", "80", "8299-8000", "800-8299", "8000-", "x-y", "*", "8000;8100"])
def test_what_is_no_postal_code_is_told(text: str) -> None:
    wrong = Filter((Condition(Field.AREA, Op.IS, text),))
    if text == "80":  # as whole as any
        assert written(wrong)
        return
    with pytest.raises(Refusal):
        written(wrong)


def test_who_is_close_to_a_rank_needs_a_plan_and_is_told_when_there_is_none(file: File) -> None:
    close = Filter((Condition(Field.RANK, Op.WITHIN, 20),))
    assert contact_lists.matching(file, close, TODAY) == []
    companies.save(file, replace(companies.everyone(file)[0], plan_id=""))
    with pytest.raises(Refusal):
        contact_lists.matching(file, close, TODAY)


def pdf_text(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join("".join(page.get_textpage().get_text_range().split()) for page in document)


channels = st.sampled_from([Channel.PHONE, Channel.EMAIL, Channel.POST])
ledger = st.lists(
    st.tuples(
        st.none() | st.lists(channels, min_size=1, max_size=3, unique=True),
        st.none() | st.sampled_from(Topic),
        st.booleans(),
    ),
    min_size=1,
    max_size=5,
)


class UndoneError(Exception):
    """Takes an example's people out again."""


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(ledger, st.sampled_from(list(Purpose)))
def test_nobody_who_may_not_be_reached_is_on_anything_that_is_made(file: File, told, purpose: Purpose) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UndoneError), file.deed("test"):
        ids = []
        for place, (agreed, no, addressed) in enumerate(told):
            mail = (Labelled(f"m{place}q@x.dk"),)
            street = f"S{place}q" if addressed else ""
            id_ = somebody(
                file, f"N{place}q", phones=(Labelled(f"1000000{place}"),), emails=mail, street=street, city="Ry"
            )
            ids.append(id_)
            if agreed:
                consents.give(file, id_, agreed, TODAY, "on paper", "yes")
            if no:
                consents.say_no(file, id_, no, TODAY)
        for channel in (Channel.PHONE, Channel.EMAIL, Channel.POST):
            found = contact_list_reports.ready(file, ids, purpose, channel)
            barred = {i for i in ids if consents.objection(file, i, purpose, channel, TODAY)}
            assert not barred & set(found.ids)
            assert sorted([*found.ids, *(one.person_id for one in found.left_out)]) == sorted(ids)
            assert found.unwanted == len(barred)
            names = [f"N{place}q" for place, id_ in enumerate(ids) if id_ in barred]
            if channel is Channel.PHONE:
                made = pdf_text(contact_list_reports.call_sheet(file, "All", ids, purpose, Order.LONGEST).now())
                assert not [name for name in names if name in made]
                assert not barred or f"{len(barred)}leftout" in made
            elif channel is Channel.POST:
                made = pdf_text(contact_list_reports.labels(file, ids, purpose, Labelling()).now())
                assert not [name for name in names if name in made]
            else:
                copied = contact_list_reports.addresses(found)
                assert not [name for name in names if name.replace("N", "m") in copied]
                assert copied.count("@") == len(found.ids)
        raise UndoneError


def test_addresses_that_are_none_are_told_and_one_that_two_have_is_copied_once(file: File) -> None:
    for name, mail in (
        ("Anna", "A@x.dk"),
        ("Bo", "a@x.dk"),
        ("Ida", "ida at x.dk"),
        ("Eva", ""),
        ("Ole", "o@x.dk; y@z"),
    ):
        somebody(file, name, emails=(Labelled(mail),) if mail else ())  # fmt: skip
    everybody = contact_lists.matching(file, Filter(), TODAY)
    found = contact_list_reports.ready(file, everybody, Purpose.SERVICE, Channel.EMAIL)
    assert contact_list_reports.addresses(found) == "A@x.dk"
    assert {one.name for one in found.left_out} == {"Ida", "Eva", "Ole"}


def test_a_call_sheet_is_sorted_as_asked_and_tells_what_was_said_last(file: File) -> None:
    phone = (Labelled("12345678", "Mobile"),)
    anna = somebody(file, "Anna", phones=phone, city="Vejle")
    bo = somebody(file, "Bo", phones=phone, city="Ry")
    add_entry(file, anna, TODAY - timedelta(days=9), EntryKind.CALL, "wants the cream")
    add_entry(file, bo, TODAY - timedelta(days=90), EntryKind.NOTE, "moves house")
    add_entry(file, bo, TODAY - timedelta(days=80), EntryKind.TALK, "later")
    sheets = {
        order: pdf_text(contact_list_reports.call_sheet(file, "All", [anna, bo], Purpose.OTHER, order).now())
        for order in Order
    }
    first = {order: min("Anna", "Bo", key=text.index) for order, text in sheets.items()}
    assert first == {Order.NAME: "Anna", Order.TOWN: "Bo", Order.LONGEST: "Bo"}
    assert "wantsthecream" in sheets[Order.NAME]
    assert "moveshouse" not in sheets[Order.NAME]


def test_how_labels_were_printed_is_remembered_but_not_the_first_label(file: File) -> None:
    assert contact_list_reports.remembered(file) == Labelling()
    contact_list_reports.remember(file, Labelling("99.1x38.1", 5, -12, 7, households=False))
    assert contact_list_reports.remembered(file) == Labelling("99.1x38.1", 1, -12, 7, households=False)
    file.remember("labels", "[1")
    assert contact_list_reports.remembered(file) == Labelling()


def test_no_address_is_copied_that_somebody_has_who_said_no(file: File) -> None:
    anna = somebody(file, "Anna", emails=(Labelled("Berg@x.dk"),))
    bo = somebody(file, "Bo", emails=(Labelled("berg+bo@x.dk"),))
    carl = somebody(file, "Carl", emails=(Labelled("carl@x.dk"),))
    for person in (anna, bo, carl):
        consents.give(file, person, {Channel.EMAIL}, TODAY, "on paper", "yes")
    consents.say_no(file, anna, Topic.PARTIES, TODAY)
    found = contact_list_reports.ready(file, [bo, carl], Purpose.INVITATION, Channel.EMAIL)
    assert (found.ids, [(one.person_id, str(one.reason)) for one in found.left_out]) == (
        [carl],
        [(bo, "Anna has the same address, and said no.")],
    )
    assert contact_list_reports.ready(file, [bo, carl], Purpose.OFFER, Channel.EMAIL).ids == [bo, carl]
    assert contact_list_reports.ready(file, [anna, bo], Purpose.SERVICE, Channel.EMAIL).ids == [anna, bo]
