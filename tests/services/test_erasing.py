"""Whoever is erased is gone: from the tables, the history, the search index and the bytes of the file."""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError

from organizer.domain.contact import Contact, Labelled, Role
from organizer.domain.picture import Picture
from organizer.domain.product import Product
from organizer.domain.relation import Relation, RelationKind
from organizer.domain.result import Refusal
from organizer.domain.retention import Rule
from organizer.domain.team import Member
from organizer.domain.timeline import Entry, EntryKind, FollowUp
from organizer.services import (
    backups,
    companies,
    consents,
    contacts,
    erasing,
    files,
    insight,
    merging,
    suppression,
    team,
)
from organizer.services.consents import Channel, Topic
from organizer.services.insight_words import KINDS, OWNERS, SILENT
from organizer.services.jobs import Silent
from organizer.storage import contacts as stored_contacts
from organizer.storage import pictures, product_ties, products, relations, saved_lists, schema, timeline
from organizer.storage.backup import last_change
from organizer.storage.insight import columns_to

TODAY = date(2026, 11, 23)
SECRETS = (
    "Quirinette",
    "Zwetschge",
    "98765432",
    "98 76 54 32",
    "quirinette@",
    "Plumstreet",
    "allotment",
    "rhubarb",
)


@pytest.fixture
def file(tmp_path):
    made = files.create(tmp_path / "people.organizer", lambda: datetime(2026, 11, 23, 9))
    yield made
    made.close()


@pytest.fixture
def person(file):
    """Somebody who is in every table that can be about a person."""
    id_ = contacts.add(
        file,
        Contact(
            first_name="Quirinette",
            last_name="Zwetschge",
            phones=(Labelled("98 76 54 32", "Mobile"),),
            emails=(Labelled("quirinette@example.com"),),
            street="Plumstreet 1",
            city="Odense",
            tags=("allotment",),
            roles=frozenset({Role.HOST}),
            notes="Grows rhubarb in the allotment",
        ),
    )
    other = contacts.add(file, Contact(first_name="Bo", notes="Neighbour of somebody"))
    company = companies.add(file, "Testco")
    with file.deed("x", "Quirinette Zwetschge"):
        timeline.add_entries(file, [Entry(0, id_, TODAY, EntryKind.TALK, "rhubarb again")])
        timeline.add_follow_ups(file, [FollowUp(0, id_, TODAY, "Ask about the rhubarb")])
        relations.add(file, [Relation(0, other, id_, RelationKind.INTRODUCED, "at the allotment")])
        pictures.set_of_person(file, id_, Picture("image/png", b"Quirinette's picture"))
        (product,) = products.insert(file, [Product(company_id=company, number="1", name="Cream")])
        product_ties.like(file, [(product, id_)])
    consents.give(file, id_, {Channel.EMAIL}, TODAY, "at the allotment", "Write about rhubarb")
    consents.say_no(file, id_, Topic.BUSINESS, TODAY, "No rhubarb business")
    return id_


def joined(file, person, sponsor=None, number="77"):
    company = companies.everyone(file)[0].id
    with file.deed("member.add", "Quirinette Zwetschge"):
        from organizer.storage import team as stored

        id_ = stored.next_member_id(file)
        stored.insert(
            file, [Member(id=id_, company_id=company, person_id=person, number=number, sponsor_id=sponsor)]
        )
        stored.set_volumes(file, "2026-10", "pv", {id_: 1000})
    return id_


def raw(file):
    return file.path.read_bytes().lower()


def left(file):
    found = raw(file)
    return [secret for secret in SECRETS if secret.lower().encode() in found]


def test_no_byte_of_an_erased_person_is_left_in_the_file(file, person):
    contacts.save(file, contacts.get(file, person))
    contacts.delete(file, [person])
    files.undo(file)
    changed = contacts.get(file, person)
    contacts.save(file, Contact(id=person, first_name="Quirinette", phones=changed.phones, notes="Moved away"))
    assert left(file)
    erasing.erase(file, [person])
    assert left(file) == []
    assert b"moved away" not in raw(file)
    assert contacts.get(file, person) is None
    while files.undo(file):
        assert left(file) == []
    assert contacts.get(file, person) is None
    assert file.fetch("PRAGMA integrity_check") == [("ok",)]
    assert file.fetch("PRAGMA foreign_key_check") == []


