"""Any text: kept as it was meant, the same when kept again, and never more than what a screen can show."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from endurance.hostile import CONTACTS, TEXTS, texts
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain.contact import (
    MAX_ENTRIES,
    MAX_NOTES,
    MAX_TEXT,
    Contact,
    Labelled,
    clean_text,
    cleaned,
    composed,
    fold,
    single_line,
    sort_key,
)
from organizer.domain.contact_same import completed
from organizer.domain.product import Product, Section, cleaned_product
from organizer.domain.result import FieldRefusal, Message
from organizer.exchange.cells import guarded, unguarded
from organizer.i18n import say, shown
from organizer.services import companies, contacts, exports, files, imports, products
from organizer.storage import File

nasty = st.sampled_from(list(texts().values()))
letters = st.text(st.characters(categories=("L", "M", "N", "P", "S", "Z", "Cc", "Cf", "Cs", "Cn")), max_size=30)
any_text = st.one_of(nasty, letters, st.lists(st.one_of(nasty, letters), max_size=4).map("".join))
short = any_text.map(lambda text: single_line(text)[:MAX_TEXT].strip())


@given(any_text)
def test_cleaning_a_text_twice_changes_nothing(text):
    once = clean_text(text)
    assert clean_text(once) == once
    assert single_line(single_line(text)) == single_line(text)
    assert single_line(once) == single_line(text)


@given(any_text)
def test_a_kept_text_can_be_shown_stored_and_written(text):
    kept = clean_text(text)
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert not [c for c in kept if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
    assert not set(kept) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert not set(single_line(text)) & set("\n\t\x0b\x0c\u2028\u2029\x85")


@given(st.text(st.characters(categories=("L", "N", "P", "S")), max_size=40))
def test_no_letter_is_lost(text):
    assert clean_text(text) == unicodedata.normalize("NFC", text)


@given(any_text, st.integers(0, 40))
def test_every_mark_that_a_language_needs_stays(text, marks):
    decorated = clean_text(text + "e" + "\u0316" * min(marks, 10) + "x" * 1500)
    assert decorated.count("\u0316") - clean_text(text).count("\u0316") >= min(marks, 10)


def test_a_million_marks_are_sorted_at_once():
    """Python alone would take a quarter of an hour for this one."""
    heap = "A" + "\u0301\u0316" * 500_000
    assert len(composed(heap)) <= 31
    assert single_line(heap).startswith("Á")
    assert fold(heap)
    assert sort_key(heap)


@given(any_text)
def test_a_message_says_any_value_on_one_line(text):
    said = say("“{value}” {{name}} is not a date.", {"value": text})
    assert said.encode("utf-8")
    assert said.endswith("” {name} is not a date.")
    assert "\n" not in said
    assert "\x1b" not in said
    assert shown(shown(text)) == shown(text)
    assert say("{a}", {"a": Message("{b}", {"b": "{c}"})}) == "{c}"


@given(any_text)
def test_a_guarded_cell_is_no_formula_and_comes_back(text):
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert unguarded(guarded(text)) == text


def kept_as(clean: Callable[[Any], Any], record: Any) -> Any:
    """The record as it is kept, None where one of its fields is refused."""
    try:
        return clean(record)
    except FieldRefusal as refusal:
        known = hasattr(record, refusal.field)
    assert known
    return None


people = st.builds(
    Contact,
    first_name=any_text,
    last_name=any_text,
    organization=any_text,
    phones=st.lists(st.builds(Labelled, any_text, any_text), max_size=3).map(tuple),
    emails=st.lists(st.builds(Labelled, any_text, any_text), max_size=3).map(tuple),
    street=any_text,
    tags=st.lists(any_text, max_size=3).map(tuple),
    notes=any_text,
)


@given(people)
def test_a_contact_is_kept_as_cleaned_or_refused(contact):
    kept = kept_as(cleaned, contact)
    if kept is None:
        return
    assert cleaned(kept) == kept
    assert kept.name.strip()


@given(people, people)
def test_completing_never_fails_and_keeps_what_she_wrote(one, other):
    known, found = kept_as(cleaned, one), kept_as(cleaned, other)
    if known is None or found is None:
        return
    both = completed(known, found)
    assert (both.first_name, both.last_name) == (known.first_name, known.last_name)
    assert both.notes.startswith(known.notes)
    assert set(known.tags) <= set(both.tags)


def test_completing_a_full_contact_keeps_hers():
    """An import of one more note or number must not fail as a whole for want of room."""
    full = cleaned(
        Contact(
            first_name="Anna",
            notes="a" * MAX_NOTES,
            phones=tuple(Labelled(f"1000{n:04}") for n in range(MAX_ENTRIES)),
            emails=tuple(Labelled(f"{n}@x.dk") for n in range(MAX_ENTRIES)),
            tags=tuple(f"tag {n}" for n in range(MAX_ENTRIES)),
        )
    )
    more = Contact(
        first_name="Anna", notes="b", phones=(Labelled("99"),), emails=(Labelled("b@x.dk"),), tags=("one more",)
    )
    assert completed(full, cleaned(more)) == full


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tags", tuple(map(str, range(MAX_ENTRIES + 1)))),
        ("tags", ("x" * (MAX_TEXT + 1),)),
        ("phones", tuple(Labelled(str(n)) for n in range(MAX_ENTRIES + 1))),
        ("emails", (Labelled("x" * (MAX_TEXT + 1)),)),
        ("notes", "\u0958" * (MAX_NOTES // 2 + 1)),
        ("first_name", "\u0958" * (MAX_TEXT // 2 + 1)),
    ],
)
def test_what_is_too_much_for_a_screen_is_refused_at_its_field(field, value):
    with pytest.raises(FieldRefusal) as refused:
        cleaned(replace(Contact(last_name="Berg"), **{field: value}))
    assert refused.value.field == field


@given(
    st.builds(
        Product,
        number=any_text,
        name=any_text,
        category=any_text,
        notes=st.fixed_dictionaries({Section.USE: any_text}),
    )
)
def test_a_product_is_kept_as_cleaned_or_refused(product):
    kept = kept_as(cleaned_product, product)
    assert kept is None or cleaned_product(kept) == kept


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[File]:
    made = files.create(tmp_path_factory.mktemp("hostile") / "a.organizer", lambda: datetime(2026, 11, 23, 9, 30))
    companies.set_up(made, "Karen Holm", "Vita", "teaching-unilevel")
    yield made
    made.close()


@pytest.mark.parametrize("name", TEXTS)
def test_through_the_file_an_export_and_an_import_and_back(name, file, tmp_path):
    text = texts()[name][:MAX_TEXT]
    entries = (Labelled(text, text), Labelled("mail@x.dk", text))
    everything = Contact(
        last_name="Berg", middle_name=text, organization=text, phones=entries, emails=entries, street=text,
        city=text, tags=(text, "tag"), notes=f"{text}\n\n{text}",
    )  # fmt: skip
    id_ = contacts.add(file, everything)
    kept = contacts.get(file, id_)
    assert kept is not None
    assert replace(kept, id=0, added=None) == cleaned(everything)
    assert files.deed_name(files.deeds(file)[0]).encode()
    assert exports.contacts_csv(file, tmp_path / "out.csv") == 1
    files.undo(file)
    assert contacts.get(file, id_) is None
    again = imports.preview_contacts(file, imports.read_contacts(tmp_path / "out.csv").now())
    assert not [problem for problem in again.problems if not problem.kept]
    again.apply()
    (back,) = contacts.everyone(file)
    assert replace(back, id=0, source="") == replace(kept, id=0, tags=back.tags)
    # three colons alone are Google's mark between labels, and lose one
    assert [tag.replace(":::", "::") for tag in kept.tags] == [tag.replace(":::", "::") for tag in back.tags]
    files.undo(file)
    files.redo(file)
    files.undo(file)
    assert contacts.everyone(file) == []


@pytest.mark.parametrize("name", TEXTS)
def test_a_product_through_the_file(name, file):
    text = single_line(texts()[name])[: MAX_TEXT - 4].strip()
    company = companies.everyone(file)[0]
    product = Product(0, company.id, f"1 {text}", f"Oil {text}", text, notes={Section.SHOW: texts()[name]})
    id_ = products.add(file, product)
    (found,) = [item for item in products.everyone(file, company.id) if item.id == id_]
    assert replace(found, id=0) == cleaned_product(product)
    assert single_line(f"Oil {text}") in files.deed_name(files.deeds(file)[0])
    files.undo(file)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems don't have such names")
@pytest.mark.parametrize(
    "name", [b"kontakter_\xe6.csv", b"a\nb\x1b[31m.csv", b"{name}{0}%s.csv", b"<img src=x>.csv"]
)
def test_a_file_of_any_name_is_imported_and_taken_back(name, file, tmp_path):
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(CONTACTS + b"Anna,Berg,,,,a@b.dk,,\n")
    job = imports.read_contacts(path)
    assert job.title.encode().startswith(b"Reading ")
    imports.preview_contacts(file, job.now()).apply()
    assert [contact.name for contact in contacts.everyone(file)] == ["Anna Berg"]
    assert files.deed_name(files.deeds(file)[0]).encode().startswith(b"Import contacts from ")
    files.undo(file)


def test_what_there_is_no_room_for_is_told(file, tmp_path):
    id_ = contacts.add(file, Contact(first_name="Anna", emails=(Labelled("a@b.dk"),), notes="x" * MAX_NOTES))
    (tmp_path / "a.csv").write_bytes(CONTACTS + b"Anna,,,,More,a@b.dk,,\n")
    preview = imports.preview_contacts(file, imports.read_contacts(tmp_path / "a.csv").now())
    (line,) = preview.lines
    assert [str(detail) for detail in line.details] == [
        "there is no room for all that the file has; yours is kept"
    ]
    preview.apply()
    kept = contacts.get(file, id_)
    assert kept is not None
    assert kept.notes == "x" * MAX_NOTES
    files.undo(file)
