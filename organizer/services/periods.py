"""Which periods a company has: its plan says how it divides time, and without a plan it is months."""

from __future__ import annotations

from datetime import timedelta

from organizer.domain.company import Company
from organizer.domain.period import MONTHS, Calendar, Period, written
from organizer.domain.result import Message, Refusal
from organizer.services import companies, plans
from organizer.storage import File, team

_LOOKED_BACK = timedelta(days=700)
"""How far back figures can be brought in for a period that has none yet: two years of months."""


def calendar_of(file: File, company_id: int) -> Calendar:
    """How the company divides time: by its plan's calendar, by months where it has no plan."""
    company = next((c for c in companies.everyone(file) if c.id == company_id), None)
    plan = plans.by_id(company.plan_id, file) if company else None
    return plan.calendar if plan else MONTHS


def present(file: File, company_id: int) -> Period:
    """The company's period that it is now, by its own cut-off and clock."""
    now = file.clock()
    return calendar_of(file, company_id).at(now if now.tzinfo else now.astimezone())


def stored(file: File, company_id: int) -> set[Period]:
    """The periods for which there are volumes; also those of a calendar that the company had before."""
    calendar = calendar_of(file, company_id)
    return {calendar.recalled(key) for key in team.periods(file, company_id)}


def offered(file: File, company_id: int) -> list[Period]:
    """The periods that figures can be brought in for, newest first: two years' and those with volumes."""
    calendar, last = calendar_of(file, company_id), present(file, company_id)
    recent = calendar.between(calendar.containing(last.first - _LOOKED_BACK), last)
    return sorted(
        {*recent, *(period for period in stored(file, company_id) if calendar.has(period))}, reverse=True
    )


def neighbours(file: File, company_id: int, shown: Period) -> tuple[Period | None, Period | None]:
    """The company's own periods next before and next after `shown`, whether or not they have volumes.

    None where there is none to show: they go from two years back to the present period, or as far as volumes do.
    `shown` may be a period of another calendar; what comes before and after it is of the company's own.
    """
    calendar, every = calendar_of(file, company_id), offered(file, company_id)
    before, after = calendar.containing(shown.first), calendar.containing(shown.last)
    # one that only partly covers a period of another calendar lies beside it
    before = before if before.first < shown.first else calendar.shifted(before, -1)
    after = after if after.last > shown.last else calendar.shifted(after, 1)
    return before if before >= every[-1] else None, after if after <= every[0] else None


def to_choose(file: File, company_id: int, shown: Period) -> list[Period]:
    """What a list of periods offers, newest first: `shown`, its neighbours, the present and those with volumes."""
    beside = (period for period in neighbours(file, company_id, shown) if period)
    return sorted({*stored(file, company_id), present(file, company_id), shown, *beside}, reverse=True)


def asked_for(file: File, company: Company, key: str) -> Period:
    """The company's period with that key. Raises Refusal, which says how its keys are written."""
    calendar = calendar_of(file, company.id)
    try:
        return calendar.parse(key)
    except ValueError:
        raise Refusal(_why_not(calendar, company, key)) from None


def _why_not(calendar: Calendar, company: Company, key: str) -> Message:
    try:
        known = written(key).kind is calendar.kind
    except ValueError:
        known = False
    if known:
        return Message("{company} has no period {period}.", {"company": company.name, "period": key})
    return Message(
        "A period of {company} is written like {form}, not {period}.",
        {"company": company.name, "form": calendar.key_form, "period": key},
    )
