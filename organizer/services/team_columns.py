"""What the columns of the team's outline are, what has to be read for them, and which ones she has chosen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from organizer.domain.team import Tree
from organizer.services import timeline
from organizer.storage import File, settings, team


class Column(StrEnum):
    """A column of the outline."""

    NAME = "name"
    NUMBER = "number"
    RANK = "rank"
    PERSONAL = "personal"
    GROUP = "group"
    ACTIVE = "active"
    JOINED = "joined"
    FRONTLINE = "frontline"
    BELOW = "below"
    LEVEL = "level"
    KIND = "kind"
    LEG = "leg"
    HIGHEST_RANK = "highest_rank"
    LAST_ORDER = "last_order"
    PHONE = "phone"
    EMAIL = "email"
    CONTACT = "contact"
    PERSONAL_CHANGE = "personal_change"
    GROUP_CHANGE = "group_change"


OF_CHANGES = frozenset({Column.PERSONAL_CHANGE, Column.GROUP_CHANGE})
"""What can only be shown while a period is compared with an earlier one."""

AT_FIRST = (
    *(Column.NAME, Column.NUMBER, Column.RANK, Column.PERSONAL, Column.PERSONAL_CHANGE),
    *(Column.GROUP, Column.GROUP_CHANGE, Column.ACTIVE, Column.JOINED),
)
"""The columns that are shown until she chooses."""

COST_A_READ = frozenset({Column.HIGHEST_RANK, Column.LAST_ORDER, Column.PHONE, Column.EMAIL, Column.CONTACT})
"""What isn't part of a TeamView: `facts` reads it."""

Facts = Mapping[Column, Mapping[int, Any]]
"""What was read for columns that cost a read: by member's id, or by person's for phone, e-mail and contact."""


@dataclass(frozen=True)
class Habits:
    """How she looks at one company's team: columns from left to right with widths in pixels (0: as it comes)."""

    columns: tuple[tuple[Column, int], ...] = tuple((column, 0) for column in AT_FIRST)
    tree: Tree = Tree.SPONSOR
    view: str = ""
    panel: bool = True


def facts(file: File, company_id: int, columns: Iterable[Column]) -> dict[Column, Mapping[int, Any]]:
    """What is to be read for those of `columns` that cost a read; days for CONTACT are whole days until today."""
    found: dict[Column, Mapping[int, Any]] = {}
    for column in columns:
        if column is Column.LAST_ORDER:
            found[column] = team.last_orders(file, company_id)
        elif column is Column.HIGHEST_RANK:
            found[column] = team.highest_ranks(file)
        elif column is Column.PHONE:
            found[column] = team.phones(file, company_id)
        elif column is Column.EMAIL:
            found[column] = team.emails(file, company_id)
        elif column is Column.CONTACT:
            found[column] = _days_since(timeline.last_talks(file, company_id), file.clock().date())
    return found


def _days_since(talks: Mapping[int, date], today: date) -> dict[int, int]:
    return {person: max((today - day).days, 0) for person, day in talks.items()}


def recall(file: File, company_id: int) -> Habits:
    """How she looked at the company's team last; what can't be understood is as at first."""
    try:
        known = json.loads(settings.read(file, _key(company_id), "{}"))
        columns = tuple((Column(name), max(int(width), 0)) for name, width in known["columns"])
        if len(dict(columns)) == len(columns) and columns[:1] and columns[0][0] is Column.NAME:
            return Habits(columns, Tree(known["tree"]), str(known["view"]), bool(known["panel"]))
    except (ValueError, KeyError, TypeError):
        pass
    return Habits()


def remember(file: File, company_id: int, habits: Habits) -> None:
    """Keep it with the file: a habit of the screen, which undo doesn't touch. Raises Refusal."""
    if habits != recall(file, company_id):
        columns = [(column.value, width) for column, width in habits.columns]
        known = {"columns": columns, "tree": habits.tree.value, "view": habits.view, "panel": habits.panel}
        file.remember(_key(company_id), json.dumps(known))


def _key(company_id: int) -> str:
    return f"team.looks.{company_id}"
