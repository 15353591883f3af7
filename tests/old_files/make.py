"""Makes the file of the present schema version that later versions of the program must be able to open:

    .venv/bin/python -m tests.old_files.make

It has something in every table and column, every kind of history row among the deeds that can be undone and those
that can be redone, and the same content whenever it is made. What is in it goes to a JSON file beside it. A file
that is there already stays: it is what the program of its day wrote.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from organizer.domain.consent import Channel, Purpose, Topic
from organizer.domain.contact import Address, Contact, Labelled, Role
from organizer.domain.follow_up_plan import Text
from organizer.domain.period import Period
from organizer.domain.picture import Picture
from organizer.domain.product import Product, Section
from organizer.domain.relation import RelationKind
from organizer.domain.team import Kind, Member
from organizer.domain.timeline import EntryKind, FollowUp
from organizer.services import (
    companies,
    consents,
    contact_lists,
    contacts,
    earnings,
    estimates,
    file_layouts,
    files,
    follow_up_plans,
    follow_ups,
    imports,
    plans,
    product_ties,
    products,
    relations,
    team,
    timeline,
)
from organizer.storage import File, history, pictures, schema, settings
from organizer.storage import consents as storage_consents
from organizer.storage import team as storage_team

FOLDER = Path(__file__).parent
PASSPHRASE = "old files open for ever"

_PEOPLE = "First Name,Last Name,Labels,E-mail 1 - Value,Phone 1 - Value\n" + "".join(
    f"Række{n},Nr. {n},kunde,r{n}@example.org,+45 71 00 00 0{n}\n" for n in range(1, 7)
)

_PLAN = """
format = 1
id = "my-own"
name = { en = "My own plan", da = "Min egen plan" }
region = "Danmark"
currency = "DKK"
period = "month"
valid_from = 2026-01-01
teaching = true

[[volumes]]
id = "sales"
name = "Sales"
unit = "money"
columns = []
source = "entered"

[[components]]
id = "retail"
name = "Retail"
kind = "retail"
method = "percent"
volume = "sales"
percent = 25

