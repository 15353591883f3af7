"""The companies she sells for. Each has a plan, a team with her at its top, and a catalogue."""

from __future__ import annotations

from organizer.domain.company import Company
from organizer.domain.contact import MAX_TEXT, single_line
from organizer.domain.result import FieldRefusal, Message
from organizer.domain.team import Member
from organizer.services import files, plans
from organizer.storage import File, companies, settings, team

DEFAULT_CURRENCY = "DKK"


def everyone(file: File) -> list[Company]:
    """All companies, in the order they were added."""
    return companies.everyone(file)


def current(file: File) -> Company | None:
    """The company she last looked at, else the first, None when there is none."""
    every = companies.everyone(file)
    chosen = settings.read(file, "company")
    return next((company for company in every if str(company.id) == chosen), every[0] if every else None)


def choose(file: File, company_id: int) -> None:
    """Remember which company she looks at: a habit of the screen, so not a deed that undo takes back."""
    file.remember("company", str(company_id))


def add(file: File, name: str, plan_id: str = "", currency: str = DEFAULT_CURRENCY) -> int:
    """Add a company with her as the first member of its team; its id. Raises FieldRefusal."""
    company = _checked(file, Company(0, name, plan_id, currency))
    with file.deed("company.add", company.name):
        id_ = companies.insert(file, company)
        own = Member(team.next_member_id(file), id_, files.owner_id(file), is_self=True)
        team.insert(file, [own])
    return id_


def save(file: File, company: Company) -> None:
    """Store a changed name, plan or currency. Raises FieldRefusal."""
    company = _checked(file, company)
    with file.deed("company.edit", company.name):
        if company not in companies.everyone(file):
            companies.update(file, company)


def _checked(file: File, company: Company) -> Company:
    name = single_line(company.name)[:MAX_TEXT]
    if not name:
        raise FieldRefusal("name", Message("Write the company's name."))
    plan = plans.by_id(company.plan_id, file)
    if company.plan_id and plan is None:
        raise FieldRefusal("plan", Message("This version has no plan called {plan}.", {"plan": company.plan_id}))
    currency = company.currency.strip().upper()
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise FieldRefusal("currency", Message("A currency is three letters, such as DKK."))
    return Company(company.id, name, company.plan_id, currency)


def set_up(file: File, owner: str, company: str, plan_id: str = "", currency: str = DEFAULT_CURRENCY) -> None:
    """The first start's answers in one deed; empty ones are skipped."""
    with file.deed("setup", company or owner):
        if owner.strip():
            files.rename_owner(file, owner)
        if company.strip():
            add(file, company, plan_id, currency)
