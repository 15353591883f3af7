"""The compensation plans that come with the program."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from organizer.resource_files import resource

if TYPE_CHECKING:
    from organizer.domain.commission.plan import Plan


@cache
def available() -> tuple[Plan, ...]:
    """All plans, teaching plans first, then by company and date."""
    # imported when a plan is asked for: the contacts are on the screen before that
    from organizer.domain.commission.parse import parse_plan

    files = sorted(resource("plans").glob("*.toml"))
    plans = [parse_plan(file.read_text(encoding="utf-8"), file.name) for file in files]
    return tuple(sorted(plans, key=lambda plan: (not plan.teaching, plan.company, plan.valid_from)))


def by_id(plan_id: str) -> Plan | None:
    """The plan called `plan_id`; None when none is chosen or this version doesn't have it."""
    return next((plan for plan in available() if plan.id == plan_id), None)
