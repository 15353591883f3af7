"""How a table of contacts is read: what each column is, and what a reader of contact files answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from organizer.domain.result import Message
from organizer.exchange.cards import CardReading

NAMES = ("full_name", "first_name", "middle_name", "last_name", "prefix", "suffix", "nickname", "organization")
PLACE = ("street", "postal_code", "city", "country", "address")
"""What an address is told in: `address` is the whole of it in one cell."""
TEXTS = ("birthday", "tags", "roles", "notes", "family", "occupation", "recreation", "message", "source")
DETAILS = ("website", "relation", "event", "im", "customfield", "title", "department")
"""What goes into a contact's other details."""
FIELDS = (*NAMES, "phone", "email", *PLACE, *TEXTS, *DETAILS)
"""Every field that a column can be read as; phones, e-mails, addresses and details may have a kind after it."""

SEVERAL = ("phone", "email", "tags", "notes", "family", *DETAILS)
"""Fields that more than one column may be."""

WITH_KIND = ("phone", "email", *PLACE, *DETAILS)


@dataclass(frozen=True, slots=True)
class ContactMapping:
    """How a table is to be read.

    `header_row` is the heading's row, from 1; 0 where the file has no heading. `columns` has a field of FIELDS for
    each column, with a kind after a space where it has one ("phone Mobile", "street Work"), "" for one that isn't
    used. `day_first` is None where the columns show it. `sheet` is a workbook's sheet, "" for its best one.

    Without `columns` it only asks for a sheet or a heading row (None for any): what the columns are is found anew.
    """

    header_row: int | None
    columns: tuple[str, ...] = ()
    day_first: bool | None = None
    sheet: str = ""

    def to_json(self) -> str:
        """The mapping as one line of JSON."""
        values = {name: getattr(self, name) for name in ("header_row", "columns", "day_first", "sheet")}
        return json.dumps(values, ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> ContactMapping:
        """The mapping that `to_json` wrote. Raises ValueError for anything else."""
        try:
            told = json.loads(text)
            known = (told["header_row"], tuple(told["columns"]), told["day_first"], told["sheet"])
        except (KeyError, TypeError, RecursionError) as error:
            raise ValueError(f"no mapping: {error}") from None
        mapping = ContactMapping(*known)
        if not mapping._is_sound():
            raise ValueError("no mapping: a value is of the wrong kind")
        return mapping

    def _is_sound(self) -> bool:
        row = self.header_row
        return (
            (row is None or (type(row) is int and row >= 0))
            and all(isinstance(one, str) and (not one or parted(one)[0] in FIELDS) for one in self.columns)
            and (self.day_first is None or isinstance(self.day_first, bool))
            and isinstance(self.sheet, str)
        )


def parted(column: str) -> tuple[str, str]:
    """A column's field and kind: "phone Mobile" is ("phone", "Mobile")."""
    field, _space, kind = column.partition(" ")
    return field, kind


@dataclass(frozen=True, slots=True)
class ContactReading(CardReading):
    """A contact file as far as it could be read, and how it was understood.

    `mapping` is None for address cards and for files whose columns are known for sure to be Google's or the
    program's own. `headings` are the file's own and `samples` its first rows under them. `sheets` are the names of
    a workbook's sheets. `sure` is False where the mapping should be looked at first; `doubts` says why. `notes`
    say what is true of the whole file. `pasted`: these are names without a file.
    """

    mapping: ContactMapping | None = None
    headings: Sequence[str] = ()
    samples: Sequence[Sequence[str]] = ()
    sheets: Sequence[str] = ()
    sure: bool = True
    doubts: Sequence[Message] = ()
    notes: Sequence[Message] = ()
    pasted: bool = False