def test_undoing_and_redoing_after_an_erasure_leaves_the_others_as_they_were(file, person):
    bo = next(row.id for row in contacts.rows(file) if row.name == "Bo")
    contacts.save(file, Contact(id=bo, first_name="Bo", city="Ribe"))
    erasing.erase(file, [person])
    assert contacts.get(file, bo).city == "Ribe"
    files.undo(file)
    assert contacts.get(file, bo).city == ""
    files.redo(file)
    assert contacts.get(file, bo).city == "Ribe"
    assert all("Quirinette" not in files.deed_name(deed) for deed in files.deeds(file))


def test_the_search_index_knows_nobody_who_was_erased(file, person):
    query = "SELECT count(*) FROM search_{0} WHERE search_{0} MATCH ?"
    told = {"person": "quirinette", "about": "rhubarb", "entry": "rhubarb", "step": "rhubarb", "phone": "98765432"}
    assert all(file.fetch(query.format(index), (word,)) == [(1,)] for index, word in told.items())
    erasing.erase(file, [person])
    assert all(file.fetch(query.format(index), (word,)) == [(0,)] for index, word in told.items())


def test_a_no_is_known_again_after_an_erasure(file, person):
    erasing.erase(file, [person])
    back = Contact(first_name="Somebody", phones=(Labelled("+4598765432"),))
    assert suppression.recognised(file, [back]) == {0: (Topic.BUSINESS, TODAY)}


def test_a_place_that_others_hang_on_stays_without_a_name(file, person):
    place = joined(file, person)
    below = joined(file, contacts.add(file, Contact(first_name="Carl")), sponsor=place, number="78")
    told = erasing.before(file, person)
    assert len(told.stays) == 1
    erasing.erase(file, [person])
    assert left(file) == []
    (kept,) = contacts_of(file, person)
    assert (kept.name, kept.listed) == ("", False)
    assert file.fetch("SELECT number FROM member WHERE id = ?", (place,)) == [("77",)]
    assert file.fetch("SELECT amount FROM volume WHERE member_id = ?", (place,)) == [(1000,)]
    assert file.fetch("SELECT sponsor_id FROM member WHERE id = ?", (below,)) == [(place,)]
    while files.undo(file):
        assert left(file) == []


def contacts_of(file, person):
    from organizer.storage import contacts as stored

    return stored.get(file, person)


def test_a_place_that_nothing_rests_on_goes(file, person):
    place = joined(file, person)
    assert erasing.before(file, person).stays == []
    erasing.erase(file, [person])
    assert file.fetch("SELECT count(*) FROM volume WHERE member_id = ?", (place,)) == [(0,)]
    assert file.fetch("SELECT count(*) FROM member WHERE id = ?", (place,)) == [(0,)]
    while files.undo(file):
        pass
    assert file.fetch("PRAGMA foreign_key_check") == []


def test_a_removed_place_can_come_back_without_its_name(file, person):
    team.remove_member(file, joined(file, person))
    erasing.erase(file, [person])
    assert left(file) == []
    while files.undo(file):
        assert left(file) == []
    assert file.fetch("PRAGMA foreign_key_check") == []


def test_herself_can_not_be_erased_and_who_is_gone_neither(file, person):
    files.rename_owner(file, "Owner")
    own = int(file.fetch("SELECT value FROM setting WHERE key = 'owner'")[0][0])
    for id_ in (own, 10_000):
        with pytest.raises(Refusal):
            erasing.erase(file, [id_])
        with pytest.raises(Refusal):
            erasing.before(file, id_)
    with pytest.raises(Refusal):
        erasing.erase(file, [person, own])
    assert contacts.get(file, person)


