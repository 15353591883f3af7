"""Which report of the team she asks for, and how the choice is kept for the next time."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar

from organizer.domain.period import Period
from organizer.domain.team import Tree
from organizer.reports.team_paper import Paper
from organizer.reports.team_seen import Naming
from organizer.reports.team_wall_plan import WallOptions

__all__ = [
    "LEAST_TYPE",
    "MOST_LEVELS",
    "MOST_PERIODS",
    "MOST_TYPE",
    "Figure",
    "Naming",
    "Paper",
    "Report",
    "WallOptions",
    "Wish",
    "recalled",
    "written",
]

K = TypeVar("K", bound=StrEnum)

LEAST_TYPE, MOST_TYPE = 4, 24
"""The smallest and the largest type that can be asked for on tiled sheets, in points."""

MOST_LEVELS = 99
MOST_PERIODS = 24


class Report(StrEnum):
    """The reports there are, by the names that the command line has for them."""

    OUTLINE = "team"
    WALL = "team-chart"
    LEG = "team-leg"
    PEOPLE = "team-lists"


class Figure(StrEnum):
    """Which of the period's figures are shown."""

    NONE = "none"
    OWN = "own"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Wish:
    """A report as she wants it. `member_id`: whose leg, 0 for the whole team.

    `compared` marks what changed on a wall chart since that period; `periods` is how far back the lists of who is
    new and silent look.
    """

    period: Period
    report: Report = Report.WALL
    member_id: int = 0
    shown: Tree = Tree.SPONSOR
    naming: Naming = Naming.NAMES
    figure: Figure = Figure.BOTH
    wall: WallOptions = field(default_factory=WallOptions)
    compared: Period | None = None
    periods: int = 3


def written(wish: Wish) -> str:
    """The choices that hold for another period and team too, as text."""
    wall = wish.wall
    kept = {
        "report": wish.report.value,
        "naming": wish.naming.value,
        "figure": wish.figure.value,
        "periods": wish.periods,
        "paper": wall.paper.value,
        "lying": wall.lying,
        "tiled": wall.tiled,
        "type_size": wall.type_size,
        "levels": wall.levels,
        "saves_paper": wall.saves_paper,
    }
    return json.dumps(kept)


def recalled(text: str, wish: Wish) -> Wish:
    """The wish with what was `written`; what can't be read is left as it is."""
    try:
        kept: dict[str, Any] = {**json.loads(text or "{}")}
    except (ValueError, TypeError):
        return wish
    wall = wish.wall
    return replace(
        wish,
        report=_one_of(Report, kept.get("report"), wish.report),
        naming=_one_of(Naming, kept.get("naming"), wish.naming),
        figure=_one_of(Figure, kept.get("figure"), wish.figure),
        periods=int(_within(kept.get("periods"), 1, MOST_PERIODS, wish.periods)),
        wall=WallOptions(
            paper=_one_of(Paper, kept.get("paper"), wall.paper),
            lying=kept.get("lying") is not False,
            tiled=kept.get("tiled") is True,
            type_size=_within(kept.get("type_size"), LEAST_TYPE, MOST_TYPE, wall.type_size),
            levels=int(_within(kept.get("levels"), 0, MOST_LEVELS, wall.levels)),
            saves_paper=kept.get("saves_paper") is not False,
        ),
    )


def _one_of(kind: type[K], value: object, usual: K) -> K:
    return next((one for one in kind if one.value == value), usual)


def _within(value: object, least: float, most: float, usual: float) -> float:
    return value if isinstance(value, int | float) and least <= value <= most else usual
