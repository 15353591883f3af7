"""Random deeds of every kind through the services, the same for the same file and the same chance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from random import Random

from sqlalchemy.exc import DBAPIError

from organizer.domain.company import Company
from organizer.domain.contact import Contact, Labelled, Role
from organizer.domain.period import Period
from organizer.domain.product import Product, Section
from organizer.domain.result import Refusal
from organizer.domain.team import Kind, Member
from organizer.services import companies, contacts, earnings, estimates, files, imports, plans, products, team
from organizer.storage import File, schema
from organizer.storage import contacts as stored_contacts
from organizer.storage import plans as stored_plans
from organizer.storage import team as stored_team

DATA = Path(__file__).parent.parent / "data"
MARKER = "Zebrafink"
"""In every name that is made here, to look for in files that must not tell it."""

_NAMES = ("Anna", "Bo", "Łukasz", "Åse", "Søren <b>", "O'Neil", "Юлия", "Ελένη", "عائشة")
_DAYS = (None, date(2020, 2, 29), date(2026, 10, 3))
_PLANS = ("teaching-unilevel", "teaching-stairstep")
_PERIODS = (Period.parse("2026-09"), Period.parse("2026-10"))


def clock() -> datetime:
    """The time of every deed: the same everywhere, so that two files can be compared to the last byte of a row."""
    return datetime(2026, 11, 23, 9, 30)


def do(file: File, chance: Random) -> str:
    """Do one deed, which `chance` and the file's contents alone determine; its name.

    A refusal of the business (a circle in the tree) is an outcome like any other; one of the disk goes on.
    """
    deed = chance.choice(_DEEDS)
    try:
        deed(file, chance)
    except Refusal as refusal:
        if isinstance(refusal.__cause__, (DBAPIError, OSError)):
            raise
    return deed.__name__.strip("_")


def start(file: File) -> None:
    """Fill a new file with enough for every deed to have something to work on."""
    companies.set_up(file, "Karen Holm", "Vita", "teaching-unilevel")
    chance = Random(0)
    for deed in (_import_contacts, _import_products, _add_company):
        deed(file, chance)
    for _number in range(12):
        _add_member(file, chance)


def contents(file: File) -> dict[str, list[tuple[object, ...]]]:
    """Everything that she can fill, table by table."""
    return {table.name: file.fetch(f"SELECT * FROM {table.name} ORDER BY id") for table in schema.TRACKED}


def digest(file: File) -> str:
    """A fingerprint of every row of every table, the history and the counters of ids included.

    The indexes of words follow from the tables: SQLite's own check looks after them.
    """
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_%' ORDER BY name"
    names = [row[0] for row in file.fetch(query)]
    found = sha256()
    for name in names:
        found.update(repr((name, file.fetch(f"SELECT * FROM {name} ORDER BY rowid"))).encode())
    return found.hexdigest()


def troubles(file: File) -> list[object]:
    """What SQLite finds wrong with the file: [] when all is well."""
    checks = file.fetch("PRAGMA integrity_check")
    return [*(row for row in checks if row != ("ok",)), *file.fetch("PRAGMA foreign_key_check")]


def undo_works(file: File) -> bool:
    """Take the last deed back and do it again: the tables come back exactly."""
    before = contents(file)
    if files.undo(file) is None:
        return files.redoable(file) is not None or not files.deeds(file)
    return files.redo(file) is not None and contents(file) == before


def _company(file: File, chance: Random) -> Company:
    return chance.choice(companies.everyone(file))


def _listed(file: File) -> list[Contact]:
    return stored_contacts.everyone(file, listed_only=True)


def _members(file: File, chance: Random) -> list[Member]:
    return stored_team.members(file, _company(file, chance).id)


def _name(chance: Random) -> str:
    return f"{chance.choice(_NAMES)} {MARKER} {chance.randrange(1000)}"


def _person(chance: Random) -> Contact:
    return Contact(
        first_name=_name(chance),
        phones=(Labelled(str(chance.randrange(10**8))),),
        emails=(Labelled(f"{MARKER}{chance.randrange(1000)}@example.com"),),
        tags=(chance.choice(("", "vip", "new")),),
        roles=frozenset({chance.choice(list(Role))}),
        notes=MARKER * chance.choice((0, 1, 1000)),
    )


def _add_contact(file: File, chance: Random) -> None:
    contacts.add(file, _person(chance))


def _edit_contact(file: File, chance: Random) -> None:
    for person in chance.sample(_listed(file), min(1, len(_listed(file)))):
        contacts.save(file, replace(person, last_name=_name(chance), notes=f"{chance.random()}"))


def _delete_contacts(file: File, chance: Random) -> None:
    people = [person.id for person in _listed(file)]
    contacts.delete(file, chance.sample(people, min(len(people), chance.choice((1, 1, 5)))))


def _add_member(file: File, chance: Random) -> None:
    above = chance.choice(_members(file, chance))
    member = Member(company_id=above.company_id, sponsor_id=above.id)
    team.add_member(file, member, replace(_person(chance), listed=chance.random() < 0.5))


def _move_member(file: File, chance: Random) -> None:
    members = _members(file, chance)
    one, above, placement = chance.choice(members), chance.choice(members), chance.random() < 0.5
    team.move_member(file, one.id, above.id, placement)


def _edit_member(file: File, chance: Random) -> None:
    one = chance.choice(_members(file, chance))
    leg = chance.choice(("", one.leg, "left", "right", "3"))
    team.save_member(file, replace(one, kind=chance.choice(list(Kind)), leg=leg, joined=chance.choice(_DAYS)))


def _remove_member(file: File, chance: Random) -> None:
    team.remove_member(file, chance.choice(_members(file, chance)).id)


def _set_volume(file: File, chance: Random) -> None:
    one = chance.choice(_members(file, chance))
    team.set_volume(file, one.id, chance.choice(_PERIODS), "pv", chance.choice((None, chance.randrange(10**6))))


def _add_product(file: File, chance: Random) -> None:
    company, number = _company(file, chance).id, str(chance.randrange(30))
    product = Product(
        0, company, number, _name(chance), price=chance.randrange(10**5), notes={Section.SHOW: "Show"}
    )
    products.add(file, product)


def _edit_product(file: File, chance: Random) -> None:
    known = products.everyone(file, _company(file, chance).id)
    for product in chance.sample(known, min(1, len(known))):
        products.save(file, replace(product, price=chance.randrange(10**5)))


def _delete_product(file: File, chance: Random) -> None:
    company = _company(file, chance).id
    known = products.everyone(file, company)
    products.delete(file, company, [product.id for product in chance.sample(known, min(2, len(known)))])


def _add_company(file: File, chance: Random) -> None:
    companies.add(file, _name(chance))


def _edit_company(file: File, chance: Random) -> None:
    companies.save(file, replace(_company(file, chance), name=_name(chance)))


def _choose_company(file: File, chance: Random) -> None:
    companies.choose(file, _company(file, chance).id)


def _save_plan(file: File, chance: Random) -> None:
    own = list(stored_plans.everyone(file))
    if own and chance.random() < 0.5:
        # the same plan with another comment on top
        text = plans.text_of(chance.choice(own), file)
        plans.save(file, f"# {_name(chance)}\n{text}")
    else:
        plans.save(file, plans.copy_of(chance.choice(_PLANS), file))


def _remove_plan(file: File, chance: Random) -> None:
    own = list(stored_plans.everyone(file))
    for key in chance.sample(own, min(1, len(own))):
        plans.remove(file, key)


def _choose_plan(file: File, chance: Random) -> None:
    plan_id = chance.choice(("", *_PLANS, *stored_plans.everyone(file)))
    companies.save(file, replace(_company(file, chance), plan_id=plan_id))


def _keep_estimate(file: File, chance: Random) -> None:
    paying = [company for company in companies.everyone(file) if company.plan_id]
    for company in chance.sample(paying, min(1, len(paying))):
        estimates.keep(file, earnings.prepare(file, company, chance.choice(_PERIODS)).now())


def _forget_estimate(file: File, chance: Random) -> None:
    estimates.forget(file, _company(file, chance), chance.choice(_PERIODS))


def _rename_owner(file: File, chance: Random) -> None:
    files.rename_owner(file, _name(chance))


def _undo(file: File, chance: Random) -> None:
    files.undo(file)


def _redo(file: File, chance: Random) -> None:
    files.redo(file)


def _import_contacts(file: File, chance: Random) -> None:
    reading = imports.read_contacts(DATA / "contacts_google.csv").now()
    imports.preview_contacts(file, reading).apply()


def _import_products(file: File, chance: Random) -> None:
    company = _company(file, chance)
    reading = imports.read_products_file(DATA / "products.csv", company).now()
    imports.preview_products(file, company, reading).apply()


def _import_team(file: File, chance: Random) -> None:
    company = companies.everyone(file)[-1]
    reading = imports.read_team_file(DATA / "team_sponsor_id.csv", company).now()
    imports.preview_team(file, company, reading, chance.choice(_PERIODS)).apply()


_often = (_add_contact, _edit_contact, _delete_contacts, _add_member, _move_member, _set_volume, _undo, _redo)
_DEEDS = (
    *_often,
    *_often,
    *(_edit_member, _save_plan, _remove_plan, _choose_plan, _keep_estimate, _keep_estimate, _forget_estimate),
    *(_remove_member, _add_product, _edit_product, _delete_product, _edit_company, _choose_company),
    *(_rename_owner, _import_contacts, _import_products, _import_team, _add_company),
)
BY_NAME = {deed.__name__.strip("_"): deed for deed in _DEEDS}
"""Every deed by its name: "add_contact"."""