def test_erasing_makes_no_backup_and_tells_which_ones_still_hold_the_person(file, person):
    assert erasing.holding(file, person).count == 0
    backups.make(file, backups.Reason.ASKED).work(Silent())
    told = erasing.holding(file, person)
    assert (told.count, told.by_hand) == (1, 0)
    assert told.until > TODAY + timedelta(days=300)
    before, changes = backups.every(file.path), last_change(file)
    erasing.erase(file, [person])
    assert backups.every(file.path) == before
    assert last_change(file) > changes


def test_the_last_day_of_a_backup_follows_the_rule():
    now = datetime(2026, 11, 23, 9)
    assert erasing.last_day([now], now, Rule(0, 3, 0, 0)) == date(2026, 12, 3)
    assert erasing.last_day([now], now, Rule(0, 0, 0, 0)) == date(2026, 12, 1)


def test_the_notes_of_others_that_name_the_person_are_told(file, person):
    bo = next(row.id for row in contacts.rows(file) if row.name == "Bo")
    contacts.save(file, Contact(id=bo, first_name="Bo", notes="Sister of quirinette zwetschge"))
    assert erasing.before(file, person).mentions == ["Sister of quirinette zwetschge"]
    assert insight.gather(file, person).mentions == 1


def test_insight_holds_every_table_that_is_about_a_person(file, person):
    joined(file, person)
    with file.deed("x"):
        file.connection.exec_driver_sql(
            "INSERT INTO person_address(person_id, city) VALUES (?, 'Skagen')", (person,)
        )
        file.connection.exec_driver_sql(
            "INSERT INTO member_past(member_id, until) SELECT id, '2026-01-31' FROM member"
        )
    told = insight.gather(file, person)
    about = {table.name for table in schema.TRACKED if columns_to(table, "person")}
    about |= {table.name for table in schema.TRACKED if "member_id" in columns_to(table, "member")}
    assert set(KINDS) == about | {"person"}
    assert {part.table for part in told.parts} == set(KINDS)


def test_every_column_about_a_person_is_told_or_known_to_tell_nothing():
    for table in schema.TRACKED:
        if table.name in KINDS:
            named = {column.name for column in table.columns}
            assert named <= set(KINDS[table.name].columns) | SILENT | OWNERS, table.name
            assert set(KINDS[table.name].columns) <= named


def test_the_machine_readable_file_holds_what_was_written(file, person, tmp_path):
    told = insight.gather(file, person)
    out = insight.save_data(file, told, tmp_path / "person.json")
    read = json.loads(out.read_text(encoding="utf-8"))
    assert (read["format"], read["version"], read["name"]) == ("organizer-person", 1, "Quirinette Zwetschge")
    assert read["data"]["person"][0]["notes"] == "Grows rhubarb in the allotment"
    assert read["data"]["person_phone"] == [{"value": "98 76 54 32", "label": "Mobile"}]
    assert read["data"]["relation"][0]["other_id"] == "Quirinette Zwetschge"
    assert read["data"]["relation"][0]["person_id"] == "Bo"
    assert read["picture"]["media"] == "image/png"
    with pytest.raises(Refusal):
        insight.save_data(file, told, tmp_path / "person.txt")


@pytest.mark.parametrize("language", ["en", "da"])
def test_the_person_gets_a_pdf(file, person, language):
    from organizer.i18n import set_language

    set_language(language)
    data = insight.report(file, insight.gather(file, person)).work(Silent())
    assert data.startswith(b"%PDF")


def test_saved_lists_that_name_the_person_are_mentions(file, person):
    with file.deed("x"):
        saved_lists.write(file, "Mine", '{"text": "Quirinette Zwetschge"}')
    assert any("Quirinette" in text for text in erasing.before(file, person).mentions)


# --- other cards of the same person


def merged_into(file, kept, other):
    plan = merging.proposal(file, kept, other)
    merging.merge(file, kept, other, plan.result)


def test_a_card_merged_into_hers_goes_too_though_it_changed_nothing(file, person):
    keep = contacts.add(file, contacts.get(file, person))
    merged_into(file, keep, person)
    erasing.erase(file, [keep])
    assert left(file) == []
    while files.undo(file):
        assert left(file) == []
    assert file.fetch("PRAGMA foreign_key_check") == []


