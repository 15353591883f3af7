"""What a plan says about the files and options of `organizer estimate --plan`: volumes' names and periods."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.plan import Plan, Volume, VolumeSource
from organizer.domain.money import to_volume
from organizer.domain.period import Period
from organizer.domain.result import Message, Refusal, Value
from organizer.exchange.plan_team import Wanted
from organizer.exchange.strict_table import Unfit, number_cell
from organizer.i18n import N_
from organizer.services import plans

if TYPE_CHECKING:
    from organizer.exchange.plan_state import State
    from organizer.services.headless_team import Bought


def plan_at(path: Path) -> Plan:
    """The plan in the file at `path`, or one that comes with the program by its id. Raises Refusal."""
    known = None if is_there(path) else plans.by_id(str(path))
    return known or parse_plan(plans.read_text(path), path.name)


def is_there(path: Path) -> bool:
    """True when something lies at `path`."""
    return os.path.exists(path)  # noqa: PTH110 - Path.exists raises for a name that is too long


def headings(volume: Volume) -> tuple[str, ...]:
    """What tables and options may call a volume, its id first."""
    return (volume.id, volume.name.en, volume.name.da, *volume.columns)


def wanted(plan: Plan) -> dict[str, Wanted]:
    """What tables may call each volume; what she enters herself is never below zero."""
    return {volume.id: Wanted(headings(volume), volume.source is VolumeSource.MEMBER) for volume in plan.volumes}


def period_of(plan: Plan, key: str, state: State | None, bought: Bought | None) -> Period | None:
    """The period asked for; else the one after the state's, or the latest with volumes; None where none tells."""
    calendar = plan.calendar
    if key:
        try:
            return calendar.parse(key)
        except ValueError:
            values: dict[str, Value] = {"form": calendar.key_form, "period": key}
            raise Refusal(Message("A period of this plan is written like {form}, not {period}.", values)) from None
    if state is not None and state.plan == plan.id:
        try:
            return calendar.shifted(calendar.parse(state.period), 1)
        except ValueError:
            pass
    return bought.latest() if bought else None


def figure(name: str, text: str) -> int:
    """The figure called `name` in thousandths. Raises Refusal for what is no figure from 0 and up."""
    try:
        amount = to_volume(number_cell(text))
    except (Unfit, ValueError):
        amount = -1
    if amount < 0:
        text_ = N_("{name}: “{value}” is not a figure from 0 and up, such as 1234.50.")
        raise Refusal(Message(text_, {"name": name, "value": text}))
    return amount