[rounding]
at = "line"
mode = "half_up"
"""


def make(path: Path, passphrase: str = "") -> dict[str, list[dict[str, Any]]]:
    """Make the file at `path`; what is in it."""
    minute = count()
    # the same login name everywhere, and rows of history for a whole range without hundreds of rows
    as_it_was = history._who, history._MANY
    history._who, history._MANY = lambda: "mette@laptop", 5
    file = files.create(path, lambda: datetime(2026, 11, 23, 9) + timedelta(minutes=next(minute)), passphrase)
    try:
        file.remember("file_id", "0123456789abcdef")
        fill(file)
        return dump(file)
    finally:
        file.close()
        history._who, history._MANY = as_it_was


def fill(file: File) -> None:
    """Deeds of every kind of change, some of them undone in the end."""
    companies.set_up(file, "Mette Maria Prøve", "Vita", "teaching-unilevel")
    companies.add(file, "Duft & Co", currency="EUR")
    _people(file)
    _members(file)
    _products(file)
    _estimates(file)
    _past_and_timeline(file)
    _ledger_and_ties(file)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "people.csv"
        source.write_text(_PEOPLE, encoding="utf-8")
        imports.preview_contacts(file, imports.read_contacts(source).now()).apply()
    file.remember("company", "2")
    # what can be redone: something added, something changed, something deleted
    known = contacts.everyone(file)
    contacts.add(file, Contact(first_name="Undone", last_name="Again"))
    contacts.save(file, replace(known[0], notes="Undone", tags=("undone",)))
    contacts.delete(file, [person.id for person in known[-3:]])
    for _deed in range(3):
        files.undo(file)


def _people(file: File) -> None:
    anna = Contact(
        first_name="Łukasz",
        middle_name="von",
        last_name="Ünal <b>",
        organization="O'Neil & Søn",
        phones=(Labelled("12 34 56 78", "mobil"), Labelled("+45 87654321")),
        emails=(Labelled("lu@example.org", "Work"),),
        street="Indiavej 78",
        postal_code="3554",
        city="Tønder",
        country="Danmark",
        birthday="--02-29",
        tags=("vip", "nabo"),
        roles=frozenset({Role.CUSTOMER, Role.HOST}),
        notes="Line one\nline two \N{PARTY POPPER} שלום",
        source="made by hand",
    )
    id_ = contacts.add(file, anna)
    contacts.add(file, Contact(first_name="Юлия", city="Vig"))
    gone = contacts.add(file, Contact(first_name="Deleted", phones=(Labelled("99 99 99 99"),), tags=("gone",)))
    contacts.save(file, replace(anna, id=id_, phones=(Labelled("12 34 56 79", "mobil"),)))
    contacts.delete(file, [gone])


def _members(file: File) -> None:
    company = companies.everyone(file)[0]
    me = files.member_of_owner(file, company.id) or 0
    one = Member(
        company_id=company.id,
        sponsor_id=me,
        number="1001",
        rank="Star",
        highest_rank="Gold",
        joined=date(2020, 2, 29),
        last_order=date(2026, 10, 31),
    )
    first = team.add_member(file, one, Contact(first_name="Anna", listed=True))
    under = replace(one, number="1002", sponsor_id=first, rank="", joined=None)
    second = team.add_member(file, under, Contact(first_name="Bo", listed=False))
    buyer = Member(company_id=company.id, sponsor_id=me, kind=Kind.CUSTOMER, above="Birgit Upline (88)")
    third = team.add_member(file, buyer, Contact(first_name="Carl", listed=False))
    team.move_member(file, third, second, placement=True)
    for place, id_ in enumerate((me, first, second)):
        team.set_volume(file, id_, Period.parse("2026-10"), "pv", 100_001 + place)
    team.set_volume(file, first, Period.parse("2026-09"), "cv", 0)
    team.remove_member(file, team.add_member(file, replace(under, number="9"), Contact(first_name="Removed")))
    earnings.set_own_figure(file, company, Period.parse("2026-10"), "sales", 1_234_500)
    gone = replace(under, number="1003", kind=Kind.CANCELLED, leg="left")
    team.add_member(file, gone, Contact(first_name="Dora", listed=False))


def _estimates(file: File) -> None:
    plans.save(file, _PLAN)
    plans.save(file, _PLAN.replace("25", "30"))
    company, october = companies.everyone(file)[0], Period.parse("2026-10")
    for _time in range(2):
        estimates.keep(file, earnings.prepare(file, company, october).now())


def _past_and_timeline(file: File) -> None:
    company = companies.everyone(file)[0].id
    first, second = (one for one in storage_team.members(file, company) if one.number in ("1001", "1002"))
    team.save_member(file, replace(first, rank="Gold", since=date(2026, 9, 1)), Period.parse("2026-10"))
    team.move_member(file, second.id, files.member_of_owner(file, company) or 0, leg="right")
    timeline.add_entry(file, first.person_id, date(2026, 11, 2), EntryKind.TALK)
    timeline.add_entry(file, first.person_id, date(2026, 11, 3), EntryKind.NOTE, "Likes tea\n= and cake")
    timeline.set_next_step(file, first.person_id, date(2026, 11, 30), "Ring")
    step = timeline.next_step(file, first.person_id)
    assert step
    follow_ups.done(file, step.id, date(2026, 11, 23))
    timeline.set_next_step(file, second.person_id, None, "Ask how she is")
    with file.deed("team.import", "team.csv"):
        file_layouts.remember(file, company, ["ID", "Name"], '{"shape": "sponsor"}')


def _ledger_and_ties(file: File) -> None:
    """Something in every table that came with version 5."""
    with file.deed("contact.edit", "salt"):
        settings.write(file, "suppression salt", "00" * 32)  # else another one each time
    file.remember("invitations a year", "3")
    first, second, *_more = contacts.everyone(file)
    whole = Contact(
        first_name="Ida",
        prefix="Dr.",
        suffix="jr.",
        nickname="Ib",
        street="Vej 1",
        city="Vig",
        address_label="Home",
        more_addresses=(Address("Gade 2", "8000", "Aarhus C", "Danmark", "Work"),),
        family="To børn",
        occupation="Lærer",
        recreation="Kor\n# Mandag",
        message="Vil gerne sælge",
        extra=("URL:https://example.org", "X-HAT:blue"),
        expires=date(2027, 11, 23),
    )
    ida = contacts.add(file, whole)
    day = date(2026, 11, 23)
    consents.give(file, ida, {Channel.EMAIL, Channel.PHONE}, day, "On paper", "You may write to me")
    consents.withdraw(file, storage_consents.consents(file, ida)[0].id, day, "By SMS")
    follow_ups.add(file, FollowUp(0, ida, date(2026, 12, 1), "Ring", channel=Channel.PHONE, purpose=Purpose.OFFER))
    follow_ups.add(file, FollowUp(0, None, date(2026, 12, 2), "Catalogues"))
    follow_up_plans.start(file, "after-purchase", second.id, day)
    consents.say_no(file, second.id, Topic.PARTIES, day, "No, thank you")
    consents.lift_no(file, storage_consents.noes(file, second.id)[0].id, day, "Wrong person")
    relations.add(file, ida, first.id, RelationKind.FAMILY, body="sister")
    plan = follow_up_plans.plans(file)[0]
    follow_up_plans.keep(file, replace(plan, key="", name=Text("Mine", "Min")))
    gone = contacts.add(file, Contact(first_name="Nej", phones=(Labelled("61 00 00 01"),)))
    consents.say_no(file, gone, Topic.EVERYTHING, day)
    contacts.delete(file, [gone])
    contact_lists.save(file, "Hosts", contact_lists.shipped()[0].filter)
    with file.deed("picture.set", "Ida"):
        pictures.set_of_person(file, ida, Picture("image/png", b"\x89PNG one"))
    serum, other = (one.id for one in products.everyone(file, companies.everyone(file)[0].id)[:2])
    with file.deed("product.picture.add", "Serum"):
        pictures.set_of_product(file, serum, [Picture("image/jpeg", b"\xff\xd8two", "På bordet")])
    product_ties.tie(file, serum, other)
    product_ties.like(file, serum, ida)


def _products(file: File) -> None:
    company = companies.everyone(file)[0].id
    notes = {section: f"{section.value}: æøå" for section in Section}
    serum = Product(0, company, "P1", "Serum", "Pleje", 19900, 9900, 10_000, 9_500, 60, notes)
    products.add(file, serum)
    products.delete(file, company, [products.add(file, replace(serum, number="P2", name="Gone"))])
    bare = products.add(file, Product(0, company, "P3", "Bare"))
    products.save(file, Product(bare, company, "P3", "Bare", price=0, notes={Section.USE: "Use it"}))


def dump(file: File) -> dict[str, list[dict[str, Any]]]:
    """Everything in an open file, table by table, history too; the indexes of words follow from it."""
    names = file.fetch(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "AND name NOT LIKE 'search_%' ORDER BY 1"
    )
    found = {}
    for (name,) in names:
        columns = [
            column for (column,) in file.fetch("SELECT name FROM pragma_table_info(?) ORDER BY cid", (name,))
        ]
        rows = file.fetch(f"SELECT * FROM {name} ORDER BY rowid")
        found[name] = [dict(zip(columns, row, strict=True)) for row in rows]
    return found


def main() -> int:
    """Make the present version's files, plain and encrypted, where there are none yet."""
    for ending, passphrase in (("", ""), ("-encrypted", PASSPHRASE)):
        path = FOLDER / f"v{schema.VERSION}{ending}.organizer"
        if path.exists():
            print(f"{path.name} is kept as it is")
            continue
        content = make(path, passphrase)
        path.with_name(f".{path.name}.lock").unlink(missing_ok=True)
        # the encrypted one holds the same
        told = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        (FOLDER / f"v{schema.VERSION}.json").write_text(told, encoding="utf-8")
        print(f"made {path.name} and what is in it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