def test_cards_merged_one_into_the_next_go_all(file, person):
    second, third = (contacts.add(file, Contact(first_name=name)) for name in ("Second", "Third"))
    merged_into(file, second, person)
    merged_into(file, third, second)
    erasing.erase(file, [third])
    assert left(file) == []
    while files.undo(file):
        assert left(file) == []


def test_a_card_deleted_before_she_came_again_goes_too(file, person):
    contacts.delete(file, [person])
    again = contacts.add(file, Contact(first_name="Quirinette", last_name="Zwetschge"))
    erasing.erase(file, [again])
    assert left(file) == []
    while files.undo(file):
        assert left(file) == []
    assert not [row for row in contacts.rows(file) if "Quirinette" in row.name]


def test_somebody_else_who_was_deleted_can_come_back(file, person):
    bo = next(row.id for row in contacts.rows(file) if row.name == "Bo")
    contacts.delete(file, [bo])
    erasing.erase(file, [person])
    files.undo(file)
    assert [row.name for row in contacts.rows(file)] == ["Bo"]


def test_a_member_was_merged_into_her_and_all_can_be_undone(file, person):
    joined(file, person)
    keep = contacts.add(file, Contact(first_name="Quirinette", last_name="Zwetschge"))
    merged_into(file, keep, person)
    contacts.add(file, Contact(first_name="Carl"))
    erasing.erase(file, [keep])
    while files.undo(file):
        assert left(file) == []
    assert file.fetch("PRAGMA foreign_key_check") == []


def test_a_backup_from_before_she_came_again_is_counted(file, person):
    backups.make(file, backups.Reason.ASKED).now()
    contacts.delete(file, [person])
    again = contacts.add(file, Contact(first_name="Quirinette", last_name="Zwetschge"))
    with file.deed("x"):
        contact = contacts.get(file, again)
        stored_contacts.update(file, replace(contact, added=TODAY + timedelta(days=1)))
    assert erasing.before(file, again).holding.count == 1


