"""What a reader of team files answers: the members row by row, and how the file was understood."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from organizer.domain.result import Message
from organizer.domain.team import Kind, Tree
from organizer.exchange.reading import Reading

VOLUME = "volume "
"""Begins the field of a volume column: "volume pv", and "volume pv -1" for the period before."""


class Shape(StrEnum):
    """How a file gives the tree.

    SPONSOR: each row names its sponsor. TWO_TREES: each row names who enrolled her and whom she is placed under.
    LEVEL: every row stands below the one above it that is one level up. PATH: each row has a way down from the
    top, such as L/R/R.
    """

    SPONSOR = "sponsor"
    TWO_TREES = "two trees"
    LEVEL = "level"
    PATH = "path"


@dataclass(frozen=True, slots=True)
class TeamMapping:
    """How a team file is to be read: what a company's layout is remembered as.

    `header_row` is the heading's row, from 1. `columns` has a field for each of the file's columns, "" for one
    that isn't used: number, country, name, first_name, last_name, sponsor_number, sponsor_name, placement_number,
    placement_name, level, path, kind, status, leg, rank, highest_rank, joined, last_order, phone, email, street,
    postal_code, city, or a volume, see VOLUME. `decimal` is "," or ".", "" where the columns show it; `day_first`
    is None where the columns show it. `sheet` is a workbook's sheet, "" for its best one. The
    country, where it is used, is part of the id.

    Without `columns` it only asks for a sheet or a heading row (0 for any): what the columns are is found anew.
    """

    shape: Shape
    header_row: int
    columns: tuple[str, ...]
    decimal: str = ""
    day_first: bool | None = None
    sheet: str = ""

    def to_json(self) -> str:
        """The mapping as one line of JSON."""
        return json.dumps(
            {
                "shape": self.shape.value,
                "header_row": self.header_row,
                "columns": self.columns,
                "decimal": self.decimal,
                "day_first": self.day_first,
                "sheet": self.sheet,
            },
            ensure_ascii=False,
        )

    @staticmethod
    def from_json(text: str) -> TeamMapping:
        """The mapping that `to_json` wrote. Raises ValueError for anything else."""
        try:
            known = json.loads(text)
            mapping = TeamMapping(
                Shape(known["shape"]),
                known["header_row"],
                tuple(known["columns"]),
                known["decimal"],
                known["day_first"],
                known["sheet"],
            )
        except (KeyError, TypeError, RecursionError) as error:
            raise ValueError(f"no mapping: {error}") from None
        if not mapping._is_sound():
            raise ValueError("no mapping: a value is of the wrong kind")
        return mapping

    def _is_sound(self) -> bool:
        return (
            type(self.header_row) is int
            and self.header_row >= 1
            and all(isinstance(column, str) for column in self.columns)
            and self.decimal in ("", ",", ".")
            and (self.day_first is None or isinstance(self.day_first, bool))
            and isinstance(self.sheet, str)
        )


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One member as a company's report has her.

    `row` is the row in the file, from 1. Texts are single lines, empty where the file has nothing.
    `sponsor_number` is who recruited her, as the file says it: nothing is checked against the tree. `leg` is
    "left", "right" or a number from 1; `cancelled`: she has left, whatever her `kind`. `placement_number` is whom
    she stands under as the file says it, empty where it doesn't.
    `volumes` are thousandths by the plan's names; a name is absent where its cell is blank or unusable.
    `earlier` has the volumes of earlier periods, by how many periods back (from 1).
    """

    row: int
    number: str
    name: str
    sponsor_number: str = ""
    sponsor_name: str = ""
    kind: Kind = Kind.DISTRIBUTOR
    rank: str = ""
    highest_rank: str = ""
    joined: date | None = None
    last_order: date | None = None
    phone: str = ""
    email: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    volumes: dict[str, int] = field(default_factory=dict)
    leg: str = ""
    cancelled: bool = False
    placement_number: str = ""
    placement_name: str = ""
    earlier: dict[int, dict[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TeamReading(Reading[TeamRow]):
    """A team file as far as it could be read, and how it was understood.

    `headings` are the file's own and `samples` its first rows under them, as they stand. `sheets` are the names
    of a workbook's sheets. `sure` is False where she should look at the mapping first; `doubts` says why.
    `period_text` is what a title or heading tells of the period, by its key ("2026-10", "2026-W43"), "" where
    nothing does.
    `repeated` are the rows whose id an earlier row has: they aren't among the records. `trees` are the trees that
    the file tells.
    """

    mapping: TeamMapping = field(default_factory=lambda: TeamMapping(Shape.SPONSOR, 1, ()))
    headings: Sequence[str] = ()
    samples: Sequence[Sequence[str]] = ()
    sheets: Sequence[str] = ()
    sure: bool = True
    doubts: Sequence[Message] = ()
    period_text: str = ""
    repeated: Sequence[TeamRow] = ()
    trees: frozenset[Tree] = frozenset({Tree.SPONSOR})