def test_a_second_folder_that_is_not_there_is_told(file, person, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    backups.set_second_folder(file, stick)
    assert erasing.before(file, person).holding.unseen is None
    stick.rmdir()
    assert erasing.before(file, person).holding.unseen == stick


def test_while_another_program_reads_the_bytes_go_at_once_and_the_rest_when_it_is_opened_next(file, person):
    reader = sqlite3.connect(file.path)
    reader.execute("SELECT * FROM person").fetchone()
    waiting = reader.execute("SELECT * FROM history_row")
    waiting.fetchone()
    try:
        with suppress(Refusal):
            erasing.erase(file, [person])
    finally:
        reader.close()
    if contacts.get(file, person) is not None:  # the reader came first: nothing was changed, as was said
        erasing.erase(file, [person])
    assert left(file) == []


def test_what_could_not_be_tidied_is_when_the_file_is_opened_next(tmp_path, monkeypatch):
    file = files.create(tmp_path / "people.organizer", lambda: datetime(2026, 11, 23, 9))
    anna = contacts.add(file, Contact(first_name="Quirinette", notes="rhubarb " * 2000))
    contacts.save(file, Contact(id=anna, first_name="Quirinette", notes="allotment"))
    full = OperationalError("VACUUM", {}, Exception("database or disk is full"))
    run = type(file.connection).exec_driver_sql

    def failing(connection, statement, *values):
        if statement == "VACUUM":
            raise full
        return run(connection, statement, *values)

    monkeypatch.setattr(type(file.connection), "exec_driver_sql", failing)
    erasing.erase(file, [anna])
    monkeypatch.undo()
    assert contacts.get(file, anna) is None
    assert erasing.is_untidy(file)
    file.close()
    size = file.path.stat().st_size
    again = files.open_file(file.path)
    assert not erasing.is_untidy(again)
    again.close()
    assert again.path.stat().st_size < size
    assert left(again) == []


def test_under_a_name_she_has_now_and_one_from_before(file, person):
    card = contacts.get(file, person)
    contacts.save(file, replace(card, last_name="Holm"))
    bo = next(row.id for row in contacts.rows(file) if row.name == "Bo")
    contacts.save(
        file, Contact(id=bo, first_name="Bo", notes="Met Quirinette Holm", tags=("quirinette zwetschge",))
    )
    assert sorted(erasing.before(file, person).mentions) == ["Met Quirinette Holm", "quirinette zwetschge"]


def test_the_file_for_computers_tells_nothing_that_is_written_about_others(file, person, tmp_path):
    bo = next(row.id for row in contacts.rows(file) if row.name == "Bo")
    contacts.save(file, Contact(id=bo, first_name="Bo", notes="Owes Quirinette Zwetschge money since the divorce"))
    out = insight.save_data(file, insight.gather(file, person), tmp_path / "out.json")
    assert "divorce" not in out.read_text(encoding="utf-8")
    assert json.loads(out.read_text(encoding="utf-8"))["mentions"] == 1


def test_who_was_only_tied_to_a_merged_card_is_not_taken_for_it(file, person):
    bo = next(row.id for row in contacts.rows(file) if row.name == "Bo")
    keep = contacts.add(file, Contact(first_name="Quirine", last_name="Zwetschge"))
    merged_into(file, keep, person)
    erasing.erase(file, [bo])
    files.undo(file)
    assert contacts.get(file, person).notes == "Grows rhubarb in the allotment"


def test_a_namesake_who_was_merged_into_somebody_else_stays_in_what_undo_brings_back(file, person):
    other = contacts.add(file, Contact(first_name="Quirinette", last_name="Zwetschge", city="Ribe"))
    bodil = contacts.add(file, Contact(first_name="Bodil", last_name="Kruse"))
    merged_into(file, bodil, other)
    erasing.erase(file, [person])
    files.undo(file)
    assert contacts.get(file, other).city == "Ribe"


def test_all_can_be_undone_though_a_member_was_merged_into_one_of_many_who_came_at_once(file, person):
    place = joined(file, person)
    joined(file, contacts.add(file, Contact(first_name="Carl")), sponsor=place, number="78")
    with file.deed("contact.import", "many.csv"):
        people = [Contact(first_name=f"No {number}", last_name="Body") for number in range(600)]
        ids = stored_contacts.insert(file, people)
    merged_into(file, ids[300], person)
    erasing.erase(file, [ids[300]])
    while files.undo(file):
        assert left(file) == []
    assert file.fetch("PRAGMA foreign_key_check") == []
    assert contacts.rows(file) == []
    while files.redo(file):
        pass
    assert file.fetch("PRAGMA foreign_key_check") == []
    assert left(file) == []


def test_no_deed_is_called_by_a_file_of_her_name_nor_by_her_first_name_or_number(file, person):
    for kind, subject in (
        ("contact.import", "Quirinette_Zwetschge.vcf"),
        ("task.add", "Ring til Quirinette"),
        ("task.add", "Ring 98 76 54 32 i dag"),
        ("entry.note", "Quirine"),
    ):
        with file.deed(kind, subject):
            contacts_stored_touch(file)
    erasing.erase(file, [person])
    assert [deed.subject for deed in files.deeds(file)[:4]] == ["Quirine", "…", "…", "…"]


def contacts_stored_touch(file):
    file.connection.exec_driver_sql("UPDATE person SET city = city || 'x' WHERE first_name = 'Bo'")


def test_a_first_name_that_once_stood_alone_names_nobody_else(file):
    anna = contacts.add(file, Contact(first_name="Anna"))
    contacts.save(file, replace(contacts.get(file, anna), last_name="Holm"))
    contacts.add(file, Contact(first_name="Carl", notes="Knows Anna Berg"))
    contacts.add(file, Contact(first_name="Dan", organization="Anna Holm & Co."))
    assert erasing.before(file, anna).mentions == ["Anna Holm & Co."]


def test_a_no_is_promised_to_be_known_again_only_where_something_is_there_to_know_it_by(file):
    anna = contacts.add(file, Contact(first_name="Anna"))
    consents.say_no(file, anna, Topic.EVERYTHING, TODAY)
    assert not erasing.before(file, anna).said_no
    assert erasing.before(file, anna).unknown_again
    contacts.save(file, Contact(id=anna, first_name="Anna", phones=(Labelled("12345678"),)))
    assert erasing.before(file, anna).said_no
    assert not erasing.before(file, anna).unknown_again


def test_what_was_done_with_a_namesake_is_not_told(file):
    anna, other = (contacts.add(file, Contact(first_name="Anna", last_name="Berg")) for _ in range(2))
    consents.say_no(file, other, Topic.EVERYTHING, TODAY)
    with file.deed("contact.import", "phone.vcf"):
        stored_contacts.update(file, replace(contacts.get(file, anna), city="Ribe"))
    told = insight.gather(file, anna)
    assert [deed.split(": ", 1)[1] for deed in told.deeds] == [
        "Import contacts from phone.vcf",
        "Add contact Anna Berg",
    ]


def test_of_several_the_backups_are_counted_since_the_first_of_them_came(file, person):
    backups.make(file, backups.Reason.ASKED).now()
    later = contacts.add(file, Contact(first_name="Later"))
    with file.deed("x"):
        stored_contacts.update(file, replace(contacts.get(file, later), added=TODAY + timedelta(days=1)))
    assert erasing.holding(file, later).count == 0
    assert erasing.holding(file, later, person).count == 1


def test_a_no_is_known_by_former_numbers_too_whatever_is_undone_after_the_erasure(file):
    anna = contacts.add(file, Contact(first_name="Anna", last_name="Berg", phones=(Labelled("11111111"),)))
    other = contacts.add(file, Contact(first_name="Anna", last_name="Bergg", phones=(Labelled("22222222"),)))
    consents.say_no(file, anna, Topic.EVERYTHING, TODAY)
    contacts.save(file, replace(contacts.get(file, anna), phones=(Labelled("33333333"),)))
    merging.merge(file, anna, other, replace(contacts.get(file, anna), phones=()))
    numbers = [Contact(first_name="X", phones=(Labelled(digit * 8),)) for digit in "123"]
    erasing.erase(file, [anna])
    assert set(suppression.recognised(file, numbers)) == {0, 1, 2}
    while files.undo(file):
        pass
    assert set(suppression.recognised(file, numbers)) == {0, 1, 2}


def test_who_was_deleted_is_forgotten_for_good(file, person):
    bo = next(row.id for row in contacts.rows(file) if row.name == "Bo")
    assert erasing.deleted(file) == 0
    contacts.delete(file, [person])
    assert erasing.deleted(file) == 1
    assert left(file)
    assert erasing.forget_deleted(file) == 1
    assert erasing.deleted(file) == 0
    assert left(file) == []
    back = Contact(first_name="Somebody", phones=(Labelled("+4598765432"),))
    while files.undo(file):
        assert left(file) == []
        assert not [row for row in contacts.rows(file) if row.id == person]
    assert suppression.recognised(file, [back]) == {0: (Topic.BUSINESS, TODAY)}
    while files.redo(file):
        assert left(file) == []
    assert [row.id for row in contacts.rows(file)] == [bo]
    assert file.fetch("PRAGMA foreign_key_check") == []


def test_places_of_who_was_deleted_come_back_without_a_name(file, person):
    team.remove_member(file, joined(file, person))
    contacts.delete(file, [person])
    erasing.forget_deleted(file)
    while files.undo(file):
        assert left(file) == []
        assert file.fetch("PRAGMA foreign_key_check") == []


def test_a_name_of_accents_alone_hinders_nothing(file):
    odd = contacts.add(file, Contact(first_name="\N{COMBINING ACUTE ACCENT}", last_name="Berg"))
    with file.deed("task.add", "Something"):
        stored_contacts.update(file, replace(contacts.get(file, odd), city="Ribe"))
    erasing.erase(file, [odd])
    assert contacts.get(file, odd) is None
